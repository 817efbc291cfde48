"""An IFA judged Requires improvement (C8, R3, R14), visited at short notice (C15, R8) within 7 days of its action plan."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.journeys.conftest import Calendar
from tests.journeys.walker import Walker
from tests.monitoring.days import professional
from tests.monitoring.world import World
from wellplaced.monitoring import actions as monitoring
from wellplaced.monitoring.models import PlanStep, Requirement, Step, Visit
from wellplaced.people.models import ProvisionType
from wellplaced.register.models import Provision

WHY_SHORT = "The visit is due within 7 days of the action plan"


@pytest.fixture
def agency(calendar: Calendar, world: World) -> Provision:
    """A fostering agency with AB since March, visited then; judged Requires improvement on Monday 8 June 2026."""
    agency = world.provision(ProvisionType.IFA, name="Thornbury Fostering", search_text="thornbury fostering")
    monitoring.record_past_visit(
        provision=agency, officer=world.officer, visit_on=date(2026, 3, 1), whole_form=True, by=world.officer
    )
    young_person = world.placed(agency, date(2026, 3, 2)).young_person
    professional(world, young_person, "csw", "Ash Grove")
    monitoring.assign(provision=agency, officer=world.officer, reason="", by=world.manager, on=world.today)
    calendar.turn_to(date(2026, 6, 8))
    world.judged(agency, "requires_improvement", date(2026, 6, 8))
    return agency


def the_plan_comes(calendar: Calendar, world: World, senior: Walker) -> None:
    """Asked for on the day after the judgement, here on the 17th."""
    calendar.turn_to(date(2026, 6, 9))
    senior.sign_in(world.senior.email).follow("Ask the provider for the action plan")
    senior.press("I have asked for the plan").date("When was the plan asked for?", date(2026, 6, 9))
    senior.press("Save").sees("No date until the plan arrives")
    calendar.turn_to(date(2026, 6, 17))
    senior.sign_in(world.senior.email).follow("Thornbury Fostering").follow("Asked for on 9 June 2026")
    senior.press("The plan has arrived").date("When did the plan arrive?", date(2026, 6, 17))
    senior.press("Save").sees("The visit has a due date now", "24 June 2026")


def the_visit_is_booked(officer: Walker) -> None:
    """Five days ahead: the page knows from the start why this cannot be sooner than short notice."""
    officer.follow("Visit after an Ofsted judgement").press("Book a visit").sees("due by Wednesday 24 June 2026")
    officer.select("Who makes the visit?", "Priya Oakes").date("On which day?", date(2026, 6, 22))
    officer.holds("Why at short notice?", "Visit after an Ofsted judgement (C8) is due by 24 June 2026")
    officer.type("Why at short notice?", "").press("Save the visit")
    officer.sees("There is a problem", "For full notice this day had to be booked by 8 June 2026")
    officer.type("Why at short notice?", WHY_SHORT).press("Save the visit")
    officer.sees("The visit is booked", "A visit is booked for 22 June 2026, in time.")


def everybody_is_told(officer: Walker) -> None:
    """Letter, feedback and confirmation: all due on the day of booking, each marked."""
    officer.sees("Short notice because", WHY_SHORT, "Send the letter to the provider", "Due today")
    officer.press("Record it done").sees("Short notice").date("When was it done?", date(2026, 6, 17)).press("Save")
    officer.sees("1 of 10 steps settled").follow("Ask for feedback")
    officer.sees("Independent reviewing officer of AB").choose("Ash Grove").press("Record who was asked")
    officer.follow("Leave somebody out").choose("Nobody is recorded").type("Why?", "Not looked after").press("Leave")
    officer.follow("Ash Grove").date("When did they answer?", date(2026, 6, 17)).choose("By telephone")
    officer.type("What did they say?", "AB is settled with the carers").press("Save").sees("Answered")
    officer.go("Back").follow("Send the confirmation")
    officer.sees(WHY_SHORT, "17 June 2026", "R8").date("When was it done?", date(2026, 6, 17)).press("Save")
    officer.sees("3 of 10 steps settled")


def the_visit_is_held(calendar: Calendar, world: World, officer: Walker) -> None:
    calendar.turn_to(date(2026, 6, 22), hour=16)
    officer.sign_in(world.officer.email).follow("Visit", exact=True)
    officer.press("Record that it took place").press("Record the visit")
    officer.sees("Discharged by the visit on 22 June 2026, in time.")


def test_an_ifa_is_visited_at_short_notice_within_7_days_of_its_action_plan(
    calendar: Calendar, world: World, agency: Provision, walk: Callable[..., Walker]
) -> None:
    the_plan_comes(calendar, world, walk(world.senior))
    officer = walk(world.officer)
    the_visit_is_booked(officer)
    everybody_is_told(officer)
    the_visit_is_held(calendar, world, officer)

    owed = Requirement.objects.get(provision=agency, kind="judgement")
    assert (owed.clause, owed.clock_on, owed.due_on) == ("C8", date(2026, 6, 17), date(2026, 6, 24))
    assert (owed.state, owed.in_time) == ("discharged", True)
    asked = PlanStep.objects.get(provision=agency, step="plan_requested")
    assert (asked.due_on, asked.done_on) == (date(2026, 6, 9), date(2026, 6, 9))
    visit = Visit.objects.get(state="held", visit_on=date(2026, 6, 22))
    assert (visit.booked_on, visit.short_notice_because) == (date(2026, 6, 17), WHY_SHORT)
    steps = {row.step: row for row in Step.objects.filter(visit=visit)}
    for name in ("letter_sent", "feedback_requested", "confirmation_sent"):
        step = steps[name]
        assert (step.due_on, step.done_on, step.in_time) == (date(2026, 6, 17), date(2026, 6, 17), True), name
        assert step.short_notice, name
    held = steps["visit_held"]
    assert (held.due_on, held.done_on, held.in_time) == (date(2026, 6, 24), date(2026, 6, 22), True)
    assert not held.short_notice
