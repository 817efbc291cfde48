"""Placements: recorded (often after the fact), corrected, moved, ended, cancelled, taken back."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from wellplaced import history
from wellplaced.people.models import Person
from wellplaced.placements.models import Placement, YoungPerson
from wellplaced.register import actions as register
from wellplaced.register.models import Premises, Provision


@dataclass(frozen=True, kw_only=True)
class NewPremises:
    """A flat or shared house that the authority has not recorded yet, added together with a placement there."""

    label: str
    kind: str
    address: str = ""
    postcode: str = ""


@transaction.atomic
def record_placement(
    *,
    young_person: YoungPerson,
    provision: Provision,
    starts_on: date,
    ends_on: date | None = None,
    premises: Premises | NewPremises | None = None,
    by: Person,
    on: date,
) -> Placement:
    """A young person is, was or will be at a provision. Raises ValidationError, guidance.Refusal."""
    place = _place(premises, provision, by, on)
    _check_order(starts_on, ends_on)
    _check_premises(young_person, provision, place)
    _check_once(young_person, provision, starts_on, None)
    placement = Placement.objects.create(
        authority_id=young_person.authority_id,
        young_person=young_person,
        provision=provision,
        premises=place,
        starts_on=starts_on,
        ends_on=ends_on,
        recorded_on=on,
    )
    history.record(
        "placement recorded",
        about=placement,
        by=by,
        happened_on=starts_on,
        changes={"starts_on": [None, starts_on], "ends_on": [None, ends_on], "premises": [None, place]},
    )
    return placement


@transaction.atomic
def change_placement(
    *, placement: Placement, by: Person, on: date, seen_revision: int | None, reason: str = "", **values: Any
) -> Placement:
    """Correct dates, premises or provision; both provisions are refreshed. Raises ValidationError, Conflict, Refusal."""
    old_provision = placement.provision_id
    provision = values.get("provision", placement.provision)
    if "premises" in values:
        values["premises"] = _place(values["premises"], provision, by, on)
    starts_on = values.get("starts_on", placement.starts_on)
    _check_order(starts_on, values.get("ends_on", placement.ends_on))
    _check_premises(placement.young_person, provision, values.get("premises", placement.premises))
    _check_once(placement.young_person, provision, starts_on, placement)
    changed = history.amend(
        placement, verb="placement changed", by=by, seen_revision=seen_revision, reason=reason, **values
    )
    if changed.provision_id != old_provision:
        history.record("placement moved away", about=changed, by=by, provision_id=old_provision, reason=reason)
    return changed


@transaction.atomic
def end_placement(*, placement: Placement, ends_on: date, by: Person, seen_revision: int | None) -> Placement:
    """The last day there, counted in. Raises ValidationError, Conflict, Refusal."""
    _check_order(placement.starts_on, ends_on)
    return history.amend(
        placement,
        verb="placement ended",
        by=by,
        seen_revision=seen_revision,
        happened_on=ends_on,
        ends_on=ends_on,
    )


@transaction.atomic
def cancel_placement(*, placement: Placement, because: str, by: Person, seen_revision: int | None) -> Placement:
    """The placement never began: it counts for nothing, and stays on record. Raises Conflict, Refusal."""
    return history.amend(
        placement,
        verb="placement cancelled",
        by=by,
        seen_revision=seen_revision,
        reason=because,
        cancelled=True,
        cancelled_because=because,
    )


@transaction.atomic
def reinstate_placement(*, placement: Placement, reason: str, by: Person, seen_revision: int | None) -> Placement:
    """The cancellation was a mistake. Raises ValidationError where the placement is there again; Conflict, Refusal."""
    _check_once(placement.young_person, placement.provision, placement.starts_on, placement)
    return history.amend(
        placement,
        verb="placement reinstated",
        by=by,
        seen_revision=seen_revision,
        reason=reason,
        cancelled=False,
        cancelled_because="",
    )


def _check_premises(young_person: YoungPerson, provision: Provision, premises: Premises | None) -> None:
    if premises is not None and premises.provision_id != provision.pk:
        raise ValidationError({"premises": "These premises belong to another provision. Choose premises of this one"})
    if premises is not None and premises.authority_id != young_person.authority_id:
        raise ValidationError({"premises": "Choose premises that your own authority recorded"})


def _check_order(starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise ValidationError({"ends_on": "The last day must be on or after the first day"})


def _check_once(young_person: YoungPerson, provision: Provision, starts_on: date, but: Placement | None) -> None:
    same = young_person.placements.filter(provision=provision, starts_on=starts_on, cancelled=False)
    if same.exclude(pk__in=[but.pk] if but else []).exists():
        raise ValidationError({"starts_on": "A placement at this provision from this day is on record already"})


def _place(premises: Premises | NewPremises | None, provision: Provision, by: Person, on: date) -> Premises | None:
    """The premises as a record; new ones are added, ones of the same label are taken."""
    if not isinstance(premises, NewPremises):
        return premises
    own = Premises.objects.seen_by(by).filter(provision=provision)
    same = own.filter(label__iexact=premises.label.strip()).first()
    if same:
        return same
    return register.add_premises(
        provision=provision,
        label=premises.label,
        kind=premises.kind,
        address=premises.address,
        postcode=premises.postcode,
        by=by,
        on=on,
    )
