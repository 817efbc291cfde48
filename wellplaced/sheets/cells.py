"""What one cell says, by the kind of its column; a cell that cannot be read says why, and what to write instead."""

import calendar
import re
from collections.abc import Callable, Mapping
from datetime import date

from wellplaced.sheets.columns import Column, Kind, plain_name

Value = str | date | bool | int | None

YES = {"yes", "y", "true", "1"}
NO = {"no", "n", "false", "0"}
FIRST_YEAR, LAST_YEAR = 1900, 2200
MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{2,4})")
MONTH_NAMED = re.compile(r"(\d{1,2})[ -]([a-z]{3,9})[ -](\d{2,4})", re.IGNORECASE)
YEAR_FIRST = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
MIDNIGHT = re.compile(r"[ T]00:00(:00(\.0+)?)?$")  # exports put it behind a plain date
EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\".]+(\.[^@\s,;<>\".]+)+")
SERIAL_DAY = re.compile(r"\d{5}(\.\d+)?")  # how a spreadsheet keeps a day: its number since 1900
WHOLE_NUMBER = re.compile(r"-?\d{1,9}")
GUARDED = re.compile(r"^'(?=[=+\-@\uff1d\uff0b])")  # how our downloads keep a spreadsheet from calculating a cell


class Unreadable(Exception):
    """A cell that says nothing that its column can hold; the text says why and what to write."""


def unguarded(text: str) -> str:
    """A cell's text without surrounding space, and without the apostrophe that our downloads put before a formula sign."""
    return GUARDED.sub("", text.strip(), count=1).strip()


def read_cell(column: Column, text: str) -> Value:
    """The value of a cell, None where it is blank and may be. Raises Unreadable."""
    text = unguarded(text)
    if text:
        return READERS[column.kind](column, text)
    if column.required:
        raise Unreadable("It is blank. Every row needs it.")
    return None


def _text(column: Column, text: str) -> str:
    if len(text) > column.longest:
        raise Unreadable(f"It is {len(text)} characters long. Use at most {column.longest}.")
    return text


def _date(column: Column, text: str) -> date:
    text = MIDNIGHT.sub("", text)
    if found := YEAR_FIRST.fullmatch(text):
        year, month, day = found.groups()
    elif found := DAY_FIRST.fullmatch(text):
        day, month, year = found.groups()
    elif (found := MONTH_NAMED.fullmatch(text)) and (number := MONTHS.get(found[2].lower())):
        day, month, year = found[1], str(number), found[3]
    elif SERIAL_DAY.fullmatch(text):
        raise Unreadable("It is a spreadsheet’s number for a day. Format the column as dates, like 31/03/2026.")
    else:
        raise Unreadable("It is not a date. Write it like 31/03/2026 or 2026-03-31.")
    if len(year) != 4:
        raise Unreadable("The year needs four digits, like 31/03/2026. In a spreadsheet, format the column so.")
    return _existing(int(year), int(month), int(day))


def _existing(year: int, month: int, day: int) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Unreadable(f"The year must be between {FIRST_YEAR} and {LAST_YEAR}.")
    try:
        return date(year, month, day)
    except ValueError:
        raise Unreadable("There is no such day. Write day, month, year, like 31/03/2026.") from None


def _yes_no(column: Column, text: str) -> bool:
    if text.lower() in YES:
        return True
    if text.lower() in NO:
        return False
    raise Unreadable("Write yes or no.")


def _choice(column: Column, text: str) -> str:
    wanted = plain_name(text)
    for word in column.choices:
        if plain_name(word) == wanted:
            return word
    raise Unreadable(f"It is not one of the values this column takes: {', '.join(column.choices)}.")


def _email(column: Column, text: str) -> str:
    if not EMAIL.fullmatch(text) or len(text) > column.longest:
        raise Unreadable("It is not an email address. Write it like name@example.org.")
    return text.lower()


def _int(column: Column, text: str) -> int:
    text = text.removesuffix(".0")
    if not WHOLE_NUMBER.fullmatch(text) or not text.isascii():
        raise Unreadable("It is not a whole number.")
    return int(text)


READERS: Mapping[Kind, Callable[[Column, str], Value]] = {
    Kind.TEXT: _text,
    Kind.DATE: _date,
    Kind.YES_NO: _yes_no,
    Kind.CHOICE: _choice,
    Kind.EMAIL: _email,
    Kind.INT: _int,
}
