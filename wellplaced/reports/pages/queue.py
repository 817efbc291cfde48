"""The senior officer's queue: every report under review, with its state, its reviewer and its due date, asked in SQL."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, Case, CharField, DateField, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from markupsafe import Markup

from wellplaced.design.lists import Column
from wellplaced.design.tags import Due, Link, Tag
from wellplaced.design.words import plural
from wellplaced.monitoring.columns import PLACE, URN, Closed, act_by, at_place, place_text
from wellplaced.monitoring.models import Step, Task, Visit, VisitState
from wellplaced.monitoring.models.owed import StepState
from wellplaced.people.models import Person
from wellplaced.people.rights import Role
from wellplaced.reports.models import Report, ReportState, Round

TO_RETURN, TASKS, AGAIN, EXPECTED = "to_return", "tasks", "again", "expected"
STANDINGS = {
    TO_RETURN: ("To be returned", "blue"),
    TASKS: ("Returned with tasks", "amber"),
    AGAIN: ("Tasks done, to come again", "purple"),
    EXPECTED: ("Not sent yet", "grey"),
}
STEP_OF = {TO_RETURN: "report_returned", TASKS: "actions_completed", EXPECTED: "report_submitted"}


def queue_of(person: Person) -> Any:
    """Visits whose report is under review or still expected, each with `standing`, `due_on`, `round_number`, `reviewer_now`.

    `counted_on` is the day that the visit's step gives, None in a later round, whose own day is `due_on` then.
    """
    report = Report.objects.filter(visit=OuterRef("pk"))
    sent = Round.objects.filter(visit=OuterRef("pk"), outcome="")
    held = Visit.objects.seen_by(person).filter(state=VisitState.HELD, closed_on=None)
    rows = held.filter(pk__in=_under_review(person)).annotate(
        report_state=Subquery(report.values("state")[:1]),
        round_number=Subquery(sent.values("number")[:1]),
        submitted_on=Subquery(sent.values("submitted_on")[:1]),
        reviewer_now=Coalesce(
            Subquery(sent.values("reviewer_id")[:1]), F("reviewer_id"), output_field=BigIntegerField()
        ),
        reviewer_name=Coalesce(Subquery(sent.values("reviewer__name")[:1]), F("reviewer__name")),
    )
    rows = rows.annotate(standing=_standing(sent)).exclude(standing="")
    return at_place(rows.annotate(counted_on=_counted_on()).annotate(due_on=_due_on(sent)).select_related("officer"))


def _under_review(person: Person) -> list[int]:
    """The few visits to look at more closely, by number and found by indexes, so that no database looks at all of them."""
    steps = Step.objects.seen_by(person).filter(state=StepState.OPEN, step__in=STEP_OF.values())
    reports = Report.objects.seen_by(person).filter(state__in=[ReportState.ACTIONS_NEEDED, ReportState.ACTIONS_DONE])
    sent = Round.objects.seen_by(person).filter(outcome="")
    found = [each.order_by().values_list("visit_id", flat=True) for each in (steps, reports, sent)]
    return list(found[0].union(*found[1:]))


def _open(step: str) -> Any:
    return Step.objects.filter(visit=OuterRef("pk"), step=step, state=StepState.OPEN)


def _standing(sent: Any) -> Case:
    return Case(
        When(Exists(sent) | Exists(_open("report_returned")), then=Value(TO_RETURN)),
        When(report_state=ReportState.ACTIONS_NEEDED, then=Value(TASKS)),
        When(report_state=ReportState.ACTIONS_DONE, then=Value(AGAIN)),
        When(Exists(_open("report_submitted")), then=Value(EXPECTED)),
        default=Value(""),
        output_field=CharField(),
    )


def _counted_on() -> Case:
    """The due date of the step that the report waits for, where that step is open."""
    return Case(
        *(When(standing=each, then=Subquery(_open(step).values("due_on")[:1])) for each, step in STEP_OF.items()),
        default=None,
        output_field=DateField(),
    )


def _due_on(sent: Any) -> Coalesce:
    """The step's day, else that of the later round, else that of its first task."""
    tasks = Task.objects.filter(visit=OuterRef("pk"), done_on=None, rounds__isnull=False).order_by("due_on")
    return Coalesce(
        F("counted_on"),
        Case(
            When(standing=TO_RETURN, then=Subquery(sent.values("due_on")[:1])),
            When(standing=TASKS, then=Subquery(tasks.values("due_on")[:1])),
            default=None,
            output_field=DateField(),
        ),
    )


def state_of(row: Any) -> Any:
    """The state's tag; which round it is where the report comes again."""
    tag = Tag(*STANDINGS[row.standing])
    is_again = row.round_number is not None and row.round_number > 1
    return Markup('{}<span class="wp-table__aside">Round {}</span>').format(tag, row.round_number) if is_again else tag


def days_left(row: Any, today: date) -> str:
    """'2 days late', 'today', '3 days left'; nothing where there is no date."""
    if row.due_on is None:
        return ""
    days = (row.due_on - today).days
    if days == 0:
        return "Today"
    return f"{plural(days, 'day')} left" if days > 0 else f"{plural(-days, 'day')} late"


def _left(row: Any, today: date) -> Any:
    words = days_left(row, today)
    return Tag(words, "red") if words.endswith("late") else words


def _due(row: Any, today: date, closed: Closed) -> Due:
    why = reverse("monitoring:step", args=[row.pk, STEP_OF[row.standing]]) if row.counted_on else ""
    return Due(on=row.due_on, why=why, what=f"report, {place_text(row)}", act_by=act_by(row.due_on, today, closed))


def queue_columns(today: date, closed: Closed) -> tuple[Column, ...]:
    """The columns of the queue."""
    return (
        Column(
            "report",
            "Report",
            cell=lambda row: Link(str(row), reverse("reports:report", args=[row.pk]), f"to {place_text(row)}"),
            sort="visit_on",
        ),
        PLACE,
        Column("by", "Visit by", sort="officer__name", nulls_last=True, cell=lambda row: row.by_whom),
        Column(
            "due_on",
            "Due",
            sort="due_on",
            nulls_last=True,
            cell=lambda row: _due(row, today, closed),
            csv=lambda row: row.due_on,
        ),
        Column("left", "Time left", cell=lambda row: _left(row, today)),
        Column("standing", "State", sort="standing", cell=state_of, csv=lambda row: STANDINGS[row.standing][0]),
        Column(
            "reviewer",
            "Reviewer",
            sort="reviewer_name",
            nulls_last=True,
            cell=lambda row: row.reviewer_name or "Nobody yet",
        ),
        Column("round_number", "Round", csv_only=True),
        Column("submitted_on", "Sent on", csv_only=True),
        Column("visit_on", "Day of the visit", csv_only=True),
        URN,
    )


def mine(person: Person, covered: Sequence[int]) -> Q:
    """Reports to be reviewed by the person and by those for whom they act."""
    return Q(reviewer_now__in=[person.pk, *covered])


def unclaimed(person: Person) -> Q:
    """Reports for which nobody is named, or somebody who is no senior officer any more; never those of the person's visits."""
    seniors = Person.objects.seen_by(person).holding(Role.SENIOR_OFFICER).values("pk")
    return (Q(reviewer_now=None) | ~Q(reviewer_now__in=seniors)) & ~Q(officer_id=person.pk)
