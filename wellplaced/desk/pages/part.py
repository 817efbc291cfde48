"""A part of a page: a heading, a small table of finished words, and where the rest of it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wellplaced.design.tags import Link

SHOWN = 10  # rows of a part; the rest stands on a page of its own


@dataclass(frozen=True, kw_only=True)
class Part:
    """`rows` are sequences of cells in the order of `columns`; `total` counts also those that are not shown."""

    key: str
    heading: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    total: int
    empty: str
    more: Link | None = None
    more_always: bool = False  # the rest is worth a look where nothing stands here, too
    note: str = ""

    @property
    def hidden(self) -> int:
        return self.total - len(self.rows)


def part(
    key: str,
    heading: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    total: int,
    empty: str,
    **more: Any,
) -> Part:
    """A part cut to the rows that a page shows."""
    return Part(key=key, heading=heading, columns=columns, rows=rows[:SHOWN], total=total, empty=empty, **more)
