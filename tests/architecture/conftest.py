"""What the tests of the whole house stand on: two authorities, everybody's browsers, and the records that routes name."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction

from tests.architecture.teams import World, make_world


@pytest.fixture(scope="module")
def teams(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """The authorities and everybody's browsers, made once for all the tests of a file."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture
def world(teams: World, db: None) -> World:
    """The same authorities, with no record made yet."""
    return replace(teams, made={})
