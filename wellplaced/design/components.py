"""Shapes that the components of a page take, finished by whoever makes the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Change:
    """One field of a record from what to what, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class HistoryLine:
    """One thing that happened to a record: when, who, what, why, and what changed."""

    at: datetime
    who: str
    what: str
    changes: Sequence[Change] = ()
    reason: str = ""
