"""What is not owed any more is not waived: the form was open while the visit was made, or what it was owed for went."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from tests.monitoring.browsing import signed_in
from tests.monitoring.test_two_people_at_one_provision import agrees_with_the_facts, one_inside_the_other
from tests.monitoring.world import World, make_world
from wellplaced.history import clock
from wellplaced.monitoring import actions
from wellplaced.monitoring.models import Requirement, Visit, Waiver
from wellplaced.placements import actions as placements

MONTH = timedelta(days=30)


def seen(world: World, owed: Requirement) -> Visit:
    return actions.record_past_visit(
        provision=owed.provision, visit_on=clock.today(), officer=world.officer, discharges=[owed.key], by=world.officer
    )


def test_a_visit_that_was_made_meanwhile_stays_made(world: World) -> None:
    world.placed(world.provision(), clock.today() - MONTH)
    owed = Requirement.objects.get()
    seen(world, owed)
    answer = signed_in(world.manager).post(f"{owed.get_absolute_url()}waive/", {"reason": "Leaves tomorrow"})
    assert "it is recorded as ‘discharged’" in answer.content.decode()
    assert Requirement.objects.get(key=owed.key).state == "discharged"
    assert not Waiver.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_cancelled", [False, True])
def test_a_fact_recorded_at_the_same_moment_counts(is_cancelled: bool) -> None:
    world = make_world()
    placement = world.placed(world.provision(), clock.today() - MONTH)
    owed = Requirement.objects.get()
    _, refusal = one_inside_the_other(
        lambda: (
            placements.cancel_placement(placement=placement, because="Never came", by=world.officer, seen_revision=None)
            if is_cancelled
            else seen(world, owed)
        ),
        lambda: actions.waive(requirement=owed, reason="Leaves tomorrow", by=world.manager, on=clock.today()),
    )
    assert isinstance(refusal, ValidationError)
    assert not Waiver.objects.exists()
    agrees_with_the_facts()
