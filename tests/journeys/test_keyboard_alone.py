"""Somebody's first ten minutes by keyboard alone: every stop is seen, everything can be done (WCAG 2.1.1, 2.4.1, 2.4.7; C6)."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Calendar
from tests.journeys.keys import Keys
from tests.monitoring.world import World
from wellplaced.monitoring import actions as monitoring
from wellplaced.monitoring.models import Requirement


def test_the_first_ten_minutes_by_keyboard_alone(calendar: Calendar, world: World, keys: Callable[[], Keys]) -> None:
    home = world.provision(name="Larkmere House")
    world.placed(home, date(2026, 5, 30))
    monitoring.assign(provision=home, officer=world.officer, reason="", by=world.manager, on=world.today)

    # sign in
    officer = keys().sign_in(world.officer.email).sees("My work", "Larkmere House")

    # the first line of my work, and why it is due on that day
    officer.content().to("Initial visit").leave_by("Enter").sees("2 June 2026", "Book a visit")
    officer.content().to("Why this date?").leave_by("Enter")
    officer.sees("30 May 2026 + 3 days = 2 June 2026", "C3").to("Back").leave_by("Enter").sees("Book a visit")

    # a concern: the provision, the form with an error first, then everything in it
    officer.content().to("Larkmere House").leave_by("Enter")
    officer.content().to("Raise a concern").leave_by("Space")
    officer.content().to("Record the concern").leave_by("Enter").sees("There is a problem")
    expect(officer.page.get_by_role("alert")).to_be_visible()
    officer.to("Day")
    for box in ("1", "6", "2026"):
        officer.page.keyboard.type(box)
        officer.press("Tab")
    officer.page.keyboard.type("Neighbour")
    officer.to("By telephone").press("Space").type("What is the concern?", "Shouting at night")
    officer.to("AB").press("Space").to("Record the concern").leave_by("Enter")
    officer.sees("The concern is recorded", "11 June 2026")

    concern = Requirement.objects.get(kind="concern")
    assert (concern.clause, concern.due_on, concern.state) == ("C6", date(2026, 6, 11), "open")


def test_the_watch_sees_a_stop_that_nothing_shows(calendar: Calendar, world: World, keys: Callable[[], Keys]) -> None:
    """Else the journey above would prove little."""
    keyboard = keys()
    keyboard.page.evaluate(
        """() => { const plain = new CSSStyleSheet();
        plain.replaceSync("*:focus { outline: none !important; box-shadow: none !important }");
        document.adoptedStyleSheets = [plain]; }"""
    )
    with pytest.raises(AssertionError, match="nothing shows that 'Email address'"):
        keyboard.to("Sign in")
