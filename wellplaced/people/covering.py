"""Who stands in for whom on a day."""

from datetime import date

from django.db.models import QuerySet

from wellplaced.people.models import Cover, Person, RoleHeld
from wellplaced.people.rights import Role


def acting_for(person: Person, on: date) -> QuerySet[Person]:
    """The colleagues for whom this person acts on the day, by an arrangement on record."""
    covers = Cover.objects.on(on).filter(covering=person)
    return Person.objects.filter(pk__in=covers.values("absent_id"), authority_id=person.authority_id)


def standing_in_for(person: Person, on: date) -> QuerySet[Person]:
    """The colleagues who act for this person on the day."""
    covers = Cover.objects.on(on).filter(absent=person)
    return Person.objects.filter(pk__in=covers.values("covering_id"), authority_id=person.authority_id)


def roles_today(person: Person, on: date) -> frozenset[Role]:
    """The person's own roles, and those of the colleagues for whom they act on the day."""
    held = RoleHeld.objects.filter(person__in=acting_for(person, on)).values_list("role", flat=True)
    return person.held_roles | {Role(role) for role in held}
