"""Who was placed at a visit's provision on its day: whom the checklist and the questionnaires are about.

The feedback (C14) is also about whoever is to move in, where the visit is the initial one of their placement: it is ideally
made before (C3).
"""

from dataclasses import dataclass

from django.db.models import Q

from wellplaced.monitoring.models import Visit
from wellplaced.monitoring.sight import Sight
from wellplaced.people.models import Person
from wellplaced.placements.models import Placement, YoungPerson


@dataclass(frozen=True)
class Placed:
    """The young people of a visit whom a person may see, by reference, and whether there are others whom they may not."""

    seen: tuple[YoungPerson, ...]
    some_closed: bool


def everybody_placed(visit: Visit) -> list[YoungPerson]:
    """All placed there on the visit's day, and those whom the visit has on record, restricted ones too: never for a page."""
    placements = Placement.objects.of(visit.authority_id).filter(provision=visit.provision_id)
    there = placements.current_on(visit.visit_on).values("young_person")
    listed = visit.young_people_seen.values("young_person")
    found = YoungPerson.objects.of(visit.authority_id)
    return list(found.filter(Q(pk__in=there) | Q(pk__in=listed)).order_by("reference"))


def everybody_concerned(visit: Visit) -> list[YoungPerson]:
    """Everybody placed, and those to move in whose initial visit this is: never for a page."""
    named = [each.key for each in visit.discharges.all() if each.key.startswith("initial:")]
    placements = [int(key.removeprefix("initial:")) for key in named]
    placed = everybody_placed(visit)
    if not placements:
        return placed
    coming = Placement.objects.of(visit.authority_id).filter(pk__in=placements, cancelled=False)
    coming = coming.filter(starts_on__gt=visit.visit_on).exclude(young_person__in=[each.pk for each in placed])
    found = YoungPerson.objects.of(visit.authority_id).filter(pk__in=coming.values("young_person"))
    return sorted([*placed, *found], key=lambda each: each.reference)


def placed_for(visit: Visit, person: Person) -> Placed:
    """Everybody placed, for a page."""
    return _for_page(everybody_placed(visit), person)


def concerned_for(visit: Visit, person: Person) -> Placed:
    """Everybody concerned, for a page."""
    return _for_page(everybody_concerned(visit), person)


def _for_page(everybody: list[YoungPerson], person: Person) -> Placed:
    sight = Sight.of(person)
    seen = tuple(each for each in everybody if sight.sees(each))
    return Placed(seen, len(seen) < len(everybody))
