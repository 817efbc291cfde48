"""Ofsted's action plan (C8) while it is awaited: the request, two chases and the escalation (R14), as steps."""

from collections.abc import Sequence
from datetime import date

from wellplaced.guidance.counting import ClosedDays
from wellplaced.guidance.owed import Step, StepState
from wellplaced.guidance.timeframes import Timeframes

PLAN_REQUESTED = "plan_requested"
PLAN_CHASED_FIRST = "plan_chased_first"
PLAN_CHASED_SECOND = "plan_chased_second"
PLAN_ESCALATED = "plan_escalated"
PLAN_STEPS = (PLAN_REQUESTED, PLAN_CHASED_FIRST, PLAN_CHASED_SECOND, PLAN_ESCALATED)


def plan_steps(
    *,
    clock_on: date,
    requested_on: date | None,
    chased_on: Sequence[date],
    received_on: date | None,
    escalated_on: date | None,
    today: date,
    timeframes: Timeframes,
    closed_days: ClosedDays | None = None,
) -> tuple[Step, ...]:
    """The steps of one action plan, all counted from the day on which the clock of C8 would have started (R14).

    A step that was not done when the plan came is `not_needed`. Under R14 'requested only', the request stands alone.
    """
    chases = [*sorted(chased_on), None, None]
    done = {
        PLAN_REQUESTED: requested_on,
        PLAN_CHASED_FIRST: chases[0],
        PLAN_CHASED_SECOND: chases[1],
        PLAN_ESCALATED: escalated_on,
    }
    names = PLAN_STEPS if timeframes.choices["R14"] == "chased_and_escalated" else PLAN_STEPS[:1]
    return tuple(
        _step(name, clock_on, done[name], timeframes, closed_days, today=today, came=received_on is not None)
        for name in names
    )


def _step(
    name: str,
    clock_on: date,
    done_on: date | None,
    timeframes: Timeframes,
    closed_days: ClosedDays | None,
    *,
    today: date,
    came: bool,
) -> Step:
    timeframe = timeframes.timeframes[name]
    due_on = timeframes.due(name, clock_on, closed_days)
    return Step(
        step=name,
        clause=timeframe.clause,
        owner=timeframe.owner,
        recipient=None,
        clock_event="plan_awaited",
        clock_on=clock_on,
        due_on=due_on,
        done_on=done_on,
        state=_state(due_on, done_on, today, came=came),
        in_time=None if done_on is None else done_on <= due_on,
        short_notice=False,
        version=timeframes.number,
        version_title=timeframes.title,
    )


def _state(due_on: date, done_on: date | None, today: date, *, came: bool) -> StepState:
    if done_on is not None:
        return StepState.DONE
    if came:
        return StepState.NOT_NEEDED
    return StepState.OVERDUE if due_on < today else StepState.OPEN
