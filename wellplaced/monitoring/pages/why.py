"""'Why this date?': the clause and readings in words, the event that started the clock, the count, the version."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from wellplaced import guidance
from wellplaced.design.tags import Link
from wellplaced.design.words import day, weekday_day
from wellplaced.guidance import ActBy, Explanation, Kind, State, Step, StepState
from wellplaced.monitoring.columns import Closed
from wellplaced.monitoring.models import Concern, PlanStep, Requirement, Visit
from wellplaced.monitoring.models import Step as VisitStep
from wellplaced.monitoring.sight import Sight
from wellplaced.monitoring.timeframes import Versions, closed_days_for, versions_for
from wellplaced.monitoring.words import CLOCKS, KINDS
from wellplaced.people.models import Person

CLOCKS_OF_STEPS = {"visit_held": "The visit was held"}  # of the other steps as of the requirements


@dataclass(frozen=True)
class Why:
    """Where one date comes from, in the pieces that the template prints."""

    explanation: Explanation
    due: str
    act_by: ActBy | None
    event: str
    event_on: date | None
    event_link: Link | str
    version: Sequence[tuple[str, Any]]


@dataclass(frozen=True)
class WhyPage:
    """The page of one requirement's date."""

    requirement: Requirement
    heading: str
    why: Why


def why_page(requirement: Requirement, person: Person) -> WhyPage:
    """The pieces of one requirement's date, by the version of the timeframes that counted it."""
    why = _why(
        as_counted(requirement),
        versions_for(requirement.authority_id),
        closed_days_for(requirement.authority_id),
        event=CLOCKS[requirement.clock_event],
        event_link=_event_link(requirement, person),
    )
    return WhyPage(requirement=requirement, heading=KINDS[requirement.kind], why=why)


def why_of_visit_step(step: VisitStep, closed: Closed, event_link: Link | str = "") -> Why:
    """The pieces of the date of one step of a visit, by the version of the timeframes that counted it."""
    event = CLOCKS_OF_STEPS.get(step.clock_event) or CLOCKS[step.clock_event]
    versions = versions_for(step.authority_id)
    if step.clock_event == "report_submitted" and _is_received_next_day(step, versions):
        event = "The senior officer received the report, the day after it was sent,"
    return _why(step_as_counted(step), versions, closed, event=event, event_link=event_link)


def _is_received_next_day(step: VisitStep, versions: Versions) -> bool:
    """R17: counted from the day after the submission; the clock's day is that day."""
    counted = next((each for each in versions if each.number == step.version), versions[-1])
    return counted.choices["R17"] == "next_day"


def _why(
    counted: guidance.Requirement | Step, versions: Versions, closed: Closed, *, event: str, event_link: Link | str
) -> Why:
    explanation = guidance.explain(counted, versions, closed)
    return Why(
        explanation=explanation,
        due=weekday_day(counted.due_on),
        act_by=guidance.act_by(counted.due_on, closed) if counted.due_on else None,
        event=event,
        event_on=counted.clock_on,
        event_link=event_link,
        version=_version(explanation),
    )


def step_as_counted(row: VisitStep) -> Step:
    """A stored step of a visit in the shape that the guidance explains."""
    return Step(
        step=row.step,
        clause=row.clause,
        owner=row.owner,
        recipient=row.recipient or None,
        clock_event=row.clock_event,
        clock_on=row.clock_on,
        due_on=row.due_on,
        done_on=row.done_on,
        state=StepState(row.state),
        in_time=row.in_time,
        short_notice=row.short_notice,
        version=row.version,
        version_title="",
    )


def as_counted(row: Requirement) -> guidance.Requirement:
    """A stored row in the shape that the guidance explains."""
    return guidance.Requirement(
        id=row.key,
        kind=Kind(row.kind),
        clause=row.clause,
        clock_event=row.clock_event,
        clock_on=row.clock_on,
        ideal_by=row.ideal_by,
        due_on=row.due_on,
        escalate_on=row.escalate_on,
        state=State(row.state),
        discharged_by=None,
        booked_by=None,
        in_time=row.in_time,
        fallback=row.fallback or None,
        version=row.version,
        version_title="",
    )


def why_of_step(row: PlanStep, versions: Versions, closed: Closed) -> list[str]:
    """Why a step of R14 is due when it is, as sentences."""
    step = Step(
        step=row.step,
        clause="C8",
        owner="sqao",
        recipient=None,
        clock_event=row.clock_event,
        clock_on=row.clock_on,
        due_on=row.due_on,
        done_on=row.done_on,
        state=StepState.DONE if row.done_on else StepState.OPEN,
        in_time=None,
        short_notice=False,
        version=row.version,
        version_title="",
    )
    found = guidance.explain(step, versions, closed)
    return [
        f"{found.clause}: {found.clause_words}",
        *(f"{reading.id}: {reading.sentence}" for reading in found.readings),
        f"The clock starts when {found.event}: {day(found.clock_on)}.",
        f"{found.count}.",
        f"Counted by version {found.version} of the timeframes.",
    ]


def _event_link(requirement: Requirement, person: Person) -> Link | str:
    """The record of what started the clock."""
    number = requirement.key.partition(":")[2]
    match requirement.clock_event:
        case "placement_starts" if requirement.placement:
            return Sight.of(person).name(requirement.placement.young_person)
        case "judgement_published" | "action_plan_received" if requirement.deciding_judgement:
            judgement = requirement.deciding_judgement
            return Link(str(judgement.get_outcome_display()), reverse("monitoring:action_plan", args=[judgement.pk]))
        case "concern_raised":
            return _link_to(Concern.objects.seen_by(person).filter(pk=number).first())
        case "visit_held":
            return _link_to(Visit.objects.seen_by(person).filter(pk=number).first())
    place = requirement.provision
    return Link(place.known_as, place.get_absolute_url())


def _link_to(record: Concern | Visit | None) -> Link | str:
    return Link(str(record), record.get_absolute_url()) if record else ""


def _version(explanation: Explanation) -> list[tuple[str, Any]]:
    return [
        ("Version", Link(f"{explanation.version}: {explanation.version_title}", reverse("monitoring:timeframes"))),
        ("In force from", day(explanation.in_force_from)),
    ]
