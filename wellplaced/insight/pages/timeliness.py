"""Timeliness: for each clause, month, type or officer how many were in time, late, open, lapsed or set aside."""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from wellplaced.design.tags import Link
from wellplaced.guidance.steps import STEPS
from wellplaced.insight.forms.timeliness import OF_REQUIREMENTS, OF_STEPS, TimelinessFilters
from wellplaced.insight.pages.bars import Bar, Bars, Part
from wellplaced.insight.queries import timeliness as read
from wellplaced.insight.queries.timeliness import CLAUSE, COUNTED, MONTH, OFFICER, TYPE, Asked, Counts, Key
from wellplaced.monitoring.forms.filters import NOBODY
from wellplaced.monitoring.words import STEP_NAMES
from wellplaced.people.models import Person, ProvisionType

SET_OUT_BY = {CLAUSE: "By clause", MONTH: "By month", TYPE: "By type of provision", OFFICER: "By officer"}
FIRST_COLUMN = {CLAUSE: "Clause", MONTH: "Month", TYPE: "Type of provision", OFFICER: "Officer"}
DAYS_BY_MONTH = 750  # a longer period is set out by year
FEW = 10  # of fewer a percentage would say more than is known
NO_COUNTS: Counts = dict.fromkeys(COUNTED, 0)
CLAUSE_WORDS = {
    "C3": "Initial visit",
    "C5": "Annual visit",
    "C6": "Visit about a concern",
    "C7": "Judged good or outstanding",
    "C8": "Judged less than good",
    "C9": "Initial visit, 16+",
}
OWED, OF_VISITS = "owed", "steps"
HEADINGS = {OWED: "Visits owed (C3 to C9)", OF_VISITS: "Steps of visits (C12 to C23)"}
# What is counted, what it is called, and which filters of the list show just that
COLUMNS: Mapping[str, Sequence[tuple[str, str, Mapping[str, str]]]] = {
    OWED: (
        ("in_time", "In time", {"in_time": "yes"}),
        ("late", "Late", {"in_time": "no"}),
        ("open", "Still owed", {}),
        ("overdue", "Of them overdue", {"state": "overdue"}),
        ("lapsed", "Lapsed", {"state": "lapsed"}),
        ("set_aside", "Waived", {"state": "waived"}),
        ("undated", "Done, had no due date", {"in_time": "none"}),
    ),
    OF_VISITS: (
        ("in_time", "In time", {"in_time": "yes"}),
        ("late", "Late", {"in_time": "no"}),
        ("open", "Still open", {}),
        ("overdue", "Of them overdue", {"state": "overdue"}),
        ("set_aside", "Set aside", {"state": "set_aside"}),
        ("undated", "Done, had no due date", {"in_time": "none"}),
    ),
}
LEGEND = (
    ("in_time", "In time"),
    ("late", "Late"),
    ("overdue", "Overdue"),
    ("open", "Open, not overdue"),
    ("undated", "Done, had no due date"),
    ("settled", "Lapsed, waived or set aside"),
)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of figures, and the filters of the list that its numbers lead to."""

    label: str
    counts: Counts
    narrowed: Mapping[str, str]

    @property
    def due(self) -> int:
        """Of how many one can say whether they were in time: in time, late, or overdue now."""
        return self.counts["in_time"] + self.counts["late"] + self.counts["overdue"]

    @property
    def percent(self) -> int | None:
        """Whole percent, rounded down, so that 100 means all."""
        return self.counts["in_time"] * 100 // self.due if self.due else None

    @property
    def share(self) -> str:
        """'86% of 212'; of a few only how many: '3 of 4'."""
        if not self.due:
            return "Nothing was due"
        if self.due < FEW:
            return f"{self.counts['in_time']} of {self.due}"
        return f"{self.percent}% of {self.due:,}"

    @property
    def total(self) -> int:
        return sum(self.counts[name] for name in COUNTED if name != "overdue")

    @property
    def bar(self) -> Bar:
        numbers = {**self.counts, "open": self.counts["open"] - self.counts["overdue"]}
        numbers["settled"] = self.counts["lapsed"] + self.counts["set_aside"]
        return Bar(self.label, [Part(kind, numbers[kind], words) for kind, words in LEGEND])


@dataclass(frozen=True, kw_only=True)
class Figures:
    """The figures of the visits owed, or of the steps of visits: a picture and a table."""

    key: str
    first_column: str
    rows: Sequence[Row]
    asked: Asked

    @property
    def heading(self) -> str:
        return HEADINGS[self.key]

    @property
    def headings(self) -> list[str]:
        return [self.first_column, *(heading for _, heading, _ in COLUMNS[self.key]), "In time, of what was due"]

    @property
    def total(self) -> Row:
        counts = {name: sum(row.counts[name] for row in self.rows) for name in COUNTED}
        return Row(label="All", counts=counts, narrowed={})

    @property
    def legend(self) -> list[tuple[str, str]]:
        """The kinds that the picture shows."""
        there = {part.kind for row in self.rows for part in row.bar.parts if part.number}
        return [(kind, words) for kind, words in LEGEND if kind in there]

    @property
    def picture(self) -> Bars:
        title = f"{self.heading}, {SET_OUT_BY[self.asked.by].lower()}"
        return Bars(self.key, title, [row.bar for row in self.rows if row.total])

    @property
    def table(self) -> list[list[Any]]:
        """The cells of each row and of the total: numbers that lead to the list of what they count."""
        rows = [*self.rows, self.total] if len(self.rows) > 1 else self.rows
        return [[row.label, *self._numbers(row), row.share] for row in rows]

    def _numbers(self, row: Row) -> Iterator[Link | int]:
        for name, heading, wanted in COLUMNS[self.key]:
            number = row.counts[name]
            yield Link(f"{number:,}", self._list(row, wanted), f"{heading.lower()}, {row.label}") if number else 0

    def _list(self, row: Row, wanted: Mapping[str, str]) -> str:
        asked = self.asked
        everywhere = {"clause": asked.clause, "type": asked.type, "officer": asked.officer}
        period = {"counted_from": asked.start.isoformat(), "counted_to": asked.end.isoformat()}
        given = {**everywhere, **period, **row.narrowed, **wanted}
        route = "monitoring:owed" if self.key == OWED else "monitoring:steps"
        return f"{reverse(route)}?{urlencode({name: value for name, value in given.items() if value})}"


@dataclass(frozen=True, kw_only=True)
class Timeliness:
    """The page."""

    asked: Asked
    filters: TimelinessFilters
    query: Mapping[str, Sequence[str]]
    figures: Sequence[Figures]

    @property
    def filtered(self) -> bool:
        return bool(self.filters.answers())

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the form of filters carries along unseen."""
        return [] if self.asked.by == CLAUSE else [("by", self.asked.by)]

    @property
    def clear_href(self) -> str:
        return f"?{urlencode(self.kept)}"

    @property
    def tabs(self) -> list[tuple[str, str, bool]]:
        return [(words, self._href(by=code), code == self.asked.by) for code, words in SET_OUT_BY.items()]

    @property
    def csv_href(self) -> str:
        return self._href(by=self.asked.by, format="csv")

    @property
    def is_empty(self) -> bool:
        return not any(row.total for each in self.figures for row in each.rows)

    def _href(self, **changes: str) -> str:
        kept = {name: values for name, values in self.query.items() if any(values) and name not in ("by", "format")}
        return f"?{urlencode({**kept, **changes}, doseq=True)}"

    @property
    def written(self) -> Iterator[list[Any]]:
        """The rows of the CSV file."""
        for each in self.figures:
            for row in each.rows:
                counts = [row.counts[name] for name in COUNTED]
                yield [each.heading, row.label, *counts, row.due, row.percent]


WRITTEN = (
    "Part",
    "Set out by",
    "In time",
    "Late",
    "Done, had no due date",
    "Open",
    "Of them overdue",
    "Lapsed",
    "Waived or set aside",
    "Was due (in time, late or overdue)",
    "Percent in time",
)


def timeliness_page(
    person: Person, filters: TimelinessFilters, query: Mapping[str, Sequence[str]], today: date
) -> Timeliness:
    """The figures that somebody asked for: two queries."""
    answers = filters.answers()
    start, end = filters.period
    by = (query.get("by") or [CLAUSE])[-1]
    narrowed = {name: str(answers.get(name, "")) for name in ("clause", "type", "officer")}
    asked = Asked(by=by if by in SET_OUT_BY else CLAUSE, start=start, end=end, **narrowed)
    figures = []
    if asked.clause not in OF_STEPS:
        figures.append(_figures(OWED, read.requirements(person, asked, today), asked, filters))
    if asked.clause not in OF_REQUIREMENTS:
        figures.append(_figures(OF_VISITS, read.steps(person, asked, today), asked, filters))
    return Timeliness(asked=asked, filters=filters, query=query, figures=figures)


def _figures(key: str, counted: Mapping[Key, Counts], asked: Asked, filters: TimelinessFilters) -> Figures:
    made = {CLAUSE: _by_clause, MONTH: _by_month, TYPE: _by_type, OFFICER: _by_officer}[asked.by]
    rows = list(made(key, counted, asked, filters))
    return Figures(key=key, first_column=FIRST_COLUMN[asked.by], rows=rows, asked=asked)


def _by_clause(key: str, counted: Mapping[Key, Counts], asked: Asked, filters: TimelinessFilters) -> Iterator[Row]:
    """Every clause, those too of which nothing was counted."""
    if key == OWED:
        for clause in OF_REQUIREMENTS if not asked.clause else (asked.clause,):
            label = f"{clause} {CLAUSE_WORDS[clause]}"
            yield Row(label=label, counts=counted.get((clause,), NO_COUNTS), narrowed={"clause": clause})
        return
    known = {step: (clause, counts) for (clause, step), counts in counted.items()}
    for step in sorted(known, key=_position):
        clause, counts = known[step]
        yield Row(label=f"{clause} {STEP_NAMES[step].name}", counts=counts, narrowed={"step": step, "clause": clause})


def _position(step: str) -> int:
    return STEPS.index(step)


def _by_month(key: str, counted: Mapping[Key, Counts], asked: Asked, filters: TimelinessFilters) -> Iterator[Row]:
    """Every month in which something counts; of a long period every year."""
    by_year = (asked.end - asked.start).days > DAYS_BY_MONTH
    spans: dict[tuple[date, date], Counts] = {}
    for (day,), counts in counted.items():
        span = _year_of(day) if by_year else _month_of(day)
        spans[span] = _sum(spans.get(span, NO_COUNTS), counts)
    for first, last in sorted(spans):
        inside = {
            "counted_from": max(first, asked.start).isoformat(),
            "counted_to": min(last, asked.end).isoformat(),
        }
        label = str(first.year) if by_year else f"{first:%B %Y}"
        yield Row(label=label, counts=spans[first, last], narrowed=inside)


def _month_of(day: date) -> tuple[date, date]:
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def _year_of(day: date) -> tuple[date, date]:
    return date(day.year, 1, 1), date(day.year, 12, 31)


def _sum(one: Counts, other: Counts) -> Counts:
    return {name: one[name] + other[name] for name in COUNTED}


def _by_type(key: str, counted: Mapping[Key, Counts], asked: Asked, filters: TimelinessFilters) -> Iterator[Row]:
    for code, label in ProvisionType.monitored():
        if not asked.type or asked.type == code:
            yield Row(label=str(label), counts=counted.get((code,), NO_COUNTS), narrowed={"type": code})


def _by_officer(key: str, counted: Mapping[Key, Counts], asked: Asked, filters: TimelinessFilters) -> Iterator[Row]:
    """By name; last, what is nobody's."""
    for number, name in filters.people.items():
        if counts := counted.get((int(number),)):
            yield Row(label=name, counts=counts, narrowed={"officer": number})
    if counts := counted.get((None,)):
        yield Row(label="Nobody yet", counts=counts, narrowed={"officer": NOBODY})
