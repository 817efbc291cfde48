"""Requirements with all that their sentences need: for whom, since when they wait and on whom, who has it booked."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from wellplaced.monitoring.models import JudgementFollowUp, OtherAuthorityCheck, PlanStep, Requirement, RequirementState
from wellplaced.people.models import Person
from wellplaced.placements.models import YoungPerson

SHORT_STAY = Q(
    Q(due_on=None) | Q(placement__ends_on__lt=F("due_on")),
    kind="initial",
    state=RequirementState.LAPSED,
    placement__cancelled=False,
    placement__ends_on__isnull=False,
)  # R18: lapsed, because the stay ended before its initial visit was due


def described(rows: QuerySet[Requirement], person: Person) -> QuerySet[Requirement]:
    """The rows with `seen`, `requested_on`, `to_request_since`, `other_asked_on`, and what they are about."""
    return rows.select_related("provision", "placement__young_person", "booked_by__officer").annotate(
        seen=seen_by(person, "placement__young_person"),
        requested_on=_requested_on(person),
        to_request_since=_to_request_since(person),
        other_asked_on=_earliest_unanswered(person),
    )


def seen_by(person: Person, path: str) -> Exists:
    """Whether the person may see the young person."""
    return Exists(YoungPerson.objects.seen_by(person).filter(pk=OuterRef(path)))


def _requested_on(person: Person) -> Subquery:
    """C8: the day on which the action plan was asked for."""
    follow_ups = JudgementFollowUp.objects.seen_by(person).filter(judgement=OuterRef("deciding_judgement"))
    return Subquery(follow_ups.values("plan_requested_on")[:1])


def _to_request_since(person: Person) -> Subquery:
    """The day on which the clock of the request for the action plan started (R14)."""
    steps = PlanStep.objects.seen_by(person).filter(judgement=OuterRef("deciding_judgement")).order_by("clock_on")
    return Subquery(steps.values("clock_on")[:1])


def _earliest_unanswered(person: Person) -> Subquery:
    """C4: since when another authority has not answered."""
    checks = OtherAuthorityCheck.objects.seen_by(person).filter(placement=OuterRef("placement"), taken_back_because="")
    return Subquery(checks.filter(answered_on=None, asked_on__isnull=False).order_by("asked_on").values("asked_on")[:1])
