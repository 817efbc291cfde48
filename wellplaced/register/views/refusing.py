"""What an action refuses is said on the form, beside everything that was typed."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import models

from wellplaced.design.forms import Form, RevisionForm
from wellplaced.guidance.refusal import Refusal as CannotBe
from wellplaced.history import Conflict
from wellplaced.history.models import Event

DEPENDED_ON = (
    "This cannot be saved: something recorded about this provision, such as a visit or a waiver, depends on what you would "
    "change. Correct that first."
)


@contextmanager
def told_on(form: Form) -> Iterator[None]:
    """Run an action inside, and answer inside: what it refuses is said on the form, and the view goes on to show it."""
    try:
        yield
    except Conflict as conflict:
        if not isinstance(form, RevisionForm):
            raise
        form.add_conflict(conflict, by=who_saved(conflict.record))
    except ValidationError as refusal:
        form.add_error(None, refusal)
    except CannotBe:
        form.add_error(None, DEPENDED_ON)


def who_saved(record: models.Model) -> str:
    """Who changed a record last."""
    last = Event.objects.of(record).last()
    return last.by_name if last else ""
