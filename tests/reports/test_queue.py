"""The senior officer's queue: by due date, whose they are, those of whom they act for; the first round's day is the step's."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.monitoring.browsing import signed_in, text_of
from tests.monitoring.world import World
from tests.reports.making import another_senior, colleague, completed, days_ago, held_visit, returned, submitted
from wellplaced.monitoring.actions.steps import record_step
from wellplaced.monitoring.models import Visit
from wellplaced.people import actions as people
from wellplaced.people.models import Person
from wellplaced.people.rights import Role
from wellplaced.reports.pages.queue import queue_of

QUEUE = "/reviews/"


def asked(person: Person, query: str = "") -> str:
    return text_of(signed_in(person).get(f"{QUEUE}{query}"))


def places_in_order(page: str, visits: list[Visit]) -> list[int]:
    """The numbers of the visits that the page shows, in its order."""
    at = {page.find(f"/visits/{each.pk}/report/"): each.pk for each in visits}
    return [at[place] for place in sorted(at) if place >= 0]


def test_what_is_due_first_stands_first(world: World) -> None:
    """C19: seven days from the day of submission."""
    later, sooner = held_visit(world), held_visit(world)
    submitted(world, later, ago=2)
    submitted(world, sooner, ago=6)
    assert places_in_order(asked(world.senior), [later, sooner]) == [sooner.pk, later.pk]


def test_each_line_says_whose_visit_when_due_how_long_and_why(world: World) -> None:
    visit = held_visit(world, ago=20)
    submitted(world, visit, ago=9)
    page = asked(world.senior)
    for told in ("Priya Oakes", "Dana Holloway", "2 days late", f"/visits/{visit.pk}/steps/report_returned/"):
        assert told in page


def test_a_later_round_is_due_by_its_own_submission(world: World, visit: Visit) -> None:
    submitted(world, visit, ago=8)
    returned(world, visit, ago=7, tasks=1)
    second = submitted(world, visit, ago=3)
    (row,) = queue_of(world.senior)
    assert (row.round_number, row.due_on, row.counted_on) == (2, second.due_on, None)
    assert row.due_on == days_ago(world, 3) + timedelta(days=7)


def test_a_submission_recorded_by_hand_waits_for_its_return_too(world: World, visit: Visit) -> None:
    record_step(visit=visit, step="report_submitted", done_on=days_ago(world, 2), by=world.officer, on=world.today)
    (row,) = queue_of(world.senior)
    assert (row.standing, row.round_number, row.reviewer_now) == ("to_return", None, None)
    assert f"/visits/{visit.pk}/report/" in asked(world.senior), "what nobody reviews yet falls to every senior officer"


def test_mine_everybodys_and_nobodys(world: World) -> None:
    other = another_senior(world)
    mine, theirs = held_visit(world), held_visit(world)
    submitted(world, mine)
    submitted(world, theirs, reviewer=other)
    for query, expected in (("", [mine.pk]), ("?whose=mine", [mine.pk]), ("?whose=nobody", [])):
        assert places_in_order(asked(world.senior, query), [mine, theirs]) == expected
    for person, query in ((world.senior, "?whose=all"), (world.manager, ""), (world.officer, "")):
        assert set(places_in_order(asked(person, query), [mine, theirs])) == {mine.pk, theirs.pk}


def test_a_deputy_sees_those_of_whom_they_cover(world: World, visit: Visit) -> None:
    deputy = colleague(world, "Noor Latham", Role.SENIOR_OFFICER)
    submitted(world, visit)
    assert places_in_order(asked(deputy), [visit]) == []
    people.arrange_cover(
        absent=world.senior, covering=deputy, starts_on=world.today, ends_on=world.today, by=world.manager
    )
    page = asked(deputy)
    assert "You act for Dana Holloway today" in page
    assert places_in_order(page, [visit]) == [visit.pk]


def test_what_was_sent_to_somebody_who_has_left_falls_to_the_others(world: World, visit: Visit) -> None:
    other = another_senior(world)
    submitted(world, visit, reviewer=other)
    assert places_in_order(asked(world.senior), [visit]) == []
    people.deactivate_person(person=other, on=world.today, seen_revision=None, by=world.manager)
    assert places_in_order(asked(world.senior), [visit]) == [visit.pk]


def test_the_states_lead_through_the_review(world: World, visit: Visit) -> None:
    def shown(state: str) -> bool:
        return bool(places_in_order(asked(world.manager, f"?state={state}"), [visit]))

    assert shown("expected")
    submitted(world, visit, ago=9)
    assert shown("overdue")
    round_ = returned(world, visit, tasks=1)
    assert shown("tasks")
    assert not shown("")
    completed(world, round_)
    assert shown("again")
    submitted(world, visit, ago=0)
    returned(world, visit, ago=0)
    assert not shown("all")


def test_the_queue_goes_into_a_file(world: World, visit: Visit) -> None:
    submitted(world, visit)
    written = asked(world.senior, "?format=csv")
    assert "Dana Holloway" in written
    assert (days_ago(world, 6) + timedelta(days=7)).isoformat() in written


def test_another_authoritys_reports_are_not_in_it(world: World, visit: Visit) -> None:
    from tests.monitoring.world import make_world

    submitted(world, visit)
    stranger = make_world("Alderbrook Borough Council", "ald", world.operator).senior
    assert not list(queue_of(stranger))


@pytest.mark.parametrize("query", ["", "?state=all&whose=all", "?format=csv"])
def test_more_reports_cost_no_more_queries(world: World, query: str) -> None:
    browser = signed_in(world.senior)

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            text_of(browser.get(f"{QUEUE}{query}"))
        return len(asked)

    _report(world)
    cost()
    few = cost()
    for _ in range(6):
        _report(world)
    assert cost() == few


def _report(world: World) -> None:
    submitted(world, held_visit(world))


def test_somebody_signed_out_is_sent_to_sign_in(db: None) -> None:
    assert Client().get(QUEUE).status_code == 302
