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
from wellplaced.people.rights import Permission

COLUMNS = {
    "provisions": "Provisions",
    "owed": "Visits owed",
    "overdue": "Overdue",
    "week": "Due this week",
    "waiting": "Waiting",
    "booked": "Visits booked",
    "steps_overdue": "Steps overdue",
    "steps_week": "Steps this week",
    "reviews": "Reports to review",
}
ONE = {
    "provisions": "provision",
    "owed": "visit owed",
    "booked": "visit booked",
    "steps_overdue": "step overdue",
    "steps_week": "step this week",
    "reviews": "report to review",
}
HEADINGS = ("Officer", *COLUMNS.values(), "Covered today by")
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
    steps_overdue: int = 0
    steps_week: int = 0
    reviews: int = 0
    covered_by: str = ""

    @property
    def written(self) -> list[Any]:
        """The row of the CSV file."""
        return [self.name, *(getattr(self, name) for name in COLUMNS), self.covered_by]


@dataclass(frozen=True, kw_only=True)
class Team:
    """The page: a row an officer, and one for what nobody looks after."""

    rows: Sequence[Row]
    unassigned: Row
    today: date
    week_until: date
    may_reassign: bool = False

    @property
    def all_rows(self) -> list[Row]:
        return [*self.rows, self.unassigned]

    def link(self, row: Row, counted: str) -> Link | int:
        """The number, as a link to what it counts."""
        number: int = getattr(row, counted)
        href = self._list(row.key, counted) if number else ""
        several = COLUMNS[counted].lower()
        what = ONE.get(counted, several) if number == 1 else several
        return Link(f"{number:,}", href, f"{what}, {row.name}") if href else number

    def _list(self, officer: str, counted: str) -> str:
        week = {"due_from": self.today, "due_to": self.week_until}
        state = None if counted == "owed" else counted
        lists = {
            "provisions": links.provisions_of(officer) if self.may_reassign else "",
            "week": links.due_by(self.today, self.week_until, officer),
            "booked": links.visits(whose=officer, state="booked", visit_from=self.today),
            "steps_overdue": links.steps(officer=officer, state="overdue"),
            "steps_week": links.steps(officer=officer, state="open", **week),
            "reviews": links.steps(reviewer=officer, state="open", step="report_returned"),
        }
        return lists[counted] if counted in lists else links.owed(officer=officer, state=state)

    def cells(self, row: Row) -> list[Any]:
        """The numbers of a row of the page."""
        return [self.link(row, name) for name in COLUMNS]


def team(person: Person, today: date) -> Team:
    """Who has what, in a number of queries that does not depend on how many officers there are."""
    week_until = horizon(today, closed_days_for(person.authority_id or 0)).week_until
    owed = read.owed_by_officer(person, today, week_until)
    booked = read.booked_by_officer(person, today)
    steps = read.steps_by_officer(person, today, week_until)
    reviews = read.reviews_by_officer(person)
    rows = [
        _row(each, {**owed.get(each.pk, {}), **steps.get(each.pk, {})}, booked.get(each.pk, 0), reviews.get(each.pk, 0))
        for each in read.officers(person, today)
    ]
    counted: dict[str, Any] = dict(read.owed_by_nobody(person, today, week_until))
    nobody = Row(key=links.NOBODY, name="Nobody yet", reviews=reviews.get(None, 0), **counted)
    may_reassign = person.may(Permission.REASSIGN)
    return Team(rows=rows, unassigned=nobody, today=today, week_until=week_until, may_reassign=may_reassign)


def _row(officer: Person, counts: Mapping[str, int], booked: int, reviews: int) -> Row:
    names = ("provisions", *COUNTED, "steps_overdue", "steps_week")
    known: dict[str, Any] = {name: counts.get(name, 0) for name in names}
    covered_by = officer.covered_by or ""  # type: ignore[attr-defined]
    return Row(key=str(officer.pk), name=officer.name, booked=booked, reviews=reviews, covered_by=covered_by, **known)
