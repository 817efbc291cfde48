"""A manager sets a requirement aside, with the reason, and can take that back."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from wellplaced import history
from wellplaced.monitoring.models import Refreshed, Requirement, RequirementState, Waiver
from wellplaced.monitoring.models.owed import OWED
from wellplaced.people.models import Person


@transaction.atomic
def waive(*, requirement: Requirement, reason: str, by: Person, on: date) -> Waiver:
    """Set one requirement aside; no other date moves. Waiving what is waived already changes nothing.

    Raises ValidationError where it is not owed any more: the visit was made meanwhile, say, and stays the one that was made.
    """
    _refuse_settled(requirement)
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


def _refuse_settled(requirement: Requirement) -> None:
    """Whoever else records a fact there waits for this, or this for them (as `deadlines.refresh` has it)."""
    at = {"authority": requirement.authority_id, "provision": requirement.provision_id}
    list(Refreshed.objects.select_for_update(no_key=True).filter(**at).values_list("pk"))
    current = Requirement.objects.filter(**at, key=requirement.key).first()
    if current is None:
        raise ValidationError("This visit is not owed any more: what it was owed for is not on record now.")
    if current.state not in (*OWED, RequirementState.WAIVED):
        stands = current.get_state_display().lower()
        raise ValidationError(f"This visit is not owed any more: it is recorded as ‘{stands}’. Nothing was changed.")


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
