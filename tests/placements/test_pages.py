"""The pages of young people and placements: who sees what, what is warned of, and nothing typed is lost."""

from datetime import date

import pytest
from django.test import Client

from tests.placements import made_up
from tests.placements.made_up import TODAY
from wellplaced.history.models import Event
from wellplaced.people.rights import Role
from wellplaced.placements import actions
from wellplaced.placements.models import Placement, Professional, YoungPerson


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person, backend="wellplaced.people.sign_in.Backend")
    return client


def day(name: str, on: date) -> dict[str, int]:
    return {f"{name}-day": on.day, f"{name}-month": on.month, f"{name}-year": on.year}


@pytest.fixture
def client(officer) -> Client:
    return signed_in(officer)


@pytest.fixture
def alder(db):
    return made_up.provision()


@pytest.fixture
def ab(officer):
    return made_up.young_person(officer)


def recording(whom, home) -> str:
    return f"/placements/record/?young_person={whom.pk}&provision={home.pk}"


def test_a_young_person_is_added_and_shown_by_reference_and_initials_and_age(client):
    typed = {"reference": "M7", "initials": "QX", "has_ehc_plan": "yes", **day("born_on", date(2010, 3, 20))}
    answer = client.post("/young-people/add/", typed, follow=True)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "QX (M7)" in text
    assert "16 years" in text
    assert "20 March 2010" not in text.split("History")[0]


def test_somebody_added_from_a_provision_is_placed_there_next(client, alder):
    typed = {"reference": "M7", "initials": "QX", "has_ehc_plan": "no", **day("born_on", date(2010, 3, 20))}
    answer = client.post(f"/young-people/add/?provision={alder.pk}", typed)
    assert answer.url == recording(YoungPerson.objects.get(), alder)


def test_every_opening_of_a_record_is_on_record(client, officer, ab):
    client.get(f"/young-people/{ab.pk}/")
    client.get(f"/young-people/{ab.pk}/history/?kind=opened")
    assert Event.objects.filter(verb="record opened", about_id=ab.pk, by_id=officer.pk).count() == 2


@pytest.mark.parametrize("page", ["change", "restrict", "lift", "professional"])
def test_a_page_that_corrects_a_record_shows_it_and_that_is_on_record_too(page, manager, ab):
    """The date of birth stands on no page but the one that corrects it."""
    social_worker = actions.add_professional(
        young_person=ab, role="csw", name="Kit Lowe", email="kit@fen.example", starts_on=TODAY, ends_on=None, by=manager
    )
    if page == "lift":
        actions.restrict_record(young_person=ab, named=[manager], reason="Asked for", by=manager, seen_revision=None)
    address = (
        f"/professionals/{social_worker.pk}/change/" if page == "professional" else f"/young-people/{ab.pk}/{page}/"
    )
    assert signed_in(manager).get(address).status_code == 200
    assert Event.objects.filter(verb="record opened", about_id=ab.pk, by_id=manager.pk).count() == 1


def test_a_placement_is_recorded_step_by_step_without_javascript(client, ab, alder):
    assert "Which one?" in client.get("/placements/record/?q=m1001").content.decode()
    found = client.get(f"/placements/record/?young_person={ab.pk}&q=alder").content.decode()
    assert "URN 1234567" in found
    client.post(recording(ab, alder), {"known": "", **day("starts_on", date(2026, 3, 1))})
    assert Placement.objects.get().starts_on == date(2026, 3, 1)


def test_a_provision_is_found_by_the_authoritys_own_name_for_it(client, officer, ab, alder):
    made_up.alias(officer.authority, alder, "kestrel nest")
    assert "Alder House" in client.get(f"/placements/record/?young_person={ab.pk}&q=Kestrel").content.decode()


def test_the_page_of_a_provision_leads_to_the_same_steps(client, alder):
    assert "Who is placed at Alder House?" in client.get(f"/placements/record/{alder.pk}/").content.decode()


def test_a_warning_is_shown_before_it_is_saved_and_again_afterwards(client, officer):
    whom, home = made_up.young_person(officer, born_on=date(2011, 1, 1)), made_up.supported()
    typed = {"premises": "new_flat", "new_flat": "Flat 9", "new_house": "", **day("starts_on", TODAY)}
    first = client.post(recording(whom, home), {**typed, "known": ""}).content.decode()
    assert "is 15 on the first day" in first
    assert "Record it all the same" in first
    assert 'value="Flat 9"' in first
    assert not Placement.objects.exists()
    after = client.post(recording(whom, home), {**typed, "known": "age"}, follow=True).content.decode()
    assert "is 15 on the first day" in after
    assert Placement.objects.get().premises.label == "Flat 9"


def test_a_placement_after_the_fact_is_saved_at_once_and_explained(client, ab, alder):
    typed = {"known": "", **day("starts_on", date(2026, 3, 17))}
    after = client.post(recording(ab, alder), typed, follow=True).content.decode()
    assert "Recorded 3 days after the start" in after


def test_a_new_flat_needs_a_name(client, ab):
    home = made_up.supported()
    typed = {"premises": "new_flat", "new_flat": " ", "new_house": "", "known": "", **day("starts_on", TODAY)}
    assert "Enter a name by which your team knows it" in client.post(recording(ab, home), typed).content.decode()


def test_a_restricted_record_is_not_found_by_anybody_else(client, officer, manager, ab, alder):
    placement = made_up.placed(officer, ab, alder)
    somebody = actions.add_professional(
        young_person=ab, role="csw", name="Casey", email="c@fen.example", starts_on=TODAY, by=officer
    )
    actions.restrict_record(young_person=ab, named=[manager], reason="Witness", by=manager, seen_revision=0)
    addresses = [
        f"/young-people/{ab.pk}/",
        f"/young-people/{ab.pk}/change/",
        f"/young-people/{ab.pk}/history/",
        f"/young-people/{ab.pk}/professionals/add/",
        f"/professionals/{somebody.pk}/change/",
        f"/placements/record/?young_person={ab.pk}",
        *(f"/placements/{placement.pk}/{step}/" for step in ("change", "move", "end", "cancel", "reinstate")),
    ]
    assert {client.get(address).status_code for address in addresses} == {404}
    for address in ("/young-people/", "/placements/", "/placements/record/?q=M1001"):
        for suffix in ("", "?format=csv"):
            answer = client.get(address + suffix)
            content = b"".join(answer) if answer.streaming else answer.content
            assert b"M1001)" not in content
            assert b"/young-people/1" not in content
    assert b"M1001" in signed_in(manager).get("/young-people/").content


def test_another_authority_finds_nothing(stranger, ab):
    assert signed_in(stranger).get(f"/young-people/{ab.pk}/").status_code == 404


def test_whoever_may_only_look_is_offered_nothing_to_change(fenmarket, officer, ab, alder):
    placement = made_up.placed(officer, ab, alder)
    viewer = signed_in(made_up.person(fenmarket, "Vera Viewer", Role.VIEWER))
    page = viewer.get(f"/young-people/{ab.pk}/").content.decode()
    assert "Record a placement" not in page
    assert viewer.post(f"/placements/{placement.pk}/cancel/", {"because": "x"}).status_code == 403


def test_of_two_people_at_once_the_second_sees_both_answers_and_saves_again(client, officer, manager, ab, alder):
    placement = made_up.placed(officer, ab, alder)
    actions.end_placement(placement=placement, ends_on=date(2026, 3, 12), by=manager, seen_revision=0)
    typed = {"revision": 0, "known": "", "reason": "", **day("starts_on", placement.starts_on)}
    typed |= day("ends_on", date(2026, 3, 15))
    page = client.post(f"/placements/{placement.pk}/change/", typed).content.decode()
    assert "Mona Manager saved this first" in page
    assert "12 March 2026" in page
    assert 'value="15"' in page
    assert client.post(f"/placements/{placement.pk}/change/", {**typed, "revision": 1}).status_code == 302
    placement.refresh_from_db()
    assert placement.ends_on == date(2026, 3, 15)


def test_a_placement_is_moved_ended_cancelled_and_taken_back(client, officer, ab, alder):
    placement = made_up.placed(officer, ab, alder)
    birch = made_up.provision("Birch House", urn="7654321")
    at = f"/placements/{placement.pk}"
    moved = {"revision": 0, "provision": birch.pk, "reason": "Wrong home"}
    assert client.post(f"{at}/move/?provision={birch.pk}", moved).status_code == 302
    assert client.post(f"{at}/end/", {"revision": 1, **day("ends_on", TODAY)}).status_code == 302
    assert client.post(f"{at}/cancel/", {"revision": 2, "because": "Never began"}).status_code == 302
    assert client.get(f"{at}/end/").status_code == 404
    assert client.post(f"{at}/reinstate/", {"revision": 3, "reason": "It did"}).status_code == 302
    placement.refresh_from_db()
    assert (placement.provision, placement.ends_on, placement.cancelled) == (birch, TODAY, False)
    history = client.get(f"/young-people/{ab.pk}/").content.decode()
    assert "Alder House" in history
    assert "Wrong home" in history


def test_a_manager_restricts_names_and_lifts(manager, officer, ab):
    desk = signed_in(manager)
    named = {"revision": 0, "reason": "Witness", "named": [manager.pk, officer.pk]}
    assert desk.post(f"/young-people/{ab.pk}/restrict/", named).url == f"/young-people/{ab.pk}/"
    assert "Mona Manager, Olive Officer" in desk.get(f"/young-people/{ab.pk}/").content.decode()
    assert desk.post(f"/young-people/{ab.pk}/lift/", {"revision": 1, "reason": "Over"}).status_code == 302
    only_officer = {"revision": 2, "reason": "Witness", "named": [officer.pk]}
    assert desk.post(f"/young-people/{ab.pk}/restrict/", only_officer).url == "/young-people/"


def test_a_professional_is_added_and_corrected(client, ab):
    typed = {"role": "iro", "name": "Ira", "email": "ira@fen.example", **day("starts_on", TODAY)}
    assert client.post(f"/young-people/{ab.pk}/professionals/add/", typed).status_code == 302
    somebody = Professional.objects.get()
    changed = {"revision": 0, "name": "Ira Lane", "email": "ira@fen.example", **day("starts_on", TODAY)}
    assert client.post(f"/professionals/{somebody.pk}/change/", changed).status_code == 302
    somebody.refresh_from_db()
    assert somebody.name == "Ira Lane"


def test_lists_filter_sort_and_download(client, officer, ab, alder):
    other = made_up.young_person(officer, "M2", "CD")
    made_up.placed(officer, ab, alder, date(2025, 1, 1), date(2025, 6, 1))
    made_up.placed(officer, other, alder)
    listed = client.get("/young-people/?placed=yes&type=residential&sort=-age").content.decode()
    assert "M2" in listed
    assert "M1001" not in listed
    ended = client.get("/placements/?state=ended&q=1234567").content.decode()
    assert "AB (M1001)" in ended
    assert "CD (M2)" not in ended
    download = b"".join(client.get("/placements/?format=csv&starts_from=2026-01-01")).decode("utf-8-sig")
    assert download.splitlines()[1].startswith("CD (M2),Alder House,Residential home,1234567,,2026-03-01")


def test_lists_stay_within_their_queries_however_many_rows(client, officer, alder, django_assert_max_num_queries):
    for number in range(30):
        made_up.placed(officer, made_up.young_person(officer, f"M{number}"), alder)
    for address in ("/young-people/", "/placements/"):
        with django_assert_max_num_queries(12):
            client.get(address)
        with django_assert_max_num_queries(6):
            b"".join(client.get(f"{address}?format=csv"))
