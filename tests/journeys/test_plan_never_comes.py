"""An Inadequate home whose action plan never comes (R14): chased twice, then the manager has the visit made without it."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.journeys.conftest import Calendar
from tests.journeys.walker import Walker
from tests.monitoring.world import World
from wellplaced.monitoring import actions as monitoring
from wellplaced.monitoring.models import PlanStep, Requirement
from wellplaced.register.models import Outcome, Provision


@pytest.fixture
def home(calendar: Calendar, world: World) -> Provision:
    """A home where AB has been placed since 2 March 2026, judged Inadequate on 1 June 2026."""
    home = world.provision(name="Saltings Lodge")
    monitoring.record_past_visit(
        provision=home, officer=world.officer, visit_on=date(2026, 3, 1), whole_form=True, by=world.officer
    )
    world.placed(home, date(2026, 3, 2))
    monitoring.assign(provision=home, officer=world.officer, reason="", by=world.manager, on=world.today)
    world.judged(home, Outcome.INADEQUATE, date(2026, 6, 1))
    return home


def test_an_inadequate_home_whose_plan_never_comes_is_visited_without_it(
    calendar: Calendar, world: World, home: Provision, walk: Callable[..., Walker]
) -> None:
    calendar.turn_to(date(2026, 6, 2))
    senior = walk(world.senior).follow("Ask the provider for the action plan").press("I have asked for the plan")
    senior.date("When was the plan asked for?", date(2026, 6, 2)).press("Save").sees("The plan is chased")
    for day in (date(2026, 6, 8), date(2026, 6, 15)):
        calendar.turn_to(day)
        senior.sign_in(world.senior.email).follow("Chase the action plan").follow("I have chased it")
        senior.date("When was the provider reminded?", day).press("Save").sees("The reminder is recorded")

    # on the 14th day it stands with the manager
    senior.sees("The action plan has not come", "The manager now decides whether the visit is made without it")
    manager = walk(world.manager).sees(
        "With the manager since Monday 15 June 2026: the visit may be made without the plan"
    )
    manager.follow("Visit after an Ofsted judgement").sees("A visit made without the plan counts")
    manager.press("Book the visit without the plan").is_ticked("Visit after an Ofsted judgement (C8)")
    manager.sees("No due date until the action plan arrives").select("Who makes the visit?", "Priya Oakes")
    manager.date("On which day?", date(2026, 6, 18)).press("Save the visit").sees("Say why it is at short notice")
    manager.type("Why at short notice?", "The plan has not come").press("Save the visit").sees("The visit is booked")

    # the officer who makes it finds it among her work
    calendar.turn_to(date(2026, 6, 18), hour=16)
    officer = walk(world.officer).sees("Today", "Saltings Lodge").follow("Visit", exact=True)
    officer.press("Record that it took place").press("Record the visit")
    officer.sees("Discharged by the visit on 18 June 2026.")
    walk(world.manager).does_not_see("With the manager since")
    senior.sign_in(world.senior.email).does_not_see("Chase the action plan", "Waiting for the provider")

    owed = Requirement.objects.get(provision=home, kind="judgement")
    assert (owed.clause, owed.due_on, owed.escalate_on) == ("C8", None, date(2026, 6, 15))
    assert (owed.state, owed.in_time) == ("discharged", None)  # it never had a due date
    steps = {row.step: (row.due_on, row.done_on) for row in PlanStep.objects.filter(provision=home)}
    assert steps["plan_chased_first"] == (date(2026, 6, 8), date(2026, 6, 8))
    assert steps["plan_chased_second"] == (date(2026, 6, 15), date(2026, 6, 15))
