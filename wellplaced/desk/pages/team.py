"""The team: who has what, each number a link to the list that it counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wellplaced.design.tags import Link
from wellplaced.desk.pages import links
from wellplaced.desk.queries import team as read
from wellplaced.desk.queries.horizon import horizon
from wellplaced.monitoring.timeframes import closed_days_for
from wellplaced.people.models import Person

HEADINGS = ("Officer", "Provisions", "Owed", "Overdue", "Due this week", "Waiting", "Visits booked", "Covered today by")
COUNTED = ("owed", "overdue", "week", "waiting")


@dataclass(frozen=True, kw_only=True)
class Row:
    """What one officer has; `key` is their number, or 'none' for what nobody looks after."""

    key: str
    name: str
    provisions: int = 0
    owed: int = 0
    overdue: int = 0
    week: int = 0
    waiting: int = 0
    booked: int = 0
    covered_by: str = ""

    @property
    def written(self) -> list[Any]:
        """The row of the CSV file."""
        counts = [getattr(self, name) for name in COUNTED]
        return [self.name, self.provisions, *counts, self.booked, self.covered_by]


@dataclass(frozen=True, kw_only=True)
class Team:
    """The page: a row an officer, and one for what nobody looks after."""

    rows: Sequence[Row]
    unassigned: Row
    today: date
    week_until: date

    @property
    def all_rows(self) -> list[Row]:
        return [*self.rows, self.unassigned]

    def link(self, row: Row, counted: str) -> Link | int:
        """The number, as a link to what it counts."""
        number: int = getattr(row, counted)
        if not number:
            return 0
        return Link(f"{number:,}", self._list(row.key, counted), f"{counted} of {row.name}")

    def _list(self, officer: str, counted: str) -> str:
        if counted == "week":
            return links.due_by(self.today, self.week_until, officer)
        return links.owed(officer=officer, state=None if counted == "owed" else counted)

    def cells(self, row: Row) -> list[Any]:
        """The row of the page."""
        return [row.provisions, *(self.link(row, name) for name in COUNTED), row.booked, row.covered_by]


def team(person: Person, today: date) -> Team:
    """Who has what, in a number of queries that does not depend on how many officers there are."""
    week_until = horizon(today, closed_days_for(person.authority_id or 0)).week_until
    counts = read.owed_by_officer(person, today, week_until)
    booked = read.booked_by_officer(person, today)
    rows = [_row(each, counts.get(each.pk, {}), booked.get(each.pk, 0)) for each in read.officers(person, today)]
    counted: dict[str, Any] = dict(read.owed_by_nobody(person, today, week_until))
    nobody = Row(key=links.NOBODY, name="Nobody yet", **counted)
    return Team(rows=rows, unassigned=nobody, today=today, week_until=week_until)


def _row(officer: Person, counts: Mapping[str, int], booked: int) -> Row:
    known: dict[str, Any] = {name: counts.get(name, 0) for name in ("provisions", *COUNTED)}
    covered_by = officer.covered_by or ""  # type: ignore[attr-defined]
    return Row(key=str(officer.pk), name=officer.name, booked=booked, covered_by=covered_by, **known)
