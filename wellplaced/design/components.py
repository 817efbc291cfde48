"""Shapes that the components of a page take, finished by whoever makes the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

NOTHING = ("", "Nothing")  # how a side of a change says that no value stood there


@dataclass(frozen=True)
class Change:
    """One field of a record from what to what, in words."""

    label: str
    before: str
    after: str

    @property
    def said(self) -> str:
        """'Last day: from 3 May 2026 to 4 May 2026'; what was recorded alone, where nothing stood before."""
        if self.before in NOTHING:
            return f"{self.label}: {self.after}"
        if self.after in NOTHING:
            return f"{self.label}: {self.before}, removed"
        return f"{self.label}: from {self.before} to {self.after}"


@dataclass(frozen=True)
class HistoryLine:
    """One thing that happened to a record: when, who, what, why, and what changed."""

    at: datetime
    who: str
    what: str
    changes: Sequence[Change] = ()
    reason: str = ""
