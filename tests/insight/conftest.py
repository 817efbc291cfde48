"""A Wednesday in June 2026, an authority and its neighbour, for this room's tests."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from tests.monitoring.world import World, make_world

WEDNESDAY = datetime(2026, 6, 10, 9, 30, tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """It is Wednesday 10 June 2026; a test may `move_to` another moment."""
    with time_machine.travel(WEDNESDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def world(db: None, clock: time_machine.Traveller) -> World:
    return make_world()


@pytest.fixture
def neighbour(world: World) -> World:
    return make_world("Alderbrook Borough Council", "ald", operator=world.operator)
