"""A version of the timeframes: its numbers, readings, clauses and document control, and the counts that follow from them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from wellplaced.guidance.counting import DAYS, ONE_DAY, WORKING_DAYS, ClosedDays, earlier, later
from wellplaced.guidance.refusal import Refusal

# C15 counts backwards from a visit, and R7's span is not a clock: R1 leaves both as they are.
KEEPS_ITS_UNIT = frozenset({"confirmation_sent", "seen_within"})


@dataclass(frozen=True, slots=True)
class Timeframe:
    """One duty and its time. `number` is None where the time follows from elsewhere, or where there is none."""

    name: str
    number: int | None
    unit: str
    duty: str
    owner: str
    clause: str
    readings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A question that the guidance leaves open (R1 to R18), the reading chosen, and what each choice means."""

    id: str
    question: str
    choice: str
    choices: Mapping[str, str]

    @property
    def sentence(self) -> str:
        """The chosen reading in words."""
        return self.choices[self.choice]


@dataclass(frozen=True, slots=True)
class Document:
    """Document control (C26)."""

    title: str
    status: str
    responsible: str
    review_on: date
    approved_on: date | None


@dataclass(frozen=True, slots=True)
class Sos:
    """The 'SOS' part of a report (R9): its label and its headings."""

    label: str
    headings: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Timeframes:
    """A whole version. Each version is itself alone: two are equal only if they are the same object.

    `timeframes` by name (`report_submitted`), `readings` by id (`R7`), `clauses` by id (`C18`): the clause in our own words.
    `source` is the file's contents, for `override`.
    """

    number: str
    title: str
    in_force_from: date
    document: Document
    sos: Sos
    timeframes: Mapping[str, Timeframe]
    readings: Mapping[str, Reading]
    clauses: Mapping[str, str]
    source: Mapping[str, object] = field(repr=False)

    @cached_property
    def choices(self) -> dict[str, str]:
        """The chosen reading of each question, by its id."""
        return {reading.id: reading.choice for reading in self.readings.values()}

    @cached_property
    def counts(self) -> dict[str, tuple[int, str]]:
        """Number and unit of each timeframe as they are counted: R1 may turn days into working days."""
        in_working_days = self.choices["R1"] == "working_days"
        return {
            name: (timeframe.number, WORKING_DAYS if in_working_days and _follows_r1(timeframe) else timeframe.unit)
            for name, timeframe in self.timeframes.items()
            if timeframe.number is not None
        }

    @property
    def uses_working_days(self) -> bool:
        """Whether any timeframe needs the bank holidays."""
        return any(unit == WORKING_DAYS for _, unit in self.counts.values())

    @property
    def sos_headings(self) -> tuple[str, ...]:
        """The headings of the report's SOS part under the chosen reading (R9)."""
        return self.sos.headings if self.choices["R9"] == "four_headings" else self.sos.headings[-1:]

    def due(self, name: str, start: date, closed: ClosedDays | None = None) -> date:
        """The last day in time for the timeframe `name` whose clock starts on `start`. Raises `Refusal` (see `later`)."""
        number, unit = self.counts[name]
        try:
            return later(self.day_zero(name, start), number, unit, closed)
        except Refusal as refusal:
            raise Refusal(f"timeframes.{name}", refusal.reason) from refusal

    def before(self, name: str, end: date, closed: ClosedDays | None = None) -> date:
        """The day that lies the timeframe `name` before `end` (C15's two weeks, R7's twelve months)."""
        number, unit = self.counts[name]
        try:
            return earlier(end, number, unit, closed)
        except Refusal as refusal:
            raise Refusal(f"timeframes.{name}", refusal.reason) from refusal

    def day_zero(self, name: str, start: date) -> date:
        """The day from which a clock is counted: that of the event, or the day before where the first day counts (R1)."""
        number, unit = self.counts[name]
        shifts = self.choices["R1"] == "first_day_counts" and unit == DAYS and number and name not in KEEPS_ITS_UNIT
        return start - ONE_DAY if shifts and start > date.min else start


def in_force(versions: Sequence[Timeframes], on: date) -> Timeframes:
    """The version in force on a day; before the first, the first. `versions` are in the order of `in_force_from`."""
    chosen = versions[0]
    for version in versions[1:]:
        if version.in_force_from <= on:
            chosen = version
    return chosen


def in_order(versions: Sequence[Timeframes]) -> tuple[Timeframes, ...]:
    """Versions by the day from which they are in force; of two from one day, the one given later counts.

    Raises `Refusal` where there is none, or where two have one number.
    """
    if not versions:
        raise Refusal("versions", "at least one version of the timeframes is needed")
    if len({version.number for version in versions}) < len(versions):
        raise Refusal("versions", "two versions of the timeframes have the same number")
    return tuple(sorted(versions, key=lambda version: version.in_force_from))


def needs_closed_days(versions: Sequence[Timeframes]) -> bool:
    """Whether any of these versions counts working days."""
    return any(version.uses_working_days for version in versions)


def _follows_r1(timeframe: Timeframe) -> bool:
    return timeframe.unit == DAYS and timeframe.name not in KEEPS_ITS_UNIT
