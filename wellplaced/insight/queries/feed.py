"""The visits in a person's feed, each with the moment of its last change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.db.models import Max

from wellplaced.history.models import Event
from wellplaced.monitoring.models import Visit
from wellplaced.monitoring.sight import months_before
from wellplaced.people.models import Person

PAST_MONTHS = 6  # how far back a calendar program still finds visits, cancelled ones too


@dataclass(frozen=True)
class Fed:
    """A visit, and when anything about it was last recorded."""

    visit: Visit
    changed_at: datetime


def visits_fed(person: Person, today: date) -> Sequence[Fed]:
    """The visits that the person makes, from some months back on. Two queries."""
    since = months_before(today, PAST_MONTHS)
    rows = Visit.objects.seen_by(person).filter(officer=person, visit_on__gte=since).select_related("provision")
    visits: list[Visit] = list(rows.order_by("visit_on", "pk"))
    about = Event.objects.filter(about_type=Visit._meta.label_lower, about_id__in=[each.pk for each in visits])
    changed = dict(about.values_list("about_id").annotate(Max("at")).order_by())
    return [Fed(each, changed.get(each.pk) or _booked_at(each)) for each in visits]


def _booked_at(visit: Visit) -> datetime:
    """Of a visit of which the history knows nothing."""
    return datetime.combine(visit.booked_on, time(), tzinfo=UTC)
