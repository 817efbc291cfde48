"""The demonstration's calendar: its story is told in days before today, and its people work on working days.

Every day of the story comes from here. Due dates are never counted here.
"""

from collections.abc import Iterator
from datetime import date
from itertools import count

from wellplaced.bankholidays import england
from wellplaced.guidance.counting import is_weekend


def days_before(today: date, number: int) -> date:
    """So many days before today, whatever day of the week that is; a negative number lies ahead."""
    return date.fromordinal(today.toordinal() - number)


def is_working(day: date) -> bool:
    """No weekend and no bank holiday of England, as far as those are known."""
    known = england()
    if known.known_from <= day <= known.known_until:
        return known.is_working(day)
    return not is_weekend(day)


def working_day(day: date, not_before: date = date.min) -> date:
    """The day, or the last working day before it; where that is before `not_before`, the first one from there on."""
    found = next(each for each in _from(day, 1) if is_working(each))
    return found if found >= not_before else next_working_day(not_before)


def next_working_day(day: date) -> date:
    """The day, or the first working day after it."""
    return next(each for each in _from(day, -1) if is_working(each))


def _from(day: date, step: int) -> Iterator[date]:
    return (days_before(day, number) for number in count(0, step))
