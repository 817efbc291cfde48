"""A home whose visit is owed, and what is done with visits there, for the tests of booking."""

from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from tests.monitoring.browsing import day_parts
from tests.monitoring.world import World
from wellplaced.monitoring import actions
from wellplaced.monitoring.models import Requirement, Visit
from wellplaced.register.models import Provision

DAY = timedelta(days=1)
TOLD_STEPS = {"letter_sent", "confirmation_sent", "pre_visit_form_received"}


def owed_at(world: World, kind: str = "residential", started: int = 1, **values: Any) -> tuple[Provision, Requirement]:
    """A home whose visit is owed: residential and judged good, within 14 days of the start (C7)."""
    home = world.provision(kind, **values)
    world.judged(home, "good", world.today - 200 * DAY)
    placement = world.placed(home, world.today - started * DAY)
    return home, Requirement.objects.get(key=f"initial:{placement.pk}")


def book(world: World, home: Provision, in_days: int = 20, **values: Any) -> Visit:
    values = {"officer": world.officer, "by": world.officer, "on": world.today} | values
    return actions.book_visit(provision=home, visit_on=world.today + in_days * DAY, **values)


def propose(world: World, home: Provision, in_days: int = 20, **values: Any) -> Visit:
    values = {"officer": world.officer, "by": world.officer, "on": world.today} | values
    return actions.propose_visit(provision=home, visit_on=world.today + in_days * DAY, **values)


def rebook(world: World, visit: Visit, in_days: int, **values: Any) -> Visit:
    values = {"officer": world.officer, "visit_at": None, "reason": "Snow", "by": world.officer} | values
    values = {"on": world.today, "seen_revision": None} | values
    return actions.rebook_visit(visit=visit, visit_on=world.today + in_days * DAY, **values)


def confirm(world: World, visit: Visit, **values: Any) -> Visit:
    values = {"confirmed_on": world.today, "on": world.today, "seen_revision": None} | values
    return actions.confirm_visit(visit=visit, by=world.officer, **values)


def hold(world: World, visit: Visit, on: date, discharges: tuple[str, ...] = ()) -> Visit:
    return actions.hold_visit(
        visit=visit,
        visit_on=on,
        discharges=discharges,
        premises=[],
        whole_form=True,
        by=world.officer,
        seen_revision=None,
    )


def typed(world: World, in_days: int, **more: Any) -> dict[str, Any]:
    return {
        "when": "to_come",
        "officer": world.officer.pk,
        **day_parts("visit_on", world.today + in_days * DAY),
        "visit_at": "10:00",
        "told": "yes",
        **more,
    }


def new_visit(home: Provision) -> str:
    return reverse("monitoring:book_visit", args=[home.pk])


def of_visit(name: str, visit: Visit) -> str:
    return reverse(f"monitoring:{name}", args=[visit.pk])


def closed(world: World, home: Provision) -> Visit:
    visit = hold(world, book(world, home, 0), world.today)
    Visit.objects.filter(pk=visit.pk).update(closed_on=world.today)
    visit.refresh_from_db()
    return visit
