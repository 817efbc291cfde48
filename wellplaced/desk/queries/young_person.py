"""What the rooms above placements know of one young person: the concerns that name them, and what is owed where they are."""

from datetime import date

from django.db.models import F, Prefetch, Q

from wellplaced.desk.queries.described import described
from wellplaced.monitoring.models import Concern, Requirement
from wellplaced.people.models import Person
from wellplaced.placements.models import Placement, YoungPerson
from wellplaced.register.models import LocalDetails

READ = 40  # the newest concerns, and the earliest due of what is owed


def concerns(young_person: YoungPerson, person: Person) -> list[Concern]:
    """The concerns that name the young person, the newest first."""
    rows = Concern.objects.seen_by(person).standing().filter(young_people=young_person).select_related("provision")
    return list(rows.prefetch_related(_names(person)).order_by("-raised_on", "-pk")[:READ])


def owed(young_person: YoungPerson, person: Person, today: date) -> list[Requirement]:
    """What is owed for their own placements, and to the whole provision where they are placed or are to be."""
    placed = Placement.objects.seen_by(person).filter(young_person=young_person, cancelled=False)
    there = placed.filter(Q(ends_on=None) | Q(ends_on__gte=today)).values("provision")
    rows = Requirement.objects.seen_by(person).owed()
    rows = rows.filter(Q(placement__in=placed.values("pk")) | Q(placement=None, provision__in=there))
    named = described(rows, person).prefetch_related(_names(person))
    return list(named.order_by(F("due_on").asc(nulls_last=True), "pk")[:READ])


def _names(person: Person) -> Prefetch[str]:
    """The names that the authority typed for the provisions."""
    own = LocalDetails.objects.seen_by(person)
    return Prefetch("provision__local_details", queryset=own, to_attr="own_details")
