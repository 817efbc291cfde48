"""Where the full lists are: everything owed, narrowed to what a number or a section counts."""

from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from wellplaced.design.tags import Link
from wellplaced.desk.queries.horizon import A_DAY, LATER, OVERDUE, TODAY, UNDATED, WAITING, WEEK, Horizon
from wellplaced.monitoring.forms.filters import NOBODY

__all__ = ["NOBODY", "all_of_section", "due_by", "owed", "provisions_of", "section", "steps", "visits"]


def owed(**asked: object) -> str:
    """The list of everything owed, with these filters."""
    return _asked("monitoring:owed", asked)


def steps(**asked: object) -> str:
    """The list of all steps of visits, with these filters."""
    return _asked("monitoring:steps", asked)


def visits(**asked: object) -> str:
    """The list of visits, with these filters."""
    return _asked("monitoring:visits", asked)


def provisions_of(officer: str) -> str:
    """What an officer looks after, where it can be moved to somebody else."""
    return _asked("desk:reassign", {"whose": officer})


def _asked(route: str, asked: Mapping[str, object]) -> str:
    given = {name: value for name, value in asked.items() if value is not None}
    query = urlencode({name: value.isoformat() if isinstance(value, date) else value for name, value in given.items()})
    return f"{reverse(route)}?{query}"


def due_by(start: date, end: date | None, officer: int | str | None = None) -> str:
    """What is due from a day to a day; without the second, from then on."""
    return owed(due_from=start, due_to=end, officer=officer)


def section(key: str, horizon: Horizon, officer: int | str | None = None) -> str:
    """What is owed of one section of the work."""
    asked: dict[str, dict[str, object]] = {
        OVERDUE: {"state": "overdue"},
        WAITING: {"state": "waiting"},
        TODAY: {"due_from": horizon.today, "due_to": horizon.today_until},
        WEEK: {"due_from": horizon.today_until + A_DAY, "due_to": horizon.week_until},
        LATER: {"due_from": horizon.week_until + A_DAY},
        UNDATED: {},
    }
    return owed(**asked[key], officer=officer)


def all_of_section(key: str, horizon: Horizon, officer: int | str | None = None) -> Sequence[Link]:
    """Where all of one section of the work stands: what is owed, and the steps of visits."""
    state = "overdue" if key == OVERDUE else "open"
    return (
        Link("See all of what is owed", section(key, horizon, officer)),
        Link("See all steps of visits", steps(state=state, officer=officer)),
    )
