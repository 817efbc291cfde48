"""Several steps of one visit recorded in one go, for a visit that is recorded after the fact: all of them, or none."""

from collections.abc import Collection, Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from wellplaced.monitoring.actions.steps import record_step, set_step_aside
from wellplaced.monitoring.models import Visit
from wellplaced.monitoring.words import STEP_NAMES
from wellplaced.people.models import Person


@transaction.atomic
def record_steps(
    *,
    visit: Visit,
    done: Mapping[str, date],
    done_by: str = "",
    set_aside: Collection[str] = (),
    because: str = "",
    by: Person,
    on: date,
) -> None:
    """Record each step with its day, and set others aside with one reason. Raises ValidationError that names the step."""
    for step, done_on in done.items():
        try:
            record_step(visit=visit, step=step, done_on=done_on, done_by=done_by, by=by, on=on)
        except ValidationError as problem:
            name = STEP_NAMES[step].name
            raise ValidationError([f"{name}: {said}" for said in problem.messages]) from problem
    for step in set_aside:
        set_step_aside(visit=visit, step=step, because=because, by=by, on=on)
