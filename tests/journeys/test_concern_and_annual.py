"""A concern and an annual visit discharged by one visit (C5, C6, R13), on a phone and without JavaScript."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.journeys.conftest import Calendar
from tests.journeys.walker import Walker
from tests.monitoring.world import World
from wellplaced.monitoring import actions as monitoring
from wellplaced.monitoring.models import Requirement
from wellplaced.register.models import Provision

PHONE, NO_SCRIPT = {"width": 375}, {"javascript": False}


@pytest.fixture
def home(calendar: Calendar, world: World) -> Provision:
    """A home where AB has been placed since 1 July 2025, seen on 3 July 2025: its annual visit is due on 3 July 2026."""
    home = world.provision(name="Larkmere House")
    placement = world.placed(home, date(2025, 7, 1))
    monitoring.record_past_visit(
        provision=home,
        officer=world.officer,
        visit_on=date(2025, 7, 3),
        discharges=[f"initial:{placement.pk}"],
        by=world.officer,
    )
    monitoring.assign(provision=home, officer=world.officer, reason="", by=world.manager, on=world.today)
    return home


@pytest.mark.parametrize("window", [PHONE, NO_SCRIPT], ids=["on a phone", "without JavaScript"])
def test_one_visit_discharges_a_concern_and_the_annual_visit(
    calendar: Calendar, world: World, home: Provision, walk: Callable[..., Walker], window: dict[str, Any]
) -> None:
    calendar.turn_to(date(2026, 6, 22))
    officer = walk(world.officer, **window)
    officer.sees("My work", "Annual visit", "Larkmere House", "3 July 2026")

    # the page says what it is not, and whom to call
    officer.follow("Larkmere House").press("Raise a concern")
    officer.sees("This is not a safeguarding referral", "In immediate danger, call 999", "01632 960 100")
    officer.press("Record the concern").sees("There is a problem")
    officer.date("When was it raised?", date(2026, 6, 22)).type("Who raised it?", "Social worker")
    officer.choose("By telephone").type("What is the concern?", "AB was left without a key for two evenings.")
    officer.choose("AB").press("Record the concern")
    officer.sees("The concern is recorded", "Owed, due in 10 days, and no visit is booked.", "2 July 2026")
    officer.sees("This is not a safeguarding referral", "01632 960 100")
    concern = Requirement.objects.get(kind="concern")
    officer.open(f"{concern.get_absolute_url()}why/")
    officer.sees("A visit is made within 10 days", "22 June 2026 + 10 days = 2 July 2026", "8 days to 30 June")

    # everything open there is suggested; the earliest date governs
    officer.go("Back").press("Book a visit")
    officer.sees("Visit about a concern: due by Thursday 2 July 2026, in 10 days.")
    officer.is_ticked("Visit about a concern (C6)").is_ticked("Annual visit (C5)")
    officer.select("Who makes the visit?", "Priya Oakes").date("On which day?", date(2026, 6, 30))
    officer.type("At what time?", "10:30").press("Save the visit")
    officer.sees(
        "The visit is booked", "Tuesday 30 June 2026 at 10:30am", "A visit is booked for 30 June 2026, in time."
    )

    calendar.turn_to(date(2026, 6, 30), hour=14)
    officer.sign_in(world.officer.email).sees("For annual visit and visit about a concern").follow("Visit", exact=True)
    officer.press("Record that it took place").type("Note", "AB has a key again.").press("Record the visit")
    officer.sees("The visit is recorded as held")
    officer.sees_times(2, "Discharged by the visit on 30 June 2026, in time.")
    officer.follow("Larkmere House").sees("Annual visit", "30 June 2027").does_not_see("Visit about a concern due")

    rows = {row.kind: row for row in Requirement.objects.filter(provision=home, discharged_by__visit_on="2026-06-30")}
    assert {kind: (row.due_on, row.state, row.in_time) for kind, row in rows.items()} == {
        "annual": (date(2026, 7, 3), "discharged", True),
        "concern": (date(2026, 7, 2), "discharged", True),
    }
    following = Requirement.objects.get(provision=home, state="open")
    assert (following.kind, following.clause, following.due_on) == ("annual", "C5", date(2027, 6, 30))
