"""A form sent twice (double click, resend) does its work once; the second answer is the first one's.

In a view, with a form that is a `wellplaced.design.forms.OnceForm`:

    form = VisitForm(request.POST or None)
    if form.is_valid():
        visit = history.once(form.sent, lambda: actions.book_visit(by=request.person, **form.cleaned_data), by=request.person)
        return redirect(visit)

Where the form itself would refuse what is there already (two visits of one officer at one time), it refuses the second
sending before `once` is asked; then `made_before` finds the record:

    elif visit := history.made_before(form.sent, by=request.person):
        return redirect(visit)

`form.sent` stands for this very page and what was typed on it: whoever goes back, changes an answer and sends it again
means something new, and gets it. A browser that goes back may show what was typed on a page that is fresh; of records that
say the same, `recorded_that_day` finds the one that the person made before, for a form that asks whether a second is meant.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, TypeVar, cast

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
        return cast(Record, _record_of(before.about_type, before.about_id))
    made = act()
    Sent.objects.filter(pk=claim.pk).update(about_type=made._meta.label_lower, about_id=made.pk)
    return made


def made_before(token: str, *, by: Recorder) -> Any:
    """The record that came of the same token of the same person; None where nothing did yet."""
    from wellplaced.history.models import Sent  # here, as in `recording`

    before = Sent.objects.filter(token=token, by_id=by.pk).first() if token else None
    return _record_of(before.about_type, before.about_id) if before and before.about_id else None


def recorded_that_day(rows: "models.QuerySet[Record]", *, by: Recorder, on: date) -> Record | None:
    """The latest of these rows that the person made or changed on a day; None where that is none."""
    from wellplaced.history.models import Event  # here, as in `recording`

    numbers = list(rows.values_list("pk", flat=True))
    if not numbers:
        return None
    events = Event.objects.filter(about_type=rows.model._meta.label_lower, about_id__in=numbers, by_id=by.pk)
    mine = events.filter(at__date=on).values_list("about_id", flat=True)
    return rows.filter(pk__in=list(mine)).order_by("-pk").first()


def _record_of(about_type: str, about_id: int | None) -> Any:
    return apps.get_model(about_type)._base_manager.get(pk=about_id)


def forget_old_tokens() -> None:
    """Delete tokens after a week, in the worker. Writes nothing where there are none."""
    from wellplaced.history.models import Sent  # here, as in `recording`

    old = Sent.objects.filter(at__lt=clock.now() - KEPT)
    if old.exists():
        old.delete()
