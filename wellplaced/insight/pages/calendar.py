"""The calendar as finished words: a month or a week of days, or one day, with an entry for each visit, date owed and step."""

from calendar import Calendar
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from wellplaced.design.tags import Tag, state_tag
from wellplaced.design.words import day as in_words
from wellplaced.design.words import weekday_day
from wellplaced.guidance import ClosedDays
from wellplaced.guidance.steps import COMMENT_RECEIVED
from wellplaced.insight.queries.calendar import Found, Span, found_in
from wellplaced.monitoring.models import Requirement, RequirementState, Step, Visit
from wellplaced.monitoring.timeframes import closed_days_for
from wellplaced.monitoring.words import KINDS, STEP_NAMES
from wellplaced.people.models import Person

MONTH, WEEK, DAY = "month", "week", "day"
VIEWS = {MONTH: "Month", WEEK: "Week", DAY: "Day"}
ME, TEAM = "me", "team"
SHOWN_A_DAY = {MONTH: 4, WEEK: 14, DAY: 150}
YEARS = range(2000, 2101)
ONE_DAY, ONE_WEEK = timedelta(days=1), timedelta(weeks=1)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Asked:
    """What somebody asked to see."""

    view: str
    on: date
    whose: str

    def address(self, **other: object) -> str:
        """The page's address, with something else asked."""
        asked = {"view": self.view, "on": self.on, "whose": self.whose} | other
        return f"{reverse('insight:calendar')}?{urlencode(asked)}"

    @property
    def weeks(self) -> list[list[date]]:
        """The days to show, Monday first: whole weeks, or one day."""
        if self.view == MONTH:
            return Calendar().monthdatescalendar(self.on.year, self.on.month)
        monday = self.on - timedelta(days=self.on.weekday())
        return [[self.on]] if self.view == DAY else [[monday + ONE_DAY * n for n in range(7)]]

    def beside(self, step: int) -> date:
        """A day in the month, week or day before (-1) or after (1)."""
        if self.view == MONTH:
            month = self.on.replace(day=1) + (timedelta(days=31) if step > 0 else -ONE_DAY)
            return month.replace(day=1)
        return self.on + step * (ONE_WEEK if self.view == WEEK else ONE_DAY)

    @property
    def title(self) -> str:
        """'November 2026', 'Week of 23 November 2026' or the day."""
        if self.view == MONTH:
            return f"{self.on:%B %Y}"
        return f"Week of {in_words(self.weeks[0][0])}" if self.view == WEEK else weekday_day(self.on)


@dataclass(frozen=True)
class Entry:
    """One thing on a day. `kind`: visit, proposed, owed or step, by which it looks different."""

    kind: str
    what: str
    where: str
    href: str
    who: str = ""
    tag: Tag | None = None
    stands_for: int = 1  # rows: what is due together stands together


@dataclass(frozen=True)
class Day:
    """One day with its first entries; `more` says how many there are besides."""

    on: date
    href: str
    is_today: bool
    is_beside: bool  # of the month before or after
    is_closed: bool
    entries: Sequence[Entry]
    more: int

    @property
    def is_empty(self) -> bool:
        """Nothing to show in a list of days; today stands there always."""
        return not self.entries and not self.is_today


@dataclass(frozen=True)
class CalendarPage:
    """What the template prints."""

    asked: Asked
    title: str
    weeks: Sequence[Sequence[Day]]
    views: Sequence[tuple[str, str, bool]]
    whose: Sequence[tuple[str, str, bool]]
    before: str
    now: str
    after: str
    is_empty: bool


def read(view: str, on: str, whose: str, today: date) -> Asked:
    """What was asked, as far as it can be read; else this month, and one's own."""
    return Asked(view if view in VIEWS else MONTH, _day(on, today), whose if whose in (ME, TEAM) else ME)


def _day(text: str, today: date) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today
    return day if day.year in YEARS else today


def calendar_page(person: Person, asked: Asked, today: date, *, may_see_team: bool) -> CalendarPage:
    """The days asked for with all that stands on them."""
    weeks = asked.weeks
    span = Span(weeks[0][0], weeks[-1][-1], SHOWN_A_DAY[asked.view])
    is_team = asked.whose == TEAM
    found = found_in(person, span, today, team=is_team)
    days = _Days(asked, found, _entries(found, person, today), closed_days_for(person.authority_id or 0), today)
    whose = ((ME, "Mine"), (TEAM, "The team’s")) if may_see_team else ()
    return CalendarPage(
        asked=asked,
        title=asked.title,
        weeks=[[days.day(each) for each in week] for week in weeks],
        views=[(name, asked.address(view=view), view == asked.view) for view, name in VIEWS.items()],
        whose=[(name, asked.address(whose=code), code == asked.whose) for code, name in whose],
        before=asked.address(on=asked.beside(-1)),
        now=asked.address(on=today),
        after=asked.address(on=asked.beside(1)),
        is_empty=not found.in_all,
    )


@dataclass(frozen=True)
class _Days:
    """Makes each day of the page."""

    asked: Asked
    found: Found
    entries: dict[date, list[Entry]]
    closed: ClosedDays
    today: date

    def day(self, on: date) -> Day:
        entries = self.entries.get(on, [])[: SHOWN_A_DAY[self.asked.view]]
        return Day(
            on=on,
            href=self.asked.address(view=DAY, on=on),
            is_today=on == self.today,
            is_beside=self.asked.view == MONTH and on.month != self.asked.on.month,
            is_closed=on in self.closed.days,
            entries=entries,
            more=self.found.in_all[on] - sum(each.stands_for for each in entries),
        )


def _entries(found: Found, person: Person, today: date) -> dict[date, list[Entry]]:
    """By day: visits by their time, then what is owed, then steps."""
    days: dict[date, list[Entry]] = defaultdict(list)
    for visit in found.visits:
        days[visit.visit_on].append(_of_visit(visit, found.names[visit.provision_id], person))
    for _, alike in groupby(found.owed, lambda row: (row.due_on, row.provision_id, row.kind)):
        owed = list(alike)
        days[_due(owed[0])].append(_of_owed(owed, found.names[owed[0].provision_id], today))
    for _, together in groupby(found.steps, lambda row: (row.due_on, row.visit_id)):
        steps = list(together)
        days[_due(steps[0])].append(_of_steps(steps, found.names[steps[0].provision_id], person, today))
    return days


def _due(row: Any) -> date:
    """The day on which the query found it."""
    on: date = row.on
    return on


def _of_visit(visit: Visit, where: str, person: Person) -> Entry:
    at = clock_time(visit.visit_at) if visit.visit_at else ""
    kind = "proposed" if visit.state == "proposed" else "visit"
    what = f"{at} visit" if at else "Visit"
    return Entry(kind, what, where, visit.get_absolute_url(), _who(visit, person), state_tag(visit.state))


def _of_owed(alike: Sequence[Requirement], where: str, today: date) -> Entry:
    """Visits of one kind that are due at one place: one by itself, several with where they are owed."""
    owed = alike[0]
    tag = state_tag("overdue") if owed.is_overdue(today) else None
    if all(each.state == RequirementState.BOOKED for each in alike):
        tag = tag or state_tag("booked")
    if len(alike) == 1:
        return Entry("owed", f"{KINDS[owed.kind]} due", where, owed.get_absolute_url(), "", tag)
    what = f"{KINDS[owed.kind]} due {len(alike)} times"
    return Entry("owed", what, where, reverse("desk:provision", args=[owed.provision_id]), "", tag, len(alike))


def _of_steps(together: Sequence[Step], where: str, person: Person, today: date) -> Entry:
    """The steps of one visit that are due on one day."""
    first = together[0]
    href, who = reverse("desk:visit", args=[first.visit_id]), _who(first.visit, person)
    tag = state_tag("overdue") if first.is_overdue(today) else None
    return Entry("step", _steps_in_words([each.step for each in together]), where, href, who, tag, len(together))


def _steps_in_words(steps: Sequence[str]) -> str:
    """'Send the letter to the provider'; 'Letter, feedback requests, confirmation' of several."""
    if len(steps) == 1:
        return "Comments on the report" if steps[0] == COMMENT_RECEIVED else STEP_NAMES[steps[0]].to_do
    names = ", ".join(STEP_NAMES[step].name for step in steps).lower()
    return names[:1].upper() + names[1:]


def _who(visit: Visit, person: Person) -> str:
    """Whose visit it is, where that is not the reader's."""
    return "" if visit.officer_id == person.pk else visit.by_whom


def clock_time(at: time) -> str:
    """'10am', '2:30pm'."""
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'am' if at.hour < 12 else 'pm'}"
