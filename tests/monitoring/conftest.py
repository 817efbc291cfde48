"""Worlds for this room's tests."""

import pytest

from tests.monitoring.world import World, make_world


@pytest.fixture
def world(db: None) -> World:
    return make_world()
