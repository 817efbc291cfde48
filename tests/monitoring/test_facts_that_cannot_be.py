"""A fact that cannot be is refused to whoever records it; what the shared register changes later stops nobody's work."""

from datetime import timedelta

import pytest

from tests.monitoring.world import World
from wellplaced.guidance import Refusal
from wellplaced.monitoring import actions
from wellplaced.monitoring.models import Concern, Requirement
from wellplaced.register import actions as register
from wellplaced.register.models import Provision


def _raise_concern(world: World, home: Provision, days_ago: int) -> Concern:
    return actions.raise_concern(
        provision=home,
        raised_on=world.today - timedelta(days=days_ago),
        raised_by="Neighbour",
        how="telephone",
        summary="Noise",
        by=world.officer,
        on=world.today,
    )


def _visit(world: World, home: Provision, key: str, days_ago: int) -> None:
    actions.record_past_visit(
        provision=home,
        visit_on=world.today - timedelta(days=days_ago),
        officer=world.officer,
        discharges=[key],
        by=world.officer,
    )


def test_a_concern_cannot_be_moved_to_after_the_visit_that_discharged_it(world: World) -> None:
    home = world.provision()
    concern = _raise_concern(world, home, 10)
    _visit(world, home, f"concern:{concern.pk}", 5)
    with pytest.raises(Refusal):
        actions.change_concern(
            concern=concern, raised_on=world.today - timedelta(days=2), by=world.officer, seen_revision=0
        )
    assert Requirement.objects.get(key=f"concern:{concern.pk}").state == "discharged"


def test_a_corrected_judgement_makes_its_visit_owed_again_and_stops_no_other_work(world: World) -> None:
    home = world.provision()
    world.placed(home, world.today - timedelta(days=90))
    judgement = world.judged(home, "good", world.today - timedelta(days=20))
    _visit(world, home, f"judgement:{judgement.pk}", 10)
    assert Requirement.objects.get(key=f"judgement:{judgement.pk}").state == "discharged"
    register.correct_judgement(
        judgement=judgement,
        published_on=world.today - timedelta(days=4),
        by=world.operator,
        on=world.today,
        seen_revision=None,
    )
    assert Requirement.objects.get(key=f"judgement:{judgement.pk}").state == "open"
    concern = _raise_concern(world, home, 1)
    assert Requirement.objects.get(key=f"concern:{concern.pk}").state == "open"
