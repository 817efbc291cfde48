"""A date typed into three boxes: day, month (a number or a name), year. What was typed survives an error."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from wellplaced.design.words import day

BOXES = ("day", "month", "year")
MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
EARLIEST_YEAR, LATEST_YEAR = 1900, 2199


@dataclass(frozen=True)
class DateParts:
    """What stands in the three boxes, as typed."""

    day: str = ""
    month: str = ""
    year: str = ""

    @classmethod
    def of(cls, value: Any) -> "DateParts":
        """The boxes for a date, for an ISO date as text, or empty ones."""
        if isinstance(value, date):
            return cls(str(value.day), str(value.month), str(value.year))
        pieces = str(value or "").strip().split("-")
        if len(pieces) != len(BOXES):
            return cls(day=str(value or "").strip())
        return cls(day=pieces[2].lstrip("0"), month=pieces[1].lstrip("0"), year=pieces[0])

    def missing(self) -> tuple[str, ...]:
        return tuple(box for box in BOXES if not getattr(self, box))


class DatePartsInput(forms.Widget):
    """Three boxes. Also reads one ISO date under the field's own name, as links to a filtered list carry it."""

    template_name = "design/fields/date_boxes.html"

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> DateParts | None:
        typed = DateParts(*(str(data.get(f"{name}-{box}", "")).strip() for box in BOXES))
        if typed != DateParts():
            return typed
        return DateParts.of(data[name]) if data.get(name) else None

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and not any(f"{name}-{box}" in data for box in BOXES)

    def id_for_label(self, id_: str, index: str = "0") -> str:
        return f"{id_}-day"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        parts = value if isinstance(value, DateParts) else DateParts.of(value)
        context = super().get_context(name, None, attrs)
        return context | {"boxes": [(box, getattr(parts, box)) for box in BOXES]}


class GovDateField(forms.Field):
    """A date in three boxes, cleaned to a `date`. `earliest` and `latest` may also be set on a form's own field.

    Days start empty or with today, by one rule: with today where a page records one thing that somebody has done, and then
    the hint says so; empty where that means 'not yet', and where a visit is owed from that day on (a placement, a concern,
    an action plan received), since nobody should start a clock by leaving a date as it is.

    `widget_class` of Django's DateField does not apply. Errors name the box that is wrong.
    """

    widget = DatePartsInput

    def __init__(self, *, earliest: date | None = None, latest: date | None = None, **kwargs: Any) -> None:
        self.earliest = earliest
        self.latest = latest
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        parts = value if isinstance(value, DateParts) else DateParts.of(value)
        if missing := parts.missing():
            raise self._wrong(f"{{}} must include a {' and '.join(missing)}", missing)
        return self._real(parts)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None:
            return
        if self.latest and value > self.latest:
            raise self._wrong(f"{{}} must be on or before {day(self.latest)}", BOXES)
        if self.earliest and value < self.earliest:
            raise self._wrong(f"{{}} must be on or after {day(self.earliest)}", BOXES)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return DateParts.of(initial) != (data if isinstance(data, DateParts) else DateParts.of(data))

    def _real(self, parts: DateParts) -> date:
        month = month_number(parts.month)
        if not _is_short_number(parts.day) or not 1 <= int(parts.day) <= 31:
            raise self._wrong("The day of {} must be a number between 1 and 31", ("day",))
        if month is None:
            raise self._wrong("The month of {} must be a number between 1 and 12, or a name such as March", ("month",))
        if not (parts.year.isdecimal() and len(parts.year) == 4 and EARLIEST_YEAR <= int(parts.year) <= LATEST_YEAR):
            raise self._wrong("The year of {} must include 4 numbers, such as 2026", ("year",))
        try:
            return date(int(parts.year), month, int(parts.day))
        except ValueError:
            raise self._wrong("{} must be a real date", ("day",)) from None

    def _wrong(self, sentence: str, boxes: tuple[str, ...]) -> ValidationError:
        text = sentence.format(f"‘{self.label or 'The date'}’")
        return ValidationError(text.replace("%", "%%"), code="date", params={"boxes": boxes})


def _is_short_number(typed: str) -> bool:
    """Python refuses to read a number of thousands of digits."""
    return typed.isdecimal() and len(typed) <= 2


def month_number(typed: str) -> int | None:
    """1 to 12 for '3', '03', 'Mar', 'march'; None for anything else."""
    if _is_short_number(typed):
        return int(typed) if 1 <= int(typed) <= 12 else None
    word = typed.lower().rstrip(".")
    matching = [number for number, name in enumerate(MONTHS, 1) if len(word) >= 3 and name.startswith(word)]
    return matching[0] if len(matching) == 1 else None
