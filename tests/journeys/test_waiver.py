"""A manager waives one initial visit (C3) with a reason, and takes it back; no other date moves, and no officer may."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.journeys.conftest import Calendar
from tests.journeys.walker import Walker
from tests.monitoring.world import World
from wellplaced.monitoring import actions as monitoring
from wellplaced.monitoring.models import Requirement, Waiver
from wellplaced.register.models import Provision

REASON = "A colleague of ours saw the whole home on 28 May for another authority, jointly with us."


@pytest.fixture
def home(calendar: Calendar, world: World) -> Provision:
    """A home with a placement since 30 May and a concern of 28 May 2026."""
    home = world.provision(name="Larkmere House")
    world.placed(home, date(2026, 5, 30))
    monitoring.raise_concern(
        provision=home,
        raised_on=date(2026, 5, 28),
        raised_by="Neighbour",
        how="telephone",
        summary="Shouting at night",
        by=world.officer,
        on=world.today,
    )
    monitoring.assign(provision=home, officer=world.officer, reason="", by=world.manager, on=world.today)
    return home


def test_a_manager_waives_a_visit_with_the_reason_and_takes_it_back(
    calendar: Calendar, world: World, home: Provision, walk: Callable[..., Walker]
) -> None:
    initial, concern = Requirement.objects.order_by("due_on")

    # the officer sees what is owed, and no way to set it aside
    officer = walk(world.officer).follow("Initial visit").sees("2 June 2026", "Book a visit")
    officer.does_not_see("Waive this visit").cannot_open(f"{initial.get_absolute_url()}waive/", 403)

    # the manager does, once there is a reason
    manager = walk(world.manager).open(initial.get_absolute_url()).follow("Waive this visit")
    manager.sees("Initial visit at Larkmere House, due by 2 June 2026", "Waiving moves no other date")
    manager.press("Waive").sees("There is a problem", "Enter")
    manager.type("Why is this visit not needed?", REASON).press("Waive")
    manager.sees("The reason is on record", "Waived: a manager decided that this visit is not needed.")
    manager.sees(REASON, "Marcus Fell on 1 June 2026")

    # everybody can read why; nothing else moved
    officer.open("/").sees("Visit about a concern", "7 June 2026").does_not_see("Initial visit")
    officer.open(initial.get_absolute_url()).sees(REASON, "Marcus Fell").does_not_see("Withdraw the waiver")

    # it turns out that it was another home
    manager.follow("Withdraw the waiver").sees(REASON, "was waived on 1 June 2026 by Marcus Fell")
    manager.type("Why is it owed again?", "That visit was to the other home of the same owner").press("Withdraw")
    manager.sees("the visit is owed again", "Waived, then taken back", "Marcus Fell on 1 June 2026")
    officer.open("/").sees("Initial visit", "2 June 2026", "7 June 2026")

    states = {row.kind: (row.due_on, row.state) for row in Requirement.objects.filter(provision=home)}
    assert states == {"initial": (date(2026, 6, 2), "open"), "concern": (date(2026, 6, 7), "open")}
    waiver = Waiver.objects.get()
    assert (waiver.key, waiver.waived_by, waiver.withdrawn_by) == (initial.key, world.manager, world.manager)
    assert concern.due_on == date(2026, 6, 7)
