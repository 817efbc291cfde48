"""A visit is closed once everything is on Mosaic (C23), and reopened with a reason."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from wellplaced import history
from wellplaced.design.words import day
from wellplaced.monitoring.models import Visit, VisitState
from wellplaced.people.models import Person


@transaction.atomic
def close_visit(
    *, visit: Visit, closed_on: date, because: str = "", by: Person, on: date, seen_revision: int | None = None
) -> Visit:
    """Nothing more is done about this visit; its steps leave everybody's work, its tasks live on.

    Raises ValidationError for a visit that was not held or a day that cannot be, Conflict.
    """
    if visit.state != VisitState.HELD:
        raise ValidationError("Only a visit that took place is closed.")
    if closed_on > on:
        raise ValidationError({"closed_on": "A visit cannot have been closed in the future"})
    if closed_on < visit.visit_on:
        raise ValidationError({"closed_on": f"This is before the visit, which took place on {day(visit.visit_on)}"})
    return history.amend(
        visit,
        verb="visit closed",
        by=by,
        seen_revision=seen_revision,
        reason=because,
        happened_on=closed_on,
        closed_on=closed_on,
    )


@transaction.atomic
def reopen_visit(*, visit: Visit, because: str, by: Person, seen_revision: int | None = None) -> Visit:
    """Its steps are everybody's work again. Raises ValidationError without a reason, Conflict."""
    if not because.strip():
        raise ValidationError({"because": "Say why the visit is opened again"})
    return history.amend(
        visit, verb="visit reopened", by=by, seen_revision=seen_revision, reason=because, closed_on=None
    )
