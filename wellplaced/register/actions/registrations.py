"""Correcting registrations by hand: their status, those that a file no longer lists, and re-registered homes."""

from collections.abc import Iterator
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from wellplaced import history
from wellplaced.people.models import Person
from wellplaced.people.rights import Permission
from wellplaced.register import standing
from wellplaced.register.models import CLOSED_STATUSES, Judgement, Provision, Registration, RegistrationStatus


@transaction.atomic
def correct_registration(
    *,
    registration: Registration,
    status: str,
    ended_on: date | None = None,
    by: Person,
    on: date,
    seen_revision: int | None,
    verb: str = "registration corrected",
) -> Registration:
    """Say what stands: its status, and the day on which it ended. An older file does not overwrite that. Raises Conflict."""
    _check_may_correct(by)
    if ended_on and status not in CLOSED_STATUSES:
        raise ValidationError({"ended_on": "Leave the last day empty unless the registration has ended."})
    if ended_on and registration.registered_on and ended_on < registration.registered_on:
        raise ValidationError({"ended_on": "The last day must be on or after the day of registration."})
    corrected = history.amend(
        registration,
        verb=verb,
        by=by,
        seen_revision=seen_revision,
        status=status,
        ended_on=ended_on,
        left_marked_on=None,
        as_at=max(on, registration.as_at or on),
    )
    standing.refresh([corrected.provision_id])
    return corrected


def settle_left(
    *,
    registration: Registration,
    still_active: bool,
    closed_on: date | None = None,
    by: Person,
    on: date,
    seen_revision: int | None,
) -> Registration:
    """Decide about a registration that a later full file no longer lists: it is still active, or it has closed."""
    if still_active:
        status, closed_on, verb = registration.status, registration.ended_on, "registration found still active"
    else:
        status, verb = RegistrationStatus.CLOSED, "registration found closed"
    return correct_registration(
        registration=registration,
        status=status,
        ended_on=closed_on,
        by=by,
        on=on,
        seen_revision=seen_revision,
        verb=verb,
    )


@transaction.atomic
def link_registration(*, registration: Registration, to: Provision, by: Person, on: date) -> Provision:
    """A home that registered anew: move the new registration, with its judgements, to the provision that it continues.

    The provision left behind is removed. Raises ValidationError with the reason where any authority has recorded
    something there, or the two are not of one type. Returns the provision as it now stands.
    """
    _check_may_correct(by)
    behind = Provision.objects.select_for_update().get(pk=registration.provision_id)
    to = Provision.objects.select_for_update().get(pk=to.pk)
    _check_continues(behind, to)
    Judgement.objects.filter(registration=registration).update(provision=to)
    registration.provision = to
    registration.revision += 1
    registration.save(update_fields=["provision", "revision"])
    emptied = not behind.registrations.exists()
    numbers = [behind.pk, to.pk]
    changes: dict[str, list[int | None]] = {"provision": [*numbers]}
    if emptied:
        changes["removed provision"] = [behind.pk, None]
        behind.judgements.update(provision=to)
        behind.delete()
    standing.refresh(numbers)
    history.record("registration moved to the home that it continues", about=registration, by=by, changes=changes)
    to.refresh_from_db()
    return to


def _check_continues(behind: Provision, to: Provision) -> None:
    if behind.pk == to.pk:
        raise ValidationError("This registration belongs to that provision already.")
    if behind.entered_by_id or to.entered_by_id:
        raise ValidationError("Only provisions of the shared register can be joined, not those entered by hand.")
    if behind.type != to.type:
        raise ValidationError(
            f"{behind.get_type_display()} and {to.get_type_display()} are two types: this cannot be one provision."
        )
    if facts := sorted(set(_facts_at(behind))):
        raise ValidationError(
            f"An authority has recorded something at URN {behind.urn} ({', '.join(facts)}), which would lose its place. "
            "Ask that authority first."
        )


def _facts_at(provision: Provision) -> Iterator[str]:
    """What stands at a provision besides registrations and judgements, in words; rooms above are known by their relations."""
    for relation in Provision._meta.related_objects:
        model = relation.related_model
        if isinstance(model, str) or model in (Registration, Judgement):
            continue
        if model._default_manager.filter(**{relation.field.name: provision}).exists():
            yield str(model._meta.verbose_name_plural)


def _check_may_correct(by: Person) -> None:
    if not by.may(Permission.CORRECT_REGISTER):
        raise PermissionDenied
