"""The days that divide work into overdue, today's, this week's and later."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, CharField, Q, Value, When

from wellplaced.guidance import ClosedDays, act_by
from wellplaced.monitoring.models import RequirementState

OVERDUE, WAITING, TODAY, WEEK, LATER, UNDATED = "overdue", "waiting", "today", "week", "later", "undated"
SECTIONS = (OVERDUE, WAITING, TODAY, WEEK, LATER, UNDATED)
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Horizon:
    """Today, and the last due dates that belong to today's and to this week's work.

    What falls due on a closed day must be done on the working day before: on a Friday, Sunday's is today's work.
    """

    today: date
    today_until: date
    week_until: date
    closed_days: ClosedDays

    def section(self, column: str) -> Case:
        """The section of a row by its date, in SQL, so that each section can be counted and cut."""
        return Case(*self.whens(column), default=Value(LATER), output_field=CharField())

    def section_of_requirement(self) -> Case:
        """As `section`, with what waits for an action plan in a section of its own."""
        undated, overdue, *others = self.whens("due_on")
        waiting = When(state=RequirementState.WAITING, then=Value(WAITING))
        return Case(overdue, waiting, undated, *others, default=Value(LATER), output_field=CharField())

    def whens(self, column: str) -> list[When]:
        """The sections but the last, in the order in which a row is tried for them."""
        return [
            When(Q((column, None)), then=Value(UNDATED)),
            When(Q((f"{column}__lt", self.today)), then=Value(OVERDUE)),
            When(Q((f"{column}__lte", self.today_until)), then=Value(TODAY)),
            When(Q((f"{column}__lte", self.week_until)), then=Value(WEEK)),
        ]


def horizon(today: date, closed_days: ClosedDays) -> Horizon:
    """The horizon of a day. Weeks end on Sunday."""
    sunday = today + (6 - today.weekday()) * A_DAY
    return Horizon(today, _through(today, closed_days), _through(sunday, closed_days), closed_days)


def _through(day: date, closed_days: ClosedDays) -> date:
    """The day, or the last of the closed days that follow it at once."""
    while act_by(day + A_DAY, closed_days) is not None:
        day += A_DAY
    return day
