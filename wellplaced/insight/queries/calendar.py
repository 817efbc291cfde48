"""What stands in a calendar: visits, what is owed and steps by day, each kind in one query that cuts every day to its first."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.expressions import OrderBy

from wellplaced.design.lists.first_of_each import first_of_each
from wellplaced.guidance.steps import VISIT_HELD
from wellplaced.monitoring.models import Assignment, Requirement, Step, Visit, VisitState
from wellplaced.people.models import Cover, Person
from wellplaced.people.rights import Permission
from wellplaced.register.models import Provision

SHOWN = (VisitState.PROPOSED, VisitState.BOOKED, VisitState.HELD)
OF_SENIOR_OFFICER = ("sqao", "la_representative_or_sqao")
STEPS_TOGETHER = 3  # of one visit, due on one day: the letter, the requests for feedback, the confirmation


@dataclass(frozen=True)
class Span:
    """From the first to the last day, both included, and how many of a kind each day shows."""

    first: date
    last: date
    a_day: int

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True)
class Found:
    """The rows of a span, what their provisions are called, and how many there are on each day in all."""

    visits: list[Visit]
    owed: list[Requirement]
    steps: list[Step]
    names: dict[int, str]
    in_all: Counter[date]


def found_in(person: Person, span: Span, today: date, *, team: bool) -> Found:
    """The person's own and that of colleagues for whom they act today, or the whole team's. Six queries."""
    officers = None if team else {person.pk, *_covered(person, today)}
    visits = _visits(person, span, officers)
    owed = _owed(person, span, officers, today)
    steps = _steps(person, span, officers)
    provisions = {row.provision_id for rows in (visits, owed, steps) for row in rows}
    named = Provision.objects.seen_by(person).with_details_of(person.authority_id).filter(pk__in=provisions)
    in_all = _in_all(visits) + _in_all(owed) + _in_all(steps)
    return Found(visits, owed, steps, {each.pk: _name(each) for each in named}, in_all)


def _name(provision: Provision) -> str:
    warning = provision.standing_warning
    return f"{provision.known_as} ({warning})" if warning else provision.known_as


def _in_all(rows: list[Any]) -> Counter[date]:
    """How many of a kind each day has, as its rows say."""
    return Counter({row.on: row.in_all for row in rows})


def _covered(person: Person, today: date) -> list[int]:
    covers = Cover.objects.seen_by(person).on(today).filter(covering=person)
    return list(covers.values_list("absent_id", flat=True))


def _visits(person: Person, span: Span, officers: set[int] | None) -> list[Visit]:
    rows = Visit.objects.seen_by(person).filter(state__in=SHOWN)
    if officers is not None:
        rows = rows.filter(officer__in=officers)
    timed = F("visit_at").asc(nulls_last=True)
    return _first_of_each_day(rows.select_related("officer"), "visit_on", span, timed)


def _owed(person: Person, span: Span, officers: set[int] | None, today: date) -> list[Requirement]:
    """By its due date, at the provisions that the officers look after, or in the visits that they have booked."""
    rows = Requirement.objects.seen_by(person).owed()
    if officers is not None:
        assigned = Assignment.objects.seen_by(person).filter(officer__in=officers, provision=OuterRef("provision"))
        holds = Exists(assigned.filter(Q(ends_on=None) | Q(ends_on__gte=today)))
        rows = rows.filter(holds | Q(booked_by__officer__in=officers))
    return _first_of_each_day(rows, "due_on", span, F("provision").asc(), F("kind").asc())


def _steps(person: Person, span: Span, officers: set[int] | None) -> list[Step]:
    """Steps to be done, of live visits. The visit itself is due with what it discharges; of comments one stands for all."""
    rows = Step.objects.seen_by(person).live().open().exclude(step=VISIT_HELD)
    before = Step.objects.seen_by(person).open().filter(visit=OuterRef("visit"), step=OuterRef("step"))
    rows = rows.filter(Q(recipient="") | ~Exists(before.filter(position__lt=OuterRef("position"))))
    if officers is not None:
        rows = rows.filter(_theirs(person, officers))
    more = replace(span, a_day=span.a_day * STEPS_TOGETHER)
    rows = rows.select_related("visit__officer")
    return _first_of_each_day(rows, "due_on", more, F("visit").asc(), F("position").asc())


def _theirs(person: Person, officers: set[int]) -> Q:
    """Of one's own visits all but the senior officer's steps; those of the visits that one reviews."""
    mine = Q(visit__officer__in=officers) & ~Q(owner="sqao")
    reviewed = Q(visit__reviewer__in=officers)
    if person.may(Permission.REVIEW_REPORT):
        reviewed |= Q(visit__reviewer=None, owner="sqao")
    return mine | (reviewed & Q(owner__in=OF_SENIOR_OFFICER))


def _first_of_each_day(rows: QuerySet[Any], field: str, span: Span, *order: OrderBy) -> list[Any]:
    """The first rows of each day, day after day, each with `on`, its day, and `in_all`, how many that day has of the kind."""
    within = rows.filter(**{f"{field}__gte": span.first, f"{field}__lte": span.last}).annotate(on=F(field))
    found = first_of_each(within, "on", order, most=span.a_day, groups=span.days)
    return sorted(found, key=lambda row: (row.on, row.place))
