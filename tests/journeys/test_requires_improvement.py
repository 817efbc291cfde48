"""A home judged Requires improvement while a young person is placed there (C8, R3, R14): visited within 7 days of its plan."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.journeys.conftest import Calendar
from tests.journeys.walker import Walker
from tests.monitoring.world import World
from wellplaced.monitoring import actions as monitoring
from wellplaced.monitoring.models import PlanStep, Requirement
from wellplaced.register.models import Provision


@pytest.fixture
def home(calendar: Calendar, world: World) -> Provision:
    """A home where AB has been placed since 2 March 2026 and was visited the day before."""
    home = world.provision(name="Alderbrook", search_text="alderbrook")
    monitoring.record_past_visit(
        provision=home, officer=world.officer, visit_on=date(2026, 3, 1), whole_form=True, by=world.officer
    )
    world.placed(home, date(2026, 3, 2))
    monitoring.assign(provision=home, officer=world.officer, reason="", by=world.manager, on=world.today)
    return home


def test_a_home_judged_requires_improvement_while_a_young_person_is_placed_there(
    calendar: Calendar, world: World, home: Provision, walk: Callable[..., Walker]
) -> None:
    calendar.turn_to(date(2026, 6, 8))
    operator = walk(world.operator).search("Alderbrook").follow("Alderbrook").press("Record a judgement")
    operator.choose("Requires improvement").date("Day of the inspection", date(2026, 5, 12))
    operator.date("Day of publication", date(2026, 6, 8)).press("Record judgement").sees("The judgement is recorded")

    # officer and senior officer are told at once; there is no date before the plan arrives
    told = "New Ofsted judgement where a young person is placed: Requires improvement to be good, published on Monday 8 June 2026"
    officer = walk(world.officer).sees(told, "Waiting on others", "Visit after an Ofsted judgement")
    officer.sees("Waiting for a senior officer to ask for the action plan: since today")
    senior = walk(world.senior).sees(told, "Ask the provider for the action plan", "9 June 2026")

    # asked for in time
    calendar.turn_to(date(2026, 6, 9))
    senior.sign_in(world.senior.email).sees("Due today").follow("Ask the provider for the action plan")
    senior.sees("AB", "Chase the action plan for the first time", "15 June 2026", "22 June 2026")
    senior.press("I have asked for the plan").date("When was the plan asked for?", date(2026, 6, 9)).press("Save")
    senior.sees("Recorded. The plan is chased if it does not come", "No date until the plan arrives")

    # chased after a week
    calendar.turn_to(date(2026, 6, 15))
    senior.sign_in(world.senior.email).sees("action plan: 6 days, since Tuesday 9 June 2026")
    senior.follow("Chase the action plan for the first time").follow("I have chased it")
    senior.date("When was the provider reminded?", date(2026, 6, 15)).type("Note", "By email").press("Save")
    senior.sees("The reminder is recorded")

    # received: now the visit has a date
    calendar.turn_to(date(2026, 6, 17))
    senior.sign_in(world.senior.email).open(f"{home.get_absolute_url()}").follow("Asked for on 9 June 2026")
    senior.press("The plan has arrived").date("When did the plan arrive?", date(2026, 6, 17)).press("Save")
    senior.sees("Recorded. The visit has a due date now: book it", "24 June 2026", "Owed, due in 7 days")

    officer.sign_in(world.officer.email).sees("24 June 2026", "Book now").follow("Visit after an Ofsted judgement")
    officer.follow("Why this date?").sees("the visit is made within 7 days of receiving it")
    officer.sees("The action plan was received on Wednesday 17 June 2026", "17 June 2026 + 7 days = 24 June 2026")
    officer.go("Back").press("Book a visit").sees("Visit after an Ofsted judgement: due by Wednesday 24 June 2026")
    officer.select("Who makes the visit?", "Priya Oakes").date("On which day?", date(2026, 6, 22)).press(
        "Save the visit"
    )
    officer.sees("The visit is booked", "A visit is booked for 22 June 2026, in time.")

    calendar.turn_to(date(2026, 6, 22), hour=15)
    officer.sign_in(world.officer.email).follow("Visit", exact=True).press("Record that it took place")
    officer.press("Record the visit").sees("Discharged by the visit on 22 June 2026, in time.")
    senior.sign_in(world.senior.email).does_not_see("Chase the action plan", "Waiting for the provider")

    owed = Requirement.objects.get(provision=home, kind="judgement")
    assert (owed.clause, owed.clock_on, owed.due_on) == ("C8", date(2026, 6, 17), date(2026, 6, 24))
    assert (owed.state, owed.in_time) == ("discharged", True)
    steps = {row.step: (row.due_on, row.done_on) for row in PlanStep.objects.filter(provision=home)}
    assert steps["plan_requested"] == (date(2026, 6, 9), date(2026, 6, 9))
    assert steps["plan_chased_first"] == (date(2026, 6, 15), date(2026, 6, 15))
