"""A provision at which the guidance's code fails keeps nobody else's dates from them, and loses none of its own."""

import logging
from datetime import date, timedelta
from typing import Any

import pytest

from tests.monitoring.world import World
from wellplaced.monitoring import actions, deadlines
from wellplaced.monitoring.answered import Rows, answered
from wellplaced.monitoring.models import Concern, Refreshed, Requirement
from wellplaced.register.models import Provision

pytestmark = pytest.mark.django_db


@pytest.fixture
def lately(world: World) -> date:
    return world.today - timedelta(days=3)


@pytest.fixture
def sound(world: World, lately: date) -> Provision:
    home = world.provision()
    world.placed(home, lately)
    return home


@pytest.fixture
def broken(world: World, lately: date, monkeypatch: pytest.MonkeyPatch) -> Provision:
    """From now on counting what is owed there fails."""
    home = world.provision()
    world.placed(home, lately)

    def fail_there(pair: tuple[int, int], *rest: Any, **more: Any) -> Rows:
        if pair[1] == home.pk:
            raise KeyError("a young person’s name")
        return answered(pair, *rest, **more)

    monkeypatch.setattr(deadlines, "answered", fail_there)
    return home


def owed(home: Provision) -> list[dict[str, Any]]:
    return list(Requirement.objects.filter(provision=home).order_by("key").values())


def test_the_morning_look_counts_the_others_and_tries_this_one_again_tomorrow(
    world: World, sound: Provision, broken: Provision, caplog: pytest.LogCaptureFixture
) -> None:
    before = owed(broken)
    Refreshed.objects.update(changes_on=world.today)
    Requirement.objects.filter(provision=sound).delete()
    with caplog.at_level(logging.ERROR):
        assert deadlines.refresh_due(world.today) == 2
    assert [row["kind"] for row in owed(sound)] == ["initial"]
    assert owed(broken) == before != []
    assert Refreshed.objects.get(provision=broken).changes_on == world.today + timedelta(days=1)
    assert [(record.getMessage(), vars(record)["provision"]) for record in caplog.records] == [
        ("dates not counted anew", broken.pk)
    ]
    assert deadlines.refresh_due(world.today) == 0
    assert deadlines.refresh_due(world.today + timedelta(days=1)) >= 1


def test_once_the_service_is_mended_it_is_counted(
    world: World, broken: Provision, monkeypatch: pytest.MonkeyPatch
) -> None:
    Refreshed.objects.update(changes_on=world.today)
    deadlines.refresh_due(world.today)
    Requirement.objects.filter(provision=broken).delete()
    monkeypatch.undo()
    deadlines.refresh_due(world.today + timedelta(days=1))
    assert [row["kind"] for row in owed(broken)] == ["initial"]


def test_whoever_records_a_fact_there_is_told_that_it_is_not_saved(world: World, broken: Provision) -> None:
    with pytest.raises(KeyError):
        actions.raise_concern(
            provision=broken, raised_on=world.today, raised_by="staff", how="email", summary="Noise",
            by=world.officer, on=world.today,
        )  # fmt: skip
    assert not Concern.objects.exists()
