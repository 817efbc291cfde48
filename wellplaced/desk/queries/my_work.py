"""What my work shows: each kind of work in one query that cuts every section to its first lines and counts the rest."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import (
    Count,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Window,
)

from wellplaced.design.lists.first_of_each import first_of_each
from wellplaced.desk.queries.described import described, seen_by
from wellplaced.desk.queries.horizon import SECTIONS, Horizon
from wellplaced.monitoring.models import (
    Assignment,
    Notice,
    PlanStep,
    Requirement,
    RequirementState,
    Task,
)
from wellplaced.monitoring.models.owed import OWED
from wellplaced.people.models import Cover, Person
from wellplaced.people.rights import Role

LINES_SHOWN = 15  # of a section, from each kind of work; the rest stands behind 'see all'


@dataclass(frozen=True)
class Covered:
    """The colleagues for whom somebody acts today: their names by number, and the roles that they hold."""

    names: Mapping[int, str] = field(default_factory=dict)
    roles: frozenset[Role] = frozenset()


def covered_by(person: Person, today: date) -> Covered:
    """For whom the person acts today."""
    covers = Cover.objects.seen_by(person).on(today).filter(covering=person)
    rows = list(covers.values_list("absent_id", "absent__name", "absent__roles__role"))
    return Covered({pk: name for pk, name, _ in rows}, frozenset(Role(role) for *_, role in rows if role))


def looked_after(person: Person, officers: Collection[int], today: date) -> QuerySet[Assignment]:
    """The assignments of these officers that hold today."""
    rows: QuerySet[Assignment] = Assignment.objects.seen_by(person).filter(officer__in=officers)
    return rows.filter(Q(ends_on=None) | Q(ends_on__gte=today))


def requirements(
    person: Person, horizon: Horizon, *, officers: Collection[int], waiting: bool, escalated: bool
) -> list[Requirement]:
    """What is owed at the officers' provisions; for senior officers all that waits, for managers what is escalated."""
    mine = looked_after(person, officers, horizon.today)
    wanted = Q(provision__in=mine.values("provision")) & ~Q(_booked_by_one_of(officers), due_on__gte=horizon.today)
    if waiting:
        wanted |= Q(state=RequirementState.WAITING)
    elif escalated:
        wanted |= Q(state=RequirementState.WAITING, escalate_on__lte=horizon.today)
    rows = Requirement.objects.seen_by(person).owed().filter(wanted).annotate(section=horizon.section_of_requirement())
    officer = mine.filter(provision=OuterRef("provision")).order_by("-starts_on").values("officer")
    rows = described(rows.annotate(officer=Subquery(officer[:1])), person)
    return _first_of_each_section(rows, "due_on", "escalate_on")


def _booked_by_one_of(officers: Collection[int]) -> Q:
    """The visit's own line says it already."""
    return Q(state=RequirementState.BOOKED, booked_by__officer__in=officers)


def _first_of_each_section(rows: QuerySet[Any], *order: str) -> list[Any]:
    ordered = [F(name).asc(nulls_last=True) for name in order]
    return first_of_each(rows, "section", ordered, most=LINES_SHOWN, groups=len(SECTIONS))


def plan_steps(person: Person, horizon: Horizon) -> list[PlanStep]:
    """R14: the next thing that the senior officers owe about each action plan."""
    rows = PlanStep.objects.seen_by(person).filter(done_on=None)
    earlier = rows.filter(judgement=OuterRef("judgement"), due_on__lt=OuterRef("due_on"))
    rows = rows.filter(~Exists(earlier)).annotate(section=horizon.section("due_on"))
    return _first_of_each_section(rows.select_related("provision", "judgement"), "due_on")


def tasks(person: Person, horizon: Horizon, *, officers: Collection[int], senior: bool) -> list[Task]:
    """Open tasks at the officers' provisions; for senior officers also those that are theirs to do."""
    mine = looked_after(person, officers, horizon.today)
    wanted = Q(provision__in=mine.values("provision"))
    if senior:
        wanted |= Q(owner=Task.Owner.SENIOR_OFFICER)
    rows = Task.objects.seen_by(person).filter(wanted, done_on=None).annotate(section=horizon.section("due_on"))
    rows = rows.annotate(officer=Subquery(mine.filter(provision=OuterRef("provision")).values("officer")[:1]))
    return _first_of_each_section(rows.select_related("provision"), "due_on")


def notices(person: Person, officers: Collection[int], today: date) -> list[Notice]:
    """What people of the person's roles, lent ones too, are told and nobody has seen; for officers at their provisions."""
    mine = looked_after(person, officers, today)
    others = person.own_and_lent_roles - {Role.PLACEMENT_OFFICER}
    wanted = Q(for_role__in=others)
    if officers:
        wanted |= Q(for_role=Role.PLACEMENT_OFFICER, provision__in=mine.values("provision"))
    rows = Notice.objects.seen_by(person).filter(wanted, seen_on=None)
    rows = rows.annotate(seen=seen_by(person, "placement__young_person"), in_all=Window(Count("pk")))
    related = rows.select_related("provision", "judgement", "placement__young_person")
    return list(related.order_by("-raised_on", "-pk")[:LINES_SHOWN])


def authority_counts(person: Person, horizon: Horizon) -> dict[str, int]:
    """How much the whole authority owes, and at how many provisions nobody looks after it."""
    today = horizon.today
    current = Q(provision__assignment__authority=person.authority_id, provision__assignment__ends_on=None)
    rows = Requirement.objects.seen_by(person).filter(state__in=OWED)
    rows = rows.annotate(looked_after=FilteredRelation("provision__assignment", condition=current))
    counts: dict[str, int] = rows.aggregate(
        overdue=Count("pk", filter=Q(due_on__lt=today), distinct=True),
        waiting=Count("pk", filter=Q(state=RequirementState.WAITING), distinct=True),
        escalated=Count("pk", filter=Q(state=RequirementState.WAITING, escalate_on__lte=today), distinct=True),
        week=Count("pk", filter=Q(due_on__gte=today, due_on__lte=horizon.week_until), distinct=True),
        unassigned=Count("provision", filter=Q(looked_after=None), distinct=True),
    )
    return counts
