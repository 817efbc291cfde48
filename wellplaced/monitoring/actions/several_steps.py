"""Several steps of one visit recorded in one go, for a visit that is recorded after the fact: all of them, or none."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from wellplaced import history
from wellplaced.monitoring.actions.steps import record_step, set_step_aside
from wellplaced.monitoring.models import Visit
from wellplaced.monitoring.words import STEP_NAMES
from wellplaced.people.models import Person

NOT_RECORDED = -1  # the revision of a step that nobody had recorded when the page was opened
RECORDED_MEANWHILE = "a colleague recorded it otherwise meanwhile. Leave it empty here, and correct it on its own page."


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
    """Record each step with its day, and set others aside with one reason. Raises ValidationError that names the step.

    These are steps that nobody had recorded: one that a colleague recorded meanwhile stands, unless it is the same.
    """
    asked: dict[str, Any] = {"visit": visit, "by": by, "on": on, "seen_revision": NOT_RECORDED}
    for step, done_on in done.items():
        with _naming(step):
            record_step(step=step, done_on=done_on, done_by=done_by, **asked)
    for step in set_aside:
        with _naming(step):
            set_step_aside(step=step, because=because, **asked)


@contextmanager
def _naming(step: str) -> Iterator[None]:
    name = STEP_NAMES[step].name
    try:
        yield
    except ValidationError as problem:
        raise ValidationError([f"{name}: {said}" for said in problem.messages]) from problem
    except history.Conflict as conflict:
        raise ValidationError(f"{name}: {RECORDED_MEANWHILE}") from conflict
