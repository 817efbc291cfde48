"""A small authority for the tests of this room."""

import pytest

from tests.people.made import authority, person
from wellplaced.people.models import Authority, Person
from wellplaced.people.rights import Role


@pytest.fixture
def fenmarket(db: None) -> Authority:
    return authority()


@pytest.fixture
def alderbrook(db: None) -> Authority:
    return authority("Alderbrook Borough Council", "ald")


@pytest.fixture
def ada(fenmarket: Authority) -> Person:
    return person(fenmarket, "Ada Marsh", Role.ADMINISTRATOR)


@pytest.fixture
def max_(fenmarket: Authority) -> Person:
    return person(fenmarket, "Max Orchard", Role.MANAGER)


@pytest.fixture
def sam(fenmarket: Authority) -> Person:
    return person(fenmarket, "Sam Reed", Role.PLACEMENT_OFFICER)


@pytest.fixture
def quinn(fenmarket: Authority) -> Person:
    return person(fenmarket, "Quinn Hale", Role.PLACEMENT_OFFICER)


@pytest.fixture
def olive(db: None) -> Person:
    return person(None, "Olive Stone", Role.OPERATOR)
