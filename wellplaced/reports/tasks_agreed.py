"""A task that is agreed after the upload onto Mosaic opens the upload again, as a comment does (C23)."""

from collections.abc import Sequence

from wellplaced.history import clock
from wellplaced.history.models import Event
from wellplaced.monitoring.models import Visit
from wellplaced.people.models import Person
from wellplaced.reports.actions.mosaic import settle_uploads
from wellplaced.reports.moves import report_of


def open_uploads(events: Sequence[Event]) -> None:
    """Listener: tasks were added; visits of theirs of which something is on Mosaic already have more to upload."""
    added = {event.about_id: event.by_id for event in events if event.verb == "task added" and event.by_id}
    if not added:
        return
    visits = Visit.objects.filter(tasks__in=added, uploads__isnull=False, closed_on=None).distinct()
    for visit in visits:
        report_of(visit)  # whoever else records an upload of this visit waits
        by = Person.objects.get(pk=next(added[task.pk] for task in visit.tasks.all() if task.pk in added))
        settle_uploads(visit, by, clock.today())
