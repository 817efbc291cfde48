"""The shared houses and flats of 16+ supported accommodation, as the authority knows them."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from wellplaced import history
from wellplaced.people.models import Person, ProvisionType
from wellplaced.register.models import Premises, Provision

FIELDS = ("label", "kind", "address", "postcode", "capacity", "category", "closed_on")


@transaction.atomic
def add_premises(
    *,
    provision: Provision,
    label: str,
    kind: str,
    address: str = "",
    postcode: str = "",
    capacity: int | None = None,
    category: str = "",
    by: Person,
    on: date,
) -> Premises:
    """Add a shared house or a flat. Raises ValidationError on `label` where the provision has one of that name."""
    if by.authority_id is None or provision.entered_by_id not in (None, by.authority_id):
        raise PermissionDenied
    if provision.type != ProvisionType.SUPPORTED_ACCOMMODATION:
        raise ValidationError("Only 16+ supported accommodation has premises of its own: shared houses and flats.")
    premises = Premises(
        authority_id=by.authority_id,
        provision=provision,
        label=label.strip(),
        kind=kind,
        address=address.strip(),
        postcode=postcode.strip(),
        capacity=capacity,
        category=category.strip(),
    )
    try:
        with transaction.atomic():
            premises.save()
    except IntegrityError as error:
        raise _label_taken(premises.label) from error
    changes = {name: [None, value] for name in FIELDS if (value := getattr(premises, name))}
    history.record("premises added", about=premises, by=by, changes=changes)
    return premises


@transaction.atomic
def change_premises(*, premises: Premises, by: Person, on: date, seen_revision: int | None, **values: Any) -> Premises:
    """Change any of FIELDS, or open again what was closed by mistake (`closed_on=None`). Raises Conflict."""
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"premises have no {', '.join(sorted(unknown))}")
    if premises.authority_id != by.authority_id:
        raise PermissionDenied
    values = {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}
    closes = values.get("closed_on") and not premises.closed_on
    try:
        with transaction.atomic():
            return history.amend(
                premises,
                verb="premises closed" if closes else "premises changed",
                by=by,
                seen_revision=seen_revision,
                happened_on=values["closed_on"] if closes else None,
                **values,
            )
    except IntegrityError as error:
        raise _label_taken(values.get("label", "")) from error


def close_premises(*, premises: Premises, closed_on: date, by: Person, on: date, seen_revision: int | None) -> Premises:
    """Say from which day nobody lives there any more; the premises stay with their history."""
    return change_premises(premises=premises, by=by, on=on, seen_revision=seen_revision, closed_on=closed_on)


def _label_taken(label: str) -> ValidationError:
    return ValidationError({"label": f"There are premises called ‘{label}’ here already. Choose another name."})
