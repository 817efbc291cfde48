"""Closing a visit: what is still open, and what becomes of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from wellplaced.design.tags import Link
from wellplaced.design.words import day, plural
from wellplaced.monitoring.models import Step, Task, Visit
from wellplaced.monitoring.sight import Sight
from wellplaced.monitoring.words import STEP_NAMES
from wellplaced.people.models import Person
from wellplaced.reports.actions.closing import refusal_to_close, steps_left
from wellplaced.reports.models import Report, ReportState
from wellplaced.reports.moves import may_move
from wellplaced.reports.pages.comments import name_of
from wellplaced.reports.uploading import targets_of


@dataclass(frozen=True)
class ClosePage:
    """What the page lists before a visit is closed. `refused`: why it cannot be closed now."""

    visit: Visit
    refused: str
    left: Sequence[str]
    silent: Sequence[str]
    unanswered: str
    tasks: Sequence[Task]
    mosaic: Link | None


def close_page(visit: Visit, person: Person, today: date) -> ClosePage:
    """Everything that is still open about a visit."""
    report = Report.objects.seen_by(person).filter(visit=visit).first()
    state = report.state if report else ReportState.DRAFTING
    left = steps_left(visit)
    missing = sum(not each.is_recorded for each in targets_of(visit))
    href = reverse("reports:mosaic", args=[visit.pk])
    return ClosePage(
        visit=visit,
        refused=_refused(visit, state) or refusal_to_close(visit, left, person, today),
        left=[_step(each, today) for each in left],
        silent=_silent(visit, person),
        unanswered=_unanswered(visit),
        tasks=list(Task.objects.seen_by(person).filter(visit=visit, done_on=None)),
        mosaic=Link(f"{plural(missing, 'record')} on Mosaic still missing", href) if missing else None,
    )


def _refused(visit: Visit, state: str) -> str:
    if visit.state != "held":
        return "Only a visit that took place is closed."
    if not may_move(state, "close"):
        return (
            "The report is with the senior officer. Wait for its return, or take it back, before you close the visit."
        )
    return ""


def _step(step: Step, today: date) -> str:
    due = ""
    if step.due_on is not None:
        due = f", was due on {day(step.due_on)}" if step.due_on < today else f", due on {day(step.due_on)}"
    return f"{STEP_NAMES[step.step].to_do}{due}"


def _silent(visit: Visit, person: Person) -> list[str]:
    sight = Sight.of(person)
    waited_for = visit.recipients.filter(answered_on=None, left_out_because="").prefetch_related("young_people")
    if not visit.step_records.filter(step="sent_for_comment", done_on__isnull=False).exists():
        return []
    return [f"{name_of(each, sight)} has not answered" for each in waited_for]


def _unanswered(visit: Visit) -> str:
    count = visit.comments.filter(kind="comment", reply="", taken_back_because="").count()
    return f"{plural(count, 'comment')} without a reply" if count else ""
