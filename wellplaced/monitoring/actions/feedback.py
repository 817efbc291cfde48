"""C14: who was asked for feedback ahead of a visit, who was left out and why, and what each of them said."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from wellplaced import history
from wellplaced.history import NewEvent
from wellplaced.monitoring.actions.locking import locked
from wellplaced.monitoring.actions.steps import leave_step, record_step
from wellplaced.monitoring.models import Feedback, StepRecord, Visit
from wellplaced.monitoring.sight import Sight
from wellplaced.monitoring.whom_to_ask import ToAsk, whom_to_ask
from wellplaced.people.models import Person
from wellplaced.placements.models import YoungPerson

STEP = "feedback_requested"
ALL_LEFT_OUT = "Everybody who would be asked was left out, each with a reason"


@transaction.atomic
def ask_for_feedback(*, visit: Visit, whom: Collection[str], asked_on: date, by: Person, on: date) -> list[Feedback]:
    """These were asked on a day (`whom`: keys of `whom_to_ask`). The step is done once nobody is left to be asked.

    Who was asked already, by a colleague or by the same form sent twice, is not asked again. Raises ValidationError.
    """
    _refuse_future(asked_on, on)
    current = locked(visit)
    open_lines = whom_to_ask(current)
    asked = [line for line in _chosen(open_lines, whom, by) if not line.is_missing]
    rows = [_add(current, line, asked_on=asked_on) for line in asked]
    _tell("feedback asked for", rows, by, asked_on)
    _settle(current, by, on, left=[line for line in open_lines if line not in asked])
    return rows


@transaction.atomic
def leave_out_of_feedback(*, visit: Visit, whom: Collection[str], because: str, by: Person, on: date) -> list[Feedback]:
    """These are not asked, with the reason. Raises ValidationError."""
    current = locked(visit)
    open_lines = whom_to_ask(current)
    left_out = _chosen(open_lines, whom, by)
    rows = [_add(current, line, not_asked_because=because) for line in left_out]
    _tell("left out of the feedback", rows, by, None, because)
    _settle(current, by, on, left=[line for line in open_lines if line not in left_out])
    return rows


@transaction.atomic
def ask_somebody_else(
    *,
    visit: Visit,
    role: str,
    name: str,
    young_people: Sequence[YoungPerson],
    asked_on: date,
    by: Person,
    on: date,
) -> Feedback:
    """Somebody who is not among those who must be asked, such as a former social worker. Raises ValidationError."""
    _refuse_future(asked_on, on)
    current = locked(visit)
    row = Feedback.objects.create(
        authority_id=current.authority_id, visit=current, role=role, name=name, asked_on=asked_on
    )
    row.young_people.set(young_people)
    _tell("feedback asked for", [row], by, asked_on)
    _settle(current, by, on)
    return row


@transaction.atomic
def take_down_feedback(
    *,
    feedback: Feedback,
    asked_on: date | None,
    not_asked_because: str,
    answered_on: date | None,
    how: str,
    said: str,
    by: Person,
    on: date,
    seen_revision: int | None,
) -> Feedback:
    """What somebody said, when and how; or a correction of it. Raises ValidationError, Conflict."""
    for day in (asked_on, answered_on):
        if day is not None:
            _refuse_future(day, on)
    current = locked(feedback.visit)
    before = _last_asked(current)
    is_new = answered_on is not None and feedback.answered_on is None
    changed = history.amend(
        feedback,
        verb="feedback received" if is_new else "feedback corrected",
        by=by,
        seen_revision=seen_revision,
        happened_on=answered_on if is_new else None,
        asked_on=asked_on,
        not_asked_because=not_asked_because,
        answered_on=answered_on,
        how=how,
        said=said,
    )
    _settle(current, by, on, before)
    return changed


def _chosen(open_lines: Iterable[ToAsk], whom: Collection[str], by: Person) -> list[ToAsk]:
    """Of the lines that are still to be asked those of these keys, as far as the person may see whom they are about."""
    sight = Sight.of(by)
    lines = [line for line in open_lines if line.key in whom]
    return [line for line in lines if all(sight.sees(each) for each in line.young_people)]


def _add(visit: Visit, line: ToAsk, **values: Any) -> Feedback:
    row = Feedback.objects.create(
        authority_id=visit.authority_id,
        visit=visit,
        role=line.role,
        professional=line.professional,
        name=line.name,
        **values,
    )
    row.young_people.set(line.young_people)
    return row


def _tell(verb: str, rows: Iterable[Feedback], by: Person, happened_on: date | None, reason: str = "") -> None:
    """One event a request, written together, so that what is owed is refreshed once."""
    events = [
        NewEvent(
            verb=verb,
            about=row,
            authority_id=row.authority_id,
            provision_id=row.provision_id,
            happened_on=happened_on,
            reason=reason,
            changes={
                "name": ["", row.name],
                "young_people": [[], sorted(row.young_people.values_list("pk", flat=True))],
            },
        )
        for row in rows
    ]
    if events:
        history.record_many(events, by=by)


def _settle(
    visit: Visit, by: Person, on: date, before: date | None = None, left: Collection[ToAsk] | None = None
) -> None:
    """The step is done on the day of the last request; set aside where everybody was left out.

    A day that somebody recorded by hand stays; one that followed from the requests (`before`) follows their correction.
    `left`: who is still to be asked, where that is known already.
    """
    record = StepRecord.objects.filter(visit=visit, step=STEP).first()
    last = _last_asked(visit)
    if record is not None:
        if record.done_on and record.done_on == before and last and last != before:
            record_step(visit=visit, step=STEP, done_on=last, done_by=record.done_by, by=by, on=on)
    elif visit.feedback.exists() and all(line.is_missing for line in (whom_to_ask(visit) if left is None else left)):
        if last:
            record_step(visit=visit, step=STEP, done_on=last, done_by=by.name, by=by, on=on)
        else:
            leave_step(visit=visit, step=STEP, because=ALL_LEFT_OUT, by=by, on=on)


def _last_asked(visit: Visit) -> date | None:
    days = visit.feedback.filter(asked_on__isnull=False).values_list("asked_on", flat=True)
    return max((day for day in days if day), default=None)


def _refuse_future(day: date, on: date) -> None:
    if day > on:
        raise ValidationError("Feedback cannot have been asked for or given in the future")
