"""Who was placed at a visit's provision on its day: whom the feedback, the checklist and the questionnaires are about."""

from dataclasses import dataclass

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
    return list((found.filter(pk__in=there) | found.filter(pk__in=listed)).distinct().order_by("reference"))


def placed_for(visit: Visit, person: Person) -> Placed:
    """The same for a page."""
    sight, everybody = Sight.of(person), everybody_placed(visit)
    seen = tuple(each for each in everybody if sight.sees(each))
    return Placed(seen, len(seen) < len(everybody))
