"""What else an officer has on a day: visits booked or proposed there and then."""

from datetime import date, time

from django.db.models import Prefetch

from wellplaced.monitoring.models import Visit, VisitState
from wellplaced.people.models import Person
from wellplaced.register.models import Provision

TO_COME = (VisitState.PROPOSED, VisitState.BOOKED)


def visits_that_day(officer: Person, visit_on: date, *, besides: Visit | None = None) -> list[Visit]:
    """The officer's visits booked or proposed for the day, by time, each with its provision as the authority names it."""
    named = Provision.objects.seen_by(officer).with_details_of(officer.authority_id)
    rows = Visit.objects.seen_by(officer).filter(officer=officer, visit_on=visit_on, state__in=TO_COME)
    if besides is not None:
        rows = rows.exclude(pk=besides.pk)
    found = rows.select_related("officer").prefetch_related(Prefetch("provision", queryset=named))
    return sorted(found, key=lambda visit: (visit.visit_at is None, visit.visit_at, visit.pk))


def clashing(officer: Person, visit_on: date, visit_at: time | None, *, besides: Visit | None = None) -> Visit | None:
    """Another visit of the officer at the same time; one without a time is at no time in particular."""
    if visit_at is None:
        return None
    that_day = visits_that_day(officer, visit_on, besides=besides)
    return next((visit for visit in that_day if visit.visit_at == visit_at), None)
