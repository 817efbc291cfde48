"""The cells of a workbook's part, counted as a reader lays them out, while the part is parsed element by element."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers.expat import XMLParserType

from wellplaced.register.reading.refusals import UnreadableFile

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384  # of an XLSX sheet
MOST_SHARED = 6_000_000  # texts: as many as cells
CELL_PLACE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
ODS_CELLS = {"table:table-cell", "table:covered-table-cell"}
SHEET_PARTS = ("/worksheet", "/sharedStrings")


def _damaged(value: str) -> UnreadableFile:
    return UnreadableFile(f"a damaged workbook, with a cell, a repeat or a part '{value[:40]}'")


@dataclass
class Extent:
    """What one part holds: `cells` as laid out, and the bytes of their `text`."""

    parser: XMLParserType | None = None

    @property
    def cells(self) -> int:
        return 0

    @property
    def text(self) -> int:
        return 0

    @property
    def place(self) -> int:
        """How far the parser is, in bytes."""
        return self.parser.CurrentByteIndex if self.parser else 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""


@dataclass
class OdsExtent(Extent):
    """The cells of an ODS workbook: repeats unfolded, blank ones at the end of a row or a sheet left out."""

    done: int = 0
    text_done: int = 0
    wide: int = 0
    high: int = 0
    row_repeats: int = 1
    blank_rows: int = 0
    row_wide: int = 0
    row_text: int = 0
    blank_columns: int = 0
    cell_begins: int = 0
    cell_repeats: int = 0
    cell_is_blank: bool = True

    @property
    def cells(self) -> int:
        return self.done + self.wide * self.high

    @property
    def text(self) -> int:
        return self.text_done

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in ODS_CELLS:
            self.cell_begins = self.place
            self.cell_repeats = _count(attributes.get("table:number-columns-repeated"))
            self.cell_is_blank = not any(each.startswith("office:") for each in attributes)
        elif name == "table:table-row":
            self.row_repeats = _count(attributes.get("table:number-rows-repeated"))
            self.row_wide = self.row_text = self.blank_columns = 0
        elif name == "table:table":
            self.done, self.wide, self.high, self.blank_rows = self.cells, 0, 0, 0
        else:
            self.cell_is_blank = False

    def end(self, name: str) -> None:
        if name in ODS_CELLS:
            self._end_cell()
        elif name == "table:table-row":
            self._end_row()

    def _end_cell(self) -> None:
        if self.cell_is_blank:
            self.blank_columns += self.cell_repeats
            return
        self.row_wide += self.blank_columns + self.cell_repeats
        self.row_text += (self.place - self.cell_begins) * self.cell_repeats
        self.blank_columns = 0

    def _end_row(self) -> None:
        if not self.row_wide:
            self.blank_rows += self.row_repeats
            return
        self.high += self.blank_rows + self.row_repeats
        self.wide = max(self.wide, self.row_wide)
        self.text_done += self.row_text * self.row_repeats
        self.blank_rows = 0


@dataclass
class SharedTexts(Extent):
    """The texts that the cells of an XLSX workbook share: their lengths, in the order of their numbers."""

    texts: list[int] = field(default_factory=list)
    begins: int = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        match _local(name):
            case "si":
                self.begins = self.place
            case "sst" if _count(attributes.get("uniqueCount")) > MOST_SHARED:  # a reader makes room for them at once
                raise _damaged(attributes["uniqueCount"])

    def end(self, name: str) -> None:
        if _local(name) == "si":
            self.texts.append(self.place - self.begins)


@dataclass
class XlsxExtent(Extent):
    """The cells of an XLSX sheet: from the first row and column to the last cell that holds something."""

    texts: list[int] = field(default_factory=list)
    wide: int = 0
    high: int = 0
    held: int = 0
    row: int = 0
    cell_row: int = 0
    column: int = 0
    holds: bool = False
    shares: bool = False
    value: str = ""
    shared: int = 0

    @property
    def cells(self) -> int:
        return max(self.held, self.wide * self.high)

    @property
    def text(self) -> int:
        return self.shared

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self.holds = True
        match _local(name):
            case "c":
                self._begin_cell(attributes)
            case "row":
                self.row, self.column = _row(attributes["r"]) if "r" in attributes else self.row + 1, 0
            case "v" if self.shares and self.parser:
                self.value = ""
                self.parser.CharacterDataHandler = self._take
            case "Relationship" if attributes.get("Type", "").endswith(SHEET_PARTS):
                if not attributes.get("Target", "").lower().endswith(".xml"):
                    raise _damaged(attributes.get("Target", ""))

    def end(self, name: str) -> None:
        match _local(name):
            case "v" if self.shares and self.parser:
                self.parser.CharacterDataHandler = None
                number = int(self.value) if re.fullmatch(r"[0-9]{1,9}", self.value.strip()) else -1
                self.shared += self.texts[number] if 0 <= number < len(self.texts) else 0
            case "c" if self.holds:
                self.held += 1
                self.wide, self.high = max(self.wide, self.column), max(self.high, self.cell_row)

    def _take(self, text: str) -> None:
        self.value = (self.value + text)[:20]

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        self.holds, self.shares = False, attributes.get("t") == "s"
        self.cell_row = self.row
        self.column += 1
        if attributes.get("r"):
            named = CELL_PLACE.fullmatch(attributes["r"])
            if named is None:
                raise _damaged(attributes["r"])
            self.column, self.cell_row = _column(named[1]), _row(named[2])


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _row(digits: str) -> int:
    if not re.fullmatch(r"[0-9]{1,7}", digits) or not 1 <= int(digits) <= MOST_ROWS:
        raise _damaged(digits)
    return int(digits)


def _column(letters: str) -> int:
    """The number of a column, from 1: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    if number > MOST_COLUMNS:
        raise _damaged(letters)
    return number


def _count(repeats: str | None) -> int:
    if repeats is None:
        return 1
    if not re.fullmatch(r"[0-9]{1,12}", repeats):
        raise _damaged(repeats)
    return int(repeats)
