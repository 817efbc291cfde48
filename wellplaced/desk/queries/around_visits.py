"""My work around visits: those to confirm, to make and to record, and every open step of them, in one query."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    FilteredRelation,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.functions import DenseRank

from wellplaced.desk.queries.horizon import WAITING, Horizon
from wellplaced.monitoring.models import Requirement, Step, StepState, Visit, VisitState
from wellplaced.people.models import Person
from wellplaced.register.models import Provision

VISIT, TO_DO, REVIEW, WAITED_FOR = "visit", "to_do", "review", "waited_for"
OFFICERS_OWN = ("la_representative", "la_representative_or_sqao")
REVIEWERS_OWN = "sqao"


@dataclass(frozen=True, kw_only=True)
class Around:
    """A visit on its day (`kind` VISIT), or its open steps of one kind that fall due on one day, in their order."""

    visit: Visit
    kind: str
    section: str
    in_section: int  # how many steps and visits the whole section holds
    on: date | None
    steps: Sequence[Step] = ()

    @property
    def provision(self) -> Provision:
        return self.visit.provision


def around_visits(
    person: Person, horizon: Horizon, *, officers: Collection[int], senior: bool, most: int
) -> list[Around]:
    """What these officers owe around their visits, what they wait for, and for senior officers what is to be reviewed.

    Of each section the first `most` lines, each with all its steps.
    """
    rows: QuerySet[Any] = _with_open_step(
        Visit.objects.seen_by(person).filter(_live(), _of(officers, person, senior=senior))
    )
    rows = rows.annotate(kind=_kind(officers, person, senior=senior)).filter(kind__isnull=False)
    rows = rows.annotate(on=Case(When(kind=VISIT, then="visit_on"), default="open_step__due_on"))
    rows = rows.annotate(section=_section(horizon))
    line = [F("on").asc(nulls_last=True), F("pk").asc(), F("kind").asc()]
    rows = rows.annotate(
        line=Window(DenseRank(), partition_by=[F("section")], order_by=line),
        in_section=Window(Count("pk"), partition_by=[F("section")]),
    )
    cut = rows.filter(line__lte=most).select_related("provision", "officer", "reviewer")
    return _lines(cut.order_by(*line, "step_position"))


def _live() -> Q:
    """Proposed, booked, or held and not closed; those that a file brought in were made before the service was used."""
    going_on = [VisitState.PROPOSED, VisitState.BOOKED, VisitState.HELD]
    return Q(state__in=going_on, closed_on=None, loaded=False)


def _of(officers: Collection[int], person: Person, *, senior: bool) -> Q:
    return Q(officer__in=officers) | _to_review(officers, person, senior=senior)


def _to_review(officers: Collection[int], person: Person, *, senior: bool) -> Q:
    """Reviewed by one of these, or by nobody yet where any senior officer may take it; never one's own visit."""
    reviewed = Q(reviewer__in=officers)
    if senior:
        reviewed |= Q(reviewer=None, state=VisitState.HELD)
    return reviewed & ~Q(officer=person.pk)


def _with_open_step(visits: QuerySet[Visit]) -> QuerySet[Visit]:
    """A row an open step, or the visit alone; with all that the sentences need."""
    own = Step.objects.filter(visit=OuterRef("pk"), step="letter_sent")
    owed = Requirement.objects.filter(authority=OuterRef("authority"), booked_by=OuterRef("pk"))
    named = owed.order_by().values("booked_by")
    return visits.annotate(
        open_step=FilteredRelation("steps", condition=Q(steps__state=StepState.OPEN)),
        letter_state=Subquery(own.values("state")[:1]),
        letter_on=Subquery(own.values("done_on")[:1]),
        discharging=Subquery(named.annotate(count=Count("pk")).values("count")),
        discharge_by=Subquery(named.annotate(first=Min("due_on")).values("first")),
        step_position=F("open_step__position"),
        step_name=F("open_step__step"),
        step_recipient=F("open_step__recipient"),
        step_clock_on=F("open_step__clock_on"),
        step_short_notice=F("open_step__short_notice"),
    )


def _kind(officers: Collection[int], person: Person, *, senior: bool) -> Case:
    """What the row is to whoever asks; null: nothing."""
    theirs = Q(officer__in=officers)
    made = Q(open_step__step="visit_held") | Q(open_step__step=None)  # the visit itself; a proposed one has no steps
    return Case(
        When(theirs & made & Q(state__in=[VisitState.PROPOSED, VisitState.BOOKED]), then=Value(VISIT)),
        When(made, then=None),
        When(
            _to_review(officers, person, senior=senior) & Q(open_step__owner=REVIEWERS_OWN),
            then=Value(REVIEW),
        ),
        When(theirs & Q(open_step__owner__in=OFFICERS_OWN), then=Value(TO_DO)),
        # nobody waits for the form before the letter has asked for it
        When(Q(open_step__step="pre_visit_form_received", letter_state=StepState.OPEN), then=None),
        When(theirs, then=Value(WAITED_FOR)),
        default=None,
        output_field=CharField(),
    )


def _section(horizon: Horizon) -> Case:
    waited_for = When(kind=WAITED_FOR, then=Value(WAITING))
    return Case(waited_for, default=horizon.section("on"), output_field=CharField())


def _lines(rows: QuerySet[Visit]) -> list[Around]:
    """The rows of one line together."""
    made = []
    for (section, on, _, kind), group in groupby(rows, key=_line_of):
        found: list[Any] = list(group)
        first = found[0]
        steps = [_step(each) for each in found] if kind != VISIT else []
        made.append(Around(visit=first, kind=kind, section=section, in_section=first.in_section, on=on, steps=steps))
    return made


def _line_of(row: Any) -> tuple[str, date | None, int, str]:
    return row.section, row.on, row.pk, row.kind


def _step(row: Any) -> Step:
    """The step of a row, as far as its sentences need it."""
    return Step(
        visit_id=row.pk,
        provision_id=row.provision_id,
        step=row.step_name,
        recipient=row.step_recipient or "",
        position=row.step_position,
        clock_on=row.letter_on if row.step_name == "pre_visit_form_received" else row.step_clock_on,
        due_on=row.on,
        state=StepState.OPEN,
        short_notice=bool(row.step_short_notice),
    )
