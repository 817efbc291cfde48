"""Who has what: counted in SQL, one row an officer, and one for what nobody looks after."""

from datetime import date
from typing import Any

from django.db.models import Count, Exists, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from wellplaced.monitoring.models import Assignment, Requirement, RequirementState, Step, Visit, VisitState
from wellplaced.monitoring.models.owed import OWED
from wellplaced.people.models import Approval, Cover, Person
from wellplaced.people.rights import Role
from wellplaced.register.models import Provision

MOVED_AT_ONCE = 200  # provisions that one page offers for reassigning


def officers(person: Person, today: date) -> list[Person]:
    """The placement officers, and whoever else looks after something, makes a visit that goes on, or reviews its report;
    those who left among them. Each with who covers today.
    """
    cover = Cover.objects.seen_by(person).on(today).filter(absent=OuterRef("pk")).values("covering__name")
    looking = Assignment.objects.seen_by(person).filter(officer=OuterRef("pk"), ends_on=None)
    held = Person.objects.seen_by(person).holding(Role.PLACEMENT_OFFICER).values("pk")
    working = Visit.objects.seen_by(person).filter(state__in=[VisitState.BOOKED, VisitState.HELD], closed_on=None)
    visiting, reviewing = working.filter(officer=OuterRef("pk"), loaded=False), working.filter(reviewer=OuterRef("pk"))
    wanted = Q(pk__in=held) | Exists(looking) | Exists(visiting) | Exists(reviewing)
    rows = Person.objects.seen_by(person).filter(wanted)
    return list(rows.annotate(covered_by=Subquery(cover[:1])).order_by("name", "pk"))


def owed_by_officer(person: Person, today: date, week_until: date) -> dict[int, dict[str, int]]:
    """For each officer: provisions looked after, owed, overdue, due this week, waiting."""
    here = "provision__requirements"
    owed = FilteredRelation(
        here, condition=Q((f"{here}__authority", person.authority_id)) & Q((f"{here}__state__in", OWED))
    )
    rows = Assignment.objects.seen_by(person).filter(ends_on=None).annotate(requirement=owed).order_by()
    counted = rows.values("officer").annotate(
        provisions=Count("provision", distinct=True), **_counts("requirement__", today, week_until)
    )
    return {row["officer"]: row for row in counted}


def owed_by_nobody(person: Person, today: date, week_until: date) -> dict[str, int]:
    """What is owed at provisions that nobody looks after, and at how many of them."""
    current = Assignment.objects.seen_by(person).filter(provision=OuterRef("provision"), ends_on=None)
    rows = Requirement.objects.seen_by(person).owed().filter(~Exists(current))
    return rows.aggregate(provisions=Count("provision", distinct=True), **_counts("", today, week_until))  # type: ignore[no-any-return]


def _counts(at: str, today: date, week_until: date) -> dict[str, Count]:
    overdue = Q((f"{at}due_on__lt", today))
    week = Q((f"{at}due_on__gte", today)) & Q((f"{at}due_on__lte", week_until))
    return {
        "owed": Count(f"{at}pk", distinct=True),
        "overdue": Count(f"{at}pk", filter=overdue, distinct=True),
        "week": Count(f"{at}pk", filter=week, distinct=True),
        "waiting": Count(f"{at}pk", filter=Q((f"{at}state", RequirementState.WAITING)), distinct=True),
    }


def booked_by_officer(person: Person, today: date) -> dict[int, int]:
    """How many visits each officer has booked from today on."""
    rows = Visit.objects.seen_by(person).filter(state=VisitState.BOOKED, visit_on__gte=today).order_by()
    return dict(rows.values_list("officer").annotate(count=Count("pk")))


def steps_by_officer(person: Person, today: date, week_until: date) -> dict[int | None, dict[str, int]]:
    """Of the visits that each officer makes: steps that are overdue, and that fall due this week, whosever they are."""
    rows = Step.objects.seen_by(person).live().open().order_by().values("visit__officer")
    week = Q(due_on__gte=today, due_on__lte=week_until)
    counted = rows.annotate(late=Count("pk", filter=Q(due_on__lt=today)), soon=Count("pk", filter=week))
    return {row["visit__officer"]: {"steps_overdue": row["late"], "steps_week": row["soon"]} for row in counted}


def reviews_by_officer(person: Person) -> dict[int | None, int]:
    """How many reports each senior officer has to return; None: those that nobody has been chosen for."""
    rows = Step.objects.seen_by(person).live().open().filter(step="report_returned").order_by()
    return dict(rows.values_list("visit__reviewer").annotate(count=Count("pk")))


def provisions_of(person: Person, officer: int | None) -> QuerySet[Provision]:
    """The provisions that an officer looks after; without one, those that owe something and nobody looks after."""
    current = Assignment.objects.seen_by(person).filter(provision=OuterRef("pk"), ends_on=None)
    owed = Requirement.objects.seen_by(person).owed().filter(provision=OuterRef("pk"))
    rows = Provision.objects.seen_by(person)
    if officer is not None:
        rows = rows.filter(Exists(current.filter(officer=officer)))
    else:
        rows = rows.filter(Exists(owed), ~Exists(current))
    return rows.annotate(owed=_how_many(owed)).order_by("name", "pk")


def _how_many(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values("provision").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), 0)


def approved_types(person: Person, officer: Person, today: date) -> set[str]:
    """The types of provision that the officer is approved for today (C11)."""
    return set(
        Approval.objects.seen_by(person).on(today).filter(person=officer).values_list("provision_type", flat=True)
    )
