"""What a kind of table is: its columns, how its rows are compared with what is on record, how they are applied."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from wellplaced.design.words import day as in_words
from wellplaced.people.models import Person
from wellplaced.sheets.columns import Column
from wellplaced.sheets.reading import Problem, Row


@dataclass(frozen=True)
class Change:
    """One thing that would become different, in words: 'Last day', 'none', '3 March 2026'."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """What one row would do: add something (`is_new`), or change what is on record. `notes` is what to know about it."""

    row: int
    what: str
    is_new: bool
    changes: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """What a file would do. `plan` is the kind's own, for its `apply`; the rest is for people."""

    lines: tuple[Line, ...]
    unchanged: int
    problems: tuple[Problem, ...]
    plan: Any

    @property
    def news(self) -> list[Line]:
        return [line for line in self.lines if line.is_new]

    @property
    def changes(self) -> list[Line]:
        return [line for line in self.lines if not line.is_new]


def nothing(row: Row, today: date) -> Iterable[tuple[str, str]]:
    """Where no row can be wrong by itself but in a cell."""
    return ()


@dataclass(frozen=True, kw_only=True)
class LoadKind:
    """One kind of table. `apply` writes a comparison's plan in the caller's transaction, its history in one call.

    `alone` says what is wrong with a row by itself, as (column, why), of those cells that could be read.
    """

    code: str  # in the address and in the database
    title: str
    noun: str  # what a row is: 'placement'
    about: str  # what the table is for, and where it comes from
    columns: tuple[Column, ...]
    compare: Callable[[Sequence[Row], Person, date], Comparison]
    apply: Callable[[Any, Person, date], None]
    alone: Callable[[Row, date], Iterable[tuple[str, str]]] = nothing


@cache
def kinds() -> tuple[LoadKind, ...]:
    """Every kind, in the order in which an authority that goes live loads them."""
    return tuple(import_string(name) for name in settings.TABLE_LOADS)


def kind_of(code: str) -> LoadKind | None:
    """The kind of this code; None where there is none."""
    return next((kind for kind in kinds() if kind.code == code), None)


def next_kind(kind: LoadKind) -> LoadKind | None:
    """The table that is loaded after this one; None after the last."""
    following = kinds()[kinds().index(kind) + 1 :]
    return following[0] if following else None


def said(value: Any) -> str:
    """A value in the words of a preview."""
    match value:
        case None:
            return "none"
        case bool():
            return "yes" if value else "no"
        case date():
            return in_words(value)
    return str(value)
