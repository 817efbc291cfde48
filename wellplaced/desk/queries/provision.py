"""What the page of a provision shows, as one authority knows it: one query for each part."""

from datetime import date
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)

from wellplaced.desk.queries.described import SHORT_STAY, described, seen_by
from wellplaced.guidance.steps import VISIT_HELD
from wellplaced.monitoring.models import (
    Assignment,
    Concern,
    JudgementFollowUp,
    PlanStep,
    Requirement,
    Step,
    StepState,
    Task,
    Visit,
    VisitState,
)
from wellplaced.monitoring.models.owed import OWED
from wellplaced.people.models import Cover, Person
from wellplaced.placements.models import Placement
from wellplaced.register.models import Judgement, Premises, Provision, Registration

READ = 40  # of each kind: the newest, for the lists and the picture; each list's own page has all


def assignment(provision: Provision, person: Person, today: date) -> Assignment | None:
    """Who looks after the provision; `covered_by` names who acts for them today."""
    rows = (
        Assignment.objects.seen_by(person).filter(provision=provision).filter(Q(ends_on=None) | Q(ends_on__gte=today))
    )
    covers = Cover.objects.seen_by(person).on(today).filter(absent=OuterRef("officer")).values("covering__name")
    found: Assignment | None = (
        rows.annotate(covered_by=Subquery(covers[:1])).select_related("officer").order_by("-starts_on", "-pk").first()
    )
    return found


def registrations(provision: Provision, person: Person) -> list[Registration]:
    """The registrations, the newest first."""
    return list(
        Registration.objects.seen_by(person)
        .filter(provision=provision)
        .order_by(F("registered_on").desc(nulls_last=True), "-pk")
    )


def judgements(provision: Provision, person: Person) -> list[Judgement]:
    """The judgements, the newest first, each with what this authority did about it as `own_follow_ups`."""
    own = Prefetch("follow_ups", queryset=JudgementFollowUp.objects.seen_by(person), to_attr="own_follow_ups")
    rows = Judgement.objects.seen_by(person).filter(provision=provision).select_related("registration")
    return list(_counted(rows.prefetch_related(own)).order_by("-published_on", "-pk")[:READ])


def placements(provision: Provision, person: Person, today: date) -> list[Placement]:
    """Everybody of ours placed there, current ones first; `seen` is false where nothing of the young person may be shown."""
    current = Case(
        When(Q(cancelled=False) & (Q(ends_on=None) | Q(ends_on__gte=today)), then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    rows = Placement.objects.of(person.authority_id).filter(provision=provision)
    rows = rows.annotate(seen=seen_by(person, "young_person"), goes_on=current)
    related = _counted(rows).select_related("young_person", "premises")
    return list(related.order_by("-goes_on", "-starts_on", "-pk")[:READ])


def requirements(provision: Provision, person: Person) -> list[Requirement]:
    """What is owed, earliest first; then what was settled, the latest first."""
    still = Case(When(state__in=OWED, then=Value(True)), default=Value(False), output_field=BooleanField())
    rows = Requirement.objects.seen_by(person).filter(provision=provision).annotate(still=still)
    rows = _counted(described(rows, person), by="still").annotate(**_next_of_plan(person))
    earliest = Case(When(still=True, then=F("due_on"))).asc(nulls_last=True)
    found = list(rows.order_by("-still", earliest, F("due_on").desc(nulls_last=True), "-pk")[: 2 * READ])
    for row in found:
        row.provision = provision  # by the name that the authority knows it by
    return found


def short_stays(provision: Provision, person: Person) -> list[Requirement]:
    """R18: the latest stay that ended before its initial visit was due, with how many there are."""
    rows = Requirement.objects.seen_by(person).filter(SHORT_STAY, provision=provision)
    rows = _counted(rows.annotate(seen=seen_by(person, "placement__young_person")))
    return list(rows.select_related("placement__young_person").order_by("-placement__starts_on", "-pk")[:1])


def _next_of_plan(person: Person) -> dict[str, Subquery]:
    """R14: what is next to be done about the action plan that a visit waits for, and by when."""
    steps = PlanStep.objects.seen_by(person).filter(judgement=OuterRef("deciding_judgement"), done_on=None)
    steps = steps.order_by("due_on")
    return {"plan_step": Subquery(steps.values("step")[:1]), "plan_step_due": Subquery(steps.values("due_on")[:1])}


def concerns(provision: Provision, person: Person) -> list[Concern]:
    """The concerns, the newest first, with the young people whom they are about."""
    rows = _counted(Concern.objects.seen_by(person).standing().filter(provision=provision)).prefetch_related(
        "young_people"
    )
    return list(rows.order_by("-raised_on", "-pk")[:READ])


def visits(provision: Provision, person: Person) -> list[Visit]:
    """The visits, the newest first."""
    rows = _counted(Visit.objects.seen_by(person).filter(provision=provision)).select_related("officer")
    return list(rows.order_by("-visit_on", "-pk")[:READ])


def steps(provision: Provision, person: Person, since: date) -> list[Step]:
    """The steps of its visits that were done or are due since a day, the newest first; the visits themselves stand apart."""
    has_day = Q(done_on__gte=since) | Q(state=StepState.OPEN, due_on__gte=since)
    rows = Step.objects.seen_by(person).filter(has_day, provision=provision).exclude(step=VISIT_HELD)
    rows = rows.exclude(visit__state=VisitState.NOT_HELD, state=StepState.OPEN).select_related("visit")
    return list(rows.order_by("-visit__visit_on", "-visit", "position")[: 2 * READ])


def premises(provision: Provision, person: Person) -> list[Premises]:
    """Its houses and flats, with the day on which each was last seen on a visit and whether one of ours lives there."""
    rows = _counted(Premises.objects.seen_by(person).filter(provision=provision))
    held = Visit.objects.seen_by(person).filter(premises=OuterRef("pk"), state=VisitState.HELD).order_by("-visit_on")
    return list(rows.annotate(last_seen=Subquery(held.values("visit_on")[:1])).order_by("label")[:READ])


def tasks(provision: Provision, person: Person) -> list[Task]:
    """Open tasks, the earliest due first."""
    rows = _counted(Task.objects.seen_by(person).filter(provision=provision, done_on=None))
    return list(rows.order_by(F("due_on").asc(nulls_last=True), "pk")[:READ])


def _counted(rows: QuerySet[Any], by: str = "") -> QuerySet[Any]:
    """The rows with `in_all`, how many there are, before they are cut."""
    counted: QuerySet[Any] = rows.annotate(in_all=Window(Count("pk"), partition_by=[F(by)] if by else None))
    return counted
