"""What loading a placements table will write, gathered while comparing and written in a few statements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models

from wellplaced import history
from wellplaced.history import NewEvent
from wellplaced.history.recording import plain
from wellplaced.people.models import Person
from wellplaced.placements.models import Placement, Professional, YoungPerson
from wellplaced.register.models import Premises

AT_ONCE = 500


@dataclass
class Changed:
    """A record that is there, and the values that it is to have."""

    record: Any
    verb: str
    values: dict[str, Any]


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
    _refuse_overtaken(plan.changed)
    _create(YoungPerson, plan.people)
    _create(Premises, plan.premises)
    events = [_changed_event(change) for change in plan.changed]
    for change in plan.changed:
        _set(change)
    _create(Placement, plan.placements)
    _create(Professional, plan.professionals)
    for model in (YoungPerson, Placement, Professional):
        _update(model, [change for change in plan.changed if isinstance(change.record, model)])
    history.record_many([*events, *_new_events(plan)], by=by)


def _refuse_overtaken(changed: Sequence[Changed]) -> None:
    for model in {type(change.record) for change in changed}:
        mine = {change.record.pk: change.record for change in changed if type(change.record) is model}
        now = dict(model.objects.select_for_update().filter(pk__in=mine).values_list("pk", "revision"))
        for number, record in mine.items():
            if now.get(number) != record.revision:
                raise history.Conflict(record, {})


def _create(model: type[models.Model], records: Sequence[Any]) -> None:
    model._default_manager.bulk_create(records, batch_size=AT_ONCE)


def _update(model: type[models.Model], changed: Sequence[Changed]) -> None:
    if changed:
        names = sorted({name for change in changed for name in change.values})
        records = [change.record for change in changed]
        model._default_manager.bulk_update(records, [*names, "revision"], batch_size=AT_ONCE)


def _set(change: Changed) -> None:
    for name, value in change.values.items():
        setattr(change.record, name, value)
    change.record.revision += 1


def _changed_event(change: Changed) -> NewEvent:
    pairs = {name: [plain(getattr(change.record, name)), plain(value)] for name, value in change.values.items()}
    return _event(change.verb, change.record, pairs)


def _new_events(plan: Plan) -> Iterable[NewEvent]:
    for young_person in plan.people:
        yield _event("young person added", young_person, {})
    for premises in plan.premises:
        yield _event("premises added", premises, _from_nothing(premises, "label", "kind"))
    for placement in plan.placements:
        yield _event("placement recorded", placement, _from_nothing(placement, "starts_on", "ends_on", "premises"))
    for professional in plan.professionals:
        yield _event("professional added", professional, _from_nothing(professional, "role", "name", "starts_on"))


def _from_nothing(record: Any, *names: str) -> dict[str, list[Any]]:
    return {name: [None, plain(getattr(record, name))] for name in names}


def _event(verb: str, about: Any, changes: dict[str, list[Any]]) -> NewEvent:
    return NewEvent(
        verb=verb,
        about=about,
        authority_id=about.authority_id,
        provision_id=getattr(about, "provision_id", None),
        young_person_id=getattr(about, "young_person_id", None),
        happened_on=about.starts_on if isinstance(about, Placement | Professional) else None,
        reason="Loaded from a file",
        changes=changes,
    )
