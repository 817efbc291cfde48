"""What an authority types of a provision: the name and address that Ofsted redacts, its alias, the contract."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from wellplaced import history
from wellplaced.people.models import Person
from wellplaced.register import standing
from wellplaced.register.models import LocalDetails, Provision

FIELDS = ("name", "alias", "address", "postcode", "telephone", "email", "notes", "under_contract_from")


@transaction.atomic
def describe_provision(
    *, provision: Provision, by: Person, on: date, seen_revision: int | None, **values: Any
) -> LocalDetails:
    """Set what the person's authority knows of a provision; `values` are any of FIELDS.

    `seen_revision` is 0 where the authority had typed nothing yet. A change of the contract's first day refreshes what is
    owed there. Raises Conflict where a colleague saved first, ValidationError on `alias` where it means another provision.
    """
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"not among an authority's details: {', '.join(sorted(unknown))}")
    if by.authority_id is None or provision.entered_by_id not in (None, by.authority_id):
        raise PermissionDenied
    values = {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}
    own = LocalDetails.objects.filter(authority=by.authority_id, provision=provision)
    if not any(values.values()) and not own.exists():
        return LocalDetails(authority_id=by.authority_id, provision=provision)
    _check_alias(values.get("alias", ""), provision, by)
    details, _ = LocalDetails.objects.get_or_create(authority_id=by.authority_id, provision=provision)
    return _amended(details, values, by=by, seen_revision=seen_revision)


def _amended(details: LocalDetails, values: dict[str, Any], *, by: Person, seen_revision: int | None) -> LocalDetails:
    verb = "contract changed" if set(values) == {"under_contract_from"} else "provision described"
    try:
        with transaction.atomic():
            amended = history.amend(details, verb=verb, by=by, seen_revision=seen_revision, **values)
    except IntegrityError as error:  # a colleague gave the alias to another provision at this moment
        raise ValidationError({"alias": "This alias already means another provision. Choose another one."}) from error
    amended.search_text = standing.details_text(amended)
    amended.save(update_fields=["search_text"])
    return amended


def _check_alias(alias: str, provision: Provision, by: Person) -> None:
    """An alias finds one provision of the authority when placements are loaded, whatever its case."""
    if not alias:
        return
    others = LocalDetails.objects.filter(authority=by.authority_id, alias__iexact=alias).exclude(provision=provision)
    if taken := others.select_related("provision").first():
        known_as = taken.name or taken.provision.known_as
        raise ValidationError(
            {"alias": f"‘{alias}’ already means {known_as}. An alias stands for one provision: choose another one."}
        )
