"""What is owed, as pages: the list, one requirement, waivers, C4's check."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from tests.monitoring.browsing import day_parts, signed_in, text_of
from tests.monitoring.world import World, make_world
from wellplaced.design.words import day
from wellplaced.monitoring import actions
from wellplaced.monitoring.models import OtherAuthorityCheck, Requirement, Waiver
from wellplaced.people import actions as people
from wellplaced.people.rights import Role
from wellplaced.placements import actions as placements

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def initial_of(world: World, kind: str = "sen", started: int = 10) -> Requirement:
    """An initial visit to a provision where somebody was placed some days ago."""
    provision = world.provision(kind)
    placement = world.placed(provision, world.today - started * DAY)
    return Requirement.objects.get(key=f"initial:{placement.pk}")


def test_everything_owed_is_listed_with_its_due_date_and_why(world: World) -> None:
    owed = initial_of(world)
    page = text_of(signed_in(world.officer).get("/owed/"))
    assert "Initial visit" in page
    assert "Overdue" in page
    assert owed.get_absolute_url() + "why/" in page


def test_the_list_shows_what_is_still_owed_and_on_demand_everything(world: World) -> None:
    owed = initial_of(world)
    actions.waive(requirement=owed, reason="Never needed", by=world.manager, on=world.today)
    client = signed_in(world.officer)
    assert owed.get_absolute_url() not in text_of(client.get("/owed/"))
    assert owed.get_absolute_url() in text_of(client.get("/owed/?state=all"))
    assert owed.get_absolute_url() in text_of(client.get("/owed/?state=waived"))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("state=overdue", True),
        ("state=booked", False),
        ("kind=initial", True),
        ("kind=annual", False),
        ("clause=C3", True),
        ("clause=C6", False),
        ("type=sen", True),
        ("type=ifa", False),
        ("q=larch", True),
        ("q=nowhere", False),
        ("due_from=2001-01-01&due_to=2001-12-31", False),
        ("sort=-provision", True),
    ],
)
def test_the_list_filters(world: World, asked: str, found: bool) -> None:
    provision = world.provision("sen", name="Larch Court", search_text="larch court")
    world.placed(provision, world.today - 10 * DAY)
    assert ("Larch Court" in text_of(signed_in(world.officer).get(f"/owed/?{asked}"))) is found


def test_the_list_filters_by_who_looks_after_a_provision(world: World) -> None:
    owed = initial_of(world)
    actions.assign(provision=owed.provision, officer=world.officer, by=world.manager, on=world.today)
    client = signed_in(world.manager)
    assert owed.get_absolute_url() in text_of(client.get(f"/owed/?officer={world.officer.pk}"))
    assert owed.get_absolute_url() not in text_of(client.get(f"/owed/?officer={world.senior.pk}"))


def test_the_list_asks_the_same_few_questions_however_many_rows(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(12):
        initial_of(world)
    client = signed_in(world.officer)
    with django_assert_max_num_queries(12):
        client.get("/owed/")


def test_everything_owed_comes_as_csv(world: World) -> None:
    owed = initial_of(world)
    answer = signed_in(world.officer).get("/owed/?format=csv")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    assert lines[0].startswith("What is owed,Provision,About,Due")
    assert str(owed.due_on) in lines[1]


def test_another_authority_sees_none_of_it(world: World) -> None:
    owed = initial_of(world)
    other = make_world("Wold Borough Council", "wold", operator=world.operator)
    client = signed_in(other.manager)
    assert owed.get_absolute_url() not in text_of(client.get("/owed/"))
    for address in (owed.get_absolute_url(), owed.get_absolute_url() + "why/", owed.get_absolute_url() + "waive/"):
        assert client.get(address).status_code == 404


def test_a_requirement_says_how_it_stands_and_offers_one_thing_to_do(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    owed = initial_of(world)
    client = signed_in(world.officer)
    with django_assert_max_num_queries(20):
        page = text_of(client.get(owed.get_absolute_url()))
    assert "Overdue: 7 days late, and no visit is booked." in page
    assert page.count('role="button"') == 1
    assert "Book a visit" in page
    assert "Ask about other authorities" in page  # C4


def test_a_due_date_on_a_sunday_says_by_when_to_act(world: World) -> None:
    sunday = world.today + ((6 - world.today.weekday()) % 7 + 7) * DAY
    owed = initial_of(world, started=(world.today - (sunday - 3 * DAY)).days)
    assert owed.due_on == sunday
    assert "Falls on a Sunday: act by" in text_of(signed_in(world.officer).get(owed.get_absolute_url()))


def test_a_restricted_young_person_is_named_to_those_named_on_the_record_only(world: World) -> None:
    owed = initial_of(world)
    assert owed.placement
    young_person = owed.placement.young_person
    placements.restrict_record(
        young_person=young_person, named=[world.officer], reason="Court order", by=world.manager, seen_revision=None
    )
    for address in (owed.get_absolute_url(), "/owed/", "/owed/?format=csv"):
        assert str(young_person) in text_of(signed_in(world.officer).get(address))
        unseen = text_of(signed_in(world.senior).get(address))
        assert str(young_person) not in unseen
        assert "A young person (restricted record)" in unseen


def test_what_is_written_about_a_restricted_young_persons_visit_is_closed_to_others(world: World) -> None:
    """Why it was waived, and what another authority says (C4), may name them; on no page, nor in the history."""
    owed = initial_of(world)
    assert owed.placement
    young_person = owed.placement.young_person
    placements.restrict_record(
        young_person=young_person, named=[world.officer], reason="Court order", by=world.manager, seen_revision=None
    )
    check = actions.check_with_other_authority(
        placement=owed.placement, provider_asked_on=world.today, named="Northmere", asked_on=world.today,
        answered_on=world.today, said="XY shares a room", by=world.officer,
    )  # fmt: skip
    waiver = actions.waive(requirement=owed, reason="XY moves next week", by=world.manager, on=world.today)
    actions.change_check(check=check, by=world.officer, seen_revision=0, said="XY shares no room")
    history = reverse("desk:provision_history", args=[owed.provision_id])
    withdraw = reverse("monitoring:withdraw_waiver", args=[owed.provision_id, owed.key])
    for address in (owed.get_absolute_url(), history, withdraw):
        assert "XY" not in text_of(signed_in(world.manager).get(address))
    for address in (owed.get_absolute_url(), history):
        assert waiver.reason in text_of(signed_in(world.officer).get(address))
    changing = reverse("monitoring:change_check", args=[check.pk])
    assert signed_in(world.manager).get(changing).status_code == 404
    assert "XY shares no room" in text_of(signed_in(world.officer).get(changing))


def test_a_viewer_reads_and_is_offered_nothing_to_do(world: World) -> None:
    owed = initial_of(world)
    viewer = people.add_person(
        authority=world.authority, name="Vera Lune", email="vera@fen.example", roles=[Role.VIEWER], by=None
    )
    client = signed_in(viewer)
    assert 'role="button"' not in text_of(client.get(owed.get_absolute_url()))
    for name in ("waive", "check"):
        assert client.get(reverse(f"monitoring:{name}", args=[owed.provision_id, owed.key])).status_code == 403


def test_a_manager_waives_a_visit_with_the_reason_and_takes_it_back(world: World) -> None:
    owed = initial_of(world)
    client = signed_in(world.manager)
    address = owed.get_absolute_url() + "waive/"
    assert "Enter an answer to" in text_of(client.post(address, {"reason": ""}))
    client.post(address, {"reason": "The home closed on the day"})
    owed.refresh_from_db()
    assert owed.state == "waived"
    page = text_of(client.get(owed.get_absolute_url()))
    assert "The home closed on the day" in page
    client.post(owed.get_absolute_url() + "withdraw-waiver/", {"reason": "It reopened", "revision": "0"})
    owed.refresh_from_db()
    assert owed.state == "open"
    assert Waiver.objects.get().withdrawn_by == world.manager


def test_an_officer_may_not_waive(world: World) -> None:
    owed = initial_of(world)
    answer = signed_in(world.officer).post(owed.get_absolute_url() + "waive/", {"reason": "No time"})
    assert answer.status_code == 403
    assert not Waiver.objects.exists()


def test_c4_another_authority_is_asked_and_the_visit_stays_owed(world: World) -> None:
    owed = initial_of(world)
    client = signed_in(world.officer)
    address = reverse("monitoring:check", args=[owed.provision_id, owed.key])
    today = world.today
    client.post(address, {**day_parts("provider_asked_on", today), "answer": "named", "named": "Wold Borough Council"})
    check = OtherAuthorityCheck.objects.get()
    owed.refresh_from_db()
    assert owed.fallback == "needed"
    assert "Wold Borough Council" in text_of(client.get(owed.get_absolute_url()))
    answered = {
        **day_parts("provider_asked_on", today),
        **day_parts("asked_on", today),
        **day_parts("answered_on", today),
        "answer": "named",
        "named": "Wold Borough Council",
        "said": "No worries about it",
        "revision": str(check.revision),
    }
    client.post(reverse("monitoring:change_check", args=[check.pk]), answered)
    owed.refresh_from_db()
    assert (owed.state, owed.fallback) == ("open", "done")


def test_c4_once_an_authority_is_asked_the_page_says_so_and_leads_to_its_answer(world: World) -> None:
    owed = initial_of(world)
    assert owed.placement
    address, client = owed.get_absolute_url(), signed_in(world.officer)
    assert "Ask the provider which other local authorities" in text_of(client.get(address))
    check = actions.check_with_other_authority(
        placement=owed.placement, provider_asked_on=world.today, named="Wold Council", by=world.officer
    )
    assert "The provider named Wold Council: ask it what it thinks" in text_of(client.get(address))
    actions.change_check(check=check, asked_on=world.today, by=world.officer, seen_revision=None)
    page = text_of(client.get(address))
    assert "Ask the provider which" not in page
    assert f"Wold Council was asked on {day(world.today)} and has not answered yet." in page
    changing = f'href="{reverse("monitoring:change_check", args=[check.pk])}"'
    assert "Record the answer of Wold Council" in page
    assert re.search(rf"Not yet <a[^>]* {changing}>Record its answer", page)
    assert "(optional)" not in text_of(client.get(reverse("monitoring:change_check", args=[check.pk])))
    values = {"answered_on": world.today, "said": "No worries about it"}
    actions.change_check(check=check, by=world.officer, seen_revision=None, **values)
    assert "Record its answer" not in text_of(client.get(address))


@pytest.mark.parametrize("role", [Role.VIEWER, Role.ADMINISTRATOR])
def test_who_may_not_change_a_check_reads_it_without_a_link(role: Role, world: World) -> None:
    owed = initial_of(world)
    assert owed.placement
    check = actions.check_with_other_authority(
        placement=owed.placement, provider_asked_on=world.today, named="Wold Council", by=world.officer
    )
    reader = people.add_person(
        authority=world.authority, name="Vera Lune", email="vera@fen.example", roles=[role], by=None
    )
    page = text_of(signed_in(reader).get(owed.get_absolute_url()))
    assert "Wold Council" in page
    assert reverse("monitoring:change_check", args=[check.pk]) not in page


def test_c4_an_answer_without_words_is_refused_and_nothing_typed_is_lost(world: World) -> None:
    owed = initial_of(world)
    typed = {
        **day_parts("provider_asked_on", world.today),
        **day_parts("asked_on", world.today),
        **day_parts("answered_on", world.today),
        "answer": "named",
        "named": "Wold Borough Council",
    }
    address = reverse("monitoring:check", args=[owed.provision_id, owed.key])
    page = text_of(signed_in(world.officer).post(address, typed))
    assert "Enter what the authority said" in page
    assert "Wold Borough Council" in page
    assert not OtherAuthorityCheck.objects.exists()


def test_c4_two_people_change_one_check_and_the_second_is_told(world: World) -> None:
    owed = initial_of(world)
    assert owed.placement
    check = actions.check_with_other_authority(
        placement=owed.placement, provider_asked_on=world.today, named="Wold", by=world.officer
    )
    typed = {**day_parts("provider_asked_on", world.today), "answer": "named", "revision": "0"}
    address = reverse("monitoring:change_check", args=[check.pk])
    signed_in(world.officer).post(address, {**typed, "named": "Wold Borough Council"})
    page = text_of(signed_in(world.senior).post(address, {**typed, "named": "Wold and Mere Council"}))
    assert "Priya Oakes saved this first" in page
    assert "Wold and Mere Council" in page
    assert "Wold Borough Council" in page


def test_signed_out_people_are_sent_to_sign_in(world: World) -> None:
    owed = initial_of(world)
    for address in ("/owed/", owed.get_absolute_url()):
        assert Client().get(address).status_code == 302


def test_a_day_that_does_not_exist_in_a_filter_filters_nothing(world: World) -> None:
    owed = initial_of(world)
    assert owed.get_absolute_url() in text_of(signed_in(world.officer).get("/owed/?due_from=2026-02-31"))


def test_a_placement_recorded_after_the_fact_explains_why_it_was_overdue_at_once(world: World) -> None:
    page = text_of(signed_in(world.officer).get(initial_of(world, started=5).get_absolute_url()))
    assert "5 days after it started. The visit was overdue by then" in page
