"""What became of the document that went out for comment: each recipient's answer, or their silence (C22)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from wellplaced.design.components import HistoryLine
from wellplaced.design.tags import Due, Tag
from wellplaced.design.words import day
from wellplaced.monitoring.models import Recipient, Step, StepRecord, Visit, VisitState
from wellplaced.monitoring.placed import everybody_placed
from wellplaced.monitoring.sight import Sight
from wellplaced.monitoring.words import RESTRICTED, days_late
from wellplaced.people.models import Person
from wellplaced.people.rights import Permission
from wellplaced.reports.actions.circulation import sending_of
from wellplaced.reports.circulating import ROLE_WORDS, sees_recipient
from wellplaced.reports.models import Comment, Report, ReportState
from wellplaced.reports.moves import may_move
from wellplaced.reports.past import past_of
from wellplaced.reports.reviewing import may_read

Steps = dict[str, Step]


@dataclass(frozen=True)
class CommentLine:
    """One answer: when it came, what it says, what the officer replied."""

    comment: Comment
    when: str
    reply: Tag | None


@dataclass(frozen=True)
class RecipientLine:
    """One recipient: how their answer stands, by when it is due, and what they said."""

    recipient: Recipient
    name: str
    role: str
    lines: Sequence[Markup | str]
    tag: Tag
    colour: str
    due: Due | None
    comments: Sequence[CommentLine]
    left_out_because: str
    may_read: bool
    may_add: bool
    closed: str

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
    may_correct: bool
    is_out: bool
    is_recalled: bool
    to_reply: int
    history: Sequence[HistoryLine]


def comments_page(visit: Visit, person: Person, today: date) -> CommentsPage:
    """Everything that the page says about one visit."""
    sight, sending = Sight.of(person), sending_of(visit)
    report = Report.objects.seen_by(person).filter(visit=visit).first()
    recipients = list(visit.recipients.prefetch_related("young_people", "comments__replied_by"))
    reads_all = may_read(person, visit)
    steps = {row.recipient: row for row in Step.objects.seen_by(person).filter(visit=visit, step="comment_received")}
    recipients.sort(key=lambda each: not sees_recipient(each, sight))  # their place would tell of their name
    lines = [_line(each, steps.get(each.key), visit, sight, today, reads_all=reads_all) for each in recipients]
    readable = [line.recipient for line in lines if line.may_read]
    said = [each.comment for line in lines for each in line.comments]
    state = report.state if report else ReportState.DRAFTING
    may_record = person.may(Permission.RECORD_STEP)
    return CommentsPage(
        visit=visit,
        sending=sending,
        lines=sorted((line for line in lines if not line.recipient.left_out_because), key=lambda line: not line.waits),
        left_out=[line for line in lines if line.recipient.left_out_because],
        unnamed=_unnamed(visit, recipients) if sending else "",
        may_record=may_record and sending is not None,
        may_send=may_record and visit.state == VisitState.HELD and may_move(state, "circulate"),
        may_correct=may_record and sending is not None and visit.closed_on is None,
        is_out=state == ReportState.OUT_FOR_COMMENT,
        is_recalled=sending is not None and state not in (ReportState.OUT_FOR_COMMENT, ReportState.CLOSED),
        to_reply=sum(_wants_reply(each) for each in said),
        history=past_of([*([report] if report and reads_all else []), *readable, *said], person),
    )


def name_of(recipient: Recipient, sight: Sight) -> str:
    """Their name; where they are there for a restricted record alone, only what they are."""
    if sees_recipient(recipient, sight):
        return recipient.name
    role = ROLE_WORDS[recipient.role]
    return f"{role[:1].upper()}{role[1:]}"


def _line(
    recipient: Recipient, step: Step | None, visit: Visit, sight: Sight, today: date, *, reads_all: bool
) -> RecipientLine:
    whom = list(recipient.young_people.all())
    sees_all = all(sight.sees(each) for each in whom)
    reads = sees_all and (bool(whom) or reads_all)
    name = name_of(recipient, sight)
    due = step.due_on if step else None
    tag, colour, sentence = _stands(recipient, step, today)
    return RecipientLine(
        recipient=recipient,
        name=name,
        role=ROLE_WORDS[recipient.role],
        lines=[_who(recipient, sight), recipient.email if sees_all else "", sentence],
        tag=tag,
        colour=colour,
        due=Due(on=due, why=step.get_absolute_url(), what=f"comment of {name}") if step and due else None,
        comments=[_comment(each, due, visit) for each in recipient.comments.all()] if reads else [],
        left_out_because=recipient.left_out_because if sees_all else "",
        may_read=reads,
        may_add=sees_all and not recipient.left_out_because,
        closed=""
        if reads or not recipient.answered_on
        else "What they said is read by those who are named on the record.",
    )


def _who(recipient: Recipient, sight: Sight) -> Markup | str:
    """'Social worker (CSW) for AB (10234)'."""
    role = ROLE_WORDS[recipient.role]
    names = sight.names(recipient.young_people.all())
    said = f"{role[:1].upper()}{role[1:]}"
    return Markup("{} for {}").format(said, Markup(", ").join(names)) if names else said


def _stands(recipient: Recipient, step: Step | None, today: date) -> tuple[Tag, str, str]:
    """How the answer stands. Silence is silence, and never agreement."""
    if recipient.left_out_because:
        return Tag("Does not get it"), "", ""
    due = step.due_on if step else None
    if recipient.answered_on is not None:
        late = days_late(due, recipient.answered_on) if due else ""
        return (Tag("Answered late", "amber"), "", "") if late else (Tag("Answered", "green"), "", "")
    if due is None:
        return Tag("Not sent yet"), "", ""
    if due < today:
        return Tag("No answer", "red"), "red", f"Silence, which is not agreement: {days_late(due, today)}."
    return Tag("Waiting", "blue"), "amber" if due == today else "", ""


def _comment(comment: Comment, due: date | None, visit: Visit) -> CommentLine:
    late = days_late(due, comment.received_on) if due else ""
    after = "after the visit was closed" if visit.closed_on and comment.received_on > visit.closed_on else ""
    reply = Tag(comment.get_reply_display(), "green" if comment.reply == Comment.Reply.ACCEPTED else "purple")
    return CommentLine(
        comment=comment,
        when=", ".join(part for part in (day(comment.received_on), late, after) if part),
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
