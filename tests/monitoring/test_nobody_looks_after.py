"""A placement where nobody looks after the provision is on no officer's page: managers are told, until somebody does."""

from datetime import timedelta

import pytest

from tests.monitoring.browsing import signed_in, text_of
from tests.monitoring.world import World
from wellplaced.monitoring import actions
from wellplaced.monitoring.models import Notice
from wellplaced.placements import actions as placements
from wellplaced.register.models import Provision

pytestmark = pytest.mark.django_db
TOLD = "A placement was recorded at a provision that nobody looks after"


@pytest.fixture
def home(world: World) -> Provision:
    return world.provision(name="Elm View")


def unseen() -> list[tuple[str, int]]:
    rows = Notice.objects.filter(kind="unassigned", seen_on=None)
    return list(rows.values_list("for_role", "provision").order_by("pk"))


def test_the_manager_is_told_at_once_and_the_officer_is_not(world: World, home: Provision) -> None:
    world.placed(home, world.today)
    assert unseen() == [("manager", home.pk)]
    assert TOLD in text_of(signed_in(world.manager).get("/notices/"))
    assert TOLD not in text_of(signed_in(world.officer).get("/notices/"))


def test_where_somebody_looks_after_it_nobody_is_told(world: World, home: Provision) -> None:
    actions.assign(provision=home, officer=world.officer, by=world.manager, on=world.today)
    world.placed(home, world.today)
    assert unseen() == []


def test_one_notice_for_a_provision_is_enough(world: World, home: Provision) -> None:
    world.placed(home, world.today)
    world.placed(home, world.today)
    assert unseen() == [("manager", home.pk)]


def test_it_is_settled_once_a_manager_has_said_whose_it_is(world: World, home: Provision) -> None:
    world.placed(home, world.today)
    actions.assign(provision=home, officer=world.officer, by=world.manager, on=world.today)
    assert unseen() == []
    assert Notice.objects.get(kind="unassigned").seen_by == world.manager
    actions.unassign(provision=home, reason="Leave", by=world.manager, on=world.today)
    world.placed(home, world.today)
    assert unseen() == [("manager", home.pk)]


def test_a_placement_that_is_over_or_never_was_tells_nobody(world: World, home: Provision) -> None:
    world.placed(home, world.today - timedelta(days=9), ends_on=world.today - timedelta(days=1))
    assert unseen() == []


def test_a_correction_of_what_stands_there_tells_it_too(world: World, home: Provision) -> None:
    """Moved there by a correction: the same is owed, by nobody."""
    other = world.provision()
    actions.assign(provision=other, officer=world.officer, by=world.manager, on=world.today)
    placement = world.placed(other, world.today)
    placements.change_placement(
        placement=placement,
        provision=home,
        reason="The wrong home",
        by=world.officer,
        on=world.today,
        seen_revision=None,
    )
    assert unseen() == [("manager", home.pk)]
