"""C22: what each recipient answered, whenever it came; the officer's reply; an answer that was written down wrongly."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from wellplaced import history
from wellplaced.design.words import day
from wellplaced.monitoring.actions.answers import correct_answer
from wellplaced.monitoring.actions.steps import record_answer
from wellplaced.monitoring.models import Recipient
from wellplaced.people.models import Person
from wellplaced.reports.actions.circulation import sending_of
from wellplaced.reports.actions.mosaic import settle_uploads
from wellplaced.reports.models import Comment
from wellplaced.reports.moves import report_of

COMMENT, NO_COMMENT = Comment.Kind.COMMENT, Comment.Kind.NO_COMMENT


@transaction.atomic
def add_comment(*, recipient: Recipient, kind: str, text: str = "", received_on: date, by: Person, on: date) -> Comment:
    """A recipient answered; one may answer several times, and the first answer's day counts.

    A late answer is added like any other, after the visit was closed too. Raises ValidationError for a day before the
    document went out or still to come.
    """
    report_of(recipient.visit)  # whoever else sends, uploads or closes waits
    _refuse_day(recipient, received_on, on)
    comment = Comment.objects.create(
        authority_id=recipient.authority_id,
        visit_id=recipient.visit_id,
        recipient=recipient,
        kind=kind,
        text=_said(kind, text),
        received_on=received_on,
    )
    record_answer(recipient=recipient, answered_on=received_on, by=by, on=on)
    history.record(
        "comment taken down", about=comment, by=by, happened_on=received_on, changes={"kind": [None, comment.kind]}
    )
    settle_uploads(recipient.visit, by, on)
    return comment


@transaction.atomic
def correct_comment(
    *,
    comment: Comment,
    recipient: Recipient,
    kind: str,
    text: str,
    received_on: date,
    by: Person,
    on: date,
    seen_revision: int | None,
) -> Comment:
    """It was written down wrongly, or for the wrong recipient. Raises ValidationError, Conflict."""
    report_of(recipient.visit)
    _refuse_day(recipient, received_on, on)
    if recipient.left_out_because:
        raise ValidationError(f"{recipient.name} was left out, and got nothing to comment on.")
    before = comment.recipient
    unanswered: dict[str, Any] = {"reply": "", "reply_because": "", "replied_on": None, "replied_by": None}
    corrected = history.amend(
        comment,
        verb="comment corrected",
        by=by,
        seen_revision=seen_revision,
        recipient=recipient,
        kind=kind,
        text=_said(kind, text),
        received_on=received_on,
        **(unanswered if kind == NO_COMMENT else {}),  # nothing is left that was replied to
    )
    for each in {before, recipient}:
        _count_again(each, by, "A comment was corrected")
    settle_uploads(recipient.visit, by, on)
    return corrected


@transaction.atomic
def take_comment_back(*, comment: Comment, because: str, by: Person, on: date, seen_revision: int | None) -> Comment:
    """It never came, or belongs to another visit: it is kept, and counts for nothing. Raises Conflict."""
    report_of(comment.recipient.visit)
    taken_back = history.amend(
        comment,
        verb="comment taken back",
        by=by,
        seen_revision=seen_revision,
        reason=because,
        taken_back_because=because,
    )
    _count_again(comment.recipient, by, "A comment was taken back")
    settle_uploads(comment.recipient.visit, by, on)
    return taken_back


@transaction.atomic
def reply_to_comment(
    *, comment: Comment, reply: str, because: str = "", by: Person, on: date, seen_revision: int | None
) -> Comment:
    """The officer accepts a comment, or does not and says why. Raises ValidationError, Conflict."""
    if reply == Comment.Reply.NOT_ACCEPTED and not because.strip():
        raise ValidationError({"reply_because": "Say why the comment is not accepted"})
    return history.amend(
        comment,
        verb="comment answered",
        by=by,
        seen_revision=seen_revision,
        reply=reply,
        reply_because=because,
        replied_on=on,
        replied_by=by,
    )


def _said(kind: str, text: str) -> str:
    if kind == NO_COMMENT:
        return ""
    if not text.strip():
        raise ValidationError({"text": "Write down what they said"})
    return text


def _refuse_day(recipient: Recipient, received_on: date, on: date) -> None:
    sending = sending_of(recipient.visit)
    if sending is None or sending.done_on is None:
        raise ValidationError("The report is not out for comment.")
    if received_on < sending.done_on:
        raise ValidationError({"received_on": f"This is before the report went out, on {day(sending.done_on)}"})
    if received_on > on:
        raise ValidationError({"received_on": "An answer cannot have come in the future"})


def _count_again(recipient: Recipient, by: Person, reason: str) -> None:
    """The first answer that stands counts."""
    standing = recipient.comments.filter(taken_back_because="").order_by("received_on")
    first = standing.values_list("received_on", flat=True).first()
    correct_answer(recipient=recipient, answered_on=first, by=by, reason=reason)
