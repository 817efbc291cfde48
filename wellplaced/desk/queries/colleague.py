"""What the rooms above people know of one colleague: the visits ahead of them, and how much they look after."""

from datetime import date

from django.db.models import Prefetch

from wellplaced.desk.queries.my_work import looked_after
from wellplaced.monitoring.models import Visit, VisitState
from wellplaced.people.models import Person
from wellplaced.register.models import LocalDetails

READ = 100  # visits ahead: more than anybody makes


def visits_ahead(colleague: Person, person: Person) -> list[Visit]:
    """What is proposed or booked for the colleague, the earliest first, those of the past that nobody recorded among them."""
    own = LocalDetails.objects.seen_by(person)
    rows = Visit.objects.seen_by(person).filter(
        officer=colleague, state__in=[VisitState.PROPOSED, VisitState.BOOKED], loaded=False
    )
    named = rows.select_related("provision").prefetch_related(
        Prefetch("provision__local_details", queryset=own, to_attr="own_details")
    )
    return list(named.order_by("visit_on", "pk")[:READ])


def provisions_looked_after(colleague: Person, person: Person, today: date) -> int:
    """How many provisions the colleague looks after today."""
    return looked_after(person, [colleague.pk], today).values("provision").distinct().count()
