"""What the pages of this room show: the history of records in words, and a person's page."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, Q
from django.forms import Form

from wellplaced.design import words
from wellplaced.design.components import Change, HistoryLine
from wellplaced.design.forms import RevisionForm
from wellplaced.design.tags import Tag
from wellplaced.history import Conflict, clock
from wellplaced.history.models import Event
from wellplaced.people.models import Approval, Cover, Person, ProvisionType
from wellplaced.people.rights import ROLE_NAMES

FIELD_NAMES = {
    "starts_on": "First day",
    "ends_on": "Last day",
    "ended_early_on": "Ended on",
    "is_active": "Has access",
    "provision_type": "Type of provision",
}
NEW = ("added", "given", "arranged")  # verbs of what was not there before


@dataclass(frozen=True)
class ApprovalLine:
    """One approval on a person's page: the type, from when until when, whether it holds today."""

    pk: int
    kind: str
    period: str
    state: Tag


@contextmanager
def told_on(form: Form, show: Mapping[str, Callable[[Any], str]] | None = None) -> Iterator[None]:
    """Run an action inside; what it refuses, or what somebody else saved first, is said on the form."""
    try:
        yield
    except Conflict as conflict:
        if not isinstance(form, RevisionForm):
            raise
        last = Event.objects.of(conflict.record).last()
        form.add_conflict(conflict, by=last.by_name if last else "", show=show)
    except ValidationError as refusal:
        _add_errors(form, refusal)


def _add_errors(form: Form, refusal: ValidationError) -> None:
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
        return
    for name, errors in refusal.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def history_of(*records: Model) -> list[HistoryLine]:
    """What happened to the records, newest first, in one query."""
    wanted = Q(pk__in=[])
    for record in records:
        wanted |= Q(about_type=record._meta.label_lower, about_id=record.pk)
    called = {(record._meta.label_lower, record.pk): _called(record) for record in records}
    events = Event.objects.filter(wanted).order_by("-at", "-pk")
    return [_line(event, called[event.about_type, event.about_id]) for event in events]


def _called(record: Model) -> str:
    """What tells a record from others on the same page; nothing for the record that the page is about."""
    return record.get_provision_type_display() if isinstance(record, Approval) else ""


def _line(event: Event, called: str) -> HistoryLine:
    """A new record's values stand in one line; of a changed one, each field from what to what."""
    values = {name: pair for name, pair in event.changes.items() if not name.endswith("_id")}
    changes = [Change(_field(name), _value(name, old), _value(name, new)) for name, (old, new) in values.items()]
    is_new = bool(changes) and not any(change.before for change in changes) and event.verb.endswith(NEW)
    told = [f"{change.label.lower()}: {change.after}" for change in changes if change.after not in ("", called)]
    return HistoryLine(
        at=event.at,
        who=event.by_name or "The service",
        what=event.verb[:1].upper() + event.verb[1:] + (f": {called}" if called else ""),
        changes=() if is_new else changes,
        reason=", ".join(told) if is_new else event.reason,
    )


def _field(name: str) -> str:
    return FIELD_NAMES.get(name) or words.words(name)


def _value(name: str, value: Any) -> str:
    if name == "provision_type" and value:
        return str(ProvisionType(value).label)
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    if isinstance(value, str) and name.endswith(("_on", "day")):
        return words.day(datetime.fromisoformat(value).date())
    return str(words.shown(value)) if value not in (None, "") else ""


def roles_of(person: Person) -> str:
    """The person's roles in words (prefetch `roles` for a list)."""
    return ", ".join(name for role, name in ROLE_NAMES.items() if role in person.held_roles)


def approved_today(person: Person) -> str:
    """The types of provision that the person may visit today (prefetch `approvals` for a list)."""
    today = clock.today()
    in_force = {each.provision_type for each in person.approvals.all() if each.holds_on(today)}
    return ", ".join(label for code, label in ProvisionType.monitored() if code in in_force)


def approval_lines(person: Person, today: date) -> list[ApprovalLine]:
    """The person's approvals, those in force first."""
    approvals = sorted(
        person.approvals.all(), key=lambda each: (_rank(each, today), each.provision_type, each.starts_on)
    )
    return [
        ApprovalLine(
            each.pk,
            each.get_provision_type_display(),
            in_words(each.starts_on, each.ends_on),
            period_tag(each.starts_on, each.ends_on, today),
        )
        for each in approvals
    ]


def _rank(approval: Approval, today: date) -> int:
    if approval.starts_on > today:
        return 1
    return 2 if approval.ends_on and approval.ends_on < today else 0


def in_words(starts_on: date, ends_on: date | None) -> str:
    """'3 January 2027 to 4 May 2027', 'from 3 January 2027 until further notice'."""
    if ends_on is None:
        return f"from {words.day(starts_on)} until further notice"
    return f"{words.day(starts_on)} to {words.day(ends_on)}"


def period_tag(starts_on: date, ends_on: date | None, today: date) -> Tag:
    """Whether a period holds on the day, is to come, or is over."""
    if starts_on > today:
        return Tag("To come", "blue")
    if ends_on is not None and ends_on < today:
        return Tag("Over", "grey")
    return Tag("In force", "green")


def cover_tag(cover: Cover, today: date) -> Tag:
    """As for a period, and whether somebody ended it early, or whoever acts has left."""
    if cover.ended_early_on is not None and cover.ended_early_on <= today:
        return Tag("Ended early", "grey")
    stands = period_tag(cover.starts_on, cover.ends_on, today)
    return Tag("Has left", "grey") if cover.ends_on >= today and not cover.covering.is_active else stands
