"""What happened at a provision, without what the reader may not see."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Model, Q, QuerySet

from wellplaced.history.models import Event
from wellplaced.monitoring.models import (
    Concern,
    DayChecklist,
    Feedback,
    PreVisitForm,
    Recipient,
    StepRecord,
    Task,
    Visit,
    YoungPersonSeen,
)
from wellplaced.people.models import Person
from wellplaced.placements.models import YoungPerson
from wellplaced.register.models import Provision
from wellplaced.reports.models import Comment, Document, MosaicUpload, Report, Round
from wellplaced.reports.reviewing import may_read

# Records that name young people whom they are about, and by what name; restricted, or named, perhaps, only since the event
ABOUT_SEVERAL: dict[type[Model], str] = {
    Concern: "young_people",
    Feedback: "young_people",
    Recipient: "young_people",
    Comment: "recipient__young_people",
    Task: "young_person",
}
OF_THE_REPORT = (Report, Document, Round, Comment)  # what was written about a visit is closed with its report
Records = set[tuple[str, int]]


def events_at(provision: Provision, person: Person) -> QuerySet[Event]:
    """What the person's authority, or the shared register, recorded about the provision, newest first."""
    return Event.objects.at_provision(provision.pk, person.authority_id)


OF_A_VISIT = (
    StepRecord,
    Recipient,
    Feedback,
    PreVisitForm,
    DayChecklist,
    YoungPersonSeen,
    Task,
    Report,
    Document,
    Round,
    Comment,
    MosaicUpload,
)


def events_around(visit: Visit) -> QuerySet[Event]:
    """What was recorded about a visit of the person's authority and about everything that belongs to it."""
    about = Q(about_type=Visit._meta.label_lower, about_id=visit.pk)
    for model in OF_A_VISIT:
        own = model._default_manager.filter(visit=visit).values("pk")
        about |= Q(about_type=model._meta.label_lower, about_id__in=own)
    return Event.objects.filter(about, authority_id=visit.authority_id)


def without_restricted(events: Sequence[Event], person: Person) -> list[Event]:
    """The events; of those about a restricted record only that something was recorded, unless the person is named on it."""
    numbers = {event.young_person_id for event in events if event.young_person_id}
    closed = numbers - set(YoungPerson.objects.seen_by(person).filter(pk__in=numbers).values_list("pk", flat=True))
    unseen = _closed_to(person)
    about: Records = set()
    for model, whom in ABOUT_SEVERAL.items() if unseen else ():
        rows = _rows_of(model, events, person).filter(**{f"{whom}__in": unseen})
        about |= {(model._meta.label_lower, number) for number in rows.values_list("pk", flat=True)}
    if unseen:
        about |= _of_closed_reports(events, person)
    return [_told(event, closed, about) for event in events]


def _closed_to(person: Person) -> list[int]:
    """The young people of the authority whose records are restricted, and the person is not named on them."""
    named_on = YoungPerson.objects.seen_by(person).filter(restricted=True)
    restricted = YoungPerson.objects.of(person.authority_id).filter(restricted=True)
    return list(restricted.exclude(pk__in=named_on.values("pk")).values_list("pk", flat=True))


def _rows_of(model: type[Model], events: Sequence[Event], person: Person) -> Any:
    """The records of a kind that these events are about, those closed to the person among them."""
    kind = model._meta.label_lower
    numbers = {event.about_id for event in events if event.about_type == kind}
    rows: Any = model._default_manager
    return rows.of(person.authority_id).filter(pk__in=numbers) if numbers else rows.none()


def _of_closed_reports(events: Sequence[Event], person: Person) -> Records:
    """What was written about visits whose reports the person may not read; what a recipient said of their own apart."""
    found = []
    for model in OF_THE_REPORT:
        rows = _rows_of(model, events, person).select_related("visit")
        rows = rows.filter(recipient__young_people=None) if model is Comment else rows
        found += list(rows)
    closed = _closed_visits({each.visit_id: each.visit for each in found}.values(), person)
    return {(each._meta.label_lower, each.pk) for each in found if each.visit_id in closed}


def _closed_visits(visits: Iterable[Visit], person: Person) -> set[int]:
    return {visit.pk for visit in visits if not may_read(person, visit)}


def _told(event: Event, closed: set[int], about: Records) -> Event:
    is_about_several = (event.about_type, event.about_id) in about
    if (event.young_person_id or 0) not in closed and not is_about_several:
        return event
    verb = event.verb if is_about_several else "something recorded about a young person (restricted record)"
    return Event(at=event.at, verb=verb, by_name=event.by_name, changes={})
