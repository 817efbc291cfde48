"""The timeline picture: lanes with marks on days and spans between days, placed here and drawn by `timeline.html`.

A mark has a shape as well as a colour, so that the picture can be read without colours; the table beside it says the same
in words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from wellplaced.design import words

WIDTH = 1000  # units of the picture, not pixels
LABELS = 190  # the column of the lanes' names
RIGHT = 20
LANE = 40
TOP = 34
CLOSE = 16  # marks nearer than this are moved apart
MOST_TICKS = 9
SHAPES = ("circle", "diamond", "square", "triangle")


@dataclass(frozen=True)
class Mark:
    """Something on a day. Colours: blue, green, red, amber, purple, grey; shapes: circle, diamond, square, triangle."""

    on: date
    label: str
    colour: str = "blue"
    shape: str = "circle"


@dataclass(frozen=True)
class Span:
    """Something from a day to a day; without an end it still goes on."""

    start: date
    end: date | None
    label: str
    colour: str = "grey"


@dataclass(frozen=True)
class Lane:
    """One row of the picture."""

    label: str
    marks: Sequence[Mark] = ()
    spans: Sequence[Span] = ()


class Row(NamedTuple):
    """One row of the table beside the picture."""

    on: date
    when: str
    lane: str
    what: str


class Placed(NamedTuple):
    """Where a mark, span, lane or tick stands, in units of the picture."""

    x: float
    y: float
    width: float
    label: str
    colour: str = ""
    shape: str = ""


@dataclass(frozen=True)
class Timeline:
    """The picture of `lanes` from `start` to `end`; what lies outside is left out of it, though not of its table."""

    title: str
    start: date
    end: date
    today: date
    lanes: Sequence[Lane]

    @property
    def width(self) -> int:
        return WIDTH

    @property
    def names_width(self) -> int:
        return LABELS

    @property
    def height(self) -> int:
        return TOP + LANE * len(self.lanes) + 6

    @property
    def description(self) -> str:
        """What a screen reader says of the picture; the table has the rest."""
        count = words.plural(len(self.rows), "entry", "entries")
        return f"{count} from {words.day(self.start)} to {words.day(self.end)}. The table after the picture lists them."

    @cached_property
    def rows(self) -> list[Row]:
        """Everything in words, newest first."""
        return sorted(self._rows(), key=lambda row: row.on, reverse=True)

    def _rows(self) -> Iterator[Row]:
        for lane in self.lanes:
            for mark in lane.marks:
                yield Row(mark.on, words.day(mark.on), lane.label, mark.label)
            for span in lane.spans:
                until = f"to {words.day(span.end)}" if span.end else "and still going on"
                yield Row(span.start, f"{words.day(span.start)} {until}", lane.label, span.label)

    def x(self, day: date) -> float:
        """Where a day stands; a day outside the picture stands at its edge."""
        days = max((self.end - self.start).days, 1)
        gone = min(max((day - self.start).days, 0), days)
        return round(LABELS + gone * (WIDTH - LABELS - RIGHT) / days, 1)

    @property
    def today_x(self) -> float | None:
        return self.x(self.today) if self.start <= self.today <= self.end else None

    @property
    def placed_lanes(self) -> list[Placed]:
        return [Placed(0, TOP + LANE * number, WIDTH, lane.label) for number, lane in enumerate(self.lanes)]

    @property
    def placed_spans(self) -> list[Placed]:
        return [
            self._placed_span(span, number)
            for number, lane in enumerate(self.lanes)
            for span in lane.spans
            if span.start <= self.end and (span.end or self.end) >= self.start
        ]

    @property
    def placed_marks(self) -> list[Placed]:
        return [mark for number, lane in enumerate(self.lanes) for mark in self._placed_marks(lane, number)]

    @cached_property
    def ticks(self) -> list[Placed]:
        """The first days of months, as many as can be read."""
        first = (self.start.replace(day=1) + timedelta(days=32)).replace(day=1) if self.start.day > 1 else self.start
        months = []
        while first <= self.end:
            months.append(first)
            first = (first + timedelta(days=32)).replace(day=1)
        step = -(-len(months) // MOST_TICKS) or 1
        return [Placed(self.x(month), TOP, 0, f"{month:%b %Y}") for month in months[::step]]

    def _placed_span(self, span: Span, number: int) -> Placed:
        left = self.x(span.start)
        width = max(self.x(span.end or self.end) - left, 3)
        until = words.day(span.end) if span.end else "now"
        label = f"{span.label}: {words.day(span.start)} to {until}"
        return Placed(left, TOP + LANE * number + LANE / 2 - 5, round(width, 1), label, span.colour)

    def _placed_marks(self, lane: Lane, number: int) -> Iterator[Placed]:
        middle, last, lowered = TOP + LANE * number + LANE / 2, -CLOSE, False
        for mark in sorted(lane.marks, key=lambda each: each.on):
            if not self.start <= mark.on <= self.end:
                continue
            x = self.x(mark.on)
            lowered = x - last < CLOSE and not lowered
            last = int(x)
            label = f"{mark.label}: {words.day(mark.on)}"
            yield Placed(x, middle + (9 if lowered else 0), 0, label, mark.colour, mark.shape)
