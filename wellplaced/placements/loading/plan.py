"""What loading a placements table will write, gathered while comparing and written in a few statements."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from wellplaced import history
from wellplaced.history import NewEvent
from wellplaced.people.models import Person
from wellplaced.placements.loading.writing import Changed, change, create, event, from_nothing
from wellplaced.placements.models import Placement, Professional, YoungPerson
from wellplaced.register.models import Premises


@dataclass
class Plan:
    """New records in the order in which they need each other, and changes of old ones."""

    people: list[YoungPerson] = field(default_factory=list)
    premises: list[Premises] = field(default_factory=list)
    placements: list[Placement] = field(default_factory=list)
    professionals: list[Professional] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)


def apply(plan: Plan, by: Person, on: date) -> None:
    """Write it all, with one call of the history. Raises Conflict where a record changed since it was compared."""
    create(YoungPerson, plan.people)
    create(Premises, plan.premises)
    changed = change(plan.changed)
    create(Placement, plan.placements)
    create(Professional, plan.professionals)
    history.record_many([*changed, *_new_events(plan)], by=by)


def _new_events(plan: Plan) -> Iterable[NewEvent]:
    for young_person in plan.people:
        yield event("young person added", young_person, {})
    for premises in plan.premises:
        yield event("premises added", premises, from_nothing(premises, "label", "kind"))
    for placement in plan.placements:
        changes = from_nothing(placement, "starts_on", "ends_on", "premises")
        yield event("placement recorded", placement, changes, placement.starts_on)
    for professional in plan.professionals:
        changes = from_nothing(professional, "role", "name", "starts_on")
        yield event("professional added", professional, changes, professional.starts_on)
