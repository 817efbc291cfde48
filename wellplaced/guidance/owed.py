"""What the engine answers: requirements, steps, and the two together."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What a requirement is about; the first part of its id."""

    INITIAL = "initial"
    ANNUAL = "annual"
    CONCERN = "concern"
    JUDGEMENT = "judgement"


class State(StrEnum):
    """How a requirement stands; the first that fits, in this order."""

    WAIVED = "waived"
    DISCHARGED = "discharged"
    SUPERSEDED = "superseded"
    LAPSED = "lapsed"
    OVERDUE = "overdue"
    BOOKED = "booked"
    WAITING = "waiting"
    OPEN = "open"


SETTLED = frozenset({State.WAIVED, State.DISCHARGED, State.SUPERSEDED, State.LAPSED})


class StepState(StrEnum):
    """How a step stands; the first that fits, in this order. `not_needed` is for steps of an action plan alone."""

    DONE = "done"
    SET_ASIDE = "set_aside"
    NOT_NEEDED = "not_needed"
    WAITING = "waiting"
    OVERDUE = "overdue"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Requirement:
    """A visit that is owed, or that a visit or a waiver names.

    The fields up to `fallback` are those of the contract (`clock_event` and `clock_on` are its `clock`). The others are
    for pages: `version` and `version_title` name the timeframes that counted it; `deciding_judgement` is the id of the
    judgement that decides clause and clock (initial under C7 and C8, and every `judgement:`); `plan_clock_on` is the day
    from which R14's request, chases and escalation are counted (C8 alone).
    """

    id: str
    kind: Kind
    clause: str
    clock_event: str
    clock_on: date | None
    ideal_by: date | None
    due_on: date | None
    escalate_on: date | None
    state: State
    discharged_by: str | None
    booked_by: str | None
    in_time: bool | None
    fallback: str | None
    version: str
    version_title: str
    deciding_judgement: str | None = None
    plan_clock_on: date | None = None

    @property
    def settled(self) -> bool:
        """Whether nothing is left to do: waived, discharged, superseded or lapsed."""
        return self.state in SETTLED

    @property
    def standing(self) -> State:
        """The state without `overdue` (then `booked`, `waiting` or `open`), so that a stored row can be compared with today."""
        if self.state is not State.OVERDUE:
            return self.state
        return State.BOOKED if self.booked_by else State.OPEN


@dataclass(frozen=True, slots=True)
class Step:
    """Something due around a visit (or, from `plan_steps`, around an action plan). `step` and `recipient` together name it.

    `owner` is `la_representative`, `provider`, `sqao`, `manager`, `la_representative_or_sqao`, or the recipient of a comment.
    """

    step: str
    clause: str
    owner: str
    recipient: str | None
    clock_event: str
    clock_on: date | None
    due_on: date | None
    done_on: date | None
    state: StepState
    in_time: bool | None
    short_notice: bool
    version: str
    version_title: str

    @property
    def standing(self) -> StepState:
        """The state without `overdue` (then `open`), so that a stored row can be compared with today."""
        return StepState.OPEN if self.state is StepState.OVERDUE else self.state


@dataclass(frozen=True, slots=True)
class VisitSteps:
    """The steps of one visit, in the order of the guidance."""

    id: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What is owed and when: requirements by due date (those without one last), then id; visits in the order of the facts."""

    requirements: tuple[Requirement, ...]
    visits: tuple[VisitSteps, ...]

    def as_json(self) -> dict[str, object]:
        """The answer in the shape of the contract, ready for `json.dumps`."""
        return {
            "requirements": [_requirement_as_json(requirement) for requirement in self.requirements],
            "visits": [
                {"id": visit.id, "steps": [_step_as_json(step) for step in visit.steps]} for visit in self.visits
            ],
        }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _requirement_as_json(requirement: Requirement) -> dict[str, object]:
    return {
        "id": requirement.id,
        "kind": requirement.kind,
        "clause": requirement.clause,
        "clock": {"event": requirement.clock_event, "on": _iso(requirement.clock_on)},
        "ideal_by": _iso(requirement.ideal_by),
        "due_on": _iso(requirement.due_on),
        "escalate_on": _iso(requirement.escalate_on),
        "state": requirement.state,
        "discharged_by": requirement.discharged_by,
        "booked_by": requirement.booked_by,
        "in_time": requirement.in_time,
        "fallback": requirement.fallback,
    }


def _step_as_json(step: Step) -> dict[str, object]:
    return {
        "step": step.step,
        "clause": step.clause,
        "owner": step.owner,
        "recipient": step.recipient,
        "clock": {"event": step.clock_event, "on": _iso(step.clock_on)},
        "due_on": _iso(step.due_on),
        "done_on": _iso(step.done_on),
        "state": step.state,
        "in_time": step.in_time,
        "short_notice": step.short_notice,
    }
