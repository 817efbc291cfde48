"""C4's check with other authorities: recorded; the visit stays owed."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from wellplaced import history
from wellplaced.monitoring.models import OtherAuthorityCheck
from wellplaced.people.models import Person
from wellplaced.placements.models import Placement


@transaction.atomic
def check_with_other_authority(
    *,
    placement: Placement,
    provider_asked_on: date,
    none_named: bool = False,
    named: str = "",
    asked_on: date | None = None,
    answered_on: date | None = None,
    said: str = "",
    by: Person,
) -> OtherAuthorityCheck:
    """One authority that the provider named (or that it named none), when it was asked, what it said."""
    check = OtherAuthorityCheck.objects.create(
        authority=by.own_authority,
        provision_id=placement.provision_id,
        placement=placement,
        provider_asked_on=provider_asked_on,
        none_named=none_named,
        named=named,
        asked_on=asked_on,
        answered_on=answered_on,
        said=said,
        recorded_by=by,
    )
    history.record("other authority check recorded", about=check, by=by, happened_on=provider_asked_on)
    return check


@transaction.atomic
def change_check(
    *, check: OtherAuthorityCheck, by: Person, seen_revision: int | None, **values: Any
) -> OtherAuthorityCheck:
    """Add when the authority was asked or what it answered, or correct it."""
    return history.amend(check, verb="other authority check changed", by=by, seen_revision=seen_revision, **values)


@transaction.atomic
def take_check_back(
    *, check: OtherAuthorityCheck, because: str, by: Person, seen_revision: int | None = None
) -> OtherAuthorityCheck:
    """It was recorded by mistake, of somebody else, say: it stays on record, and C4's check stands as not made by it.

    Raises ValidationError without a reason, Conflict.
    """
    if not because.strip():
        raise ValidationError({"because": "Say why it is taken back"})
    return history.amend(
        check,
        verb="other authority check taken back",
        by=by,
        seen_revision=seen_revision,
        reason=because,
        taken_back_because=because,
    )
