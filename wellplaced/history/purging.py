"""Disposal at the end of retention: the one way by which anything leaves the history, on record itself."""

from datetime import datetime

from django.db import transaction

from wellplaced.history.models import Event, Guard
from wellplaced.history.recording import Recorder, record


@transaction.atomic
def purge(*, before: datetime, authority_id: int | None, reason: str, by: Recorder) -> int:
    """Delete an authority's events from before a moment; returns how many. The purge itself is recorded, with its reason."""
    guard = Guard.objects.select_for_update().get()
    Guard.objects.all().delete()
    count, _ = Event.objects.filter(authority_id=authority_id, at__lt=before).delete()
    guard = Guard.objects.create()
    record(
        "history purged",
        about=guard,
        by=by,
        authority_id=authority_id,
        reason=reason,
        changes={"events": [count, 0], "before": [None, before.date()]},
    )
    return count
