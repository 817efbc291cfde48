"""How values are written on a page: days, moments, numbers, plurals. Each is a filter in the templates."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from markupsafe import Markup, escape

from wellplaced.history.clock import LONDON

CODE_NAMES: Mapping[str, str] = {
    "csw": "CSW",
    "iro": "IRO",
    "seno": "SENO",
    "sqao": "SQAO",
    "ehc": "EHC",
    "ifa": "IFA",
    "sen": "SEN",
    "urn": "URN",
}
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


def _day_of(value: date) -> date:
    """The London day of a moment, or the day itself."""
    return value.astimezone(LONDON).date() if isinstance(value, datetime) else value


def day(value: date | None) -> str:
    """'3 January 2027'; nothing for None."""
    return f"{value.day} {value:%B %Y}" if (value := value and _day_of(value)) else ""


def short_day(value: date | None) -> str:
    """'3 Jan 2027'; nothing for None."""
    return f"{value.day} {value:%b %Y}" if (value := value and _day_of(value)) else ""


def weekday_day(value: date | None) -> str:
    """'Sunday 3 January 2027'; nothing for None."""
    return f"{_day_of(value):%A} {day(value)}" if value else ""


def moment(value: datetime | None) -> str:
    """'3 January 2027 at 4:05pm', in London's time; nothing for None."""
    if value is None:
        return ""
    there = value.astimezone(LONDON)
    return f"{day(there)} at {there.hour % 12 or 12}:{there:%M}{'am' if there.hour < 12 else 'pm'}"


def number(value: int | None) -> str:
    """'12,345'; nothing for None."""
    return "" if value is None else f"{value:,}"


def plural(count: int, one: str, many: str = "") -> str:
    """'1 visit', '12 visits', '1,200 replies' (give `many` where adding an s is wrong)."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def words(code: object) -> str:
    """A code as words with a capital: 'not_monitored' → 'Not monitored', 'iro' → 'IRO'."""
    parts = str(code or "").replace("-", "_").split("_")
    text = " ".join(CODE_NAMES.get(part, part) for part in parts)
    return text[:1].upper() + text[1:]


def yes_no(value: bool | None) -> str:
    """'Yes', 'No', or 'Not known'."""
    return "Not known" if value is None else "Yes" if value else "No"


# The order counts: a moment is a date, and True is a number.
SAYINGS: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (bool, yes_no),
    (datetime, moment),
    (date, day),
    (int, number),
)


def shown(value: Any) -> Any:
    """Any value as a cell shows it: days and moments in words, lists with commas, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return Markup(", ").join(shown(item) for item in value)
    say = next((say for kind, say in SAYINGS if isinstance(value, kind)), None)
    return say(value) if say else value


def paragraphs(text: str | None) -> Markup:
    """Typed text with its line breaks kept, as paragraphs."""
    blocks = [block.strip() for block in (text or "").replace("\r\n", "\n").split("\n\n") if block.strip()]
    lines = (Markup("<br>").join(escape(line) for line in block.split("\n")) for block in blocks)
    return Markup("").join(Markup('<p class="govuk-body">{}</p>').format(line) for line in lines)


FILTERS = {
    "day": day,
    "short_day": short_day,
    "weekday_day": weekday_day,
    "moment": moment,
    "number": number,
    "plural": plural,
    "words": words,
    "yes_no": yes_no,
    "shown": shown,
    "paragraphs": paragraphs,
}
