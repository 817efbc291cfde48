"""The list that Ofsted sends authorities is read for the authority that loads it: names, addresses, premises."""

from datetime import date

import pytest

from tests.register.made_up import HOME, LISTED, LISTED_SETTING, SUPPORTED, as_list_2025, provider_level
from wellplaced.history.models import Event
from wellplaced.people.models import Authority
from wellplaced.register.importing import Comparison, import_file
from wellplaced.register.models import Judgement, LocalDetails, Premises, Provision, Registration
from wellplaced.register.reading import read_bytes

pytestmark = pytest.mark.django_db

TODAY = date(2025, 8, 1)


@pytest.fixture(autouse=True)
def register(db: None) -> None:
    import_file(read_bytes(provider_level(HOME, SUPPORTED)), by=None, on=TODAY)


def load(content: bytes, authority: Authority | None) -> Comparison:
    return import_file(read_bytes(content), by=None, on=TODAY, authority=authority)


def test_names_and_addresses_go_to_the_authority_that_loads_the_list(authority: Authority) -> None:
    assert load(as_list_2025([LISTED]), authority).counts["updated"] == 1
    details = LocalDetails.objects.get()
    assert (details.authority, details.name, details.address) == (authority, "Larch House", "7 Larch Lane\nFenmarket")
    assert (details.postcode, details.telephone, details.email) == ("ZZ2 2ZZ", "00000 000000", "larch@example.org")
    assert "larch" in details.search_text
    home = Provision.objects.get(urn="SC900001")
    assert (home.name, home.address) == ("", "")
    assert "larch" not in home.search_text
    event = Event.objects.get(verb="filled in from Ofsted's list")
    assert (event.authority_id, event.changes["name"]) == (authority.pk, ["", "Larch House"])


def test_settings_become_premises(authority: Authority) -> None:
    house = LISTED_SETTING | {"Setting category": "Category 2", "Capacity": 4, "Setting address line 1": "9 Mill Road"}
    load(as_list_2025([LISTED], [LISTED_SETTING, house]), authority)
    flat, shared = Premises.objects.order_by("capacity")
    assert (flat.label, flat.kind, flat.capacity) == ("Flat 3, Mill Court, ZZ3 3ZZ", "flat", 1)
    assert (flat.address, flat.postcode, flat.category) == ("Flat 3, Mill Court\nAlderbrook", "ZZ3 3ZZ", "Category 1")
    assert (shared.kind, shared.authority, shared.provision.urn) == ("shared_house", authority, "1900003")


def test_the_same_list_again_changes_nothing(authority: Authority) -> None:
    content = as_list_2025([LISTED], [LISTED_SETTING])
    load(content, authority)
    assert load(content, authority).changes_nothing


def test_settings_that_share_an_address_are_numbered(authority: Authority) -> None:
    load(as_list_2025([LISTED], [LISTED_SETTING] * 3), authority)
    labels = Premises.objects.values_list("label", flat=True)
    assert list(labels) == [f"Flat 3, Mill Court, ZZ3 3ZZ{number}" for number in ("", " (2)", " (3)")]
    assert load(as_list_2025([LISTED], [LISTED_SETTING] * 3), authority).changes_nothing


def test_a_setting_without_an_address_is_told(authority: Authority) -> None:
    bare = LISTED_SETTING | {name: "" for name in LISTED_SETTING if "address" in name}
    done = load(as_list_2025([LISTED], [bare]), authority)
    assert "no address" in done.file.doubts[0].why
    assert not Premises.objects.exists()


def test_a_deregistered_service_is_added_as_closed(authority: Authority) -> None:
    load(as_list_2025([LISTED | {"URN": "1900077", "Deregistration date": date(2024, 2, 1)}]), authority)
    registration = Registration.objects.get(urn="1900077")
    assert (registration.status, registration.ended_on) == ("closed", date(2024, 2, 1))


def test_a_setting_that_closed_is_closed(authority: Authority) -> None:
    load(as_list_2025([LISTED], [LISTED_SETTING]), authority)
    closed = LISTED_SETTING | {"Setting status": "Closed", "Setting status date": date(2025, 6, 1)}
    assert load(as_list_2025([LISTED], [closed]), authority).counts["updated"] == 1
    assert Premises.objects.get().closed_on == date(2025, 6, 1)


def test_what_somebody_typed_stays(authority: Authority) -> None:
    home = Provision.objects.get(urn="SC900001")
    LocalDetails.objects.create(authority=authority, provision=home, name="The Larches")
    load(as_list_2025([LISTED]), authority)
    details = LocalDetails.objects.get()
    assert (details.name, details.postcode) == ("The Larches", "ZZ2 2ZZ")
    load(as_list_2025([LISTED | {"Provider name": "Larch Lodge", "Provider postcode": "ZZ9 9ZZ"}]), authority)
    details.refresh_from_db()
    assert (details.name, details.postcode) == ("The Larches", "ZZ9 9ZZ")  # the second came from a list


def test_another_authority_sees_none_of_it(authority: Authority, other_authority: Authority) -> None:
    load(as_list_2025([LISTED], [LISTED_SETTING]), authority)
    assert not LocalDetails.objects.filter(authority=other_authority).exists()
    load(as_list_2025([LISTED], [LISTED_SETTING]), other_authority)
    assert LocalDetails.objects.count() == Premises.objects.count() + 0 == 2


def test_an_unknown_registration_is_added_without_what_is_confidential(authority: Authority) -> None:
    unknown = LISTED | {"URN": "1900099"}
    assert load(as_list_2025([unknown]), authority).counts["new"] == 1
    registration = Registration.objects.get(urn="1900099")
    assert (registration.provision.name, registration.provision.address) == ("", "")
    assert (registration.provision.type, registration.provision.places, registration.as_at) == ("residential", 4, None)
    assert LocalDetails.objects.get(provision=registration.provision).name == "Larch House"


def test_a_judgement_of_the_list_is_the_authoritys_own_until_a_public_file_states_it(authority: Authority) -> None:
    newer = LISTED | {"Date of last full inspection": date(2025, 5, 1), "Overall effectiveness": "Inadequate"}
    assert load(as_list_2025([newer]), authority).counts["new_judgements"] == 1
    judgement = Judgement.objects.get(inspected_on=date(2025, 5, 1))
    assert (judgement.entered_by, judgement.outcome) == (authority, "inadequate")
    assert Provision.objects.get(urn="SC900001").outcome == "requires_improvement"
    public = HOME | {
        "\nLatest full inspection event number": "10369999",
        "\nLatest full inspection date": "01/05/2025",
        "Latest full inspection publication date": "20/06/2025",
        "\nOverall experiences and progress of children and young people": "Inadequate",
    }
    import_file(read_bytes(provider_level(public, title="as at 30 June 2025")), by=None, on=TODAY)
    judgement.refresh_from_db()
    assert (judgement.entered_by, judgement.published_on) == (None, date(2025, 6, 20))
    assert Provision.objects.get(urn="SC900001").outcome == "inadequate"


def test_a_list_changes_nothing_that_all_share(authority: Authority) -> None:
    before = list(Provision.objects.values()), list(Registration.objects.values())
    load(as_list_2025([LISTED | {"Number of registered places": 9, "Registration status": "Suspended"}]), authority)
    assert (list(Provision.objects.values()), list(Registration.objects.values())) == before


def test_nobodys_list_fills_in_nothing() -> None:
    load(as_list_2025([LISTED], [LISTED_SETTING]), None)
    assert not LocalDetails.objects.exists()
    assert not Premises.objects.exists()
