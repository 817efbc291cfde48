"""Entering by hand what Ofsted does not register: a SEN day school, a provision in Wales or Scotland."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from wellplaced import history
from wellplaced.people.models import Person, ProvisionType
from wellplaced.register import standing
from wellplaced.register.models import Inspectorate, Provider, Provision
from wellplaced.register.naming import matched_name

FIELDS = ("type", "name", "address", "postcode", "local_authority", "places", "inspectorate", "status")


@transaction.atomic
def enter_provision(
    *,
    provision_type: str,
    name: str,
    owner: str = "",
    inspectorate: str = Inspectorate.NONE,
    by: Person,
    on: date,
    **values: Any,
) -> Provision:
    """Enter a provision that is the person's own authority's and nobody else's; `values` are others of FIELDS.

    Raises ValidationError on `name` where the authority has entered one of that type and name.
    """
    if by.authority_id is None:
        raise PermissionDenied
    provision = Provision(
        entered_by=by.authority, inspectorate=inspectorate, **_checked(values | {"type": provision_type})
    )
    provision.name = name.strip()
    _check_name(provision, provision.name, provision.type)
    provision.provider = provider_of(owner)
    provision.save()
    standing.refresh([provision.pk])
    changes = {field: [None, value] for field in FIELDS if (value := getattr(provision, field))}
    history.record("provision entered", about=provision, by=by, changes=changes)
    provision.refresh_from_db()
    return provision


@transaction.atomic
def change_entered_provision(
    *, provision: Provision, by: Person, on: date, seen_revision: int | None, owner: str | None = None, **values: Any
) -> Provision:
    """Change what one's own authority entered by hand; `owner` None leaves it. Raises Conflict."""
    if by.authority_id is None or provision.entered_by_id != by.authority_id:
        raise PermissionDenied
    values = _checked(values)
    _check_name(provision, values.get("name", provision.name), values.get("type", provision.type))
    if owner is not None:
        values["provider"] = provider_of(owner)
    changed = history.amend(provision, verb="entered provision changed", by=by, seen_revision=seen_revision, **values)
    standing.refresh([changed.pk])
    changed.refresh_from_db()
    return changed


def provider_of(owner: str) -> Provider | None:
    """The organisation of this name, found as names are compared, else added; none for no name."""
    if not owner.strip():
        return None
    found, _ = Provider.objects.get_or_create(matched_name=matched_name(owner), defaults={"name": owner.strip()})
    return found


def _checked(values: dict[str, Any]) -> dict[str, Any]:
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"a provision entered by hand has no {', '.join(sorted(unknown))}")
    if values.get("type") == ProvisionType.NOT_MONITORED:
        raise ValidationError({"type": "Choose one of the four types that are monitored."})
    return {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}


def _check_name(provision: Provision, name: str, type_: str) -> None:
    if not name:
        raise ValidationError({"name": "Enter the name of the provision."})
    same = Provision.objects.filter(entered_by=provision.entered_by_id, type=type_, name__iexact=name)
    if same.exclude(pk=provision.pk).exists():
        raise ValidationError({"name": f"Your authority has entered ‘{name}’ already. Look for it in the list."})
