"""The page of one visit: the next step first, who, where and why, the line of its steps, and what stands around it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import NoReverseMatch, reverse

from wellplaced.design.tags import Link, Tag
from wellplaced.design.words import day, weekday_day
from wellplaced.desk.pages.visit_sections import Section, sections
from wellplaced.desk.pages.visit_steps import StepsPart, steps_part
from wellplaced.desk.queries.visit import Found
from wellplaced.monitoring.actions.moves import may_move
from wellplaced.monitoring.columns import state_of, visit_state
from wellplaced.monitoring.models import Requirement, Visit, VisitState
from wellplaced.monitoring.pages.checklist import premises_rows
from wellplaced.monitoring.pages.last_time import LastTime, last_time
from wellplaced.monitoring.pages.requirement import NEEDS_CHECK, Action, sentence
from wellplaced.monitoring.pages.step import is_live
from wellplaced.monitoring.past import clock_time
from wellplaced.monitoring.timeframes import closed_days_for
from wellplaced.people.approvals import approval_problem
from wellplaced.people.models import Person
from wellplaced.people.rights import Permission

WITH_STEPS = (VisitState.BOOKED, VisitState.HELD)
REPORT_COLOURS = {"drafting": "blue", "actions_needed": "amber", "closed": "green", "agreed": "green"}


@dataclass(frozen=True)
class Named:
    """A requirement that the visit is to discharge."""

    what: Link
    state: Tag
    sentence: str


@dataclass(frozen=True)
class VisitPage:
    """What the template prints. `checks` leads to C4's check where an initial visit is booked late."""

    visit: Visit
    state: Tag
    report: Tag | None
    sentence: str
    refused: str  # why its officer cannot make it any more (C11); empty where they can
    about: str
    rows: Sequence[tuple[Any, ...]]
    steps: StepsPart | None
    named: Sequence[Named]
    primary: Action | None
    others: Sequence[Action]
    check: Action | None
    sections: Sequence[Section]
    may_record: bool
    last_time: LastTime | None

    @property
    def contents(self) -> list[Link]:
        """Links to the parts that this visit's page has."""
        steps = self.steps and (self.steps.counted or self.steps.settled)
        return [
            *([Link("Steps", "#steps")] if steps else []),
            Link("Who, where and why", "#about"),
            *([Link("Around the visit", "#around")] if self.sections else []),
            *([Link("Last time", "#last-time")] if self.last_time else []),
        ]


def visit_page(found: Found, person: Person, today: date) -> VisitPage:
    """Everything that the page says about one visit."""
    visit, sight = found.visit, found.sight
    is_worked_on = visit.state in WITH_STEPS and not visit.loaded
    has_steps = is_worked_on or visit.state == VisitState.NOT_HELD
    before = last_time(visit, person, today) if is_worked_on else None
    steps = steps_part(found, person, today, closed_days_for(visit.authority_id)) if has_steps else None
    primary, others = _actions(visit, person, today, steps)
    return VisitPage(
        visit=visit,
        state=visit_state(visit, today),
        report=_report(visit),
        sentence=_sentence(visit, today),
        refused=_refused(visit),
        about=_about(visit),
        rows=_rows(found, person, before),
        steps=steps,
        named=[
            Named(Link(sight.title(each), each.get_absolute_url()), state_of(each, today), sentence(each, today))
            for each in found.owed
        ],
        primary=primary,
        others=others,
        check=_check(found.owed, person),
        sections=sections(found, sight, today),
        may_record=is_live(visit) and person.may(Permission.RECORD_STEP),
        last_time=before,
    )


def _report(visit: Any) -> Tag | None:
    report = getattr(visit, "report", None)
    if report is None:
        return None
    return Tag(f"Report: {report.get_state_display().lower()}", REPORT_COLOURS.get(report.state, "purple"))


def _sentence(visit: Visit, today: date) -> str:
    """What is particular about how the visit stands."""
    if visit.loaded:
        return "It came in from a file at going live: nobody owes its steps."
    if visit.closed_on:
        return f"Closed on {day(visit.closed_on)}."
    match visit.state:
        case VisitState.PROPOSED:
            return "The provider has not confirmed the day yet. Its steps start once the visit is confirmed."
        case VisitState.BOOKED if visit.visit_on < today:
            return "The day is past, and nobody has recorded whether the visit took place."
        case VisitState.BOOKED if visit.visit_on > today:
            return "From that day on, you record on this page whether it took place."
    return ""


def _refused(visit: Visit) -> str:
    """An approval that ended, or a leaver, after the booking: said here, and not only when the visit is recorded."""
    if visit.officer is None or visit.state not in (VisitState.PROPOSED, VisitState.BOOKED):
        return ""
    return approval_problem(visit.officer, visit.provision.type, visit.visit_on)


def _about(visit: Visit) -> str:
    """Who and when, in one line."""
    at = f" at {clock_time(visit.visit_at)}" if visit.visit_at else ""
    reviewer = f", reviewed by {visit.reviewer.name}" if visit.reviewer else ""
    return f"{weekday_day(visit.visit_on)}{at}, {visit.by_whom}{reviewer}."


def _rows(found: Found, person: Person, before: LastTime | None) -> list[tuple[Any, ...]]:
    visit = found.visit
    is_short = visit.is_announced and any(step.short_notice for step in found.steps)  # nobody is given notice else
    rows: list[tuple[Any, ...]] = [
        ("Where", Link(visit.provision.known_as, visit.provision.get_absolute_url())),
        ("Officer", visit.by_whom),
        ("Senior officer who reviews", _reviewer(visit), *_choose(visit, person)),
        ("Proposed on" if visit.state == VisitState.PROPOSED else "Booked on", day(visit.booked_on)),
        ("Short notice because", visit.short_notice_because or ("No reason recorded" if is_short else "")),
        ("Announced", "Yes" if visit.is_announced else f"No: {visit.unannounced_because}"),
        ("Earlier dates", _earlier(found)),
        ("First or subsequent", _which(before)),
        ("Premises", [f"{which}: {stands.lower()}" for which, stands in premises_rows(visit)]),
        ("Covered the whole form", "Yes" if visit.whole_form else ""),
        ("Booked past its due date because", visit.late_because),
        (
            "Why it did not take place",
            visit.state_because if visit.state in (VisitState.NOT_HELD, VisitState.CANCELLED) else "",
        ),
        ("Note", visit.note),
        ("Comes from", "A file loaded at going live" if visit.loaded else ""),
    ]
    return [row for row in rows if row[1]]


def _which(before: LastTime | None) -> Link | str:
    """C10: the first monitoring asks for everything; a later one looks at what changed."""
    if before is None:
        return ""
    return "The first visit here" if before.is_first else Link("A subsequent visit: see last time", "#last-time")


def _reviewer(visit: Visit) -> str:
    if visit.reviewer:
        return visit.reviewer.name
    return "" if visit.loaded or visit.state == VisitState.CANCELLED else "Nobody chosen yet"


def _choose(visit: Visit, person: Person) -> list[Link]:
    address = _address("choose_reviewer", visit)
    if not address or not may_move(visit, "choose_reviewer") or not person.may(Permission.BOOK_VISIT):
        return []
    return [Link("Change" if visit.reviewer else "Choose", address, "the senior officer who reviews")]


def _earlier(found: Found) -> str:
    """Every day for which the visit was booked before, with why it was moved."""
    moved = []
    for event in found.events:
        before, after = event.changes.get("visit_on", (None, None))
        if before and before != after:
            moved.append(f"{day(date.fromisoformat(before))}{': ' + event.reason if event.reason else ''}")
    return "; ".join(moved)


def _actions(visit: Visit, person: Person, today: date, steps: StepsPart | None) -> tuple[Action | None, list[Action]]:
    """What is done with the visit as a whole: the one thing that is due, unless its steps say it, and what else may be."""
    if not person.may(Permission.BOOK_VISIT):
        return None, []
    if visit.state == VisitState.CANCELLED:
        return Action("Book another visit", reverse("monitoring:book_visit", args=[visit.provision_id])), []
    is_to_come = visit.state == VisitState.BOOKED and visit.visit_on > today
    offered = TO_COME if is_to_come else OFFERED[VisitState(visit.state)]
    found = [Action(text, _address(name, visit)) for name, move, text in offered if may_move(visit, move)]
    found = [each for each in found if each.href]
    if visit.state in WITH_STEPS:
        is_day = visit.state == VisitState.BOOKED and not is_to_come
        if is_day and not (steps and steps.next):  # where no step says so, such as one that is not counted
            return Action("Record that it took place", _address("hold_visit", visit)), found
        closing = _closing(visit, person) if steps else None
        is_due = closing and steps and steps.waits_for_closing and visit.closed_on is None
        return (closing, found) if is_due else (None, [*found, *([closing] if closing else [])])
    return (found[0], found[1:]) if found else (None, [])


# What may be done with a visit, by its state: (address, move, words). The steps of a booked visit say that it is its day.
REBOOK, CANCEL, NOT_HELD = "rebook_visit", "cancel_visit", "visit_not_held"
PLAN = ("plan_visit", "plan", "Change what it is for")
TO_COME = (
    (REBOOK, "rebook", "Move it to another day"),
    PLAN,
    (CANCEL, "cancel", "Cancel it"),
    ("nearby", "rebook", "What else is owed nearby"),
)
OFFERED = {
    VisitState.PROPOSED: (
        ("confirm_visit", "confirm", "Confirm the visit"),
        (REBOOK, "rebook", "Propose another day"),
        PLAN,
        (CANCEL, "cancel", "Cancel it"),
    ),
    VisitState.BOOKED: (
        ("checklist", "hold", "Checklist of the day"),
        (NOT_HELD, "not_held", "It did not take place"),
        (REBOOK, "rebook", "Move it"),
        PLAN,
        (CANCEL, "cancel", "Cancel it"),
    ),
    VisitState.HELD: (
        ("correct_visit", "correct", "Correct this visit"),
        (NOT_HELD, "not_held", "It did not take place"),
    ),
    VisitState.NOT_HELD: (
        (REBOOK, "rebook", "Book another day"),
        ("hold_visit", "hold", "It took place after all"),
        PLAN,
    ),
}


def _closing(visit: Visit, person: Person) -> Action | None:
    """C23: the end of a visit that was held; or opening it again."""
    if visit.closed_on:
        reopen = Action("Reopen the visit", reverse("reports:reopen", args=[visit.pk]))
        return reopen if person.may(Permission.REOPEN_VISIT) else None
    if visit.state != VisitState.HELD or not person.may(Permission.RECORD_STEP):
        return None
    return Action("Close the visit", reverse("reports:close", args=[visit.pk]))


def _address(name: str, visit: Visit) -> str:
    try:
        return reverse(f"monitoring:{name}", args=[visit.pk])
    except NoReverseMatch:
        return ""


def _check(owed: Sequence[Requirement], person: Person) -> Action | None:
    late = next((each for each in owed if each.fallback == NEEDS_CHECK), None)
    if late is None or not person.may(Permission.CHECK_OTHER_AUTHORITIES):
        return None
    return Action("Ask about other authorities", reverse("monitoring:check", args=[late.provision_id, late.key]))
