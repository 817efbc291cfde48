"""Signed out while writing about a concern (C6): what was typed is kept for its writer, and saved after signing in again."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from tests.journeys.conftest import Calendar
from tests.journeys.walker import Walker
from tests.monitoring.world import World
from wellplaced.history import clock
from wellplaced.monitoring.models import Concern, Requirement

WORDS = "AB was left without a key.\nTwice in one week."


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_concern_typed_by_somebody_signed_out_meanwhile_is_kept(
    calendar: Calendar, world: World, walk: Callable[..., Walker], settings: Any, javascript: bool
) -> None:
    home = world.provision(name="Larkmere House")
    world.placed(home, date(2026, 5, 4))
    officer = walk(world.officer, javascript=javascript).open(home.get_absolute_url()).press("Raise a concern")
    officer.date("When was it raised?", date(2026, 6, 1)).type("Who raised it?", "Social worker")
    officer.choose("By telephone").type("What is the concern?", WORDS).choose("AB")

    later = clock.now() + timedelta(minutes=settings.IDLE_MINUTES + 1)
    with time_machine.travel(later, tick=True):
        officer.press("Record the concern").sees("You were signed out because nothing happened for a while")
        officer.sees("What you had typed and sent is kept")
        assert not Concern.objects.exists()
        officer.sign_in_here(world.officer.email).sees("Nothing you typed is lost", "Twice in one week.")
        officer.press("Send it again").sees("The concern is recorded", "Twice in one week.", "11 June 2026")
        officer.open("/account/typed").does_not_see("Twice in one week.")

    concern = Concern.objects.get()
    assert concern.summary.splitlines() == WORDS.splitlines()
    assert [each.initials for each in concern.young_people.all()] == ["AB"]
    owed = Requirement.objects.get(provision=home, key=f"concern:{concern.pk}")
    assert (owed.clause, owed.due_on, owed.state) == ("C6", date(2026, 6, 11), "open")
