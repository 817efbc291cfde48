"""The migration that makes two facts of one list of premises keeps every row."""

from importlib import import_module
from typing import Any

from django.apps import apps

from tests.monitoring.bookings import book
from tests.monitoring.world import World
from wellplaced.monitoring.actions import record_past_visit, save_day
from wellplaced.monitoring.day import Answer
from wellplaced.monitoring.models import Visit

MIGRATION: Any = import_module("wellplaced.monitoring.migrations.0007_premises_to_see_apart_from_seen")


def lists(visit: Visit) -> tuple[list[Any], list[Any]]:
    return list(visit.to_see.all()), list(visit.premises.all())


def test_the_one_list_is_the_plan_until_the_day_and_then_what_was_seen(world: World) -> None:
    home = world.provision("supported_accommodation")
    flat = world.flat(home, "Flat 1")
    booked, begun = book(world, home, 5), book(world, home, 0)
    held = record_past_visit(provision=home, visit_on=world.today, officer=world.officer, by=world.officer)
    save_day(visit=begun, answers=[Answer("note", "", "Quiet")], by=world.officer, on=world.today)
    for visit in (booked, begun, held):
        visit.premises.add(flat)
    MIGRATION.take_apart(apps, None)
    assert lists(booked) == ([flat], [])
    assert lists(begun) == ([flat], [flat])
    assert lists(held) == ([], [flat])
    MIGRATION.put_together(apps, None)
    assert [list(visit.premises.all()) for visit in (booked, begun, held)] == [[flat]] * 3
