"""Where the visits of one type of provision stand today: one count for each kind of record, grouped in the database."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from wellplaced.guidance.steps import COMMENT_RECEIVED
from wellplaced.insight.charting import BOOKING, PLAN, WEAK
from wellplaced.monitoring.models import PlanStep, Requirement, RequirementState, Step, Visit, VisitState
from wellplaced.people.models import Person


@dataclass(frozen=True)
class Standing:
    """How many stand at a box, and how many of them are late. `visits`: of comments awaited, of how many visits."""

    number: int = 0
    late: int = 0
    visits: int = 0


def standing(person: Person, provision_type: str, today: date) -> dict[str, Standing]:
    """By the chart's keys; a key at which nothing stands is missing. Five queries."""
    return {
        **_owed(person, provision_type, today),
        PLAN: Standing(_plans_awaited(person, provision_type), _plan_steps_late(person, provision_type, today)),
        BOOKING: Standing(_proposed(person, provision_type)),
        **_steps(person, provision_type, today),
    }


def _owed(person: Person, provision_type: str, today: date) -> dict[str, Standing]:
    """By clause: what is still owed, booked or not."""
    rows = Requirement.objects.seen_by(person).owed().filter(provision__type=provision_type)
    counted = rows.values("clause").annotate(number=Count("pk"), late=Count("pk", filter=Q(due_on__lt=today)))
    return {each["clause"]: Standing(each["number"], each["late"]) for each in counted.order_by()}


def _plans_awaited(person: Person, provision_type: str) -> int:
    """Visits owed that wait for an action plan."""
    rows = Requirement.objects.seen_by(person).filter(provision__type=provision_type)
    waiting: int = rows.filter(state=RequirementState.WAITING, clause=WEAK).count()
    return waiting


def _plan_steps_late(person: Person, provision_type: str, today: date) -> int:
    rows = PlanStep.objects.seen_by(person).filter(provision__type=provision_type, done_on=None, due_on__lt=today)
    late: int = rows.count()
    return late


def _proposed(person: Person, provision_type: str) -> int:
    rows = Visit.objects.seen_by(person).filter(provision__type=provision_type, state=VisitState.PROPOSED)
    proposed: int = rows.count()
    return proposed


def _steps(person: Person, provision_type: str, today: date) -> dict[str, Standing]:
    """By step: those whose clock runs, of live visits. Every step has one row a visit, a comment one a recipient."""
    rows = Step.objects.seen_by(person).live().open().filter(provision__type=provision_type)
    comments = Q(step=COMMENT_RECEIVED)
    counted = rows.values("step").annotate(
        number=Count("pk"),
        late=Count("pk", filter=Q(due_on__lt=today)),
        visits=Count("visit", distinct=True, filter=comments),
    )
    return {each["step"]: Standing(each["number"], each["late"], each["visits"]) for each in counted.order_by()}
