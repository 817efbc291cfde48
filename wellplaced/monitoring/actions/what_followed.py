"""What came from a visit that took place: it binds the visit to a day, and to having taken place."""

from datetime import date

from django.core.exceptions import ValidationError

from wellplaced.design.words import day
from wellplaced.guidance.steps import AHEAD
from wellplaced.monitoring.models import StepRecord, Visit
from wellplaced.monitoring.words import STEP_NAMES

BEFORE_IT = (*AHEAD, "pre_visit_form_received")


def refuse_after_what_followed(visit: Visit, visit_on: date) -> None:
    """The visit cannot have been after what came from it: each of these steps would seem to have been done before."""
    record = _first_that_followed(visit)
    if record is not None and record.done_on is not None and record.done_on < visit_on:
        raise ValidationError(
            f"‘{_what(record)}’ is recorded on {day(record.done_on)}: the visit cannot have been after that. Correct that first."
        )


def refuse_undoing(visit: Visit) -> None:
    """Something came from the visit: it took place, perhaps on another day."""
    record = _first_that_followed(visit)
    if record is not None:
        raise ValidationError(
            f"‘{_what(record)}’ is recorded on {day(record.done_on)}. Take that back first, or correct the day of the visit."
        )


def _first_that_followed(visit: Visit) -> StepRecord | None:
    rows = visit.step_records.filter(done_on__isnull=False).exclude(step__in=BEFORE_IT)
    return rows.order_by("done_on", "pk").first()


def _what(record: StepRecord) -> str:
    return STEP_NAMES[record.step].done
