"""What happened at a provision, without what the reader may not see."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

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

ABOUT_SEVERAL = (Concern, Feedback)  # each names the young people whom it is about


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
    about: set[tuple[str, int]] = set()
    for model in ABOUT_SEVERAL:
        about |= _closed_records(model, events, person)
    return [_told(event, closed, about) for event in events]


def _closed_records(model: type[Concern | Feedback], events: Sequence[Event], person: Person) -> set[tuple[str, int]]:
    """Records about somebody whose record is closed to the person: their words may name them."""
    kind = model._meta.label_lower
    numbers = {event.about_id for event in events if event.about_type == kind}
    if not numbers:
        return set()
    named_on = YoungPerson.objects.seen_by(person).filter(restricted=True)
    unseen = YoungPerson.objects.of(person.authority_id).filter(restricted=True).exclude(pk__in=named_on.values("pk"))
    rows = model.objects.seen_by(person).filter(pk__in=numbers, young_people__in=unseen.values("pk"))
    return {(kind, number) for number in rows.values_list("pk", flat=True)}


def _told(event: Event, closed: set[int], about: set[tuple[str, int]]) -> Event:
    is_about_several = (event.about_type, event.about_id) in about
    if (event.young_person_id or 0) not in closed and not is_about_several:
        return event
    verb = event.verb if is_about_several else "something recorded about a young person (restricted record)"
    return Event(at=event.at, verb=verb, by_name=event.by_name, changes={})
