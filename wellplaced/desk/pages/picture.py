"""The timeline of a provision: judgements, placements, visits and their steps, what was owed, concerns, around today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wellplaced.design.timeline import Lane, Mark, Span, Timeline
from wellplaced.design.words import short_day
from wellplaced.desk.pages import sentences as say
from wellplaced.monitoring.models import Concern, Requirement, Step, Visit, VisitState
from wellplaced.monitoring.sight import months_before
from wellplaced.monitoring.words import KINDS, STEP_NAMES
from wellplaced.placements.models import Placement
from wellplaced.register.models import Judgement

MONTHS_BACK, MONTHS_AHEAD = 18, 3
VISIT_COLOURS = {
    VisitState.HELD: "green",
    VisitState.BOOKED: "blue",
    VisitState.PROPOSED: "amber",
    VisitState.NOT_HELD: "grey",
}
LEGEND = (
    ("diamond", "purple", "Ofsted’s judgement"),
    ("circle", "green", "Visit held, or step done in time"),
    ("circle", "red", "Step done late"),
    ("circle", "blue", "Visit booked"),
    ("circle", "amber", "Visit proposed"),
    ("circle", "grey", "Visit that could not be held"),
    ("triangle", "red", "Visit or step that was due on this day, and is overdue"),
    ("triangle", "amber", "Visit or step due on this day"),
    ("triangle", "grey", "Was due on this day, and is settled"),
    ("square", "red", "Concern raised"),
)


@dataclass(frozen=True, kw_only=True)
class Found:
    """What was read of a provision, each kind newest first."""

    placements: Sequence[Placement]
    requirements: Sequence[Requirement]
    concerns: Sequence[Concern]
    visits: Sequence[Visit]
    steps: Sequence[Step]
    judgements: Sequence[Judgement]


def picture_starts(today: date) -> date:
    return months_before(today, MONTHS_BACK)


def picture(found: Found, today: date) -> Timeline:
    """One lane for each kind, from 18 months back to 3 months ahead; what lies outside is left out of the table too.

    What is still owed is drawn last, so that nothing settled of the same day hides it.
    """
    start, end = picture_starts(today), months_before(today, -MONTHS_AHEAD)
    lanes = [
        _lane("Judgements", [_judgement(row) for row in found.judgements], start, end),
        Lane("Placements", spans=_placements(found.placements, start, end)),
        _lane("Owed", [_owed(row, today) for row in reversed(found.requirements) if row.due_on], start, end),
        _lane("Visits", [_visit(row) for row in found.visits if row.state != VisitState.CANCELLED], start, end),
        _lane("Steps of visits", [_step(row, today) for row in found.steps], start, end),
        _lane("Concerns", [_concern(row) for row in found.concerns], start, end),
    ]
    return Timeline("What happened here, and what is to come", start, end, today, lanes)


def _lane(label: str, marks: Sequence[Mark], start: date, end: date) -> Lane:
    return Lane(label, marks=[mark for mark in marks if start <= mark.on <= end])


def _judgement(row: Judgement) -> Mark:
    return Mark(row.published_on, row.get_outcome_display(), "purple", "diamond")


def _placements(rows: Sequence[Placement], start: date, end: date) -> list[Span]:
    return [
        Span(row.starts_on, row.ends_on, _placed(row), "blue")
        for row in rows
        if not row.cancelled and row.starts_on <= end and (row.ends_on is None or row.ends_on >= start)
    ]


def _placed(row: Placement) -> str:
    who = say.who(row.young_person, row.seen)  # type: ignore[attr-defined]
    return f"{who[:1].upper()}{who[1:]}, {row.premises.label}" if row.premises else f"{who[:1].upper()}{who[1:]}"


def _owed(row: Requirement, today: date) -> Mark:
    due_on = row.due_on or today
    if row.is_overdue(today):
        return Mark(due_on, f"{KINDS[row.kind]} due, overdue", "red", "triangle")
    if row.still:  # type: ignore[attr-defined]
        return Mark(due_on, f"{KINDS[row.kind]} due", "amber", "triangle")
    return Mark(due_on, f"{KINDS[row.kind]} was due: {row.get_state_display().lower()}", "grey", "triangle")


def _visit(row: Visit) -> Mark:
    return Mark(row.visit_on, f"Visit: {row.get_state_display().lower()}", VISIT_COLOURS[VisitState(row.state)])


def _step(row: Step, today: date) -> Mark:
    """Where it was done, else where it is due; what waits has no day yet and is not among the rows."""
    known, of = STEP_NAMES[row.step], f"visit of {short_day(row.visit.visit_on)}"
    if row.done_on:
        late = row.in_time is False
        return Mark(row.done_on, f"{known.done}{', late' if late else ''} ({of})", "red" if late else "green")
    overdue = row.is_overdue(today)
    text = f"{known.name} due{', overdue' if overdue else ''} ({of})"
    return Mark(row.due_on or today, text, "red" if overdue else "amber", "triangle")


def _concern(row: Concern) -> Mark:
    return Mark(row.raised_on, f"Concern raised {row.get_how_display().lower()}", "red", "square")
