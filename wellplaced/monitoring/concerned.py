"""Where what was recorded may change what is owed: each authority at each provision that the events concern."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from django.db import connection
from django.db.models import Q

from wellplaced.history.models import Event
from wellplaced.monitoring.gathering import Pair
from wellplaced.monitoring.models import Refreshed
from wellplaced.monitoring.timeframes import needs_closed_days, versions_of
from wellplaced.register.models import Provision

TIMEFRAMES, CLOSURE_DAY = "monitoring.publishedtimeframes", "people.closureday"

# What the facts of the guidance hold of the register's records: a file that renames a thousand homes, or no longer lists
# them, changes nothing that is owed there.
HELD_OF: dict[str, set[str]] = {
    "register.judgement": {"outcome", "published_on", "entered_by"},
    "register.provision": {"type"},
    "register.registration": {"type", "provision"},  # a file's changes of the provision stand with its registration
    "register.localdetails": {"under_contract_from"},
    "register.premises": set(),
}


class Concerned(NamedTuple):
    """Pairs of an authority and a provision."""

    own: set[Pair]  # where the authority itself did something
    others: set[Pair]  # where the shared register changed, or by what an authority counts everywhere


def concerned(events: Sequence[Event]) -> Concerned:
    """The pairs where the facts may be others after these events; of the shared register those that are known."""
    changing = [event for event in events if _changes_facts(event)]
    own = {
        (event.authority_id, provision_id)
        for event in changing
        if event.authority_id is not None
        for provision_id in _provisions(event)
    }
    shared = (event for event in changing if event.authority_id is None)
    everywhere = {provision_id for event in shared for provision_id in _provisions(event)}
    whole = _whole_authorities(changing)
    if not everywhere and not whole:
        return Concerned(own, set())
    hold_still(everywhere)
    known = Refreshed.objects.filter(Q(provision__in=everywhere) | Q(authority__in=whole))
    return Concerned(own, set(known.values_list("authority_id", "provision_id")) - own)


def hold_still(provisions: Collection[int]) -> None:
    """Until this transaction is through, nobody else records the first fact at these provisions, or a shared one.

    Else whoever records the first does not see the shared one yet, and the other does not know of them: nobody would
    count both. Where a database has one writer at a time there is nothing to hold.
    """
    if provisions and connection.features.has_select_for_update:
        rows = Provision.objects.filter(pk__in=provisions).order_by("pk")
        list(rows.select_for_update(no_key=True).values_list("pk"))


def _changes_facts(event: Event) -> bool:
    held = HELD_OF.get(event.about_type)
    return held is None or not held.isdisjoint(event.changes)


def _whole_authorities(events: Sequence[Event]) -> set[int]:
    """Whose timeframes changed; or whose closure days did, where any of their timeframes counts working days."""
    published, closing = (
        {event.authority_id for event in events if event.about_type == kind and event.authority_id is not None}
        for kind in (TIMEFRAMES, CLOSURE_DAY)
    )
    if not closing:
        return published
    return published | {number for number, own in versions_of(closing).items() if needs_closed_days(own)}


def _provisions(event: Event) -> set[int]:
    """The provision of the event, and where a record moved from one to another, both."""
    return {number for number in [event.provision_id, *event.changes.get("provision", [])] if number}
