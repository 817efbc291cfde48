"""Which clause a requirement follows, what starts its clock, and on which day."""

from dataclasses import dataclass
from datetime import date

from wellplaced.guidance.facts import GRADED, NEEDS_ACTION_PLAN, Concern, Judgement, Placement, Visit
from wellplaced.guidance.reckoning import Reckoning

PLACEMENT_STARTS = "placement_starts"
JUDGEMENT_PUBLISHED = "judgement_published"
ACTION_PLAN_RECEIVED = "action_plan_received"
VISIT_HELD = "visit_held"
CONTRACT_STARTS = "contract_starts"
CONCERN_RAISED = "concern_raised"

# Which timeframe counts each clause's visit.
TIMEFRAME_OF = {
    "C3": "initial_visit",
    "C5": "annual_visit",
    "C6": "concern_visit",
    "C7": "judged_good_or_outstanding",
    "C8": "judged_inadequate_or_requires_improvement",
    "C9": "initial_visit_supported_accommodation",
}


@dataclass(frozen=True, slots=True)
class Clock:
    """The clause that holds, the event and, where it is known, its day; for C7 and C8 the judgement that decides.

    `plan_from` is the day from which R14 counts while the action plan of C8 does not arrive.
    """

    clause: str
    event: str
    on: date | None
    deciding: Judgement | None = None
    plan_from: date | None = None


def of_initial(reckoning: Reckoning, placement: Placement) -> Clock:
    """C9, C3, or by the deciding judgement C7 or C8 (R2)."""
    record = reckoning.record
    if record.is_supported_accommodation:
        return Clock("C9", PLACEMENT_STARTS, placement.starts_on)
    judgement = (
        record.deciding_judgement(placement)
        if record.follows_judgements and reckoning.takes("R2", "specific")
        else None
    )
    if judgement is None or judgement.outcome not in GRADED:
        return Clock("C3", PLACEMENT_STARTS, placement.starts_on)
    is_later = judgement.published_on > placement.starts_on
    base = judgement.published_on if is_later else placement.starts_on
    if judgement.outcome not in NEEDS_ACTION_PLAN:
        return Clock("C7", JUDGEMENT_PUBLISHED if is_later else PLACEMENT_STARTS, base, judgement)
    received = judgement.action_plan_received_on
    if received is not None and received < placement.starts_on:
        return Clock("C8", PLACEMENT_STARTS, placement.starts_on, judgement, base)
    return Clock("C8", ACTION_PLAN_RECEIVED, received, judgement, base)


def of_judgement(judgement: Judgement) -> Clock:
    """C7 from the publication, C8 from the receipt of the action plan (R3)."""
    if judgement.outcome not in NEEDS_ACTION_PLAN:
        return Clock("C7", JUDGEMENT_PUBLISHED, judgement.published_on, judgement)
    return Clock("C8", ACTION_PLAN_RECEIVED, judgement.action_plan_received_on, judgement, judgement.published_on)


def of_annual(visit: Visit) -> Clock:
    """C5 from the visit that counted."""
    return Clock("C5", VISIT_HELD, visit.visit_on)


def of_contract(starts_on: date) -> Clock:
    """C5 from the start of the contract (R6)."""
    return Clock("C5", CONTRACT_STARTS, starts_on)


def of_concern(concern: Concern) -> Clock:
    """C6 from the day on which the concern was raised."""
    return Clock("C6", CONCERN_RAISED, concern.raised_on)
