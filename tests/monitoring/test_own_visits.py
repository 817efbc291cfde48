"""C19: the report of a visit is looked at by somebody who did not make it, whatever is corrected afterwards."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from tests.monitoring.world import World
from wellplaced.monitoring import actions
from wellplaced.monitoring.models import Visit


def made_by_senior(world: World) -> Visit:
    return actions.record_past_visit(
        provision=world.provision(), visit_on=world.today - timedelta(days=2), officer=world.senior, by=world.senior
    )


def test_a_senior_officer_does_not_take_themselves_off_a_visit_to_review_it(world: World) -> None:
    visit = made_by_senior(world)
    with pytest.raises(ValidationError, match="ask a colleague"):
        actions.correct_visit(visit=visit, discharges=[], officer=world.officer, by=world.senior, seen_revision=None)
    assert Visit.objects.get(pk=visit.pk).officer == world.senior


def test_a_colleague_corrects_who_made_the_visit(world: World) -> None:
    visit = made_by_senior(world)
    corrected = actions.correct_visit(
        visit=visit, discharges=[], officer=world.officer, by=world.manager, seen_revision=None
    )
    assert corrected.officer == world.officer
