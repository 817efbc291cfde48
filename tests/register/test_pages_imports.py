"""The import page: hand in, look, decide; own list or shared register; two people; the register changed between."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.people.made import authority, person
from tests.register.made import listed
from tests.register.made_up import AGENCY, HOME, LISTED, SUPPORTED, as_list_2025, provider_level
from tests.register.test_pages import signed_in
from wellplaced.history.models import Event
from wellplaced.people.models import Person
from wellplaced.people.rights import Role
from wellplaced.register.actions.working import apply_file, compare_file
from wellplaced.register.models import LocalDetails, Provision, RegisterImport

pytestmark = pytest.mark.django_db
State = RegisterImport.State


@pytest.fixture
def olive() -> Person:
    return person(None, "Olive Stone", Role.OPERATOR)


@pytest.fixture
def max_(olive: Person) -> Person:
    return person(authority(), "Max Orchard", Role.MANAGER)


def hand_in(client: Client, content: bytes, name: str = "ofsted.csv", **more: str) -> RegisterImport:
    answer = client.post(reverse("register:hand_in"), {"file": SimpleUploadedFile(name, content), **more})
    assert answer.status_code == 302, answer.content.decode()
    handed_in = RegisterImport.objects.latest("pk")
    assert handed_in.state == State.COMPARING
    return handed_in


def worked(handed_in: RegisterImport) -> RegisterImport:
    """The record after the worker did what waits."""
    if handed_in.state == State.COMPARING:
        compare_file.call(handed_in.pk)
    else:
        apply_file.call(handed_in.pk, handed_in.handed_in_by_id)
    handed_in.refresh_from_db()
    return handed_in


def decide(client: Client, handed_in: RegisterImport, decision: str, revision: int | None = None) -> RegisterImport:
    seen = handed_in.revision if revision is None else revision
    client.post(reverse("register:decide_import", args=[handed_in.pk]), {"decision": decision, "revision": seen})
    handed_in.refresh_from_db()
    return handed_in


def page(client: Client, handed_in: RegisterImport, **query: str) -> str:
    answer = client.get(reverse("register:import", args=[handed_in.pk]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_file_is_compared_looked_at_and_applied(olive: Person) -> None:
    client = signed_in(olive)
    handed_in = hand_in(client, provider_level(HOME, AGENCY))
    assert "Being compared" in page(client, handed_in)
    handed_in = worked(handed_in)
    assert handed_in.as_at == date(2025, 3, 31)
    shown = page(client, handed_in)
    assert "2 new, 0 changed" in shown
    assert "Willowmere Fostering" in shown
    assert not Provision.objects.exists()
    handed_in = decide(client, handed_in, "apply")
    assert (handed_in.state, Provision.objects.count()) == (State.APPLYING, 0)
    handed_in = worked(handed_in)
    assert (handed_in.state, Provision.objects.count(), handed_in.content) == (State.APPLIED, 2, None)
    assert "What it changed" in page(client, handed_in)
    verbs = [event.verb for event in Event.objects.of(handed_in)]
    assert verbs == ["file handed in", "import decided", "file applied"]


def test_the_same_file_again_changes_nothing(olive: Person) -> None:
    client = signed_in(olive)
    content = provider_level(HOME)
    worked(decide(client, worked(hand_in(client, content)), "apply"))
    again = worked(hand_in(client, content))
    assert "This file changes nothing" in page(client, again)


def test_changes_are_shown_from_what_to_what_and_refused_rows_by_row_and_column(olive: Person) -> None:
    client = signed_in(olive)
    worked(decide(client, worked(hand_in(client, provider_level(AGENCY))), "apply"))
    later = provider_level(
        AGENCY | {"Name": "Willowmere Families"},
        HOME | {"URN": "none"},
        title="Children's social care data in England 2025 – Provider level as at 30 September 2025",
    )
    handed_in = worked(hand_in(client, later))
    shown = page(client, handed_in, show="updated")
    assert "Willowmere Fostering" in shown
    assert "Willowmere Families" in shown
    refused = page(client, handed_in, show="refused")
    assert "URN" in refused
    assert "none" in refused


def test_a_part_of_the_list_says_how_much_would_be_marked_as_no_longer_listed(olive: Person) -> None:
    client = signed_in(olive)
    worked(decide(client, worked(hand_in(client, provider_level(AGENCY, SUPPORTED))), "apply"))
    later = "Children's social care data in England 2025 – Provider level as at 30 September 2025"
    assert "only a part" not in page(client, worked(hand_in(client, provider_level(AGENCY, title=later))))
    shown = page(client, worked(hand_in(client, provider_level(HOME, title=later))))
    assert "This file lists 1 registration, and 2 registrations that the register holds as active" in shown
    assert "only a part" in shown


def test_a_file_that_is_left_changes_nothing_and_is_not_kept(olive: Person) -> None:
    client = signed_in(olive)
    handed_in = decide(client, worked(hand_in(client, provider_level(HOME))), "leave")
    assert (handed_in.state, handed_in.content, Provision.objects.count()) == (State.LEFT, None, 0)


def test_a_file_of_another_kind_is_refused_with_what_was_expected(olive: Person) -> None:
    client = signed_in(olive)
    handed_in = worked(hand_in(client, b"name,age\nA,1\n"))
    assert handed_in.state == State.REFUSED
    assert "Expected a list of Ofsted" in page(client, handed_in)


def test_a_picture_is_not_taken(olive: Person) -> None:
    answer = signed_in(olive).post(reverse("register:hand_in"), {"file": SimpleUploadedFile("home.png", b"png")})
    assert "must be a CSV, ODS or XLSX file" in answer.content.decode()
    assert not RegisterImport.objects.exists()


def test_what_changed_between_is_compared_again_before_it_is_applied(olive: Person) -> None:
    client = signed_in(olive)
    handed_in = decide(client, worked(hand_in(client, provider_level(HOME))), "apply")
    listed("SC900001")  # meanwhile another file brought the home
    handed_in = worked(handed_in)
    assert handed_in.state == State.COMPARED
    assert "The register changed" in page(client, handed_in)
    handed_in = worked(decide(client, handed_in, "apply"))
    assert handed_in.state == State.APPLIED


def test_two_people_decide_about_one_file_and_the_first_counts(olive: Person) -> None:
    client = signed_in(olive)
    handed_in = worked(hand_in(client, provider_level(HOME)))
    seen = handed_in.revision
    decide(client, handed_in, "apply")
    second = signed_in(person(None, "Otto Vale", Role.OPERATOR))
    answer = second.post(
        reverse("register:decide_import", args=[handed_in.pk]), {"decision": "leave", "revision": seen}, follow=True
    )
    assert "cannot be done with this file any more" in answer.content.decode()
    handed_in.refresh_from_db()
    assert handed_in.state == State.APPLYING


def test_an_authoritys_list_fills_in_its_own_names_and_is_nobody_elses_to_see(olive: Person, max_: Person) -> None:
    listed("SC900001")
    client = signed_in(max_)
    handed_in = hand_in(client, as_list_2025([LISTED]), "list.xlsx")
    assert handed_in.authority == max_.authority
    handed_in = worked(handed_in)
    assert "Larch House" in page(client, handed_in, show="local")
    worked(decide(client, handed_in, "apply"))
    assert LocalDetails.objects.get().name == "Larch House"
    nia = person(authority("Alderbrook Borough Council", "ald"), "Nia Fell", Role.MANAGER)
    for other in (signed_in(olive), signed_in(nia)):
        assert other.get(reverse("register:import", args=[handed_in.pk])).status_code == 404
        assert other.get(reverse("register:import_progress", args=[handed_in.pk])).status_code == 404
        assert other.post(reverse("register:decide_import", args=[handed_in.pk])).status_code == 404
        assert other.get(reverse("register:imports")).content.decode().count("list.xlsx") == 0


def test_a_manager_does_not_load_ofsteds_published_file_nor_the_operator_the_list(olive: Person, max_: Person) -> None:
    published = worked(hand_in(signed_in(max_), provider_level(HOME)))
    assert published.state == State.REFUSED
    assert "whoever keeps the shared register imports it" in published.why_refused
    confidential = worked(hand_in(signed_in(olive), as_list_2025([LISTED]), "list.xlsx"))
    assert confidential.state == State.REFUSED
    assert "loaded for that authority only" in confidential.why_refused


def test_an_officer_imports_nothing(max_: Person) -> None:
    sam = person(max_.authority, "Sam Reed", Role.PLACEMENT_OFFICER)
    for route in ("imports", "hand_in"):
        assert signed_in(sam).get(reverse(f"register:{route}")).status_code == 403


def test_how_far_it_is_is_told_to_the_page(olive: Person) -> None:
    client = signed_in(olive)
    handed_in = hand_in(client, provider_level(HOME))
    told = client.get(reverse("register:import_progress", args=[handed_in.pk])).json()
    assert told == {"state": "comparing", "progress": 0}
    RegisterImport.objects.filter(pk=handed_in.pk).update(progress=40)
    assert '<span id="progress-number">40</span>' in page(client, handed_in)


def test_a_file_that_names_no_day_says_so_before_it_is_applied(olive: Person) -> None:
    client = signed_in(olive)
    handed_in = worked(hand_in(client, provider_level(HOME, title="Provider level")))
    assert "does not say which day it describes" in page(client, handed_in)
    day = {"as_at-day": "31", "as_at-month": "3", "as_at-year": "2024"}
    dated = worked(hand_in(client, provider_level(HOME, title="Provider level"), **day))
    assert dated.as_at == date(2024, 3, 31)


def test_where_one_authority_runs_the_service_its_administrator_says_which_file_it_is() -> None:
    ada = person(authority(), "Ada Marsh", Role.ADMINISTRATOR)
    client = signed_in(ada)
    file = SimpleUploadedFile("ofsted.csv", provider_level(HOME))
    asked = client.post(reverse("register:hand_in"), {"file": file})
    assert "Say what the file is" in asked.content.decode()
    assert worked(hand_in(client, provider_level(HOME), what="shared")).authority is None
    assert worked(hand_in(client, as_list_2025([LISTED]), "list.xlsx", what="own")).authority == ada.authority
