"""The day that a file describes, read from the title above its table or from its sheet's name."""

import calendar
import re
from collections.abc import Iterable
from datetime import date

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}

AS_AT = re.compile(
    r"\b(?:at|as of|as on)\s+(?:(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?\s+)?"
    r"(?P<month>[a-z]{3,9})\s+(?P<year>(?:19|20)[0-9]{2})\b"
)


def as_at(titles: Iterable[str]) -> date | None:
    """The first day that a title says ('as at 31 March 2025'); a month alone means its last day."""
    for title in titles:
        for found in AS_AT.finditer(" ".join(title.replace("_", " ").lower().split())):
            day = _day(found)
            if day:
                return day
    return None


def _day(found: re.Match[str]) -> date | None:
    month, year = MONTHS.get(found["month"]), int(found["year"])
    if month is None:
        return None
    last = calendar.monthrange(year, month)[1]
    day = int(found["day"] or last)
    return date(year, month, day) if 1 <= day <= last else None
