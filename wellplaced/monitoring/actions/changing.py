"""A visit that is there already, and the requirements that it names, changed together."""

from collections.abc import Collection
from typing import Any

from wellplaced import history
from wellplaced.monitoring.models import Visit, VisitDischarge
from wellplaced.people.models import Person


def change_visit(
    visit: Visit, verb: str, discharges: Collection[str], *, by: Person, seen_revision: int | None, **values: Any
) -> Visit:
    """Change a locked visit and what it names together, so that the deadlines are refreshed once from both."""
    wanted = sorted(set(discharges))
    named = sorted(visit.discharges.values_list("key", flat=True))
    if named == wanted:
        return history.amend(visit, verb=verb, by=by, seen_revision=seen_revision, **values)
    if seen_revision is not None and visit.revision != seen_revision:
        raise history.Conflict(visit, {"discharges": (wanted, named)})
    visit.discharges.exclude(key__in=wanted).delete()
    VisitDischarge.objects.bulk_create(VisitDischarge(visit=visit, key=key) for key in wanted if key not in named)
    return history.amend(
        visit, verb=verb, by=by, seen_revision=seen_revision, also={"discharges": [named, wanted]}, **values
    )
