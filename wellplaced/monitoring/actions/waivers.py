"""A manager sets a requirement aside, with the reason, and can take that back."""

from datetime import date

from django.db import transaction

from wellplaced import history
from wellplaced.monitoring.models import Requirement, Waiver
from wellplaced.people.models import Person


@transaction.atomic
def waive(*, requirement: Requirement, reason: str, by: Person, on: date) -> Waiver:
    """Set one requirement aside; no other date moves. Waiving what is waived already changes nothing."""
    waiver, made = Waiver.objects.get_or_create(
        authority_id=requirement.authority_id,
        provision_id=requirement.provision_id,
        key=requirement.key,
        withdrawn_on=None,
        defaults={"reason": reason, "waived_on": on, "waived_by": by},
    )
    if made:
        history.record("requirement waived", about=waiver, by=by, reason=reason, changes={"key": [None, waiver.key]})
    return waiver


@transaction.atomic
def withdraw_waiver(*, waiver: Waiver, reason: str, by: Person, on: date, seen_revision: int | None = None) -> Waiver:
    """The requirement is owed again."""
    return history.amend(
        waiver,
        verb="waiver withdrawn",
        by=by,
        seen_revision=seen_revision,
        reason=reason,
        withdrawn_on=on,
        withdrawn_by=by,
    )
