"""Where a provision stands: the columns kept beside it, so that a list of thousands reads one table.

`refresh(provision_ids)` sets `urn`, `status`, `outcome`, `judged_on` and `search_text` of provisions from their
registrations, judgements and owners. Whoever writes any of these (an action, or the importer with thousands at once)
calls it afterwards, in the same transaction. Whoever writes a LocalDetails sets its `search_text = details_text(...)`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import TypeVar

from django.db.models import F, Q

from wellplaced.register.models import CLOSED_STATUSES, Judgement, LocalDetails, Outcome, Provision, Registration
from wellplaced.register.naming import searchable

Row = TypeVar("Row", Registration, Judgement)
AT_ONCE = 1000
COLUMNS = ("urn", "status", "outcome", "judged_on", "search_text")


def refresh(provision_ids: Iterable[int]) -> int:
    """Set the columns of these provisions; returns how many changed. Four statements for each thousand."""
    wanted = sorted(set(provision_ids))
    return sum(_refresh(wanted[start : start + AT_ONCE]) for start in range(0, len(wanted), AT_ONCE))


def registration_that_counts(registrations: Collection[Registration]) -> Registration | None:
    """The newest one that is open, else the newest; none where there is none."""
    return max(registrations, key=_how_current, default=None)


def judgement_in_force(judgements: Collection[Judgement]) -> Judgement | None:
    """The one published last that graded: a later visit without a grade never blanks it."""
    graded = [judgement for judgement in judgements if judgement.outcome != Outcome.NOT_JUDGED]
    return max(graded, key=lambda each: (each.published_on, each.pk or 0), default=None)


def details_text(details: LocalDetails) -> str:
    """What a search finds an authority's own details by."""
    return searchable(details.name, details.alias, details.address, *_postcode(details.postcode))


def _refresh(provision_ids: Sequence[int]) -> int:
    registrations = _by_provision(Registration.objects.filter(provision__in=provision_ids))
    # What one authority's own list says of a shared provision is nobody else's to see
    own = Q(entered_by=None) | Q(entered_by=F("provision__entered_by"))
    judgements = _by_provision(Judgement.objects.filter(own, provision__in=provision_ids))
    changed = []
    for provision in Provision.objects.filter(pk__in=provision_ids).select_related("provider"):
        before = [getattr(provision, column) for column in COLUMNS]
        set_columns(provision, registrations[provision.pk], judgements[provision.pk])
        if before != [getattr(provision, column) for column in COLUMNS]:
            changed.append(provision)
    # One statement a batch; an update of thousands of rows by bulk_update's CASE takes seconds
    Provision.objects.bulk_create(
        changed, batch_size=500, update_conflicts=True, update_fields=COLUMNS, unique_fields=["id"]
    )
    return len(changed)


def _by_provision(rows: Iterable[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.provision_id].append(row)
    return found


def set_columns(
    provision: Provision, registrations: Collection[Registration], judgements: Collection[Judgement]
) -> None:
    """Set the columns on the object, saving nothing. What one authority alone knows stands on no shared row."""
    counts = registration_that_counts(registrations)
    in_force = judgement_in_force(
        [each for each in judgements if each.entered_by_id in (None, provision.entered_by_id)]
    )
    if counts:  # what was entered by hand has none, and keeps the status that its authority gave it
        provision.urn, provision.status = counts.urn, counts.status
    provision.outcome = in_force.outcome if in_force else Outcome.NOT_JUDGED
    provision.judged_on = in_force.published_on if in_force else None
    provision.search_text = searchable(
        provision.name,
        provision.provider.name if provision.provider else "",
        *sorted(registration.urn for registration in registrations),
        provision.local_authority,
        provision.region,
        provision.address,
        *_postcode(provision.postcode),
    )


def _how_current(registration: Registration) -> tuple[bool, date, int]:
    return registration.status not in CLOSED_STATUSES, registration.registered_on or date.min, registration.pk or 0


def _postcode(postcode: str) -> tuple[str, str]:
    """As written, and without its space."""
    return postcode, postcode.replace(" ", "")
