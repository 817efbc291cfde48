"""Recording what happened, and changing a record without overwriting what somebody else saved."""

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from django.conf import settings
from django.db import connection, models, transaction
from django.utils.module_loading import import_string

from wellplaced.history import clock

if TYPE_CHECKING:
    from wellplaced.history.models import Event

Listener = Callable[[Sequence["Event"]], None]
Record = TypeVar("Record", bound=models.Model)


class Recorder(Protocol):
    """Whoever does something: a person of `people`, known here only by number, name and authority."""

    pk: Any
    name: Any
    authority_id: Any


class Conflict(Exception):
    """Somebody else saved the record first. `theirs` is {field: (what the reader saw or typed, what stands now)}.

    `revision` is what a page that is shown now carries: the record's own, unless something else tells its state.
    """

    def __init__(
        self, record: models.Model, theirs: Mapping[str, tuple[Any, Any]], *, revision: int | None = None
    ) -> None:
        super().__init__(f"{record._meta.verbose_name} {record.pk} was changed by somebody else")
        self.record = record
        self.theirs = theirs
        self.revision: int = record.revision if revision is None else revision  # type: ignore[attr-defined]


@dataclass(frozen=True, kw_only=True)
class NewEvent:
    """One thing that happened, for `record_many`. Give `about` or both `about_type` and `about_id`."""

    verb: str
    about: models.Model | None = None
    about_type: str = ""
    about_id: int = 0
    authority_id: int | None = None
    provision_id: int | None = None
    young_person_id: int | None = None
    happened_on: datetime.date | None = None
    reason: str = ""
    for_id: int | None = None
    changes: dict[str, list[Any]] = field(default_factory=dict)


def plain(value: Any) -> Any:
    """A value as the history keeps it: text, number, true or false, ISO date, a record's number, or a list of these."""
    match value:
        case None | bool() | int() | str():
            return value
        case datetime.date() | datetime.time():
            return value.isoformat()
        case Decimal():
            return str(value)
        case models.Model():
            return value.pk
        case list() | tuple() | set() | frozenset() | models.QuerySet():
            return sorted((plain(item) for item in value), key=str)
    raise TypeError(f"the history cannot keep a {type(value).__name__}")


def record(
    verb: str,
    *,
    about: models.Model,
    by: Recorder | None,
    authority_id: int | None = None,
    provision_id: int | None = None,
    young_person_id: int | None = None,
    happened_on: datetime.date | None = None,
    reason: str = "",
    for_id: int | None = None,
    changes: Mapping[str, Sequence[Any]] | None = None,
) -> "Event":
    """Write one event and call the listeners. Must be called inside the action's transaction.

    Without `authority_id`, `provision_id` and `young_person_id` the record's own attributes of those names are taken.
    """
    new = NewEvent(
        verb=verb,
        about=about,
        authority_id=authority_id or getattr(about, "authority_id", None),
        provision_id=provision_id or getattr(about, "provision_id", None),
        young_person_id=young_person_id or getattr(about, "young_person_id", None),
        happened_on=happened_on,
        reason=reason,
        for_id=for_id,
        changes={name: [plain(value) for value in pair] for name, pair in (changes or {}).items()},
    )
    return record_many([new], by=by)[0]


def record_many(news: Sequence[NewEvent], *, by: Recorder | None) -> "list[Event]":
    """Write many events in a few statements, then call each listener once with all of them."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("history is recorded inside an action's transaction")
    from wellplaced.history.models import (
        Event,
    )  # here, so that rooms can import history before Django's apps are loaded

    at = clock.now()
    events = Event.objects.bulk_create([Event(**_columns(new, by, at)) for new in news], batch_size=500)
    waiting = _WAITING.get()
    if waiting is None:
        _tell(events)
    else:
        waiting.extend(events)
    return events


_WAITING: ContextVar["list[Event] | None"] = ContextVar("_WAITING", default=None)


@contextmanager
def together() -> Iterator[None]:
    """Several actions in one transaction, of which the listeners hear at the end, once, with all events.

    For actions that record many events about one thing: what follows from them (what is owed) is then computed once, and
    must not be read inside. After an error nobody hears anything: the transaction is taken back.
    """
    if _WAITING.get() is not None:
        yield
        return
    waiting: list[Event] = []
    token = _WAITING.set(waiting)
    try:
        yield
    finally:
        _WAITING.reset(token)
    if waiting:
        _tell(waiting)


def _tell(events: "Sequence[Event]") -> None:
    for listener in _listeners():
        listener(events)


def _columns(new: NewEvent, by: Recorder | None, at: datetime.datetime) -> dict[str, Any]:
    return {
        "at": at,
        "verb": new.verb,
        "authority_id": new.authority_id,
        "about_type": new.about._meta.label_lower if new.about is not None else new.about_type,
        "about_id": new.about.pk if new.about is not None else new.about_id,
        "provision_id": new.provision_id,
        "young_person_id": new.young_person_id,
        "by_id": by.pk if by else None,
        "by_name": str(by.name) if by else "",
        "for_id": new.for_id,
        "happened_on": new.happened_on,
        "reason": new.reason,
        "changes": new.changes,
    }


def load_listeners() -> None:
    """Import the listeners now, so that a transaction that should be short does not spend its time on that."""
    _listeners()


@cache
def _listeners() -> tuple[Listener, ...]:
    return tuple(import_string(name) for name in settings.HISTORY_LISTENERS)


@transaction.atomic
def amend(
    record_: Record,
    *,
    verb: str,
    by: Recorder | None,
    seen_revision: int | None,
    reason: str = "",
    happened_on: datetime.date | None = None,
    also: Mapping[str, Sequence[Any]] | None = None,
    **values: Any,
) -> Record:
    """Set fields of a record that has a `revision`, if it still is as the person saw it; record each from → to.

    `seen_revision` is the revision of the page that the person had open; None where nobody looked at one (a job).
    Many-to-many fields take a collection. Nothing is written where nothing changes. Raises Conflict where somebody else
    saved first. `also` holds changes beside the record's own fields that the action made in the same transaction.
    Returns the record as it now stands (a fresh instance).
    """
    current = type(record_)._default_manager.select_for_update(no_key=True).get(pk=record_.pk)
    before = {name: _value(current, name) for name in values}
    changed = {name: value for name, value in values.items() if plain(before[name]) != plain(_wanted(value))}
    if not changed and not also:
        return current
    if seen_revision is not None and current.revision != seen_revision:  # type: ignore[attr-defined]
        raise Conflict(current, {name: (value, before[name]) for name, value in changed.items()})
    _set(current, changed)
    record(
        verb,
        about=current,
        by=by,
        reason=reason,
        happened_on=happened_on,
        changes={**(also or {}), **{name: [before[name], _wanted(value)] for name, value in changed.items()}},
    )
    return current


def _set(current: models.Model, changed: Mapping[str, Any]) -> None:
    columns = []
    for name, value in changed.items():
        if current._meta.get_field(name).many_to_many:
            getattr(current, name).set(value)
        else:
            setattr(current, name, value)
            columns.append(name)
    current.revision += 1  # type: ignore[attr-defined]
    current.save(update_fields=[*columns, "revision"])


def _value(current: models.Model, name: str) -> Any:
    if current._meta.get_field(name).many_to_many:
        return sorted(getattr(current, name).values_list("pk", flat=True))
    return getattr(current, name)


def _wanted(value: Any) -> Any:
    if isinstance(value, models.QuerySet | list | tuple | set | frozenset):
        return sorted((plain(item) for item in value), key=str)
    return value
