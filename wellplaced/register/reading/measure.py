"""How much a workbook unpacks to, measured before anything opens it: a small file can hold gigabytes, or endless cells.

ODS repeats a cell or a row by a count, and XLSX places a cell anywhere; a reader that lays the grid out whole would
take all the memory. So every entry is unpacked in small pieces, counted, and its cells are counted as the reader would
lay them out.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from zipfile import BadZipFile, ZipFile, ZipInfo

from wellplaced.register.reading.refusals import UnreadableFile

MOST_BYTES = 400_000_000  # Ofsted's workbook of 2025 unpacks to 75 MB
MOST_ENTRIES = 2_000
MOST_TIMES = 1_000  # how many times larger than packed; the workbook of 2025: 24
MOST_CELLS = 6_000_000  # of 32 bytes each; the workbook of 2025 has 0.7 million
PIECE = 1 << 20
LONGEST_TAG = 4_096

ODS_TAGS = re.compile(
    rb"<table:table-row\b[^>]*>|</table:table-row>|<table:(?:covered-)?table-cell\b[^>]*>|<table:table\b[^>]*>"
)
COLUMNS_REPEATED = re.compile(rb"number-columns-repeated\s*=\s*[\"'](\d+)")
ROWS_REPEATED = re.compile(rb"number-rows-repeated\s*=\s*[\"'](\d+)")
XLSX_TAGS = re.compile(rb"<(?:\w+:)?(c|row)(?=[\s>/])[^>]*>")
PLACE = re.compile(rb"\br\s*=\s*[\"']([A-Z]{0,3})(\d{1,9})[\"']")


def check(archive: ZipFile, packed_size: int) -> None:
    """Raise UnreadableFile where the workbook is broken, or would unpack without measure."""
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise UnreadableFile(f"a workbook of {len(entries)} parts, more than {MOST_ENTRIES}")
    declared = sum(entry.file_size for entry in entries)
    if declared > MOST_BYTES or declared > packed_size * MOST_TIMES:
        raise _without_measure(declared)
    unpacked = cells = 0
    for entry in entries:
        extent = _extent(entry.filename)
        for piece in _pieces(archive, entry):
            unpacked += len(piece)
            if unpacked > MOST_BYTES:
                raise _without_measure(unpacked)
            if extent:
                extent.take(piece)
                if cells + extent.cells > MOST_CELLS:
                    raise UnreadableFile(f"a workbook that unfolds to more than {MOST_CELLS:,} cells")
        cells += extent.cells if extent else 0


def _without_measure(size: int) -> UnreadableFile:
    return UnreadableFile(f"a workbook that unpacks to {size / 1e6:,.0f} MB or more, out of all measure")


def _pieces(archive: ZipFile, entry: ZipInfo) -> Iterator[bytes]:
    try:
        with archive.open(entry) as stream:
            while piece := stream.read(PIECE):
                yield piece
    except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as problem:
        raise UnreadableFile("a workbook that is cut off or damaged") from problem


def _extent(name: str) -> "OdsExtent | XlsxExtent | None":
    if name == "content.xml":
        return OdsExtent()
    return XlsxExtent() if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name, re.IGNORECASE) else None


@dataclass
class _Tags:
    """Tags out of a stream of pieces: what may be the beginning of one is kept for the next piece."""

    rest: bytes = b""

    def of(self, piece: bytes, pattern: re.Pattern[bytes]) -> Iterator[re.Match[bytes]]:
        content = self.rest + piece
        done = 0
        for found in pattern.finditer(content):
            done = found.end()
            yield found
        begun = content.rfind(b"<", max(done, len(content) - LONGEST_TAG))
        self.rest = content[begun:] if begun >= 0 and b">" not in content[begun:] else b""


@dataclass
class OdsExtent:
    """The cells of an ODS workbook as laid out: repeats unfolded, blank ones at the end of a row or sheet left out."""

    done: int = 0
    wide: int = 0
    high: int = 0
    row_repeats: int = 1
    blank_rows: int = 0
    row_wide: int = 0
    blank_columns: int = 0
    tags: _Tags = field(default_factory=_Tags)

    @property
    def cells(self) -> int:
        return self.done + self.wide * self.high

    def take(self, piece: bytes) -> None:
        for found in self.tags.of(piece, ODS_TAGS):
            tag = found.group()
            if tag.startswith(b"</"):
                self._end_row()
            elif tag.startswith(b"<table:table-row"):
                self._begin_row(tag)
            elif b"table-cell" in tag:
                self._cell(tag)
            else:
                self.done, self.wide, self.high, self.blank_rows = self.cells, 0, 0, 0

    def _begin_row(self, tag: bytes) -> None:
        self.row_repeats = _count(ROWS_REPEATED, tag)
        self.row_wide = self.blank_columns = 0

    def _cell(self, tag: bytes) -> None:
        repeats = _count(COLUMNS_REPEATED, tag)
        if tag.endswith(b"/>") and b"office:" not in tag:
            self.blank_columns += repeats
        else:
            self.row_wide += self.blank_columns + repeats
            self.blank_columns = 0

    def _end_row(self) -> None:
        if not self.row_wide:
            self.blank_rows += self.row_repeats
            return
        self.high += self.blank_rows + self.row_repeats
        self.wide = max(self.wide, self.row_wide)
        self.blank_rows = 0


@dataclass
class XlsxExtent:
    """The cells of an XLSX sheet as laid out: from the first row and column to the last cell that holds something."""

    wide: int = 0
    high: int = 0
    held: int = 0
    row: int = 0
    column: int = 0
    tags: _Tags = field(default_factory=_Tags)

    @property
    def cells(self) -> int:
        return max(self.held, self.wide * self.high)

    def take(self, piece: bytes) -> None:
        for found in self.tags.of(piece, XLSX_TAGS):
            place = PLACE.search(found.group())
            if found[1] == b"row":
                self.row, self.column = int(place[2]) if place else self.row + 1, 0
            else:
                self._cell(found.group(), place)

    def _cell(self, tag: bytes, place: re.Match[bytes] | None) -> None:
        self.column = _column(place[1]) if place and place[1] else self.column + 1
        row = int(place[2]) if place else self.row
        if tag.endswith(b"/>"):
            return
        self.held += 1
        self.wide, self.high = max(self.wide, self.column), max(self.high, row)


def _column(letters: bytes) -> int:
    """The number of a column, from 1: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _count(pattern: re.Pattern[bytes], tag: bytes) -> int:
    found = pattern.search(tag)
    return int(found[1]) if found else 1
