"""Writing many rows of a table in a few statements, none of them over what somebody else saved meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models

from wellplaced import history
from wellplaced.history import NewEvent
from wellplaced.history.recording import plain

AT_ONCE = 500
LOADED = "Loaded from a file"


@dataclass
class Changed:
    """A record that is there, and the values that it is to have; `also` is what changes beside it, from → to."""

    record: Any
    verb: str
    values: dict[str, Any]
    also: dict[str, list[Any]] = field(default_factory=dict)


def create(model: type[models.Model], records: Sequence[Any]) -> None:
    """Add new records; each has its number afterwards."""
    model._default_manager.bulk_create(records, batch_size=AT_ONCE)


def change(changed: Sequence[Changed]) -> list[NewEvent]:
    """Give records their new values; returns what the history is to say of them, from → to.

    Raises Conflict, before anything is written, where a record is not any more as it was compared.
    """
    events = [event(each.verb, each.record, _pairs(each)) for each in changed]
    for model in dict.fromkeys(type(each.record) for each in changed):
        mine = [each for each in changed if type(each.record) is model]
        _refuse_overtaken(model, mine)
        _update(model, mine)
    return events


def event(verb: str, about: Any, changes: dict[str, list[Any]], happened_on: date | None = None) -> NewEvent:
    """What the history is to say of one record."""
    return NewEvent(
        verb=verb,
        about=about,
        authority_id=about.authority_id,
        provision_id=getattr(about, "provision_id", None),
        young_person_id=getattr(about, "young_person_id", None),
        happened_on=happened_on,
        reason=LOADED,
        changes=changes,
    )


def from_nothing(record: Any, *names: str) -> dict[str, list[Any]]:
    """The values of a new record, as the history keeps them."""
    return {name: [None, plain(getattr(record, name))] for name in names}


def _pairs(each: Changed) -> dict[str, list[Any]]:
    own = {name: [plain(getattr(each.record, name)), plain(value)] for name, value in each.values.items()}
    return own | each.also


def _refuse_overtaken(model: type[models.Model], changed: Sequence[Changed]) -> None:
    mine = {each.record.pk: each.record for each in changed}
    rows = model._default_manager.select_for_update(no_key=True).filter(pk__in=mine)
    now = dict(rows.values_list("pk", "revision"))
    for number, record in mine.items():
        if now.get(number) != record.revision:
            raise history.Conflict(record, {})


def _update(model: type[models.Model], changed: Sequence[Changed]) -> None:
    for each in changed:
        for name, value in each.values.items():
            setattr(each.record, name, value)
        each.record.revision += 1
    names = sorted({name for each in changed for name in each.values})
    records = [each.record for each in changed]
    model._default_manager.bulk_update(records, [*names, "revision"], batch_size=AT_ONCE)
