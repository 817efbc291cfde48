"""The steps shown for a visit are the contract's answer for its facts, whatever happened to the visit before."""

import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.monitoring.plays import (
    START,
    Action,
    Play,
    answer,
    book,
    cancel_visit,
    concern,
    contract,
    correct_visit,
    hold,
    judge,
    leave_paper,
    name_recipients,
    new_play,
    place,
    record_step,
    returned,
    set_aside,
    take_step_back,
    visited,
)
from wellplaced.guidance.command import respond
from wellplaced.history import clock
from wellplaced.monitoring import actions, deadlines
from wellplaced.monitoring.models import Step
from wellplaced.monitoring.timeframes import versions_of

EXAMPLES = 25
OWN = """
[timeframes.report_submitted]
number = 10
[timeframes.uploaded]
number = 5
[readings.R11]
choice = "dated"
[readings.R4]
choice = "from_actions_completed"
[readings.R8]
choice = "day_of_booking"
"""


def publish(play: Play, which: int, when: int) -> None:
    """An authority's own version comes into force: visits booked before it keep the steps that they had."""
    in_force_from = clock.today() + timedelta(days=1 + when % 3)
    text = f'number = "own {in_force_from}"\ntitle = "Our own"\nin_force_from = {in_force_from}\n{OWN}'
    actions.publish_timeframes(text=text, reason="", by=play.world.manager)


AROUND_A_VISIT: list[Action] = [
    place, concern, judge, contract, publish, book, book, visited, visited, visited, hold, hold, correct_visit,
    cancel_visit, *[record_step] * 6, set_aside, take_step_back, returned, returned, name_recipients, name_recipients,
    answer, answer, leave_paper,
]  # fmt: skip

numbers = st.integers(min_value=0, max_value=10_000)
histories = st.lists(
    st.tuples(st.integers(0, len(AROUND_A_VISIT) - 1), numbers, numbers, st.integers(0, 9)), min_size=4, max_size=24
)


@pytest.mark.django_db
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(history=histories)
def test_the_steps_of_every_visit_are_what_the_exported_facts_give(history: list[tuple[int, int, int, int]]) -> None:
    with time_machine.travel(START, tick=False) as traveller, transaction.atomic():
        play = new_play()
        for what, which, when, days in history:
            play.step(what, which, when, AROUND_A_VISIT)
            traveller.shift(timedelta(days=days))
            deadlines.refresh_due(clock.today())
        for provision in play.provisions:
            _compare(play, str(provision.urn))
        transaction.set_rollback(True)


def _compare(play: Play, urn: str) -> None:
    """Each visit's rows beside the answer under the version that was in force at its booking."""
    facts = _exported(urn)
    versions = versions_of({play.world.authority.pk})[play.world.authority.pk]
    for visit in facts["visits"]:
        counting = [each for each in versions if str(each.in_force_from) <= visit["booked_on"]] or [versions[0]]
        answered = respond(facts, counting[-1:])
        assert isinstance(answered, dict)
        steps = next(each["steps"] for each in answered["visits"] if each["id"] == visit["id"])
        assert _stored(int(visit["id"])) == [_as_kept(step) for step in steps]


def _exported(urn: str) -> Any:
    out = StringIO()
    call_command("facts", urn, stdout=out)
    return json.loads(out.getvalue())


def _stored(visit_id: int) -> list[tuple[Any, ...]]:
    today = clock.today()
    return [
        (
            row.step, row.clause, row.owner, row.recipient or None, row.clock_event, _iso(row.clock_on), _iso(row.due_on),
            _iso(row.done_on), "overdue" if row.is_overdue(today) else row.state, row.in_time, row.short_notice,
        )
        for row in Step.objects.filter(visit=visit_id).order_by("position")
    ]  # fmt: skip


def _as_kept(step: dict[str, Any]) -> tuple[Any, ...]:
    return (
        step["step"], step["clause"], step["owner"], step["recipient"], step["clock"]["event"], step["clock"]["on"],
        step["due_on"], step["done_on"], step["state"], step["in_time"], step["short_notice"],
    )  # fmt: skip


def _iso(day: object) -> str | None:
    return str(day) if day else None


def test_every_action_of_these_histories_can_happen(db: None) -> None:
    """The property above would say little if its actions were refused each time."""
    with time_machine.travel(START, tick=False) as traveller:
        play = new_play()
        for number in range(len(AROUND_A_VISIT) * 9):
            play.step(number, number * 7 + 3, number * 11 + 30, AROUND_A_VISIT)
            traveller.shift(timedelta(hours=6))
    assert {action.__name__ for action in AROUND_A_VISIT} <= play.happened
