"""Authorities and their first administrators, the service's operators, an authority's closure days."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from wellplaced import history
from wellplaced.design.words import day as in_words
from wellplaced.people.actions.staff import add_person
from wellplaced.people.models import Authority, ClosureDay, Person
from wellplaced.people.rights import Permission, Role

TAKEN = "An authority of this name or code is there already."
NEEDS_OPERATOR = (
    "A second authority needs an operator of the service, who belongs to neither. "
    "Ask whoever runs the service to add one."
)


@transaction.atomic
def add_authority(*, name: str, code: str, by: Person | None, safeguarding_contact: str = "") -> Authority:
    """Add an authority. `by` is an operator, or None where the service sets itself up."""
    if by is not None:
        _check_keeps_authorities(by)
        if not by.is_a(Role.OPERATOR):  # a lone authority's administrator would lose the shared register to nobody
            raise ValidationError(NEEDS_OPERATOR)
    authority = Authority(name=name.strip(), code=code.strip(), safeguarding_contact=safeguarding_contact.strip())
    try:
        with transaction.atomic():
            authority.save()
    except IntegrityError as error:
        raise ValidationError(TAKEN) from error
    history.record("authority added", about=authority, authority_id=authority.pk, by=by)
    return authority


@transaction.atomic
def change_authority(
    *,
    authority: Authority,
    name: str,
    code: str,
    safeguarding_contact: str,
    is_active: bool,
    seen_revision: int | None,
    by: Person,
) -> Authority:
    """Correct an authority's name, code or safeguarding contact, or end its use of the service."""
    _check_keeps_authorities(by)
    if not is_active and authority.pk == by.authority_id:
        raise ValidationError({"is_active": "You cannot end your own authority's use of the service."})
    try:
        with transaction.atomic():
            return history.amend(
                authority,
                verb="authority changed",
                by=by,
                seen_revision=seen_revision,
                name=name.strip(),
                code=code.strip(),
                safeguarding_contact=safeguarding_contact.strip(),
                is_active=is_active,
            )
    except IntegrityError as error:
        raise ValidationError(TAKEN) from error


@transaction.atomic
def add_operator(*, name: str, email: str, by: Person | None) -> Person:
    """Add an operator of the service, who keeps authorities and the shared register and sees no authority's work."""
    return add_person(authority=None, name=name, email=email, roles=[Role.OPERATOR], by=by)


@transaction.atomic
def add_closure_day(*, day: date, name: str, by: Person) -> ClosureDay:
    """Enter a day on which the authority is closed; it matters where timeframes count working days (R1)."""
    if by.authority is None:
        raise ValidationError("Closure days belong to an authority.")
    try:
        with transaction.atomic():
            closure = ClosureDay.objects.create(authority=by.authority, day=day, name=name.strip())
    except IntegrityError as error:
        raise ValidationError({"day": f"{in_words(day)} is entered already."}) from error
    history.record("closure day added", about=closure, by=by, happened_on=day, changes={"day": [None, day]})
    return closure


@transaction.atomic
def remove_closure_day(*, closure_day: ClosureDay, by: Person) -> None:
    """Take a closure day back; where somebody else just did, nothing is left to do."""
    if closure_day.authority_id != by.authority_id:
        raise PermissionDenied
    number = closure_day.pk
    if not ClosureDay.objects.select_for_update().filter(pk=number).exists():
        return
    closure_day.delete()  # before anybody hears of it: dates are counted anew without it
    closure_day.pk = number  # for the history, which outlives the row
    history.record(
        "closure day removed",
        about=closure_day,
        by=by,
        happened_on=closure_day.day,
        changes={"day": [closure_day.day, None], "name": [closure_day.name, None]},
    )


def _check_keeps_authorities(by: Person) -> None:
    if not by.may(Permission.KEEP_AUTHORITIES):
        raise PermissionDenied
