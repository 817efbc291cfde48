"""Who stands in for whom on a day."""

from datetime import date

from django.db.models import QuerySet

from wellplaced.people.models import Cover, Person, RoleHeld
from wellplaced.people.rights import RIGHTS, Permission, Role

WORK = (Permission.BOOK_VISIT, Permission.KEEP_STAFF)  # what is left undone while nobody acts who may do it


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


def needed_to_act_for(absent: Person) -> Permission | None:
    """What a colleague must be allowed themselves to do this person's work: cover shows it to them, it lends no right to it."""
    return next((permission for permission in WORK if absent.may(permission)), None)


def able_to_act(colleagues: QuerySet[Person]) -> QuerySet[Person]:
    """Those of the colleagues who may do any such work."""
    roles = [role for role, allowed in RIGHTS.items() if allowed & {*WORK}]
    return colleagues.filter(pk__in=RoleHeld.objects.filter(role__in=roles).values("person_id"))
