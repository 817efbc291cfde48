"""'Why this date?', the day to act by, the day to book by, and the steps of an action plan that is awaited."""

from datetime import date
from typing import Any

import pytest

from wellplaced.bankholidays import england
from wellplaced.guidance import (
    PLAN_STEPS,
    Concern,
    Facts,
    Judgement,
    Placement,
    Visit,
    act_by,
    answer,
    book_by,
    default_versions,
    explain,
    override,
    plan_steps,
)

BASE = default_versions()[-1]


def concern_raised(on: date) -> Facts:
    return Facts(today=on, provision_type="sen", concerns=(Concern("c", on),))


def test_a_concern_across_the_end_of_a_month_is_explained_station_by_station() -> None:
    [owed] = answer(concern_raised(date(2026, 12, 24)), [BASE]).requirements
    why = explain(owed, [BASE])
    assert (why.clause, why.event, why.clock_on) == ("C6", "the concern is raised", date(2026, 12, 24))
    assert why.count == "24 December 2026 + 10 days = 3 January 2027"
    assert [(station.words, station.total) for station in why.stations] == [
        ("7 days to 31 December", 7),
        ("3 days to 3 January", 10),
    ]
    assert [reading.id for reading in why.readings] == ["R1"]
    assert (why.version, why.in_force_from) == ("1", date(2019, 7, 1))


def test_a_count_of_working_days_is_explained_as_such() -> None:
    own = override(BASE, 'timeframes.concern_visit = {number = 10, unit = "working days"}')
    [owed] = answer(concern_raised(date(2026, 12, 24)), [own], england()).requirements
    why = explain(owed, [own], england())
    assert why.count == "24 December 2026 + 10 working days = 12 January 2027"
    assert [(station.days, station.total) for station in why.stations] == [(3, 3), (7, 10)]


def test_each_requirement_and_step_can_be_explained() -> None:
    facts = Facts(
        today=date(2026, 3, 22),
        provision_type="residential",
        judgements=(Judgement("j", "inadequate", date(2026, 3, 1)),),
        placements=(Placement("p", date(2026, 3, 1)),),
        concerns=(Concern("c", date(2026, 3, 12)),),
        visits=(
            Visit(
                "v", date(2026, 3, 2), date(2026, 3, 20), held=True, discharges=("concern:c",), whole_form=True,
                questionnaires_left=1, actions_named=1, recipients=("provider",),
                done={"report_submitted": date(2026, 3, 21), "report_returned": date(2026, 3, 22)},
            ),
        ),
    )  # fmt: skip
    answered = answer(facts, [BASE])
    rows: list[Any] = [*answered.requirements, *(step for visit in answered.visits for step in visit.steps)]
    for row in rows:
        why = explain(row, [BASE])
        assert (why.clause, why.due_on) == (row.clause, row.due_on)
        assert why.clause_words
        assert why.event
        assert not why.stations or why.stations[-1].until == row.due_on
        assert not why.count or str(row.due_on.year) in why.count


@pytest.mark.parametrize(
    ("due_on", "on", "words"),
    [
        (date(2026, 6, 5), None, None),
        (date(2026, 6, 7), date(2026, 6, 5), "falls on a Sunday: act by Friday 5 June"),
        (date(2026, 4, 6), date(2026, 4, 2), "falls on a day on which offices are closed: act by Thursday 2 April"),
        (date(2026, 12, 27), date(2026, 12, 24), "falls on a Sunday: act by Thursday 24 December"),
    ],
)
def test_a_due_date_on_a_closed_day_stays_and_says_when_to_act(
    due_on: date, on: date | None, words: str | None
) -> None:
    act = act_by(due_on, england())
    assert (act.on if act else None, act.words if act else None) == (on, words)


def test_the_last_day_to_book_leaves_two_weeks_for_the_confirmation() -> None:
    assert book_by(date(2026, 3, 15), BASE) == date(2026, 3, 1)


def steps_of_plan(today: date, **facts: Any) -> dict[str, tuple[date | None, str]]:
    known = {
        "requested_on": None,
        "chased_on": (),
        "received_on": None,
        "escalated_on": None,
        "timeframes": BASE,
    } | facts
    steps = plan_steps(clock_on=date(2026, 3, 1), today=today, **known)
    return {step.step: (step.due_on, step.state.value) for step in steps}


def test_r14_a_plan_is_asked_for_the_next_day_chased_after_7_and_14_and_then_goes_to_the_manager() -> None:
    assert steps_of_plan(date(2026, 3, 9), requested_on=date(2026, 3, 2)) == {
        "plan_requested": (date(2026, 3, 2), "done"),
        "plan_chased_first": (date(2026, 3, 8), "overdue"),
        "plan_chased_second": (date(2026, 3, 15), "open"),
        "plan_escalated": (date(2026, 3, 15), "open"),
    }


def test_r14_once_the_plan_has_come_nothing_more_is_needed() -> None:
    states = steps_of_plan(date(2026, 3, 20), received_on=date(2026, 3, 10), chased_on=(date(2026, 3, 8),))
    assert [state for _, state in states.values()] == ["not_needed", "done", "not_needed", "not_needed"]


def test_r14_may_leave_all_but_the_request_to_judgement() -> None:
    own = override(BASE, 'readings.R14 = "requested_only"')
    assert list(steps_of_plan(date(2026, 3, 9), timeframes=own)) == list(PLAN_STEPS[:1])
