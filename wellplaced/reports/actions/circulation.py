"""C21: the document goes out for comment; who gets it is put right on record; it is recalled where it must be revised."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from wellplaced import history
from wellplaced.design.words import day
from wellplaced.monitoring.actions.steps import NewRecipient, name_recipients, record_step, take_step_back
from wellplaced.monitoring.models import Recipient, StepRecord, Visit, VisitState
from wellplaced.people.models import Person
from wellplaced.reports.circulating import as_new
from wellplaced.reports.models import Report
from wellplaced.reports.moves import move, report_of

SENT = "sent_for_comment"


@transaction.atomic
def circulate(
    *,
    visit: Visit,
    recipients: Sequence[NewRecipient],
    sent_on: date,
    copied_to: Person | None,
    by: Person,
    on: date,
) -> Report:
    """Send the document to those named, the senior officer in copy.

    After a recall the contract keeps the first sending's day wherever somebody had answered by then; the day of the new
    one stands in the history. Raises ValidationError where the report is not ready to go, or the day cannot be.
    """
    report = report_of(visit)
    _refuse_sending(visit, recipients, sent_on)
    with history.together():
        name_recipients(visit=visit, recipients=recipients, by=by, on=on)
        again = sending_of(visit) is not None
        copied = copied_to.name if copied_to else ""
        if not again:
            note = f"{copied} in copy" if copied else ""
            record_step(visit=visit, step=SENT, done_on=sent_on, note=note, by=by, on=on)
        report.recalled_on = None
        move(report, "circulate")
        history.record(
            "report sent for comment again" if again else "report sent for comment",
            about=report,
            by=by,
            happened_on=sent_on,
            changes={"in_copy": ["", copied]},
        )
    return report


def sending_of(visit: Visit) -> StepRecord | None:
    """The sending that counts; None where nothing is out."""
    return visit.step_records.filter(step=SENT, done_on__isnull=False).first()


def _refuse_sending(visit: Visit, recipients: Sequence[NewRecipient], sent_on: date) -> None:
    if visit.state != VisitState.HELD:
        raise ValidationError("The visit has not taken place: there is no report to send.")
    if all(each.left_out_because for each in recipients):
        raise ValidationError("Nobody gets the document. Set this step aside instead, with the reason.")
    _refuse_day(visit, sent_on)


def _refuse_day(visit: Visit, sent_on: date) -> None:
    """Not before the report existed; whether it was before the visit or is still to come is asked with the step."""
    submitted = visit.step_records.filter(step="report_submitted", done_on__gt=sent_on).first()
    if submitted is not None and submitted.done_on is not None:
        raise ValidationError(f"The report went to the senior officer later than this, on {day(submitted.done_on)}.")


@transaction.atomic
def correct_sending(
    *, visit: Visit, sent_on: date, note: str, by: Person, on: date, seen_revision: int | None
) -> StepRecord:
    """The day on which it first went out was written down wrongly. Raises ValidationError, Conflict.

    Nobody can have answered before: where the day would come after an answer, that answer is corrected first.
    """
    report_of(visit)  # whoever else sends or recalls waits
    if sending_of(visit) is None:
        raise ValidationError("The report is not out for comment.")
    _refuse_day(visit, sent_on)
    answered = visit.recipients.filter(answered_on__lt=sent_on).order_by("answered_on").first()
    if answered is not None and answered.answered_on is not None:
        raise ValidationError(f"Somebody answered before this, on {day(answered.answered_on)}. Correct that first.")
    return record_step(visit=visit, step=SENT, done_on=sent_on, note=note, by=by, on=on, seen_revision=seen_revision)


@transaction.atomic
def add_recipients(*, visit: Visit, recipients: Sequence[NewRecipient], by: Person, on: date) -> list[Recipient]:
    """Somebody gets the document besides, after it went out; their answer is due when the others' are."""
    if sending_of(visit) is None:
        raise ValidationError("The report is not out for comment.")
    return name_recipients(visit=visit, recipients=recipients, by=by, on=on)


@transaction.atomic
def leave_out(*, recipient: Recipient, because: str, by: Person, on: date, seen_revision: int | None) -> Recipient:
    """Somebody does not get it after all; not where they have answered. Raises ValidationError, Conflict."""
    return _rename(recipient, because, by=by, on=on, seen_revision=seen_revision)


@transaction.atomic
def include(*, recipient: Recipient, by: Person, on: date, seen_revision: int | None) -> Recipient:
    """Somebody who was left out gets it after all. Raises Conflict."""
    return _rename(recipient, "", by=by, on=on, seen_revision=seen_revision)


def _rename(recipient: Recipient, because: str, *, by: Person, on: date, seen_revision: int | None) -> Recipient:
    report_of(recipient.visit)  # whoever else sends, adds or leaves out waits
    current = Recipient.objects.select_for_update(no_key=True).get(pk=recipient.pk)
    if seen_revision is not None and current.revision != seen_revision and current.left_out_because != because:
        raise history.Conflict(current, {"left_out_because": (because, current.left_out_because)})
    (named,) = name_recipients(visit=recipient.visit, recipients=[as_new(current, because)], by=by, on=on)
    return named


@transaction.atomic
def recall(*, visit: Visit, because: str, by: Person, on: date) -> Report:
    """The document went out by mistake, or must be revised before it goes out again.

    Where nobody has answered, the step is taken back, as if it had not gone out, and the clock of C22 stands still until
    it goes again. Where somebody has, it did go out and was read: the first sending keeps its day, the answers stay, and
    only the history tells of the recall and of the next sending.
    """
    report = report_of(visit)
    report.recalled_on = on
    move(report, "recall")
    sending = sending_of(visit)
    if sending is not None and not visit.recipients.filter(answered_on__isnull=False).exists():
        take_step_back(record=sending, because="The report was recalled", by=by)  # why is told with the report
    history.record("report recalled", about=report, by=by, reason=because, happened_on=on)
    return report
