"""A form sent twice (double click, resend) does its work once; the second answer is the first one's.

In a view, with a form that is a `wellplaced.design.forms.OnceForm`:

    form = VisitForm(request.POST or None)
    if form.is_valid():
        visit = history.once(form.sent, lambda: actions.book_visit(by=request.person, **form.cleaned_data), by=request.person)
        return redirect(visit)

`form.sent` stands for this very page and what was typed on it: whoever goes back, changes an answer and sends it again
means something new, and gets it.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar, cast

from django.apps import apps
from django.db import IntegrityError, models, transaction

from wellplaced.history import clock
from wellplaced.history.recording import Recorder

Record = TypeVar("Record", bound=models.Model)
KEPT = timedelta(days=7)  # a page that was left open for longer is sent without the guarantee


@transaction.atomic
def once(token: str, act: Callable[[], Record], *, by: Recorder) -> Record:
    """The record that `act` makes; where the same person sent the same token before, the record that was made then.

    Of two at the same moment the second waits for the first. An act that raises keeps nothing, its token included. An
    empty token is no guarantee. Raises DoesNotExist where the first record has since been deleted.
    """
    from wellplaced.history.models import Sent  # here, as in `recording`

    if not token:
        return act()
    try:
        with transaction.atomic():
            claim = Sent.objects.create(token=token, by_id=by.pk, at=clock.now())
    except IntegrityError:
        before = Sent.objects.get(token=token, by_id=by.pk)
        return cast(Record, apps.get_model(before.about_type)._base_manager.get(pk=before.about_id))
    made = act()
    Sent.objects.filter(pk=claim.pk).update(about_type=made._meta.label_lower, about_id=made.pk)
    return made


def forget_old_tokens() -> None:
    """Delete tokens after a week, in the worker. Writes nothing where there are none."""
    from wellplaced.history.models import Sent  # here, as in `recording`

    old = Sent.objects.filter(at__lt=clock.now() - KEPT)
    if old.exists():
        old.delete()
