"""The calendar: visits on their days, what is owed and steps on the days on which they are due; one's own, or the team's."""

import re
from datetime import date, time

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.insight.making import booked, days, done, held, proposed
from tests.monitoring.browsing import signed_in, text_of
from tests.monitoring.world import World
from wellplaced.insight.pages.calendar import Asked, CalendarPage, Day, calendar_page, read
from wellplaced.monitoring import actions
from wellplaced.people import actions as people
from wellplaced.people.models import Person
from wellplaced.people.rights import Role
from wellplaced.register import actions as register

TODAY = date(2026, 6, 10)


def seen(person: Person, *, view: str = "month", on: date = TODAY, whose: str = "me") -> CalendarPage:
    return calendar_page(person, Asked(view, on, whose), TODAY, may_see_team=True)


def day_of(page: CalendarPage, on: date) -> Day:
    return next(day for week in page.weeks for day in week if day.on == on)


def said(page: CalendarPage, on: date) -> list[str]:
    return [f"{each.kind}: {each.what}, {each.where}" for each in day_of(page, on).entries]


def test_a_visit_stands_on_its_day_with_its_time(world: World) -> None:
    home = world.provision(name="Alder House")
    booked(world, date(2026, 6, 24), home, at=time(10))
    proposed(world, date(2026, 6, 25), home)
    held(world, date(2026, 6, 3), home)
    page = seen(world.officer)
    assert said(page, date(2026, 6, 24))[0] == "visit: 10am visit, Alder House"
    assert said(page, date(2026, 6, 25)) == ["proposed: Visit, Alder House"]
    assert said(page, date(2026, 6, 3))[0] == "visit: Visit, Alder House"


def test_the_days_visits_stand_in_the_order_of_their_times(world: World) -> None:
    for at in (time(14, 30), None, time(9)):
        booked(world, date(2026, 6, 24), world.provision(name="Alder House"), at=at)
    visits = [
        line
        for line in said(seen(world.officer, view="week", on=date(2026, 6, 24)), date(2026, 6, 24))
        if "visit:" in line
    ]
    assert [line.split(",")[0] for line in visits] == ["visit: 9am visit", "visit: 2:30pm visit", "visit: Visit"]


def test_the_three_steps_due_two_weeks_before_a_visit_stand_together(world: World) -> None:
    """C13, C14, C15, for a visit on 8 July."""
    booked(world, date(2026, 7, 8), world.provision(name="Alder House"))
    page = seen(world.officer)
    assert said(page, date(2026, 6, 24)) == ["step: Letter, feedback requests, confirmation, Alder House"]
    assert day_of(page, date(2026, 6, 24)).more == 0


def test_a_step_that_is_done_has_gone(world: World) -> None:
    visit = booked(world, date(2026, 7, 8), world.provision(name="Alder House"))
    for step in ("letter_sent", "confirmation_sent"):
        done(world, visit, step, TODAY)
    assert said(seen(world.officer), date(2026, 6, 24)) == ["step: Ask for feedback, Alder House"]


def test_what_is_owed_stands_on_its_due_date_and_looks_different(world: World) -> None:
    """C3: a placement on 9 June at a school that the officer looks after is due a visit by 12 June."""
    school = world.provision("sen", name="Reed School")
    actions.assign(provision=school, officer=world.officer, by=world.manager, on=TODAY)
    world.placed(school, date(2026, 6, 9))
    page = seen(world.officer)
    assert said(page, date(2026, 6, 12)) == ["owed: Initial visit due, Reed School"]
    assert said(seen(world.senior), date(2026, 6, 12)) == []


def test_several_that_are_due_at_one_place_on_one_day_stand_together(world: World) -> None:
    school = world.provision("sen", name="Reed School")
    actions.assign(provision=school, officer=world.officer, by=world.manager, on=TODAY)
    for _ in range(3):
        world.placed(school, date(2026, 6, 9))
    assert said(seen(world.officer), date(2026, 6, 12)) == ["owed: Initial visit due 3 times, Reed School"]


def test_mine_is_mine_and_the_teams_is_everybodys(world: World) -> None:
    booked(world, date(2026, 6, 24), world.provision(name="Alder House"))
    booked(world, date(2026, 6, 24), world.provision(name="Birch House"), officer=world.senior)
    mine = [line for line in said(seen(world.officer), date(2026, 6, 24)) if "visit:" in line]
    everybodys = [line for line in said(seen(world.officer, whose="team"), date(2026, 6, 24)) if "visit:" in line]
    assert mine == ["visit: Visit, Alder House"]
    assert everybodys == ["visit: Visit, Alder House", "visit: Visit, Birch House"]


def test_whoever_covers_for_a_colleague_sees_their_visits_and_whose_they_are(world: World) -> None:
    booked(world, date(2026, 6, 24), world.provision(name="Alder House"))
    people.arrange_cover(
        absent=world.officer, covering=world.senior, starts_on=TODAY, ends_on=TODAY + days(20), by=world.manager
    )
    (entry,) = (each for each in day_of(seen(world.senior), date(2026, 6, 24)).entries if each.kind == "visit")
    assert entry.who == "Priya Oakes"


def test_the_senior_officers_calendar_holds_the_reports_to_return(world: World) -> None:
    """C19: a report that came in on 8 June is due back on 15 June."""
    visit = held(world, date(2026, 6, 1), world.provision(name="Alder House"))
    done(world, visit, "report_submitted", date(2026, 6, 8))
    assert said(seen(world.senior), date(2026, 6, 15)) == ["step: Return the report, Alder House"]
    assert said(seen(world.officer), date(2026, 6, 15)) == []


def test_another_authoritys_work_is_not_there(world: World, neighbour: World) -> None:
    shared = world.provision(name="Alder House")
    booked(neighbour, date(2026, 6, 24), shared)
    assert seen(world.officer, whose="team").is_empty


def test_each_authority_reads_the_name_that_it_typed_itself(world: World, neighbour: World) -> None:
    shared = world.provision(name="")
    register.describe_provision(provision=shared, name="Quagmire", by=neighbour.officer, on=TODAY, seen_revision=0)
    for each in (world, neighbour):
        booked(each, date(2026, 6, 24), shared)
    assert said(seen(neighbour.officer), date(2026, 6, 24))[0] == "visit: Visit, Quagmire"
    assert "Quagmire" not in text_of(signed_in(world.officer).get("/calendar/"))


def test_a_day_that_is_too_full_says_how_many_more_and_the_day_shows_them(world: World) -> None:
    for n in range(9):
        booked(world, date(2026, 6, 24), world.provision(), at=time(8 + n))
    day = day_of(seen(world.officer), date(2026, 6, 24))
    assert len(day.entries) + day.more == 18  # a visit and its pre-visit form each
    alone = day_of(seen(world.officer, view="day", on=date(2026, 6, 24)), date(2026, 6, 24))
    assert (len(alone.entries), alone.more) == (18, 0)


def test_bank_holidays_and_closure_days_are_marked(world: World) -> None:
    people.add_closure_day(day=date(2026, 8, 28), name="Office move", by=world.manager)
    page = seen(world.officer, on=date(2026, 8, 1))
    assert [day.on for week in page.weeks for day in week if day.is_closed] == [date(2026, 8, 28), date(2026, 8, 31)]


@pytest.mark.parametrize(
    ("view", "on", "before", "after"),
    [
        ("month", date(2026, 1, 31), date(2025, 12, 1), date(2026, 2, 1)),
        ("month", date(2026, 12, 31), date(2026, 11, 1), date(2027, 1, 1)),
        ("week", date(2027, 3, 28), date(2027, 3, 21), date(2027, 4, 4)),  # the night of the clocks' change
        ("day", date(2026, 10, 25), date(2026, 10, 24), date(2026, 10, 26)),
    ],
)
def test_previous_and_next_lead_one_further(view: str, on: date, before: date, after: date) -> None:
    asked = Asked(view, on, "me")
    assert (asked.beside(-1), asked.beside(1)) == (before, after)


def test_weeks_begin_on_monday_and_every_day_stands_once() -> None:
    for month in range(1, 13):
        shown = [day for week in Asked("month", date(2027, month, 15), "me").weeks for day in week]
        assert shown[0].weekday() == 0
        assert len(shown) == len(set(shown)) == len(range(shown[0].toordinal(), shown[-1].toordinal() + 1))


@pytest.mark.parametrize("on", ["", "yesterday", "2026-02-30", "0001-01-01", "9999-12-31", "2026-06-10T00:00"])
def test_a_day_that_cannot_be_read_is_today(on: str) -> None:
    assert read("year", on, "everybody", TODAY) == Asked("month", TODAY, "me")


def test_the_last_year_that_is_shown_still_has_a_page(world: World) -> None:
    for on in ("2000-01-01", "2100-12-31"):
        for view in ("month", "week", "day"):
            assert signed_in(world.officer).get("/calendar/", {"on": on, "view": view}).status_code == 200


def test_the_teams_calendar_is_for_those_who_see_the_team(world: World) -> None:
    viewer = people.add_person(
        authority=world.authority, name="Vera Lind", email="vera@fen.example", roles=[Role.VIEWER], by=None
    )
    assert signed_in(viewer).get("/calendar/", {"whose": "team"}).status_code == 403
    assert signed_in(viewer).get("/calendar/").status_code == 200
    assert signed_in(world.senior).get("/calendar/", {"whose": "team"}).status_code == 200


def test_an_empty_month_says_what_will_stand_there(world: World) -> None:
    page = text_of(signed_in(world.officer).get("/calendar/"))
    assert "Nothing stands here" in page
    assert "Wednesday </span>10" in page


def test_late_on_the_eve_of_the_clocks_change_today_is_londons_day(world: World, clock: time_machine.Traveller) -> None:
    """Half past eleven in Greenwich on 27 June is the 28th in London."""
    clock.move_to("2026-06-27T23:30:00+00:00")
    page = text_of(signed_in(world.officer).get("/calendar/", {"view": "day"}))
    assert "Sunday 28 June 2026" in page


def test_the_page_costs_as_many_queries_with_much_as_with_little(world: World) -> None:
    def cost() -> int:
        browser = signed_in(world.manager)
        browser.get("/calendar/?whose=team")
        with CaptureQueriesContext(connection) as asked:
            browser.get("/calendar/?whose=team")
        return len(asked)

    booked(world, date(2026, 6, 24))
    little = cost()
    for n in range(12):
        booked(world, date(2026, 6, 12 + n))
    assert cost() == little <= 12


def test_every_entry_leads_to_its_page(world: World) -> None:
    school = world.provision("sen", name="Reed School")
    world.placed(school, date(2026, 6, 9))
    booked(world, date(2026, 6, 24), school)
    browser = signed_in(world.manager)
    page = text_of(browser.get("/calendar/?whose=team"))
    links = re.findall(r'wp-calendar__entry--\w+">\s*<a [^>]*href="([^"]+)"', page)
    assert len(links) >= 3
    for link in links:
        assert browser.get(link).status_code == 200
