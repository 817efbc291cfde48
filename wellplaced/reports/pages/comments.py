"""What became of the document that went out for comment: each recipient's answer, or their silence (C22)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from wellplaced.design.components import HistoryLine
from wellplaced.design.tags import Due, Link, Tag
from wellplaced.design.words import day
from wellplaced.monitoring.models import Recipient, Step, StepRecord, Visit
from wellplaced.monitoring.placed import everybody_placed
from wellplaced.monitoring.sight import Sight
from wellplaced.monitoring.words import RESTRICTED, days_late
from wellplaced.people.models import Person
from wellplaced.people.rights import Permission
from wellplaced.reports.actions.circulation import sending_of
from wellplaced.reports.circulating import ROLE_WORDS, sees_recipient
from wellplaced.reports.models import Comment, Report, ReportState
from wellplaced.reports.past import past_of

Steps = dict[str, Step]


@dataclass(frozen=True)
class CommentLine:
    """One answer: when it came, what it says, what the officer replied."""

    comment: Comment
    late: str
    after_close: str
    reply: Tag | None


@dataclass(frozen=True)
class RecipientLine:
    """One recipient: how their answer stands, by when it is due, and what they said."""

    recipient: Recipient
    name: str
    role: str
    whom: Sequence[Link | str]
    tag: Tag
    sentence: str
    due: Due | None
    comments: Sequence[CommentLine]
    may_read: bool

    @property
    def waits(self) -> bool:
        return self.recipient.answered_on is None and not self.recipient.left_out_because


@dataclass(frozen=True)
class CommentsPage:
    """Everything that the page prints."""

    visit: Visit
    sending: StepRecord | None
    lines: Sequence[RecipientLine]
    left_out: Sequence[RecipientLine]
    unnamed: str
    may_record: bool
    may_send: bool
    is_out: bool
    to_reply: int
    history: Sequence[HistoryLine]


def comments_page(visit: Visit, person: Person, today: date) -> CommentsPage:
    """Everything that the page says about one visit."""
    sight, sending = Sight.of(person), sending_of(visit)
    report = Report.objects.seen_by(person).filter(visit=visit).first()
    recipients = list(visit.recipients.prefetch_related("young_people", "comments__replied_by"))
    steps = {row.recipient: row for row in Step.objects.seen_by(person).filter(visit=visit, step="comment_received")}
    lines = [_line(each, steps.get(each.key), visit, sight, today) for each in recipients]
    readable = [line.recipient for line in lines if line.may_read]
    said = [each.comment for line in lines for each in line.comments]
    state = report.state if report else ReportState.DRAFTING
    may_record = person.may(Permission.RECORD_STEP)
    return CommentsPage(
        visit=visit,
        sending=sending,
        lines=[line for line in lines if not line.recipient.left_out_because],
        left_out=[line for line in lines if line.recipient.left_out_because],
        unnamed=_unnamed(visit, recipients) if sending else "",
        may_record=may_record and sending is not None,
        may_send=may_record and sending is None and visit.closed_on is None,
        is_out=state == ReportState.OUT_FOR_COMMENT,
        to_reply=sum(_wants_reply(each) for each in said),
        history=past_of([*([report] if report else []), *readable, *said], person),
    )


def name_of(recipient: Recipient, sight: Sight) -> str:
    """Their name; where they are there for a restricted record alone, only what they are."""
    if sees_recipient(recipient, sight):
        return recipient.name
    role = ROLE_WORDS[recipient.role]
    return f"{role[:1].upper()}{role[1:]}"


def _line(recipient: Recipient, step: Step | None, visit: Visit, sight: Sight, today: date) -> RecipientLine:
    whom = list(recipient.young_people.all())
    may_read = all(sight.sees(each) for each in whom)
    name = name_of(recipient, sight)
    due = step.due_on if step else None
    tag, sentence = _stands(recipient, step, today)
    return RecipientLine(
        recipient=recipient,
        name=name,
        role=ROLE_WORDS[recipient.role],
        whom=sight.names(whom),
        tag=tag,
        sentence=sentence,
        due=Due(on=due, why=step.get_absolute_url(), what=f"comment of {name}") if step and due else None,
        comments=[_comment(each, due, visit) for each in recipient.comments.all()] if may_read else [],
        may_read=may_read,
    )


def _stands(recipient: Recipient, step: Step | None, today: date) -> tuple[Tag, str]:
    """How the answer stands. Silence is silence, and never agreement."""
    if recipient.left_out_because:
        return Tag("Does not get it"), recipient.left_out_because
    due = step.due_on if step else None
    if recipient.answered_on is not None:
        late = days_late(due, recipient.answered_on) if due else ""
        first = f"First answer on {day(recipient.answered_on)}"
        return (Tag("Answered late", "amber"), f"{first}, {late}.") if late else (Tag("Answered", "green"), f"{first}.")
    if due is None:
        return Tag("Not sent yet"), ""
    if due < today:
        return Tag(
            "No answer", "red"
        ), f"Silent since the document went out: {days_late(due, today)}. Silence is not agreement."
    return Tag("Waiting", "blue"), ""


def _comment(comment: Comment, due: date | None, visit: Visit) -> CommentLine:
    after = visit.closed_on is not None and comment.received_on > visit.closed_on
    reply = Tag(comment.get_reply_display(), "green" if comment.reply == Comment.Reply.ACCEPTED else "purple")
    return CommentLine(
        comment=comment,
        late=days_late(due, comment.received_on) if due else "",
        after_close="Came after the visit was closed" if after else "",
        reply=reply if comment.reply else None,
    )


def _wants_reply(comment: Comment) -> bool:
    return comment.kind == Comment.Kind.COMMENT and not comment.reply and not comment.taken_back_because


def _unnamed(visit: Visit, recipients: Sequence[Recipient]) -> str:
    """Restricted records for which nobody gets the document, and nobody is left out."""
    covered = {each.pk for recipient in recipients for each in recipient.young_people.all()}
    if all(each.pk in covered for each in everybody_placed(visit) if each.restricted):
        return ""
    return f"{RESTRICTED}: nobody is named yet who gets the document. Somebody who is named on the record adds them."


def add_address(recipient: Recipient) -> str:
    """Where an answer of this recipient is taken down."""
    return reverse("reports:add_comment", args=[recipient.pk])
