"""Who works at Fenmarket, and what day it is there."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.placements import made_up
from wellplaced.people.models import Authority, Person
from wellplaced.people.rights import Role


@pytest.fixture(autouse=True)
def _friday_20_march_2026() -> Iterator[None]:
    with time_machine.travel("2026-03-20T10:00:00+00:00", tick=False):
        yield


@pytest.fixture
def fenmarket(db: None) -> Authority:
    return made_up.authority()


@pytest.fixture
def officer(fenmarket: Authority) -> Person:
    return made_up.person(fenmarket, "Olive Officer", Role.PLACEMENT_OFFICER)


@pytest.fixture
def manager(fenmarket: Authority) -> Person:
    return made_up.person(fenmarket, "Mona Manager", Role.MANAGER)


@pytest.fixture
def stranger(db: None) -> Person:
    """A manager of another authority."""
    return made_up.person(made_up.authority("Saltby Borough Council"), "Stan Stranger", Role.MANAGER)
