"""The pages of the register: found by one's own names, open to those who may, and nobody else's records."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.people.made import authority, person
from tests.register.made import TODAY, listed
from wellplaced.people.models import Person, ProvisionType
from wellplaced.people.rights import Role
from wellplaced.placements import actions as placements
from wellplaced.register import actions
from wellplaced.register.models import Inspectorate, LocalDetails, Outcome, Premises, PremisesKind, Provision

pytestmark = pytest.mark.django_db
BACKEND = "wellplaced.people.sign_in.Backend"


@pytest.fixture
def olive() -> Person:
    return person(None, "Olive Stone", Role.OPERATOR)


@pytest.fixture
def sam(olive: Person) -> Person:
    return person(authority(), "Sam Reed", Role.PLACEMENT_OFFICER)


@pytest.fixture
def nia(olive: Person) -> Person:
    return person(authority("Alderbrook Borough Council", "ald"), "Nia Fell", Role.PLACEMENT_OFFICER)


def signed_in(who: Person) -> Client:
    client = Client()
    client.force_login(who, backend=BACKEND)
    return client


def names(client: Client, **query: str | list[str]) -> set[str]:
    """The provisions that the list shows, by the names it shows."""
    return set(named(client, **query))


def named(client: Client, **query: str | list[str]) -> list[str]:
    """The same in their order on the page."""
    page = client.get(reverse("register:provisions"), query)
    assert page.status_code == 200
    return re.findall(r'data-heading="Provision"><a [^>]*>([^<]+)</a>', page.content.decode())


@pytest.fixture
def homes(sam: Person, nia: Person) -> dict[str, Provision]:
    made = {
        "larch": listed("SC900001", outcome=Outcome.INADEQUATE),
        "birch": listed("SC900002", place="Alderbrook", status="suspended", owner="Birch Homes"),
        "agency": listed("1900003", ProvisionType.IFA, name="Willowmere Fostering", outcome=Outcome.GOOD),
    }
    actions.describe_provision(
        provision=made["larch"],
        name="Larch House",
        alias="LH-1",
        postcode="ZZ2 2ZZ",
        under_contract_from=date(2025, 4, 1),
        by=sam,
        on=TODAY,
        seen_revision=0,
    )
    return made


def test_a_home_is_found_by_the_name_alias_and_postcode_that_the_authority_typed(
    homes: dict[str, Provision], sam: Person, nia: Person
) -> None:
    for words in ("larch", "lh-1", "zz22zz", "Larch SC900001"):
        assert names(signed_in(sam), q=words) == {"Larch House"}
    assert names(signed_in(nia), q="larch") == set()
    assert names(signed_in(nia), q="sc900001") == {"Residential home SC900001"}


def test_provisions_are_found_by_owner_and_place(homes: dict[str, Provision], sam: Person) -> None:
    client = signed_in(sam)
    assert names(client, q="birch homes") == {"Residential home SC900002"}
    assert names(client, owner="birch") == {"Residential home SC900002"}
    assert names(client, place="alderbrook") == {"Residential home SC900002"}
    assert names(client, place="ZZ2") == {"Larch House"}


def test_provisions_are_narrowed_by_type_judgement_and_standing(homes: dict[str, Provision], sam: Person) -> None:
    client = signed_in(sam)
    assert names(client, type="ifa") == {"Willowmere Fostering"}
    assert names(client, judgement="inadequate") == {"Larch House"}
    assert names(client, judgement="not_judged") == {"Residential home SC900002"}
    assert names(client, standing="suspended") == {"Residential home SC900002"}


def test_what_is_under_contract_is_ones_own(homes: dict[str, Provision], sam: Person, nia: Person) -> None:
    assert names(signed_in(sam), ours="contract") == {"Larch House"}
    assert names(signed_in(nia), ours="contract") == set()


def test_where_somebody_is_placed_now_is_ones_own(homes: dict[str, Provision], sam: Person, nia: Person) -> None:
    young_person = placements.add_young_person(
        reference="M1", initials="AB", born_on=date(2012, 6, 1), by=sam, on=date(2026, 3, 1)
    )
    placements.record_placement(
        young_person=young_person,
        provision=homes["birch"],
        starts_on=date(2026, 3, 1),
        by=sam,
        on=date(2026, 3, 1),
    )
    assert names(signed_in(sam), ours="placed") == {"Residential home SC900002"}
    assert names(signed_in(sam), ours=["placed", "contract"]) == {"Residential home SC900002", "Larch House"}
    assert names(signed_in(nia), ours="placed") == set()


def test_a_suspended_home_says_so_in_the_list(homes: dict[str, Provision], sam: Person) -> None:
    page = signed_in(sam).get(reverse("register:provisions"), {"q": "SC900002"})
    assert "Registration suspended" in page.content.decode()


def test_the_list_sorts_by_the_names_that_the_authority_knows(homes: dict[str, Provision], sam: Person) -> None:
    shown = named(signed_in(sam))
    assert shown == ["Larch House", "Willowmere Fostering", "Residential home SC900002"]


def test_the_list_takes_as_many_queries_for_many_as_for_few(
    homes: dict[str, Provision], sam: Person, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(60):
        listed(f"SC91{number:04}", owner=f"Owner {number % 7}")
    client = signed_in(sam)
    with django_assert_max_num_queries(6):
        client.get(reverse("register:provisions"), {"q": "owner", "ours": ["placed", "contract"], "sort": "-owner"})


def test_the_csv_holds_alias_and_contract(homes: dict[str, Provision], sam: Person) -> None:
    page = signed_in(sam).get(reverse("register:provisions"), {"format": "csv", "q": "larch"})
    text = b"".join(page.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert "Larch House,Residential home,Alderbrook Care Ltd,Fenmarket,SC900001,Inadequate,2025-01-14,,LH-1" in text
    assert "2025-04-01" in text


def test_the_operator_sees_the_shared_register_only(homes: dict[str, Provision], sam: Person, olive: Person) -> None:
    actions.enter_provision(provision_type=ProvisionType.SEN, name="Quay School", by=sam, on=TODAY)
    assert names(signed_in(olive)) == {
        "Residential home SC900001",
        "Residential home SC900002",
        "Willowmere Fostering",
    }
    assert "Quay School" in names(signed_in(sam))


def test_details_are_typed_on_their_page(sam: Person) -> None:
    home = listed()
    where = reverse("register:details", args=[home.pk])
    client = signed_in(sam)
    page = client.get(where)
    assert 'name="revision" value="0"' in page.content.decode()
    answer = client.post(
        where,
        {
            "name": "Larch House",
            "under_contract_from-day": "1",
            "under_contract_from-month": "4",
            "under_contract_from-year": "2026",
            "revision": "0",
        },
    )
    assert answer.status_code == 302
    assert LocalDetails.objects.get().under_contract_from == date(2026, 4, 1)


def test_a_colleague_who_saved_first_is_named_and_nothing_typed_is_lost(sam: Person) -> None:
    home = listed()
    colleague = person(sam.authority, "Quinn Hale", Role.PLACEMENT_OFFICER)
    actions.describe_provision(provision=home, name="Birch House", by=colleague, on=TODAY, seen_revision=0)
    where = reverse("register:details", args=[home.pk])
    client = signed_in(sam)
    page = client.post(where, {"name": "Larch House", "revision": "0"}).content.decode()
    assert "Quinn Hale saved this first" in page
    assert "Birch House" in page
    assert 'value="Larch House"' in page
    assert client.post(where, {"name": "Larch House", "revision": "1"}).status_code == 302
    assert LocalDetails.objects.get().name == "Larch House"


def test_an_alias_in_use_is_refused_beside_what_was_typed(sam: Person) -> None:
    actions.describe_provision(provision=listed("SC900002"), alias="LH", by=sam, on=TODAY, seen_revision=0)
    page = signed_in(sam).post(
        reverse("register:details", args=[listed().pk]), {"name": "Larch House", "alias": "lh", "revision": "0"}
    )
    assert page.status_code == 200
    assert "already means" in page.content.decode()
    assert 'value="Larch House"' in page.content.decode()


def test_premises_are_added_and_closed_on_their_pages(sam: Person) -> None:
    service = listed("1900003", ProvisionType.SUPPORTED_ACCOMMODATION, name="Brightwater Living")
    client = signed_in(sam)
    added = {"label": "Flat 3", "kind": PremisesKind.FLAT, "capacity": "1"}
    assert client.post(reverse("register:add_premises", args=[service.pk]), added).status_code == 302
    flat = Premises.objects.get()
    closed = {"closed_on-day": "1", "closed_on-month": "11", "closed_on-year": "2026", "revision": "0"}
    assert client.post(reverse("register:change_premises", args=[flat.pk]), added | closed).status_code == 302
    flat.refresh_from_db()
    assert flat.closed_on == date(2026, 11, 1)
    assert client.get(reverse("register:add_premises", args=[listed().pk])).status_code == 404


def test_a_school_is_entered_changed_and_judged_on_its_pages(sam: Person) -> None:
    client = signed_in(sam)
    typed = {"type": "sen", "name": "Quay School", "inspectorate": "isi", "owner": "Quay Trust"}
    assert client.post(reverse("register:enter"), typed).status_code == 302
    school = Provision.objects.get()
    changed = typed | {"name": "Quay Academy", "revision": "0", "status": ""}
    assert client.post(reverse("register:change_entered", args=[school.pk]), changed).status_code == 302
    judged = {
        "outcome": "good",
        "published_on-day": "2",
        "published_on-month": "3",
        "published_on-year": "2026",
    }
    assert client.post(reverse("register:add_judgement", args=[school.pk]), judged).status_code == 302
    judgement = school.judgements.get()
    corrected = judged | {"outcome": "inadequate", "revision": "0"}
    assert client.post(reverse("register:correct_judgement", args=[judgement.pk]), corrected).status_code == 302
    school.refresh_from_db()
    assert (school.name, school.outcome) == ("Quay Academy", Outcome.INADEQUATE)


def test_another_authoritys_records_are_not_there(sam: Person, nia: Person) -> None:
    school = actions.enter_provision(
        provision_type=ProvisionType.SEN, name="Quay School", inspectorate=Inspectorate.ISI, by=sam, on=TODAY
    )
    judgement = actions.add_judgement(
        provision=school, outcome=Outcome.GOOD, published_on=date(2026, 3, 2), by=sam, on=TODAY
    )
    service = listed("1900003", ProvisionType.SUPPORTED_ACCOMMODATION)
    flat = actions.add_premises(provision=service, label="Flat 3", kind=PremisesKind.FLAT, by=sam, on=TODAY)
    own, other = signed_in(sam), signed_in(nia)
    for route, number in (
        ("details", school.pk),
        ("change_entered", school.pk),
        ("add_judgement", school.pk),
        ("correct_judgement", judgement.pk),
        ("change_premises", flat.pk),
    ):
        where = reverse(f"register:{route}", args=[number])
        assert own.get(where).status_code == 200
        assert other.get(where).status_code == 404
        assert other.post(where, {"name": "Ours"}).status_code == 404


def test_a_shared_provision_is_not_judged_or_changed_by_an_officer(sam: Person) -> None:
    home = listed(outcome=Outcome.GOOD)
    client = signed_in(sam)
    assert client.get(reverse("register:add_judgement", args=[home.pk])).status_code == 403
    assert client.get(reverse("register:correct_judgement", args=[home.judgements.get().pk])).status_code == 403
    assert client.get(reverse("register:change_entered", args=[home.pk])).status_code == 404
    registration = home.registrations.get().pk
    for route in ("correct_registration", "continues", "left"):
        assert client.get(reverse(f"register:{route}", args=[registration])).status_code == 403
    assert client.get(reverse("register:standing_of_register")).status_code == 403


def test_the_operator_settles_what_a_file_no_longer_lists(olive: Person) -> None:
    registration = listed().registrations.get()
    registration.left_marked_on = date(2026, 9, 30)
    registration.save(update_fields=["left_marked_on"])
    client = signed_in(olive)
    page = client.get(reverse("register:standing_of_register"))
    assert "SC900001" in page.content.decode()
    where = reverse("register:left", args=[registration.pk])
    assert client.get(where).status_code == 200
    assert client.post(where, {"still_active": "no", "revision": "0"}).status_code == 302
    assert Provision.objects.get().standing_warning == "Registration closed"
    assert client.get(where).status_code == 404


def test_the_operator_joins_a_home_that_registered_anew(olive: Person) -> None:
    listed("SC900001")
    new = listed("SC900009").registrations.get()
    where = reverse("register:continues", args=[new.pk])
    client = signed_in(olive)
    assert "No provision of the register" in client.post(where, {"urn": "SC123456"}).content.decode()
    assert client.post(where, {"urn": "sc900001"}).status_code == 302
    assert Provision.objects.count() == 1


def test_the_operator_corrects_a_status(olive: Person) -> None:
    home = listed()
    registration = home.registrations.get()
    where = reverse("register:correct_registration", args=[registration.pk])
    assert signed_in(olive).post(where, {"status": "suspended", "revision": "0"}).status_code == 302
    home.refresh_from_db()
    assert home.standing_warning == "Registration suspended"


def test_the_premises_of_a_service_are_listed_for_their_authority(sam: Person, nia: Person) -> None:
    service = listed("1900003", ProvisionType.SUPPORTED_ACCOMMODATION, name="Brightwater Living")
    actions.add_premises(provision=service, label="Flat 3", kind=PremisesKind.FLAT, by=sam, on=TODAY)
    where = reverse("register:premises", args=[service.pk])
    assert "Flat 3" in signed_in(sam).get(where).content.decode()
    assert "No house or flat is known" in signed_in(nia).get(where).content.decode()


def test_the_record_offers_what_the_person_may_correct(sam: Person, olive: Person) -> None:
    home = listed(outcome=Outcome.GOOD)
    where = reverse("register:record", args=[home.pk])
    correct = reverse("register:correct_judgement", args=[home.judgements.get().pk])
    assert correct in signed_in(olive).get(where).content.decode()
    assert correct not in signed_in(sam).get(where).content.decode()


def test_the_standing_of_the_register_takes_few_queries(
    olive: Person, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(40):
        registration = listed(f"SC92{number:04}").registrations.get()
        registration.left_marked_on = date(2026, 9, 30)
        registration.save(update_fields=["left_marked_on"])
    client = signed_in(olive)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("register:standing_of_register"), {"type": "residential"})
    assert "Showing 1 to 25 of 40 registrations" in page.content.decode()
