"""What is stored is what anybody gets who puts the exported facts through the timeframes from outside."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.monitoring.world import World
from wellplaced.guidance import default_versions
from wellplaced.guidance.command import respond
from wellplaced.monitoring import actions
from wellplaced.monitoring.models import Requirement


def test_exported_facts_give_the_stored_requirements(world: World) -> None:
    home = world.provision()
    placement = world.placed(home, world.today - timedelta(days=40))
    judgement = world.judged(home, "inadequate", world.today - timedelta(days=20))
    actions.request_action_plan(judgement=judgement, requested_on=world.today - timedelta(days=19), by=world.senior)
    actions.raise_concern(
        provision=home,
        raised_on=world.today - timedelta(days=3),
        raised_by="Neighbour",
        how="telephone",
        summary="Noise",
        by=world.officer,
        on=world.today,
    )
    actions.record_past_visit(
        provision=home,
        visit_on=world.today - timedelta(days=30),
        officer=world.officer,
        discharges=[f"initial:{placement.pk}"],
        by=world.officer,
    )
    out = StringIO()
    call_command("facts", home.urn, stdout=out)
    answered = respond(json.loads(out.getvalue()), default_versions())
    assert isinstance(answered, dict)
    from_outside = {
        (each["id"], each["due_on"], each["escalate_on"], each["clause"]) for each in answered["requirements"]
    }
    stored = {
        (row.key, _iso(row.due_on), _iso(row.escalate_on), row.clause)
        for row in Requirement.objects.filter(provision=home)
    }
    assert from_outside == stored
    assert len(stored) == 4


def test_an_unknown_provision_is_said(world: World) -> None:
    with pytest.raises(CommandError, match="No provision"):
        call_command("facts", "SC999999")


def _iso(day: object) -> str | None:
    return str(day) if day else None
