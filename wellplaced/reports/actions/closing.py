"""A visit is closed after its upload (C23), what is left of it set aside with a reason; and opened again with one."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from wellplaced import history
from wellplaced.monitoring.actions import closing
from wellplaced.monitoring.actions.steps import leave_step, take_step_back
from wellplaced.monitoring.models import Step, StepRecord, Visit
from wellplaced.monitoring.models.owed import StepState
from wellplaced.monitoring.setting_aside import refusal_by_roles
from wellplaced.monitoring.words import STEP_NAMES
from wellplaced.people.covering import roles_today
from wellplaced.people.models import Person
from wellplaced.reports.models import Report, ReportState
from wellplaced.reports.moves import move, report_of

SETTLED = (StepState.DONE, StepState.SET_ASIDE)


@transaction.atomic
def close_report(
    *, visit: Visit, closed_on: date, because: str = "", by: Person, on: date, seen_revision: int | None = None
) -> Report:
    """Close the visit; steps that nobody will do any more are set aside with `because`, all in one go.

    What recipients did not answer stays their silence, and the tasks agreed live on. A return that never came, of a report
    that went out for comment all the same, is set aside with the reason too, by whom `refusal_to_close` lets. Raises
    ValidationError where steps are left and no reason is given or one is not theirs to leave, and while the report lies
    with the senior officer and nowhere else; Conflict.
    """
    report = report_of(visit)
    left = steps_left(visit)
    if left and not because.strip():
        raise ValidationError({"because": "Say why the steps that are left will not be done"})
    move(report, "close")
    if refusal := refusal_to_close(visit, left, by, on):
        raise ValidationError(refusal)
    with history.together():
        for step in left:
            leave_step(visit=visit, step=step.step, because=because, by=by, on=on)
        closing.close_visit(
            visit=visit, closed_on=closed_on, because=because, by=by, on=on, seen_revision=seen_revision
        )
    return report


@transaction.atomic
def reopen_report(
    *, visit: Visit, because: str, owed_again: Sequence[StepRecord] = (), by: Person, seen_revision: int | None = None
) -> Report:
    """Open a closed visit: what was set aside and is to be done after all (`owed_again`) is owed again.

    Everything can be done again from here; the report stands as agreed. Raises ValidationError, Conflict.
    """
    report = report_of(visit)
    with history.together():
        closing.reopen_visit(visit=visit, because=because, by=by, seen_revision=seen_revision)
        if report.state == ReportState.CLOSED:  # a visit that came closed from a file has no report
            move(report, "reopen")
        for record in owed_again:
            take_step_back(record=record, because=because, by=by)
    return report


def steps_left(visit: Visit) -> list[Step]:
    """Steps that are neither done nor set aside. Answers are not among them: nobody can set aside what others say."""
    left = Step.objects.filter(visit=visit).exclude(state__in=SETTLED)
    return list(left.exclude(step__in=["comment_received", "visit_held"]).order_by("position"))


def refusal_to_close(visit: Visit, left: Sequence[Step], person: Person, today: date) -> str:
    """Which step is left that the person may not set aside, and who may, in sentences; nothing where they may close."""
    roles = roles_today(person, today)
    for step in left:
        if refusal := refusal_by_roles(roles, step, visit, person):
            return f"‘{STEP_NAMES[step.step].to_do}’ is left. {refusal} Ask one of them to close the visit."
    return ""
