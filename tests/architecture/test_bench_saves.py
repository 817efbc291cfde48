"""The benchmark saves one concern after another: what it types is taken each time, and asked back never."""

import pytest
from django.urls import reverse

from bench.pages import a_concern, saved
from tests.monitoring.browsing import signed_in
from tests.monitoring.world import World, make_world
from wellplaced.monitoring.models import Concern

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def test_what_the_benchmark_saves_is_saved_each_time(world: World) -> None:
    officer, address = signed_in(world.officer), reverse("monitoring:raise_concern", args=[world.provision().pk])
    for _ in range(3):
        saved(officer.post(address, a_concern()))
    assert Concern.objects.count() == 3
