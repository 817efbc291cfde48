"""Visits for this room's tests, made by the actions that people use."""

from datetime import date, time, timedelta
from typing import Any

from tests.monitoring.world import World
from wellplaced.history import clock
from wellplaced.monitoring import actions
from wellplaced.monitoring.models import Visit
from wellplaced.people.models import Person
from wellplaced.register.models import Provision


def booked(
    world: World,
    visit_on: date,
    provision: Provision | None = None,
    *,
    at: time | None = None,
    officer: Person | None = None,
    **more: Any,
) -> Visit:
    return actions.book_visit(
        provision=provision or world.provision(), officer=officer or world.officer, visit_on=visit_on, visit_at=at,
        by=world.officer, on=clock.today(), **more,
    )  # fmt: skip


def proposed(world: World, visit_on: date, provision: Provision | None = None) -> Visit:
    return actions.propose_visit(
        provision=provision or world.provision(), officer=world.officer, visit_on=visit_on, by=world.officer,
        on=clock.today(),
    )  # fmt: skip


def held(world: World, visit_on: date, provision: Provision | None = None) -> Visit:
    return actions.record_past_visit(
        provision=provision or world.provision(), officer=world.officer, visit_on=visit_on, discharges=[], premises=[],
        whole_form=True, by=world.officer,
    )  # fmt: skip


def done(world: World, visit: Visit, step: str, on: date) -> None:
    actions.record_step(visit=visit, step=step, done_on=on, by=world.officer, on=clock.today())


def days(number: int) -> timedelta:
    return timedelta(days=number)
