"""One cell at a time: text, day, whole number, URN. Workbooks give whole numbers as floats."""

import re
from datetime import date, datetime, time, timedelta

from wellplaced.register.reading.refusals import UnreadableCell
from wellplaced.register.reading.words import says_nothing

Cell = str | float | bool | date | datetime | time | timedelta | None

URN = re.compile(r"SC[0-9]{6}|[0-9]{7}")
DAY_FORMS = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%d-%b-%Y")
FIRST_SERIAL_DAY = date(1899, 12, 30)  # the day 0 of a spreadsheet's serial numbers
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


def text(cell: Cell) -> str:
    """The cell as text: one line, single spaces (a no-break space is a space), whole numbers without '.0'."""
    match cell:
        case str():
            return " ".join(cell.replace("\ufeff", "").split())
        case None:
            return ""
        case bool():
            return "Yes" if cell else "No"
        case float() | int():
            return str(int(cell)) if float(cell).is_integer() else str(cell)
        case datetime() | date():
            return cell.strftime("%d/%m/%Y")
    return str(cell)


def stated(cell: Cell) -> str | None:
    """The cell's text, or None where it says nothing."""
    words = text(cell)
    return None if says_nothing(words) else words


def urn(cell: Cell) -> str:
    """Ofsted's unique reference number: SC and six digits, or seven digits. Raises UnreadableCell."""
    words = re.sub(r"^([0-9]{7})\.0+$", r"\1", text(cell))
    if not words:
        raise UnreadableCell("There is no URN. Each row needs the URN that Ofsted gave the provision.")
    if not URN.fullmatch(words):
        raise UnreadableCell("A URN is SC and six digits, or seven digits.")
    return words


def day(cell: Cell) -> date | None:
    """The day that a cell names, or None where it says nothing. Raises UnreadableCell."""
    if isinstance(cell, datetime):
        return _possible(cell.date())
    if isinstance(cell, date):
        return _possible(cell)
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return _serial_day(cell)
    words = text(cell)
    return None if says_nothing(words) else _written_day(words)


def _written_day(words: str) -> date:
    without_time = re.sub(r"[T ]0?0:00(:00(\.0+)?)?$", "", words)
    for form in DAY_FORMS:
        try:
            return _possible(datetime.strptime(without_time, form).date())  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
    raise UnreadableCell("This is not a date. Dates are day/month/year, such as 31/03/2025.")


def _serial_day(number: float) -> date:
    try:
        return _possible(FIRST_SERIAL_DAY + timedelta(days=int(number)))
    except (OverflowError, ValueError):
        raise UnreadableCell("This number is not a date. Dates are day/month/year, such as 31/03/2025.") from None


def _possible(found: date) -> date:
    if not EARLIEST <= found <= LATEST:
        raise UnreadableCell("This date is not between 1900 and 2199.")
    return found


def whole_number(cell: Cell) -> int | None:
    """A count, or None where the cell says nothing. Raises UnreadableCell."""
    words = text(cell)
    if says_nothing(words):
        return None
    digits = words.replace(",", "")
    if not re.fullmatch(r"[0-9]{1,6}", digits):
        raise UnreadableCell("This is not a whole number.")
    return int(digits)


def yes(cell: Cell) -> bool:
    """A flag column: anything but blank and no is yes ('Y', 'Yes', 'Short breaks only')."""
    words = stated(cell)
    return words is not None and words.lower() not in {"n", "no", "false", "0"}
