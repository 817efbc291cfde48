"""CSV downloads: streamed, read by Excel as UTF-8, and safe from cells that a spreadsheet would run as formulas."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from typing import Any

from django.http import StreamingHttpResponse

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
ROWS_AT_ONCE = 1000
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")  # the wide ones too: some spreadsheets take them for the narrow ones


class _Lines:
    """A file for the csv module that keeps what is written until it is asked for."""

    def __init__(self) -> None:
        self._written: list[str] = []

    def write(self, text: str) -> None:
        self._written.append(text)

    def take(self) -> str:
        text, self._written = "".join(self._written), []
        return text


def cell(value: Any) -> str:
    """One cell's text. Days are ISO; text that a spreadsheet would take for a formula gets an apostrophe in front."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int() | float() | Decimal():
            return str(value)
        case datetime():
            return value.isoformat(timespec="seconds")
        case date() | time():
            return value.isoformat()
    text = str(value)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def lines(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """The file in pieces of up to 1,000 rows."""
    held = _Lines()
    writer = csv.writer(held)
    held.write(BYTE_ORDER_MARK)
    writer.writerow([cell(heading) for heading in headings])
    waiting = iter(rows)
    while piece := list(islice(waiting, ROWS_AT_ONCE)):
        writer.writerows([cell(value) for value in row] for row in piece)
        yield held.take().encode()
    if rest := held.take():
        yield rest.encode()


def csv_response(name: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """A download called `name`.csv. `rows` is read as it is sent; give names that say nothing of a person."""
    safe_name = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "-_") else "-" for letter in name)
    return StreamingHttpResponse(
        lines(headings, rows),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{safe_name}.csv"',
            "Cache-Control": "private, no-store",
        },
    )
