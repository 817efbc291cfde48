"""What is owed, and the steps shown for a visit, are the contract's answer for its facts, whatever happened before."""

import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.monitoring.plays import (
    START,
    Action,
    Play,
    answer,
    book,
    cancel_visit,
    chase_plan,
    check_of_another,
    close_day,
    concern,
    contract,
    correct_visit,
    hold,
    judge,
    leave_paper,
    name_recipients,
    new_play,
    place,
    plan_visit,
    publish,
    receive_plan,
    record_step,
    reinstate_concern,
    request_plan,
    returned,
    set_aside,
    take_chase_back,
    take_check_back,
    take_step_back,
    visited,
    withdraw_concern,
)
from wellplaced.guidance.command import respond
from wellplaced.history import clock
from wellplaced.monitoring import deadlines
from wellplaced.monitoring.models import Requirement, Step
from wellplaced.monitoring.timeframes import closed_days_for, versions_for

EXAMPLES = 25
AROUND_A_VISIT: list[Action] = [
    place, concern, withdraw_concern, reinstate_concern, judge, contract, close_day, check_of_another, take_check_back,
    request_plan, chase_plan, take_chase_back, receive_plan, publish, book, book, plan_visit, visited, visited, visited,
    hold, hold, correct_visit, cancel_visit, *[record_step] * 6, set_aside, take_step_back, returned, returned,
    name_recipients, name_recipients, answer, answer, leave_paper,
]  # fmt: skip

numbers = st.integers(min_value=0, max_value=10_000)
histories = st.lists(
    st.tuples(st.integers(0, len(AROUND_A_VISIT) - 1), numbers, numbers, st.integers(0, 9)), min_size=4, max_size=24
)


@pytest.mark.django_db
@settings(max_examples=EXAMPLES)
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
    """What is owed beside the answer; each visit's rows beside that under the version in force at its booking."""
    facts = _exported(urn)
    versions, closed = versions_for(play.world.authority.pk), closed_days_for(play.world.authority.pk)
    whole: Any = respond(facts, versions, closed)
    assert _owed(urn) == sorted(_as_owed(each) for each in whole["requirements"])
    for visit in facts["visits"]:
        counting = [each for each in versions if str(each.in_force_from) <= visit["booked_on"]] or [versions[0]]
        answered = respond(facts, counting[-1:], closed)
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


def _owed(urn: str) -> list[tuple[str, ...]]:
    today = clock.today()
    return sorted(
        tuple(
            str(value)
            for value in (
                row.key, row.clause, row.clock_event, row.clock_on, row.due_on, row.escalate_on,
                "overdue" if row.is_overdue(today) else row.state, row.in_time, row.fallback or None,
                row.discharged_by_id, row.booked_by_id,
            )
        )
        for row in Requirement.objects.filter(provision__urn=urn)
    )  # fmt: skip


def _as_owed(owed: dict[str, Any]) -> tuple[str, ...]:
    return tuple(
        str(value)
        for value in (
            owed["id"], owed["clause"], owed["clock"]["event"], owed["clock"]["on"], owed["due_on"], owed["escalate_on"],
            owed["state"], owed["in_time"], owed["fallback"], owed["discharged_by"], owed["booked_by"],
        )
    )  # fmt: skip


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
