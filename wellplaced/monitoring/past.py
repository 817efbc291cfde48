"""What happened to this room's records, in words: numbers as names, codes as their words, days as people write them."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, time
from typing import Any

from django.db import models
from django.db.models import Q

from wellplaced.design import words
from wellplaced.design.components import Change, HistoryLine
from wellplaced.history import clock
from wellplaced.history.models import Event
from wellplaced.monitoring.models import Concern, DayChecklist, Feedback, Outcome, Task, VisitState, YoungPersonSeen
from wellplaced.monitoring.words import RESTRICTED, STEP_NAMES, kind_of
from wellplaced.people.models import Person
from wellplaced.placements.models import YoungPerson
from wellplaced.register.models import Premises

LABELS = {
    "how": "How it was raised",
    "said": "What it said",
    "what": "What must be done",
    "named": "Authority named",
    "none_named": "No authority named",
    "provider_asked_on": "Provider asked on",
    "plan_requested_on": "Action plan requested on",
    "plan_received_on": "Action plan received on",
    "chased_on": "Chased on",
    "discharges": "Discharges",
    "to_see": "To be seen",
    "premises": "Premises seen",
    "withdrawn_because": "Withdrawn because",
    "taken_back_because": "Taken back because",
    "visit_on": "Day of the visit",
    "visit_at": "Time of the visit",
    "state_because": "Reason",
    "late_because": "Reason for booking late",
    "short_notice_because": "Reason for short notice",
    "unannounced_because": "Reason for not telling the provider",
    "set_aside_because": "Reason for setting it aside",
    "reviewer": "Reviewed by",
    "whole_form": "Covered the whole form",
    "key": "Requirement",
    "withdrawn_by": "Withdrawn by",
    "verified_by": "Checked by",
    "verified_on": "Checked on",
}
LABELS_OF = {  # where a field means something else on another record
    "monitoring.feedback": {"how": "How they answered", "said": "What they said", "name": "Who"},
    "monitoring.youngpersonseen": {"note": "Note about the young person", "paper_was_left": "Paper copy left"},
}
HIDDEN = {"booked_on"}  # moves along with the day of the visit
STEPS = {code: known.name for code, known in STEP_NAMES.items()}
OF_THE_DAY = dict(YoungPersonSeen.Seen.choices) | dict(YoungPersonSeen.Questionnaire.choices)
CODES = dict(Outcome.choices) | dict(VisitState.choices) | dict(Concern.How.choices) | dict(Task.Owner.choices) | STEPS
CODES |= dict(Feedback.How.choices)
CODES_OF = {"seen": OF_THE_DAY, "questionnaire": OF_THE_DAY, "tour": dict(DayChecklist.Tour.choices)}
WORDS = {  # what may describe the young person whom a record is about, or was
    Concern._meta.label_lower: frozenset({"summary", "raised_by", "withdrawn_because"}),
    Task._meta.label_lower: frozenset({"what", "finding", "evidence"}),
}
CLOSED = "On a restricted record"
CODED = {"state", "how", "owner", "step", "outcome", *CODES_OF}
NUMBERED: dict[str, Callable[[Person], models.QuerySet[Any]]] = {
    "officer": Person.objects.seen_by,
    "reviewer": Person.objects.seen_by,
    "withdrawn_by": Person.objects.seen_by,
    "verified_by": Person.objects.seen_by,
    "premises": Premises.objects.seen_by,
    "to_see": Premises.objects.seen_by,
    "young_people": YoungPerson.objects.seen_by,
    "young_person": YoungPerson.objects.seen_by,
}
ABOUT = ("young_people", "young_person")  # the fields that say whom a record is about
NAMING = Q(young_person_id__isnull=False) | Q(changes__has_any_keys=ABOUT)
ISO_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
ISO_TIME = re.compile(r"^\d{2}:\d{2}:\d{2}$")


def history_of(records: Iterable[models.Model], person: Person) -> list[HistoryLine]:
    """What happened to these records, newest first. One query, and one for each kind of name in it."""
    about = Q(pk__in=[])
    for record in records:
        about |= Q(about_type=record._meta.label_lower, about_id=record.pk)
    return lines_of(list(Event.objects.filter(about).order_by("-at", "-pk")), person)


def lines_of(events: Sequence[Event], person: Person) -> list[HistoryLine]:
    """Events of this room as the history table takes them."""
    names = {field: _names(field, events, person) for field in NUMBERED}
    closed = once_about_somebody_closed({(event.about_type, event.about_id) for event in events}, person)
    return [_line(event, names, is_closed=(event.about_type, event.about_id) in closed) for event in events]


def _line(event: Event, names: dict[str, dict[int, str]], *, is_closed: bool) -> HistoryLine:
    unread = WORDS[event.about_type] if is_closed else frozenset[str]()
    return HistoryLine(
        at=event.at,
        who=event.by_name or "The service",
        what=_what(event),
        changes=[
            Change(_label(event, field), CLOSED, CLOSED)
            if field in unread
            else Change(_label(event, field), *_sides(field, pair, names))
            for field, pair in event.changes.items()
            if field not in HIDDEN
        ],
        reason=CLOSED if is_closed and event.reason else event.reason,
    )


def once_about_somebody_closed(records: Collection[tuple[str, int]], person: Person) -> set[tuple[str, int]]:
    """Of these records, by type and number, those that were ever about a young person whose record is closed to the reader.

    Asked of the whole history of each, as a reader may have asked for a part of it.
    """
    about = Q(pk__in=[])
    for kind in WORDS:
        about |= Q(about_type=kind, about_id__in=[number for type_, number in records if type_ == kind])
    named: dict[int, set[tuple[str, int]]] = {}
    for event in Event.objects.filter(about, NAMING).only("about_type", "about_id", "young_person_id", "changes"):
        for number in _whom(event):
            named.setdefault(number, set()).add((event.about_type, event.about_id))
    seen = YoungPerson.objects.seen_by(person).filter(pk__in=named).values_list("pk", flat=True) if named else ()
    return {record for number in named.keys() - set(seen) for record in named[number]}


def _whom(event: Event) -> set[int]:
    """The young people whom an event names, by number."""
    sides = [side for field in ABOUT for side in event.changes.get(field, ())]
    return {number for side in [*sides, event.young_person_id] for number in _listed(side)}


def _label(event: Event, field: str) -> str:
    return LABELS_OF.get(event.about_type, {}).get(field) or LABELS.get(field) or words.words(field)


def _what(event: Event) -> str:
    verb = event.verb[:1].upper() + event.verb[1:]
    if event.happened_on is None:
        return verb
    is_to_come = event.happened_on > event.at.astimezone(clock.LONDON).date()
    return f"{verb} ({'for' if is_to_come else 'on'} {words.day(event.happened_on)})"


def _names(field: str, events: Sequence[Event], person: Person) -> dict[int, str]:
    numbers = {number for event in events for side in event.changes.get(field, ()) for number in _listed(side)}
    if not numbers:
        return {}
    return {row.pk: str(row) for row in NUMBERED[field](person).filter(pk__in=numbers)}


def _listed(side: Any) -> list[int]:
    many = side if isinstance(side, list) else [side]
    return [int(number) for number in many if str(number).isdecimal()]


def _sides(field: str, pair: Sequence[Any], names: dict[str, dict[int, str]]) -> tuple[str, str]:
    before, after = (_said(field, side, names.get(field, {})) for side in pair)
    return before, after


def _said(field: str, side: Any, names: dict[int, str]) -> str:
    if side in (None, "", []):
        return "Nothing"
    if field in NUMBERED:
        unseen = RESTRICTED if field in ("young_people", "young_person") else "Somebody"
        return ", ".join(sorted({names.get(number, unseen) for number in _listed(side)}))
    if field in ("discharges", "key"):
        return ", ".join(kind_of(key) for key in (side if isinstance(side, list) else [side]))
    return _plain(field, side)


def _plain(field: str, side: Any) -> str:
    if field in CODED:
        return str(CODES_OF.get(field, CODES).get(side, side))
    if isinstance(side, str) and ISO_DAY.match(side):
        return words.day(date.fromisoformat(side))
    if isinstance(side, str) and ISO_TIME.match(side):
        return clock_time(time.fromisoformat(side))
    return str(words.shown(side))


def clock_time(at: time) -> str:
    """'2:30pm'."""
    return f"{at.hour % 12 or 12}:{at:%M}{'am' if at.hour < 12 else 'pm'}"
