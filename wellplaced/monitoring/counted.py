"""Which visits owed and which steps the figures of a period count, and on which day: one rule for figures and lists.

What has no due date counts on a day that stands for it: a visit that waits for an action plan on the day on which it
goes to the manager (R14); a step on the day on which it was done, and until then on the day of its visit (R11).
"""

from datetime import date

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from wellplaced.monitoring.models import RequirementState, StepState, VisitState

REQUIREMENT_DAY = Coalesce(F("due_on"), F("escalate_on"))
STEP_DAY = Coalesce(F("due_on"), F("done_on"), F("visit__visit_on"))
SETTLED = [StepState.DONE, StepState.SET_ASIDE]
STARTED = [StepState.OPEN, *SETTLED]  # by name, not as 'not waiting': no index finds what is not


def requirements_counted(first: date | None = None, last: date | None = None) -> Q:
    """Visits owed, or once owed, whose day lies in the period; not those that a later judgement took the place of."""
    day = _within("due_on", first, last) | (Q(due_on=None) & _within("escalate_on", first, last))
    return day & ~Q(state=RequirementState.SUPERSEDED)


def steps_counted(first: date | None = None, last: date | None = None) -> Q:
    """Steps whose clock has started, on a day in the period; of a visit that could not be held those that were settled.

    Those of a closed visit count, whatever was never done; those of a visit that a file brought in do not.
    """
    undated = Q(due_on=None, done_on=None) & _within("visit__visit_on", first, last)
    day = _within("due_on", first, last) | (Q(due_on=None) & _within("done_on", first, last)) | undated
    made = Q(visit__state__in=[VisitState.BOOKED, VisitState.HELD])
    not_made = Q(visit__state=VisitState.NOT_HELD, state__in=SETTLED)
    return day & (made | not_made) & Q(visit__loaded=False) & Q(state__in=STARTED)


def _within(column: str, first: date | None, last: date | None) -> Q:
    """Known, and in the period; an end that is not given is open."""
    found = Q((f"{column}__isnull", False))
    if first is not None:
        found &= Q((f"{column}__gte", first))
    if last is not None:
        found &= Q((f"{column}__lte", last))
    return found
