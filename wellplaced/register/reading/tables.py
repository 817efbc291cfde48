"""From a grid of cells to a sheet of typed rows; what cannot be read is refused by row, with its column and why."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import islice
from typing import TypeVar

from wellplaced.register.reading import cells, words
from wellplaced.register.reading.cells import Cell
from wellplaced.register.reading.layouts import LAST_HEADER_ROW, Table, is_header, recognise
from wellplaced.register.reading.refusals import Problem, UnreadableCell, shortened
from wellplaced.register.reading.rows import (
    Address,
    Inspection,
    ListedRow,
    Outcome,
    PremisesRow,
    ProvisionRow,
    Row,
    Setting,
    Sheet,
    Status,
    TypeCode,
)
from wellplaced.register.reading.titles import as_at

Value = TypeVar("Value")
PARTS = ("helped_and_protected", "leaders_and_managers", "education", "health", "quality_of_care", "outcomes")
ADDRESS = ("line_1", "line_2", "town", "county", "postcode")


class RefusedRow(Exception):
    """A cell without which the row cannot be read."""

    def __init__(self, fact: str, why: str) -> None:
        super().__init__(why)
        self.fact = fact


def read_sheet(name: str | None, grid: Iterable[Sequence[Cell]]) -> Sheet | None:
    """The sheet's table, or None where it has none of Ofsted's layouts. The grid's first row has the number 1."""
    numbered = enumerate(grid, start=1)
    above: list[Sequence[Cell]] = []
    for number, row in islice(numbered, LAST_HEADER_ROW):
        if is_header(row):
            table = recognise(row, number, above, name)
            return _Reading(name, table).all(numbered) if table else None
        above.append(row)
    return None


class _Reading:
    """One pass through a table's rows."""

    def __init__(self, sheet: str | None, table: Table) -> None:
        self.sheet, self.table = sheet, table
        self.row: Sequence[Cell] = ()
        self.number = 0
        self.rows: list[Row] = []
        self.refused: list[Problem] = []
        self.doubts: list[Problem] = []
        self.urns: set[str] = set()

    def all(self, numbered: Iterable[tuple[int, Sequence[Cell]]]) -> Sheet:
        for self.number, self.row in numbered:
            if any(cells.text(cell) for cell in self.row):
                self._read_row()
        return Sheet(
            name=self.sheet,
            layout=self.table.layout,
            header_row=self.table.header_row,
            as_at=as_at((*self.table.titles, self.sheet or "")),
            rows=tuple(self.rows),
            refused=tuple(self.refused),
            doubts=tuple(self.doubts),
            urns=frozenset(self.urns),
        )

    def _read_row(self) -> None:
        try:
            urn = self._must("urn", cells.urn)
            self.urns.add(urn)
            self.rows.append(self._typed(urn))
        except RefusedRow as problem:
            self.refused.append(self._problem(problem.fact, str(problem)))

    def _typed(self, urn: str) -> Row:
        match self.table.layout:
            case "premises":
                return self._premises(urn)
            case "authority_list":
                return self._listed(urn)
        return self._provision(urn)

    def _provision(self, urn: str) -> ProvisionRow:
        type_, type_words = self._type()
        in_settings = self.table.has_settings  # there, the address and the capacity are a setting's, not the provider's
        return ProvisionRow(
            row=self.number,
            urn=urn,
            education_urn=self._stated("education_urn"),
            type=type_,
            type_words=type_words,
            registered_on=self._must("registered_on", cells.day),
            status=self._status(),
            name=self._stated("name"),
            name_redacted=self._redacted("name"),
            address=None if in_settings else self._address(),
            address_redacted=self._redacted("line_1") or self._redacted("postcode"),
            ofsted_region=self._stated("ofsted_region"),
            region=self._stated("region"),
            local_authority=self._stated("local_authority"),
            constituency=self._stated("constituency"),
            sector=self._stated("sector"),
            places=self._may("places", cells.whole_number),
            premises_count=self._may("premises_count", cells.whole_number),
            short_breaks=self._flag("short_breaks"),
            multi_building=self._flag("multi_building"),
            organisation=self._organisation(),
            inspection=self._inspection(),
        )

    def _premises(self, urn: str) -> PremisesRow:
        type_, type_words = self._type()
        return PremisesRow(
            row=self.number,
            urn=urn,
            name=self._stated("name"),
            type=type_,
            type_words=type_words,
            registered_on=self._must("registered_on", cells.day),
            status=self._status(),
            category=self._stated("category"),
            places=self._may("places", cells.whole_number),
            ofsted_region=self._stated("ofsted_region"),
            region=self._stated("region"),
            local_authority=self._stated("local_authority"),
            constituency=self._stated("constituency"),
            sector=self._stated("sector"),
            organisation=self._organisation(),
        )

    def _listed(self, urn: str) -> ListedRow:
        return ListedRow(
            row=self.number,
            urn=urn,
            provision=self._provision(urn),
            deregistered_on=self._must("deregistered_on", cells.day),
            telephone=self._stated("telephone"),
            email=self._stated("email"),
            conditions=self._stated("conditions"),
            setting=self._setting() if self.table.has_settings else None,
        )

    def _setting(self) -> Setting:
        address = self._address()
        if address is None:
            self.doubts.append(
                self._problem("line_1", "There is no address, so no premises can be made of this setting.")
            )
        return Setting(
            local_authority=self._stated("setting_authority"),
            status=self._stated("setting_status"),
            status_on=self._must("setting_status_on", cells.day),
            category=self._stated("category"),
            capacity=self._may("capacity", cells.whole_number),
            address=address,
        )

    def _inspection(self) -> Inspection | None:
        inspected_on = self._must("inspected_on", cells.day)
        published_on = self._must("published_on", cells.day)
        event_number, overall = self._stated("event_number"), self._overall()
        if not (inspected_on or published_on or event_number or overall):
            return None
        if inspected_on and published_on and published_on < inspected_on:
            self.doubts.append(self._problem("published_on", "This is before the inspection. It is left out."))
            published_on = None
        event_words = self._stated("event")
        return Inspection(
            kind=words.inspection_kind(event_words),
            event_words=event_words,
            event_number=event_number,
            inspected_on=inspected_on,
            published_on=published_on,
            outcome=self._outcome(overall),
            words=overall,
            parts=tuple((part, said) for part in PARTS if (said := self._stated(part))),
        )

    def _overall(self) -> str | None:
        """The overall judgement; supported accommodation has its own column for it."""
        return self._stated("overall") or self._stated("sa_outcome")

    def _outcome(self, overall: str | None) -> Outcome:
        found = words.outcome(overall or "")
        if found is None:
            fact = "overall" if self._stated("overall") else "sa_outcome"
            self.doubts.append(self._problem(fact, "This judgement is not one we know. The row counts as not judged."))
        return found or "not_judged"

    def _type(self) -> tuple[TypeCode, str | None]:
        """The type's code and words. A subtype says more than its type; settings are of supported accommodation."""
        type_words, subtype = self._stated("type"), self._stated("subtype")
        codes: list[TypeCode] = [words.type_code(said) for said in (subtype, type_words) if said]
        code: TypeCode = next((code for code in codes if code != "not_monitored"), "not_monitored")
        if code == "not_monitored" and self.table.has_settings:
            code = "supported_accommodation"
        return code, type_words

    def _status(self) -> Status | None:
        said = self._stated("status")
        found = words.status(said) if said else None
        if said and not found:
            self.doubts.append(self._problem("status", "This registration status is not one we know. It is left out."))
        return found

    def _organisation(self) -> str | None:
        said = self._stated("organisation")
        return None if said == "0" else said  # a formula's empty answer in the 2025 workbook

    def _address(self) -> Address | None:
        lines = [self._stated(fact) for fact in ADDRESS]
        return Address(*lines) if any(lines) else None

    def _redacted(self, fact: str) -> bool:
        return cells.text(self._cell(fact)).lower() == words.REDACTED

    def _flag(self, fact: str) -> bool | None:
        return cells.yes(self._cell(fact)) if fact in self.table.at else None

    def _stated(self, fact: str) -> str | None:
        return cells.stated(self._cell(fact))

    def _cell(self, fact: str) -> Cell:
        return self.table.cell(self.row, fact)

    def _must(self, fact: str, read: Callable[[Cell], Value]) -> Value:
        """A cell without which the row is refused."""
        try:
            return read(self._cell(fact))
        except UnreadableCell as problem:
            raise RefusedRow(fact, str(problem)) from problem

    def _may(self, fact: str, read: Callable[[Cell], int | None]) -> int | None:
        """A cell that is left out, and listed, where it cannot be read."""
        try:
            return read(self._cell(fact))
        except UnreadableCell as problem:
            self.doubts.append(self._problem(fact, str(problem)))
            return None

    def _problem(self, fact: str, why: str) -> Problem:
        column = self.table.headers.get(fact, fact)
        return Problem(self.sheet, self.number, column, shortened(cells.text(self._cell(fact))), why)


def first_day(sheets: Iterable[Sheet]) -> date | None:
    """The day that the first dated sheet describes."""
    return next((sheet.as_at for sheet in sheets if sheet.as_at), None)
