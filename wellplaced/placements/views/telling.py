"""What an action refuses is said on the form, beside everything that was typed."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError
from django.forms import Form

from wellplaced.guidance.refusal import Refusal
from wellplaced.people import pages

REFUSED = (
    "This cannot be saved, because of something recorded about this provision that depends on it: {reason}. Correct that "
    "first."
)
AT_ONCE = "Somebody else saved the same at the same moment. Look at the record before you save again."


@contextmanager
def told_on(form: Form, show: Mapping[str, Callable[[Any], str]] | None = None) -> Iterator[None]:
    """Run an action, and answer, inside: what it refuses is said on the form, and the view goes on to show it."""
    try:
        with pages.told_on(form, show):
            yield
    except Refusal as refusal:
        form.add_error(None, REFUSED.format(reason=refusal.reason))
    except IntegrityError:
        form.add_error(None, AT_ONCE)
