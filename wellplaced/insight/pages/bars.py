"""Stacked bars: placed here in units of the picture, drawn by `bars.html`; the table beside them says the same."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

WIDTH = 1000  # units, not pixels
LABELS = 330
RIGHT = 60  # for the number of the whole bar
BAR, GAP, TOP = 24, 12, 8
NARROW = 12  # units that a figure needs
LETTERS = 38  # of a bar's name for which there is room


class Part(NamedTuple):
    """A stretch of a bar: the code of its colour and pattern, how many, and what a reader sees on pointing at it."""

    kind: str
    number: int
    label: str


@dataclass(frozen=True)
class Bar:
    """One row of the picture."""

    label: str
    parts: Sequence[Part]

    @property
    def total(self) -> int:
        return sum(part.number for part in self.parts)


class Placed(NamedTuple):
    """A stretch where it stands; `shown` is its number where there is room for it."""

    part: Part
    x: float
    y: float
    width: float
    shown: str


class Row(NamedTuple):
    """A bar where it stands."""

    label: str
    y: float
    parts: Sequence[Placed]
    end: float
    total: int


@dataclass(frozen=True)
class Bars:
    """The picture; `key` keeps the names inside it apart from those of another picture on the page."""

    key: str
    title: str
    bars: Sequence[Bar]

    @property
    def width(self) -> int:
        return WIDTH

    @property
    def height(self) -> int:
        return TOP + (BAR + GAP) * len(self.bars)

    @property
    def bar(self) -> int:
        return BAR

    @property
    def description(self) -> str:
        """What a screen reader says of the picture."""
        said = "; ".join(f"{bar.label}: {_in_words(bar)}" for bar in self.bars if bar.total)
        return f"Stacked bars. {said}. The table after the picture has the same numbers."

    @cached_property
    def rows(self) -> list[Row]:
        longest = max((bar.total for bar in self.bars), default=0) or 1
        scale = (WIDTH - LABELS - RIGHT) / longest
        return [self._row(bar, TOP + (BAR + GAP) * number, scale) for number, bar in enumerate(self.bars)]

    def _row(self, bar: Bar, y: float, scale: float) -> Row:
        parts = list(_placed(bar, y, scale))
        end = parts[-1].x + parts[-1].width if parts else LABELS
        label = bar.label if len(bar.label) <= LETTERS else f"{bar.label[: LETTERS - 1].rstrip()}…"
        return Row(label, y, parts, round(end + 8, 1), bar.total)


def _placed(bar: Bar, y: float, scale: float) -> Iterator[Placed]:
    x = float(LABELS)
    for part in bar.parts:
        if not part.number:
            continue
        width = part.number * scale
        text = f"{part.number:,}"
        yield Placed(part, round(x, 1), y, round(width, 1), text if width >= NARROW * len(text) else "")
        x += width


def _in_words(bar: Bar) -> str:
    return ", ".join(f"{part.number:,} {part.label.lower()}" for part in bar.parts if part.number)
