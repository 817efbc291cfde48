"""A Wednesday in June 2026, an authority with a home that its officer looks after, and browsers of who is signed in."""

from collections.abc import Callable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from tests.monitoring.world import World, make_world
from wellplaced.people.models import Person

SignIn = Callable[[Person], Client]
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


@pytest.fixture
def signed_in() -> SignIn:
    """A browser in which the person is signed in."""

    def sign_in(person: Person) -> Client:
        client = Client()
        client.force_login(person, backend="wellplaced.people.sign_in.Backend")
        return client

    return sign_in
