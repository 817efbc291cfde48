"""What the rooms above placements know of one young person: the concerns that name them, and what is owed where they are."""

from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Window

from wellplaced.desk.queries.described import SHORT_STAY, described
from wellplaced.monitoring.models import Assignment, Concern, Requirement
from wellplaced.people.models import Person, ProvisionType
from wellplaced.placements.models import Placement, YoungPerson
from wellplaced.register.models import LocalDetails, Provision

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


def short_stays(young_person: YoungPerson, person: Person) -> list[Requirement]:
    """R18: their stays that ended before the initial visit was due, the latest first, with how many there are."""
    placed = Placement.objects.seen_by(person).filter(young_person=young_person)
    rows = Requirement.objects.seen_by(person).filter(SHORT_STAY, placement__in=placed.values("pk"))
    rows = rows.select_related("provision", "placement").prefetch_related(_names(person))
    return list(rows.annotate(in_all=Window(Count("pk"))).order_by("-placement__starts_on", "-pk")[:READ])


def looked_after_by_nobody(young_person: YoungPerson, person: Person, today: date) -> list[Provision]:
    """Where they are placed, or are to be, and nobody looks after the provision."""
    placed = Placement.objects.seen_by(person).filter(young_person=young_person, cancelled=False)
    there = placed.filter(Q(ends_on=None) | Q(ends_on__gte=today)).values("provision")
    current = Assignment.objects.seen_by(person).filter(Q(ends_on=None) | Q(ends_on__gte=today))
    rows = Provision.objects.seen_by(person).with_details_of(person.authority_id).filter(pk__in=there)
    rows = rows.exclude(type=ProvisionType.NOT_MONITORED)
    return list(rows.filter(~Exists(current.filter(provision=OuterRef("pk")))).order_by("name", "pk"))


def _names(person: Person) -> Prefetch[str]:
    """The names that the authority typed for the provisions."""
    own = LocalDetails.objects.seen_by(person)
    return Prefetch("provision__local_details", queryset=own, to_attr="own_details")
