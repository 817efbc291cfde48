"""What a provider is asked for ahead of a visit: the sections of the pre-visit form (C13), documents and files (C15, C16).

Data in two TOML files, read when the service starts: a mistake in one of them stops the start and names the entry.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from wellplaced.people.models import ProvisionType

CODE = re.compile(r"^[a-z][a-z_]{1,30}$")
TYPES = frozenset(code for code, _ in ProvisionType.monitored())
KEYS = frozenset({"code", "title", "hint", "types"})


class CatalogueError(ValueError):
    """An entry of a catalogue cannot be used; the message names the file and the entry."""


@dataclass(frozen=True)
class Entry:
    """A section or a document: a code that records keep for good, what it is called, and for which types it is asked."""

    code: str
    title: str
    hint: str
    types: frozenset[str]


def sections_for(provision_type: str) -> tuple[Entry, ...]:
    """The sections of the pre-visit form for a type of provision, in order (C13)."""
    return _for(SECTIONS, provision_type)


def documents_for(provision_type: str) -> tuple[Entry, ...]:
    """The documents and files that are asked for at a type of provision, in order (C15, C16)."""
    return _for(DOCUMENTS, provision_type)


@cache
def _for(entries: tuple[Entry, ...], provision_type: str) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries if provision_type in entry.types)


def read(text: str, kind: str, source: str) -> tuple[Entry, ...]:
    """The entries of a catalogue; raises CatalogueError for whatever cannot be used."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise CatalogueError(f"{source}: {problem}") from problem
    if set(tables) != {kind} or not isinstance(tables[kind], list):
        raise CatalogueError(f"{source}: holds [[{kind}]] tables and nothing else")
    entries = tuple(_entry(table, f"{source}: {kind} {number}") for number, table in enumerate(tables[kind], start=1))
    _refuse_gaps(entries, source)
    return entries


def _entry(table: Mapping[str, Any], where: str) -> Entry:
    if unknown := sorted(set(table) - KEYS):
        raise CatalogueError(f"{where}: unknown key {unknown[0]}")
    code, title, hint = (table.get(name, "") for name in ("code", "title", "hint"))
    types = table.get("types", sorted(TYPES))
    if not isinstance(code, str) or not CODE.match(code):
        raise CatalogueError(f"{where}: code must be small letters and underscores")
    if not isinstance(title, str) or not title.strip() or not isinstance(hint, str):
        raise CatalogueError(f"{where} ({code}): needs a title; title and hint are text")
    if not isinstance(types, list) or not types or not set(types) <= TYPES:
        raise CatalogueError(f"{where} ({code}): types must be some of {', '.join(sorted(TYPES))}")
    return Entry(code, title, hint, frozenset(types))


def _refuse_gaps(entries: tuple[Entry, ...], source: str) -> None:
    codes = [entry.code for entry in entries]
    if twice := sorted({code for code in codes if codes.count(code) > 1}):
        raise CatalogueError(f"{source}: the code {twice[0]} stands twice")
    for kind in sorted(TYPES):
        if not any(kind in entry.types for entry in entries):
            raise CatalogueError(f"{source}: nothing is asked for at {kind}")


def _load(name: str, kind: str) -> tuple[Entry, ...]:
    path = Path(__file__).with_name(name)
    return read(path.read_text(encoding="utf-8"), kind, name)


SECTIONS = _load("pre_visit_form.toml", "section")
DOCUMENTS = _load("documents.toml", "document")
