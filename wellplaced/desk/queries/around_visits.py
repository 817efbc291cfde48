"""My work around visits: those to confirm, to make, to record and to close, and every open step, in one query."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.functions import DenseRank, JSONObject

from wellplaced.desk.queries.horizon import LATER, WAITING, Horizon
from wellplaced.desk.queries.my_work import looked_after
from wellplaced.guidance.steps import STEPS
from wellplaced.monitoring.models import Step, StepState, Visit, VisitDischarge, VisitState
from wellplaced.monitoring.words import KINDS
from wellplaced.people.models import Person
from wellplaced.people.rights import Role
from wellplaced.register.models import Provision

VISIT, TO_DO, REVIEW, WAITED_FOR = "visit", "to_do", "review", "waited_for"
OFFICERS_OWN = ("la_representative", "la_representative_or_sqao")
REVIEWERS_OWN = "sqao"
SETTLED = [StepState.DONE, StepState.SET_ASIDE]

# Conditions of a row, in the names of its annotations, which all speak of one and the same step
ITSELF = Q(step_name=None) | Q(step_name="visit_held")  # a proposed visit has no steps
FORM = "pre_visit_form_received"
LETTER = Step.objects.filter(visit=OuterRef("pk"), step="letter_sent")
SENT = Step.objects.filter(visit=OuterRef("pk"), step="report_submitted")
ASKED_FOR = Q(step_name=FORM) & Exists(LETTER.filter(state__in=SETTLED))  # nobody waits for it unasked
OF_VISIT = Step.objects.filter(visit=OuterRef("pk"))
ALL_SETTLED = Q(step_name=None) & Exists(OF_VISIT) & ~Exists(OF_VISIT.filter(state=StepState.WAITING))
OF_STEPS = Q(step_name__in=[step for step in STEPS if step not in ("visit_held", FORM)]) | ASKED_FOR


@dataclass(frozen=True, kw_only=True)
class Around:
    """A visit on its day (`kind` VISIT), or its open steps of one kind that fall due on one day, in their order."""

    visit: Visit
    kind: str
    section: str
    in_all: int  # how many steps and visits the whole section holds
    on: date | None
    steps: Sequence[Step] = ()

    @property
    def provision(self) -> Provision:
        return self.visit.provision


def around_visits(
    person: Person, horizon: Horizon, *, officers: Collection[int], senior: bool, most: int
) -> list[Around]:
    """What these officers owe around their visits, what they wait for, and for senior officers what is to be reviewed.

    Of each section the first `most` visits and days, each with all its steps.
    """
    theirs = Q(officer__in=officers) | _left_behind(person, officers, horizon.today)
    to_review = _to_review(officers, person, senior=senior)
    to_make = Q(state__in=[VisitState.PROPOSED, VisitState.BOOKED])
    to_close = Q(state=VisitState.HELD) & ALL_SETTLED
    wanted = (theirs & ((to_make & ITSELF) | to_close | OF_STEPS)) | (to_review & Q(step_owner=REVIEWERS_OWN))
    rows = _with_open_step(Visit.objects.seen_by(person).filter(_live(), theirs | to_review)).filter(wanted)
    rows = rows.annotate(on=Case(When(to_make & ITSELF, then="visit_on"), default="step_due_on"))
    rows = rows.annotate(
        section=_section(horizon, to_review), is_to_review=ExpressionWrapper(to_review, BooleanField())
    )
    ordered = [F("on").asc(nulls_last=True), F("pk").asc()]
    rows = rows.annotate(
        line=Window(DenseRank(), partition_by=[F("section")], order_by=ordered),
        in_all=Window(Count("pk"), partition_by=[F("section")]),
    )
    rows = rows.select_related("provision", "officer", "reviewer").order_by("line", *ordered, "step_position")
    return _lines(takewhile(lambda row: row.line <= most, rows.iterator()))


def _live() -> Q:
    """Proposed, booked, or held and not closed; those that a file brought in were made before the service was used."""
    going_on = [VisitState.PROPOSED, VisitState.BOOKED, VisitState.HELD]
    return Q(state__in=going_on, closed_on=None, loaded=False)


def _left_behind(person: Person, officers: Collection[int], today: date) -> Q:
    """Visits of colleagues who left, at places that one of these looks after by now."""
    mine = looked_after(person, officers, today).filter(ends_on=None)
    return Q(officer__is_active=False, provision__in=mine.values("provision"))


def _to_review(officers: Collection[int], person: Person, *, senior: bool) -> Q:
    """Reviewed by one of these; where any senior officer may take it, also by nobody yet, or by nobody who reviews any
    more. Never one's own visit.
    """
    reviewed = Q(reviewer__in=officers)
    if senior:
        seniors = Person.objects.seen_by(person).holding(Role.SENIOR_OFFICER).values("pk")
        reviewed |= Q(state=VisitState.HELD) & (Q(reviewer=None) | ~Q(reviewer__in=seniors))
    return reviewed & ~Q(officer=person.pk)


def _with_open_step(visits: QuerySet[Visit]) -> QuerySet[Any]:
    """A row an open step, or the visit alone; with all that the sentences need."""
    named = VisitDischarge.objects.filter(visit=OuterRef("pk")).order_by().values("visit")
    of_kind = {kind: Count("pk", filter=Q(key__startswith=f"{kind}:")) for kind in KINDS}
    return visits.annotate(
        open_step=FilteredRelation("steps", condition=Q(steps__state=StepState.OPEN)),
        letter_on=Subquery(LETTER.values("done_on")),
        sent_on=Subquery(SENT.values("done_on")),
        discharging=Subquery(named.annotate(kinds=JSONObject(**of_kind)).values("kinds")),
        step_position=F("open_step__position"),
        step_name=F("open_step__step"),
        step_owner=F("open_step__owner"),
        step_recipient=F("open_step__recipient"),
        step_clock_on=F("open_step__clock_on"),
        step_due_on=F("open_step__due_on"),
        step_short_notice=F("open_step__short_notice"),
    )


def _section(horizon: Horizon, to_review: Q) -> Case:
    """What others owe waits, however late it is; the rest stands by its day."""
    of_others = Q(step_name__in=[FORM, "comment_received"])
    of_reviewer = Q(step_owner=REVIEWERS_OWN) & ~to_review
    waits = When(of_others | of_reviewer, then=Value(WAITING))
    return Case(waits, *horizon.whens("on"), default=Value(LATER), output_field=CharField())


def _kind(row: Any) -> str:
    """What a row is to whoever asks, as the query has chosen it."""
    if row.step_name in (None, "visit_held"):
        return VISIT
    if row.step_owner == REVIEWERS_OWN and row.is_to_review:
        return REVIEW
    return TO_DO if row.step_owner in OFFICERS_OWN else WAITED_FOR


def _lines(rows: Iterable[Any]) -> list[Around]:
    """The rows of one line together."""
    together: dict[tuple[Any, ...], list[Any]] = {}
    for row in rows:
        together.setdefault((row.section, row.on, row.pk, _kind(row)), []).append(row)
    return [_line(kind, found) for (*_, kind), found in together.items()]


def _line(kind: str, found: Sequence[Any]) -> Around:
    first = found[0]
    steps = [_step(each) for each in found] if kind != VISIT else []
    return Around(visit=first, kind=kind, section=first.section, in_all=first.in_all, on=first.on, steps=steps)


def _step(row: Any) -> Step:
    """The step of a row, as far as its sentences need it."""
    return Step(
        visit_id=row.pk,
        provision_id=row.provision_id,
        step=row.step_name,
        recipient=row.step_recipient or "",
        position=row.step_position,
        clock_on=row.letter_on if row.step_name == FORM else row.step_clock_on,
        due_on=row.on,
        state=StepState.OPEN,
        short_notice=bool(row.step_short_notice),
    )
