"""The facts that the timeframes are counted from: what happened, in the words of the contract."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class ProvisionType(StrEnum):
    """The four types of provision (C1)."""

    RESIDENTIAL = "residential"
    IFA = "ifa"
    SUPPORTED_ACCOMMODATION = "supported_accommodation"
    SEN = "sen"


class Outcome(StrEnum):
    """What Ofsted published. The first four are graded (C7, C8); the others start no clock of their own."""

    OUTSTANDING = "outstanding"
    GOOD = "good"
    REQUIRES_IMPROVEMENT = "requires_improvement"
    INADEQUATE = "inadequate"
    CONSISTENTLY_STRONG = "consistently_strong"
    INCONSISTENT = "inconsistent"
    SERIOUS_WEAKNESSES = "serious_weaknesses"
    NOT_JUDGED = "not_judged"


GRADED = frozenset({Outcome.OUTSTANDING, Outcome.GOOD, Outcome.REQUIRES_IMPROVEMENT, Outcome.INADEQUATE})
NEEDS_ACTION_PLAN = frozenset({Outcome.REQUIRES_IMPROVEMENT, Outcome.INADEQUATE})


@dataclass(frozen=True, slots=True)
class Judgement:
    """An Ofsted judgement as this authority knows it, with its own request for the action plan (C8)."""

    id: str
    outcome: str
    published_on: date
    action_plan_requested_on: date | None = None
    action_plan_received_on: date | None = None


@dataclass(frozen=True, slots=True)
class Placement:
    """A placement; current from `starts_on` to `ends_on`, both included. A cancelled one never began."""

    id: str
    starts_on: date
    ends_on: date | None = None
    premises: str | None = None
    cancelled: bool = False

    def is_current(self, on: date) -> bool:
        """Whether the young person is placed on this day."""
        return not self.cancelled and self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)


@dataclass(frozen=True, slots=True)
class Concern:
    """A concern that was raised about the provision (C6)."""

    id: str
    raised_on: date


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit, booked or held, the requirements that it is to discharge, and what was done around it.

    `discharges` holds requirement ids such as `initial:p1`. `done` maps a step's id to the day on which it was done,
    `comments` a recipient to the day of the answer. `premises` are those seen (supported accommodation).
    """

    id: str
    booked_on: date
    visit_on: date
    held: bool = False
    premises: tuple[str, ...] = ()
    discharges: tuple[str, ...] = ()
    whole_form: bool = False
    questionnaires_left: int | None = None
    actions_named: int | None = None
    recipients: tuple[str, ...] = ()
    done: Mapping[str, date] = field(default_factory=dict)
    set_aside: tuple[str, ...] = ()
    comments: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known of one provision, seen from one authority, on the day `today`.

    Shape and limits are those of the timeframes contract; `reading.check` refuses facts that cannot be.
    `other_la_checks` and `waivers` hold requirement ids. Judgements of one day stand in the order of publication.
    """

    today: date
    provision_type: str
    under_contract_from: date | None = None
    judgements: tuple[Judgement, ...] = ()
    placements: tuple[Placement, ...] = ()
    concerns: tuple[Concern, ...] = ()
    visits: tuple[Visit, ...] = ()
    other_la_checks: tuple[str, ...] = ()
    waivers: tuple[str, ...] = ()
