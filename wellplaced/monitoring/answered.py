"""The guidance's answer about one authority at one provision, as the rows to be stored."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from wellplaced import guidance
from wellplaced.monitoring.counted_by import edition
from wellplaced.monitoring.gathering import Pair, without_what_cannot_be
from wellplaced.monitoring.models import PlanStep, Refreshed, Requirement
from wellplaced.monitoring.timeframes import Versions

Closed = guidance.ClosedDays | None  # needed only where a version counts working days


class StepRow(NamedTuple):
    """A row of Step: tens of thousands are computed at once, and few of them become records to write."""

    authority_id: int
    provision_id: int
    visit_id: int
    step: str
    recipient: str
    position: int
    clause: str
    owner: str
    clock_event: str
    clock_on: date | None
    due_on: date | None
    done_on: date | None
    state: str
    in_time: bool | None
    short_notice: bool
    version: str


class Rows(NamedTuple):
    """What is to be stored, each table by what identifies its rows."""

    requirements: dict[Any, Requirement]
    plan_steps: dict[Any, PlanStep]
    steps: dict[Any, StepRow]
    refreshed: dict[Any, Refreshed]

    def take(self, other: "Rows") -> None:
        """Add those of another pair."""
        self.requirements.update(other.requirements)
        self.plan_steps.update(other.plan_steps)
        self.steps.update(other.steps)
        self.refreshed.update(other.refreshed)


class Counting(NamedTuple):
    """By what an authority counts."""

    versions: Versions
    closed: Closed


def answered(
    pair: Pair, facts: guidance.Facts, own: Counting, chases: dict[tuple[int, int], list[date]], *, refuse: bool
) -> Rows:
    """Everything that is to be stored of one authority at one provision. Raises Refusal where a date cannot be counted."""
    possible = _possible(facts, own.versions[-1], refuse=refuse)
    answer = guidance.answer(possible, own.versions, own.closed)
    steps = _plan_steps(pair, possible, answer, own.versions, chases, closed=own.closed)
    refreshed = Refreshed(
        authority_id=pair[0],
        provision_id=pair[1],
        refreshed_on=facts.today,
        changes_on=guidance.changes_on(possible, answer, own.versions),
        pruned=possible != facts,
        counted_by=edition(),
    )
    return Rows(
        {(*pair, row.key): row for row in _requirements(pair, answer, own.versions, own.closed)},
        {(pair[0], row.judgement_id, row.step): row for row in steps},
        {(row.visit_id, row.step, row.recipient): row for row in _visit_steps(pair, answer)},
        {pair: refreshed},
    )


def _possible(facts: guidance.Facts, timeframes: guidance.Timeframes, *, refuse: bool) -> guidance.Facts:
    """The facts if they can be; else Refusal, or where that is not for this action to mend, the facts that can be."""
    if refuse:
        guidance.check(facts, timeframes)
        return facts
    return without_what_cannot_be(facts, lambda each: guidance.check(each, timeframes))


def _requirements(pair: Pair, answer: guidance.Answer, versions: Versions, closed: Closed) -> Iterable[Requirement]:
    for owed in answer.requirements:
        placement = owed.id.removeprefix("initial:") if owed.kind == "initial" else None
        yield Requirement(
            authority_id=pair[0],
            provision_id=pair[1],
            key=owed.id,
            kind=owed.kind.value,
            clause=owed.clause,
            clock_event=owed.clock_event,
            clock_on=owed.clock_on,
            ideal_by=owed.ideal_by,
            due_on=owed.due_on,
            book_by=_book_by(owed, versions, closed),
            escalate_on=owed.escalate_on,
            state=owed.standing.value,
            in_time=owed.in_time,
            fallback=owed.fallback or "",
            version=owed.version,
            discharged_by_id=_number(owed.discharged_by),
            booked_by_id=_number(owed.booked_by),
            placement_id=_number(placement),
            deciding_judgement_id=_number(owed.deciding_judgement),
        )


def _book_by(owed: guidance.Requirement, versions: Versions, closed: Closed) -> date | None:
    if owed.due_on is None:
        return None
    return guidance.book_by(owed.due_on, _version(versions, owed.version), closed)


def _version(versions: Versions, number: str) -> guidance.Timeframes:
    return next(version for version in versions if version.number == number)


def _number(identity: str | None) -> int | None:
    return int(identity) if identity else None


def _plan_steps(
    pair: Pair,
    facts: guidance.Facts,
    answer: guidance.Answer,
    versions: Versions,
    chases: dict[tuple[int, int], list[date]],
    *,
    closed: Closed,
) -> Iterable[PlanStep]:
    """R14's request and chases, once a judgement, counted from the first clock among the requirements that it decides."""
    plans = {judgement.id: judgement for judgement in facts.judgements}
    for judgement_id, owed in _first_to_wait(answer, plans).items():
        plan = plans[judgement_id]
        steps = guidance.plan_steps(
            clock_on=owed.plan_clock_on or facts.today,
            requested_on=plan.action_plan_requested_on,
            chased_on=tuple(chases.get((pair[0], int(judgement_id)), ())),
            received_on=plan.action_plan_received_on,
            escalated_on=None,
            today=facts.today,
            timeframes=_version(versions, owed.version),
            closed_days=closed,
        )
        for step in steps:
            is_kept = step.done_on or (step.standing == "open" and not owed.settled)
            if step.owner == "sqao" and is_kept and step.due_on and step.clock_on:
                yield PlanStep(
                    authority_id=pair[0],
                    provision_id=pair[1],
                    judgement_id=int(judgement_id),
                    step=step.step,
                    due_on=step.due_on,
                    done_on=step.done_on,
                    clock_event=step.clock_event,
                    clock_on=step.clock_on,
                    version=owed.version,
                )


def _visit_steps(pair: Pair, answer: guidance.Answer) -> Iterable["StepRow"]:
    """The steps of each visit that the facts tell of, in the order of the contract."""
    for visit in answer.visits:
        for position, step in enumerate(visit.steps):
            yield StepRow(
                authority_id=pair[0],
                provision_id=pair[1],
                visit_id=int(visit.id),
                step=step.step,
                recipient=step.recipient or "",
                position=position,
                clause=step.clause,
                owner=step.owner,
                clock_event=step.clock_event,
                clock_on=step.clock_on,
                due_on=step.due_on,
                done_on=step.done_on,
                state=step.standing,
                in_time=step.in_time,
                short_notice=step.short_notice,
                version=step.version,
            )


def _first_to_wait(answer: guidance.Answer, plans: dict[str, guidance.Judgement]) -> dict[str, guidance.Requirement]:
    """For each judgement under C8 the requirement whose clock for the plan started first: still owed, or asked for once."""
    first: dict[str, guidance.Requirement] = {}
    waiting = [owed for owed in answer.requirements if owed.plan_clock_on and owed.deciding_judgement]
    for owed in sorted(waiting, key=lambda each: (each.settled, each.plan_clock_on)):
        asked = plans[owed.deciding_judgement or ""].action_plan_requested_on is not None
        if asked or not owed.settled:
            first.setdefault(owed.deciding_judgement or "", owed)
    return first
