"""Staff: adding, changing, their roles, leaving and coming back, their password."""

from collections.abc import Collection
from datetime import date

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from wellplaced import history
from wellplaced.people.models import Authority, Person, RoleHeld
from wellplaced.people.rights import RIGHTS, ROLE_NAMES, Permission, Role

EMAIL_TAKEN = "Somebody signs in with this email address already. Check it, or look among the people who have left."


@transaction.atomic
def add_person(
    *, authority: Authority | None, name: str, email: str, roles: Collection[Role], by: Person | None
) -> Person:
    """Add a member of staff, or with no authority an operator; without a password, which they set themselves.

    `by` is None where the service sets itself up. Raises ValidationError where the email is in use or a role unfit.
    """
    _check_reach(by, authority)
    _check_roles(authority, roles)
    person = Person(authority=authority, name=name.strip(), email=email.strip().lower())
    person.set_unusable_password()
    _save_with_email(person)
    RoleHeld.objects.bulk_create(RoleHeld(person=person, role=role) for role in sorted(set(roles)))
    history.record("person added", about=person, by=by, changes={"roles": [[], _names(roles)]})
    return person


@transaction.atomic
def change_person(*, person: Person, name: str, email: str, seen_revision: int | None, by: Person) -> Person:
    """Correct a name or an email address. Raises Conflict where somebody else saved first."""
    _check_reach(by, person.authority)
    email = email.strip().lower()
    try:
        with transaction.atomic():
            changed = history.amend(
                person, verb="person changed", by=by, seen_revision=seen_revision, name=name.strip(), email=email
            )
    except IntegrityError as error:
        raise ValidationError({"email": EMAIL_TAKEN}) from error
    EmailAddress.objects.filter(user=changed).exclude(email=email).delete()  # else the old address still signs in
    return changed


@transaction.atomic
def set_roles(*, person: Person, roles: Collection[Role], seen_revision: int | None, by: Person | None) -> Person:
    """Make these the person's roles. Raises Conflict, or ValidationError where nobody would be left to keep staff."""
    _check_reach(by, person.authority)
    _check_roles(person.authority, roles)
    current = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    held = current.held_roles
    if set(roles) == held:
        return current
    if seen_revision is not None and seen_revision != current.revision:
        raise history.Conflict(current, {"roles": (_names(roles), _names(held))})
    current.roles.exclude(role__in=roles).delete()
    RoleHeld.objects.bulk_create(RoleHeld(person=current, role=role) for role in sorted(set(roles) - held))
    current.revision += 1
    current.save(update_fields=["revision"])
    _check_somebody_is_left(current)
    history.record("roles set", about=current, by=by, changes={"roles": [_names(held), _names(roles)]})
    return Person.objects.get(pk=current.pk)


@transaction.atomic
def deactivate_person(*, person: Person, on: date, seen_revision: int | None, by: Person, reason: str = "") -> Person:
    """End a person's access: they are signed out at their next request. What they recorded stays."""
    _check_reach(by, person.authority)
    if person.pk == by.pk:
        raise ValidationError("You cannot end your own access. Ask a colleague who keeps staff.")
    left = history.amend(
        person,
        verb="person deactivated",
        by=by,
        seen_revision=seen_revision,
        happened_on=on,
        reason=reason,
        is_active=False,
    )
    _check_somebody_is_left(left)
    return left


@transaction.atomic
def reactivate_person(*, person: Person, on: date, seen_revision: int | None, by: Person) -> Person:
    """Let somebody who left sign in again, with the roles and the password that they had."""
    _check_reach(by, person.authority)
    return history.amend(
        person, verb="person reactivated", by=by, seen_revision=seen_revision, happened_on=on, is_active=True
    )


@transaction.atomic
def set_password(*, person: Person, password: str, by: Person | None) -> None:
    """Set a password: `by` the person themselves, or None where the service sets itself up."""
    if by is not None and by.pk != person.pk:
        raise PermissionDenied
    person.set_password(password)
    person.save(update_fields=["password"])
    history.record("password set", about=person, by=by)


@transaction.atomic
def share_password(*, people: Collection[Person], password: str) -> None:
    """One password for the invented people of a demonstration, which everybody may know: hashed once, for all of them."""
    hashed = make_password(password)
    for person in people:
        person.password = hashed
        person.save(update_fields=["password"])
        history.record("password set", about=person, by=None)


def _save_with_email(person: Person) -> None:
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as error:
        raise ValidationError({"email": EMAIL_TAKEN}) from error


def _check_reach(by: Person | None, authority: Authority | None) -> None:
    """Staff are kept by their own authority; the operator adds first administrators and operators."""
    if by is None or by.authority_id == (authority.pk if authority else None):
        return
    if not by.may(Permission.KEEP_AUTHORITIES):
        raise PermissionDenied


def _check_roles(authority: Authority | None, roles: Collection[Role]) -> None:
    if not roles:
        raise ValidationError({"roles": "Choose at least one role. To end somebody's access, say that they have left."})
    if authority is None and set(roles) != {Role.OPERATOR}:
        raise ValidationError({"roles": f"Somebody of no authority can only be: {ROLE_NAMES[Role.OPERATOR].lower()}."})
    if authority is not None and Role.OPERATOR in roles:
        raise ValidationError({"roles": "The operator of the service belongs to no authority."})


def _check_somebody_is_left(person: Person) -> None:
    """After the change: an authority keeps somebody who can keep staff, the service an operator.

    The authority's row is locked, so that two people who each remove the other wait for one another.
    """
    if person.authority_id is not None:
        Authority.objects.select_for_update(no_key=True).get(pk=person.authority_id)
    needed = Permission.KEEP_AUTHORITIES if person.authority_id is None else Permission.KEEP_STAFF
    keeping = [role for role, permissions in RIGHTS.items() if needed in permissions]
    colleagues = Person.objects.filter(authority_id=person.authority_id, is_active=True, roles__role__in=keeping)
    if not colleagues.exists():
        raise ValidationError(
            f"Nobody would be left who may {needed.value}. Give somebody else such a role first "
            f"({' or '.join(ROLE_NAMES[role].lower() for role in keeping)})."
        )


def _names(roles: Collection[Role]) -> list[str]:
    return [name for role, name in ROLE_NAMES.items() if role in roles]
