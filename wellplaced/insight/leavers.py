"""A leaver's calendar link is revoked for good: it does not come to life again should they come back."""

from collections.abc import Sequence

from wellplaced import history
from wellplaced.history.models import Event
from wellplaced.insight.models import CalendarFeed


def revoke_links(events: Sequence[Event]) -> None:
    """Listener: somebody's access ended."""
    left = [event for event in events if event.verb == "person deactivated"]
    links = CalendarFeed.objects.filter(person__in=[event.about_id for event in left], revoked_on=None)
    for link in links if left else ():
        on = left[0].happened_on or left[0].at.date()
        history.amend(link, verb="calendar link revoked", by=None, seen_revision=None, happened_on=on, revoked_on=on)
