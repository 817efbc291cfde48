"""Which of Ofsted's layouts a table has, and where each fact stands in it, by its header cells.

A header is recognised by its words without case, line breaks, notes and the 'Latest full inspection' prefix, so that
the wording of any year from 2015 on finds its column. Columns that nobody asks for are left alone.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wellplaced.register.reading.cells import Cell, text
from wellplaced.register.reading.rows import Layout
from wellplaced.register.reading.words import plain

LAST_HEADER_ROW = 40
PREFIX = re.compile(r"^latest full inspectio\w* (?=.)")
NOTE = re.compile(r"\s*[(\[]note \d+[)\]]$")

# Each fact, and the headers under which it stands; the first that a table has is taken.
COLUMNS: dict[str, tuple[str, ...]] = {
    "urn": ("urn",),
    "education_urn": ("linked education urn", "linked ed urn", "linked school urn"),
    "type": ("provision type", "provider type"),
    "subtype": ("provider subtype",),
    "registered_on": ("registration date",),
    "status": ("registration status", "reg status"),
    "name": ("name", "setting name", "provider name", "provision name"),
    "line_1": ("address 1", "provider address line 1", "setting address line 1"),
    "line_2": ("address 2", "provider address line 2", "setting address line 2"),
    "town": ("town", "provider town", "setting address town", "setting town"),
    "county": ("county", "provider county", "setting address county", "setting county"),
    "postcode": ("postcode", "provider postcode", "setting address postcode", "setting postcode"),
    "ofsted_region": ("ofsted region", "premises ofsted region"),
    "region": ("government office region", "premises government office region", "region"),
    "local_authority": ("local authority", "premises local authority", "provider local authority"),
    "constituency": ("parliamentary constituency", "premises parliamentary constituency"),
    "sector": ("sector",),
    "places": ("places", "number of registered places", "registered places"),
    "premises_count": ("supported accommodation premises", "premises"),
    "short_breaks": ("short break only children's home", "short breaks only children's home", "short breaks only"),
    "multi_building": ("multi building children's home", "multi building ch"),
    "organisation": (
        "organisation which owns the provider",
        "organisation name",
        "organisation",
        "owner name",
    ),
    "category": ("service category", "setting category"),
    "event": ("inspection event type", "event type", "inspection type"),
    "inspected_on": ("inspection date", "latest full inspection date", "date of last full inspection"),
    "published_on": ("inspection publication date", "publication date", "latest full inspection publication date"),
    "event_number": ("inspection event number", "event number", "inspection id"),
    "overall": (
        "overall experiences and progress of children and young people",
        "overall effectiveness",
        "latest overall effectiveness grade from last full inspection",
    ),
    "sa_outcome": ("supported accommodation outcome",),
    "helped_and_protected": (
        "how well children and young people are helped and protected",
        "safeguarding children and young people",
        "the safety of children and young people",
        "cyp safety",
    ),
    "leaders_and_managers": ("the effectiveness of leaders and managers", "leadership and management"),
    "education": ("outcomes in education and related learning activities",),
    "health": ("health services",),
    "quality_of_care": ("quality of care",),
    "outcomes": ("outcomes for children and young people", "cyp outcomes"),
    "deregistered_on": ("deregistration date", "closed date"),
    "telephone": ("provider telephone number", "setting telephone number"),
    "email": ("provider email address", "setting email address"),
    "conditions": ("conditions",),
    "setting_authority": ("setting local authority",),
    "setting_status": ("setting status",),
    "setting_status_on": ("setting status date",),
    "capacity": ("capacity",),
}
LIST_COLUMNS = {"placement code", "provider placement code", "placement provider code", "deregistration date"}
SETTING_COLUMNS = {"setting category", "setting status", "setting local authority"}
FLOWS = {"leaver status", "joiner status"}  # who came and who went: neither a registration's state nor an inspection
IN_YEAR = re.compile(r"\bin[ _-]year\b", re.IGNORECASE)
LATEST = re.compile(r"latest\s+full\s+inspection", re.IGNORECASE)


@dataclass(frozen=True)
class Table:
    """The header of a table: its layout, its row (from 1), and for each fact its column (from 0) and header's text."""

    layout: Layout
    header_row: int
    at: Mapping[str, int]
    headers: Mapping[str, str]
    has_settings: bool
    titles: tuple[str, ...]

    def cell(self, row: Sequence[Cell], fact: str) -> Cell:
        """The cell of a fact, or None where the table has no such column or the row ends before it."""
        column = self.at.get(fact)
        return row[column] if column is not None and column < len(row) else None


def is_header(row: Sequence[Cell]) -> bool:
    """A table begins with the first row that has a cell 'URN'."""
    return any(isinstance(cell, str) and header_words(cell) == "urn" for cell in row)


def header_words(cell: Cell) -> str:
    return NOTE.sub("", plain(text(cell)))


def recognise(
    header: Sequence[Cell], header_row: int, above: Sequence[Sequence[Cell]], sheet: str | None
) -> Table | None:
    """The table under this header, or None where it is none of Ofsted's layouts."""
    full = [header_words(cell) for cell in header]
    titles = tuple(words for row in above for cell in row if (words := text(cell)))
    layout = _layout(set(full), titles, sheet)
    if layout is None:
        return None
    at = _places(full)
    shown = {fact: text(header[column]) for fact, column in at.items()}
    return Table(layout, header_row, at, shown, bool(SETTING_COLUMNS & set(full)), titles)


def _places(full: Sequence[str]) -> dict[str, int]:
    """Each fact's column: by the whole header, else by the header without its prefix."""
    short = [PREFIX.sub("", words) for words in full]
    found = {}
    for fact, names in COLUMNS.items():
        for name in names:
            column = next((i for words in (full, short) if name in words for i in [words.index(name)]), None)
            if column is not None:
                found[fact] = column
                break
    return found


def _layout(words: set[str], titles: Sequence[str], sheet: str | None) -> Layout | None:
    has = {fact for fact, names in COLUMNS.items() if set(names) & (words | {PREFIX.sub("", word) for word in words})}
    if words & FLOWS or "type" not in has:
        return None
    if words & (LIST_COLUMNS | SETTING_COLUMNS):
        return "authority_list"
    if {"category", "local_authority"} <= has and any(word.startswith("premises ") for word in words):
        return "premises"
    if has & {"overall", "sa_outcome", "event", "event_number"}:
        return "in_year" if _is_in_year(words, titles, sheet) else "provider_level"
    return "places" if "places" in has else None


def _is_in_year(words: set[str], titles: Sequence[str], sheet: str | None) -> bool:
    if any(word.startswith("inspection event") for word in words):
        return True
    if any(LATEST.search(title) for title in titles) or any(word.startswith("latest full") for word in words):
        return False
    return any(IN_YEAR.search(title) for title in (*titles, sheet or ""))
