"""Notices: seen by somebody whom they are for."""

from datetime import date

from django.db import transaction

from wellplaced import history
from wellplaced.monitoring.models import Notice
from wellplaced.people.models import Person


@transaction.atomic
def mark_seen(*, notice: Notice, by: Person, on: date) -> Notice:
    """Somebody has taken note; the first one is on record."""
    current = Notice.objects.select_for_update(no_key=True).get(pk=notice.pk)
    if current.seen_on is None:
        current.seen_on, current.seen_by = on, by
        current.save(update_fields=["seen_on", "seen_by"])
        history.record("notice seen", about=current, by=by, changes={"seen_on": [None, on]})
    return current
