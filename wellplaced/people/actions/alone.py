"""Of two who record periods of the same person at one moment, the second waits, and is then checked against the first."""

from wellplaced.people.models import Person


def alone_with(*people: Person) -> Person:
    """Locks them, always in one order; returns the first as they now stand."""
    numbers = {person.pk for person in people}
    rows = Person.objects.select_for_update(no_key=True, of=("self",)).select_related("authority").order_by("pk")
    return {person.pk: person for person in rows.filter(pk__in=numbers)}[people[0].pk]
