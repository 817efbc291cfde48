"""Worlds for this room's tests, and a visit that took place."""

import pytest

from tests.monitoring.world import World, make_world
from tests.reports.making import held_visit
from wellplaced.monitoring.models import Visit


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def visit(world: World) -> Visit:
    """Held ten days ago by the officer, at a home where one young person lives."""
    return held_visit(world)
