"""Counting days, working days, weeks and months, forwards from an event or backwards from a visit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from wellplaced.guidance.refusal import Refusal

DAYS = "days"
WORKING_DAYS = "working days"
WEEKS = "weeks"
MONTHS = "months"

ONE_DAY = timedelta(days=1)
_DAYS_IN_A_WEEK = 7
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class ClosedDays:
    """Bank holidays and local closure days, and the span in which all of them are known (both ends included)."""

    days: frozenset[date]
    known_from: date
    known_until: date

    def is_working(self, day: date) -> bool:
        """Whether people work on this day. Raises `Refusal` beyond what is known."""
        if not self.known_from <= day <= self.known_until:
            known = f"bank holidays are known from {self.known_from.isoformat()} to {self.known_until.isoformat()} only"
            raise Refusal("closed_days", f"{known}, so that working days cannot be counted on {day.isoformat()}")
        return day.weekday() < _SATURDAY and day not in self.days


def is_weekend(day: date) -> bool:
    """Whether this is a Saturday or a Sunday."""
    return day.weekday() >= _SATURDAY


def later(start: date, number: int, unit: str, closed: ClosedDays | None = None) -> date:
    """The day that lies this long after `start`, which is day 0.

    Months keep the day of the month, or end on the last day of a shorter one: 12 months after 29 February is 28 February.
    Raises `Refusal` where working days are not known, or where the calendar ends.
    """
    try:
        if unit == DAYS:
            return start + timedelta(days=number)
        if unit == WEEKS:
            return start + timedelta(days=number * _DAYS_IN_A_WEEK)
        if unit == MONTHS:
            return _months_later(start, number)
        return _working_days(start, number, ONE_DAY, closed)
    except OverflowError as error:
        raise Refusal("-", f"the calendar ends before {number} {unit} after {start.isoformat()}") from error


def earlier(end: date, number: int, unit: str, closed: ClosedDays | None = None) -> date:
    """The day that lies this long before `end`, and never before the calendar begins.

    Months keep the day of the month, or begin on the first of the next: 12 months before 29 February is 1 March, so that
    a span that ends on a day never reaches further back than the day of the same name.
    """
    try:
        if unit == DAYS:
            return end - timedelta(days=number)
        if unit == WEEKS:
            return end - timedelta(days=number * _DAYS_IN_A_WEEK)
        if unit == MONTHS:
            return _months_earlier(end, number)
        return _working_days(end, number, -ONE_DAY, closed)
    except OverflowError:
        return date.min


def last_of_month(day: date) -> date:
    """The last day of the month that this day is in."""
    if day.month == 12:
        return day.replace(day=31)
    return date(day.year, day.month + 1, 1) - ONE_DAY


def days_between(start: date, end: date, unit: str, closed: ClosedDays | None = None) -> Iterator[date]:
    """Each day that is counted after `start` up to `end`: every day, or the working days alone."""
    day = start
    while day < end:
        day += ONE_DAY
        if unit != WORKING_DAYS or _known(closed).is_working(day):
            yield day


def _shifted(day: date, months: int) -> tuple[int, int]:
    """Year and month, some months away from those of a day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    if not date.min.year <= year <= date.max.year:
        raise OverflowError
    return year, month


def _months_later(start: date, months: int) -> date:
    year, month = _shifted(start, months)
    try:
        return date(year, month, start.day)
    except ValueError:
        return last_of_month(date(year, month, 1))


def _months_earlier(end: date, months: int) -> date:
    year, month = _shifted(end, -months)
    try:
        return date(year, month, end.day)
    except ValueError:
        return last_of_month(date(year, month, 1)) + ONE_DAY


def _working_days(start: date, number: int, direction: timedelta, closed: ClosedDays | None) -> date:
    known = _known(closed)
    day = start
    while number:
        day += direction
        if known.is_working(day):
            number -= 1
    return day


def _known(closed: ClosedDays | None) -> ClosedDays:
    if closed is None:
        raise Refusal("closed_days", "working days cannot be counted without the bank holidays")
    return closed
