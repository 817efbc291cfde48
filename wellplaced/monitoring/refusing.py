"""What an action refuses becomes an error on the form, beside everything that was typed; what it left as it was is told."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest

from wellplaced.design.forms import Form, RevisionForm
from wellplaced.design.words import day
from wellplaced.guidance import Refusal
from wellplaced.history import Conflict
from wellplaced.history.models import Event
from wellplaced.monitoring.actions import NotApproved
from wellplaced.monitoring.words import KINDS, in_a_sentence

FIELDS = {
    "discharges": "discharges",
    "visit_on": "visit_on",
    "booked_on": "visit_on",
    "raised_on": "raised_on",
    "action_plan_requested_on": "plan_requested_on",
    "action_plan_received_on": "plan_received_on",
}  # the last key of a refusal's path → the field of the form

ISO_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
GONE = re.compile(rf"^what ({'|'.join(KINDS)}):\w+ names is not in these facts")
KEY = re.compile(rf"\b({'|'.join(KINDS)}):\w+")


@contextmanager
def told_on(form: Form, show: Mapping[str, Callable[[Any], str]] | None = None) -> Iterator[None]:
    """Run an action inside; what it refuses is said on the form (`show`: a field's value in words, for a conflict)."""
    try:
        yield
    except Conflict as conflict:
        if not isinstance(form, RevisionForm):
            raise
        form.add_conflict(conflict, by=_who_saved(conflict), show=show)
    except Refusal as refusal:
        form.add_error(_field(refusal, form), sentence(refusal.reason))
    except NotApproved as problem:
        form.add_error("officer" if "officer" in form.fields else None, str(problem))
    except ValidationError as problem:
        form.add_error(None, problem.messages)


def say_saved(request: HttpRequest, done: str, seen: models.Model, stands: models.Model) -> None:
    """That it is done, where the record that the person saw did change; else that it stands as it did."""
    if stands.revision == seen.revision:  # type: ignore[attr-defined]
        messages.warning(request, "Nothing was changed: what you saved is what is recorded")
    else:
        messages.success(request, done)


def sentence(reason: str) -> str:
    """A refusal's reason as a sentence: its days as people write them, requirements by their kind instead of their key."""
    gone = GONE.match(reason)
    if gone:
        named = f"A visit or a waiver names the {in_a_sentence(gone[1])}"
        return f"{named}, which this would take away or a colleague just did. Look at it again, and correct that first"
    plain = ISO_DAY.sub(lambda found: day(date.fromisoformat(found[0])), reason)
    plain = KEY.sub(lambda found: f"‘{in_a_sentence(found[1])}’", plain)
    return plain[:1].upper() + plain[1:]


def _field(refusal: Refusal, form: Form) -> str | None:
    last = refusal.path.rpartition(".")[2].partition("[")[0]
    name = FIELDS.get(last)
    return name if name in form.fields else None


def _who_saved(conflict: Conflict) -> str:
    last = Event.objects.of(conflict.record).last()
    return last.by_name if last else ""
