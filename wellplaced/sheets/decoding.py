"""From the bytes of an uploaded file to its text and separator; what is no CSV file is refused with what to do instead."""

import codecs
import csv
import io
import re
from collections.abc import Collection

from wellplaced.sheets.columns import plain_name

MAX_BYTES = 5_000_000
LARGEST_SHEET = (1_048_576, 16_384)  # rows and columns: a file with more came from no spreadsheet
HEADING_READ = 100_000  # characters by which the separator is found; the csv module reads cells up to 131,072
SEPARATORS = (",", ";", "\t")
SEPARATOR_LINE = re.compile(r"sep=([,;\t])\s*", re.IGNORECASE)  # Excel's own first line
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")

WORKBOOKS = {b"PK\x03\x04": "an Excel or OpenDocument workbook", b"\xd0\xcf\x11\xe0": "an old Excel workbook"}
OTHERS = {
    b"%PDF": "a PDF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\x1f\x8b": "a packed file",
}


class Refusal(Exception):
    """The whole file is refused; the text says what is wrong and what to do."""


def decode(content: bytes) -> tuple[str, str]:
    """The text and the encoding: utf-8, utf-8-sig, utf-16 (Excel's 'Unicode text') or cp1252. Raises Refusal."""
    _refuse_other_formats(content)
    for encoding in _possible(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not CONTROL.search(text):
            return text, encoding
        break
    raise Refusal("The file is not a text file. Save the table as CSV and choose that file.")


def _possible(content: bytes) -> list[str]:
    if content.startswith(codecs.BOM_UTF8):
        return ["utf-8-sig"]
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ["utf-16"]
    return ["utf-8", "cp1252"]


def _refuse_other_formats(content: bytes) -> None:
    if not content.strip():
        raise Refusal("The file is empty. Choose a CSV file with a heading row and at least one row below it.")
    if len(content) > MAX_BYTES:
        raise Refusal(f"The file is larger than {MAX_BYTES // 1_000_000} MB. Split it into smaller files.")
    for start, what in WORKBOOKS.items():
        if content.startswith(start):
            raise Refusal(f"The file is {what}. Open it, choose ‘Save as’ and ‘CSV UTF-8’, and choose that file.")
    for start, what in OTHERS.items():
        if content.startswith(start):
            raise Refusal(f"The file is {what}. Save the table as CSV and choose that file.")


def split(text: str, known: Collection[str]) -> tuple[list[list[str]], str]:
    """The rows of cells, blank ones as [], so that the index + 1 is the row a spreadsheet shows; and the separator.

    `known` are the column names: the separator is the one by which the first row shows the most of them.
    """
    lines = text.splitlines()
    declared = SEPARATOR_LINE.fullmatch(lines[0]) if lines else None
    separator = declared[1] if declared else _separator(lines, known)
    rows = _rows(text, separator)
    if declared:
        rows[0] = []
    return rows, separator


def _separator(lines: list[str], known: Collection[str]) -> str:
    heading = next((line for line in lines if line.strip(",;\t ")), "")[:HEADING_READ]

    def fits(separator: str) -> int:
        return sum(plain_name(cell) in known for cell in next(csv.reader([heading], delimiter=separator), []))

    return max(SEPARATORS, key=fits)  # of equals the first


def _rows(text: str, separator: str) -> list[list[str]]:
    rows: list[list[str]] = []
    most_rows, most_columns = LARGEST_SHEET
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            if len(rows) == most_rows or len(cells) > most_columns:
                raise Refusal(
                    f"The file has more than {most_rows:,} rows or {most_columns:,} columns, which no spreadsheet has. "
                    "Save the table as CSV again and choose that file."
                )
            rows.append(cells if any(cell.strip() for cell in cells) else [])
    except csv.Error as error:
        raise Refusal(
            f"The file cannot be read from row {len(rows) + 1} on. Look there for a quotation mark that is opened and "
            f"not closed, or that stands inside a cell, and save the file again. ({error})"
        ) from error
    return rows
