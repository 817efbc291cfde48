"""The columns of the list of all steps of all visits; each row comes with its visit, provision and recipient's name."""

from datetime import date
from typing import Any

from django.db.models import Case, CharField, OuterRef, Q, Subquery, When

from wellplaced.design.lists import Column
from wellplaced.design.tags import Link, state_tag
from wellplaced.design.words import short_day
from wellplaced.monitoring.columns import PLACE, URN, Closed, place_text
from wellplaced.monitoring.models import StepRecord, StepState
from wellplaced.monitoring.pages import steps as say
from wellplaced.monitoring.recipients import recipients_for
from wellplaced.monitoring.words import STEP_NAMES
from wellplaced.people.models import Person


def with_recipient(rows: Any, person: Person) -> Any:
    """Steps with `recipient_name`, of comment_received alone, and what was recorded: `set_aside_because`."""
    named = recipients_for(person).filter(visit=OuterRef("visit"), key=OuterRef("recipient"))
    recorded = StepRecord.objects.filter(visit=OuterRef("visit"), step=OuterRef("step"))
    name, because = Subquery(named.values("shown_name")[:1]), Subquery(recorded.values("set_aside_because")[:1])
    return rows.annotate(
        recipient_name=Case(When(~Q(recipient=""), then=name), output_field=CharField()),
        set_aside_because=Case(When(state=StepState.SET_ASIDE, then=because), output_field=CharField()),
    )


def step_columns(today: date, closed: Closed) -> tuple[Column, ...]:
    """Steps of visits: what, where, whose, by when, how it stands."""
    return (
        Column(
            "step",
            "Step",
            sort="position",
            cell=lambda row: Link(_title(row), row.get_absolute_url(), f"at {place_text(row)}"),
            csv=lambda row: STEP_NAMES[row.step].name,
        ),
        PLACE,
        Column(
            "visit_on",
            "Visit",
            sort="visit__visit_on",
            cell=lambda row: Link(short_day(row.visit.visit_on), row.visit.get_absolute_url(), "visit"),
            csv=lambda row: row.visit.visit_on,
        ),
        Column("whose", "Whose it is", sort="owner", cell=_whose),
        Column(
            "due_on",
            "Due",
            sort="due_on",
            nulls_last=True,
            cell=lambda row: say.due_of(row, today, closed) or "No date yet",
            csv=lambda row: row.due_on,
        ),
        Column(
            "state",
            "State",
            sort="state",
            cell=lambda row: state_tag("overdue") if row.is_overdue(today) else say.tag_of(row, today),
            csv=lambda row: "Overdue" if row.is_overdue(today) else row.get_state_display(),
        ),
        Column("done_on", "Done on", sort="done_on", nulls_last=True, cell=lambda row: short_day(row.done_on),
               csv=lambda row: row.done_on),
        *IN_THE_FILE,
    )  # fmt: skip


def _title(row: Any) -> str:
    return f"Comment of {row.recipient_name}" if row.recipient_name else say.title_of(row)


def _whose(row: Any) -> str:
    return str(row.recipient_name or say.owner_of(row, row.visit))


# What the download of all visits with their steps says besides
IN_THE_FILE = (
    Column("in_time", "In time", csv_only=True),
    Column("short_notice", "Short notice", csv_only=True),
    Column("short_notice_because", "Short notice because", csv_only=True,
           cell=lambda row: row.visit.short_notice_because if row.short_notice else ""),
    Column("set_aside_because", "Set aside because", csv_only=True),
    Column("clause", "Clause", csv_only=True),
    Column("clock_event", "Clock", csv_only=True),
    Column("clock_on", "Clock started", csv_only=True),
    Column("visit_state", "State of the visit", csv_only=True, cell=lambda row: row.visit.get_state_display()),
    Column("booked_on", "Booked on", csv_only=True, cell=lambda row: row.visit.booked_on),
    Column("officer", "Officer", csv_only=True, cell=lambda row: row.visit.by_whom),
    Column("reviewer", "Senior officer", csv_only=True,
           cell=lambda row: row.visit.reviewer.name if row.visit.reviewer else ""),
    Column("closed_on", "Closed on", csv_only=True, cell=lambda row: row.visit.closed_on),
    Column("type", "Type of provision", csv_only=True, cell=lambda row: row.provision.get_type_display()),
    URN,
    Column("version", "Version of the timeframes", csv_only=True),
    Column("visit", "Visit’s number", csv_only=True, cell=lambda row: row.visit_id),
    Column("code", "Step’s name", csv_only=True, cell=str),
)  # fmt: skip
