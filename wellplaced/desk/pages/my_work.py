"""My work: overdue first, then what waits on others, then today's, this week's and later work; notices above all."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse

from wellplaced.design.tags import Link
from wellplaced.desk.pages import lines as line
from wellplaced.desk.pages import links, visit_lines
from wellplaced.desk.pages.lines import COLOURS, Line, Told, Wording
from wellplaced.desk.queries import my_work as read
from wellplaced.desk.queries.around_visits import around_visits
from wellplaced.desk.queries.horizon import LATER, OVERDUE, TODAY, UNDATED, WAITING, WEEK, Horizon, horizon
from wellplaced.monitoring.models import Notice
from wellplaced.monitoring.timeframes import closed_days_for, warnings
from wellplaced.people.models import Person
from wellplaced.people.rights import Permission, Role
from wellplaced.register.models import LocalDetails, Provision

HEADINGS = {
    OVERDUE: "Overdue",
    WAITING: "Waiting on others",
    TODAY: "Today",
    WEEK: "This week",
    LATER: "Later",
    UNDATED: "No due date",
}
Kind = tuple[Sequence[Any], Callable[[Any, Wording], Line]]
NOTICES_SHOWN = 3
KEEPING = (
    (Permission.LOAD_TABLES, "Load placements, past visits, tasks and contracts from CSV files", "placements:loads"),
    (Permission.LOAD_AUTHORITY_LIST, "Load the list that Ofsted sends us", "register:imports"),
    (Permission.KEEP_STAFF, "Staff, their roles and what they are approved to visit", "people:staff"),
    (Permission.ARRANGE_COVER, "Leave and cover", "people:cover"),
    (Permission.KEEP_TIMEFRAMES, "Days on which the authority is closed", "people:closure_days"),
    (Permission.KEEP_TIMEFRAMES, "The timeframes in force", "monitoring:timeframes"),
)
Figure = tuple[int, str, str, str]  # number, words, link, colour


@dataclass(frozen=True, kw_only=True)
class Section:
    """The first lines of one stretch of time, and how many things there are in all."""

    key: str
    lines: Sequence[Line] = ()
    total: int = 0
    more_links: Sequence[Link] = ()

    @property
    def heading(self) -> str:
        return HEADINGS[self.key]

    @property
    def more(self) -> int:
        return self.total - sum(line.stands_for for line in self.lines)

    @property
    def is_far_off(self) -> bool:
        """What is not pressing stands in short lines instead of cards."""
        return self.key in (LATER, UNDATED)


@dataclass(frozen=True)
class Parts:
    """Which parts of the page a person's roles bring; a person may hold several."""

    works: bool
    senior: bool
    manager: bool
    overview: bool
    operator: bool
    keeps_authorities: bool = False
    keeper: Sequence[Link] = ()

    @classmethod
    def of(cls, person: Person) -> "Parts":
        works = person.may(Permission.BOOK_VISIT)
        return cls(
            works=works,
            senior=person.is_a(Role.SENIOR_OFFICER),
            manager=person.is_a(Role.MANAGER),
            overview=person.may(Permission.SEE) and (not works or person.is_a(Role.MANAGER)),
            operator=person.may(Permission.KEEP_REGISTER),
            keeps_authorities=person.may(Permission.KEEP_AUTHORITIES),
            keeper=[Link(text, reverse(route)) for right, text, route in KEEPING if person.may(right)],
        )


@dataclass(frozen=True, kw_only=True)
class MyWork:
    """The page: what one is told, the sections of work, the authority's counts, and what the roles bring."""

    told: Sequence[Told] = ()
    told_total: int = 0
    sections: Sequence[Section] = ()
    covered: Sequence[str] = ()
    overview: Sequence[Figure] = ()
    timeframes_warning: str = ""
    parts: Parts

    @property
    def figures(self) -> list[Figure]:
        """How many in each section; of what has no due date only where there is some."""
        return [
            (each.total, each.heading, f"#{each.key}", COLOURS.get(each.key, ""))
            if each.total
            else (0, each.heading, "", "")
            for each in self.sections
            if each.total or each.key != UNDATED
        ]

    @property
    def filled(self) -> list[Section]:
        return [each for each in self.sections if each.total]


def my_work(person: Person, today: date) -> MyWork:
    """Everything for one person on one day, in at most ten queries."""
    parts = Parts.of(person)
    if person.authority_id is None:
        return MyWork(parts=parts)
    seen = horizon(today, closed_days_for(person.authority_id))
    covered = read.covered_by(person, today) if parts.works else read.Covered()
    officers = [person.pk, *covered.names]
    kinds = _kinds(person, seen, covered, parts) if parts.works else []
    notices = read.notices(person, officers, today) if parts.works else []
    _name([*(row.provision for rows, _ in kinds for row in rows), *(each.provision for each in notices)], person)
    return MyWork(
        told=[line.of_notice(notice) for notice in notices[:NOTICES_SHOWN]],
        told_total=_in_all(notices),
        sections=sections(
            kinds,
            Wording(seen, covered.names, asks=parts.senior),
            None if parts.senior or parts.manager else person.pk,
        ),
        covered=sorted(covered.names.values()),
        overview=_overview(read.authority_counts(person, seen), seen) if parts.overview else (),
        timeframes_warning=" ".join(warnings(person.authority_id, today)) if parts.manager else "",
        parts=parts,
    )


def _kinds(person: Person, seen: Horizon, covered: read.Covered, parts: Parts) -> list[Kind]:
    officers = [person.pk, *covered.names]
    reviews = parts.senior or Role.SENIOR_OFFICER in covered.roles
    owed = read.requirements(person, seen, officers=officers, waiting=parts.senior, escalated=parts.manager)
    steps = read.plan_steps(person, seen) if parts.senior else []
    around = around_visits(person, seen, officers=officers, senior=reviews, most=read.LINES_SHOWN)
    return [
        (owed, line.of_requirement),
        (steps, line.of_plan_step),
        (around, visit_lines.of_around),
        (read.tasks(person, seen, officers=officers, senior=parts.senior), line.of_task),
    ]


def _name(provisions: Iterable[Provision], person: Person) -> None:
    """Give the provisions the names that the authority typed, in one query."""
    own = LocalDetails.objects.seen_by(person)
    prefetch_related_objects(list(provisions), Prefetch("local_details", queryset=own, to_attr="own_details"))


def _overview(counts: Mapping[str, int], seen: Horizon) -> list[Figure]:
    """The whole authority in numbers, each a link to the list that it counts."""
    return [
        (counts["overdue"], "overdue", links.section(OVERDUE, seen), "red" if counts["overdue"] else ""),
        (counts["week"], "due this week", links.due_by(seen.today, seen.week_until), ""),
        (counts["waiting"], "waiting for an action plan", links.section(WAITING, seen), ""),
        (
            counts["escalated"],
            "of them with the manager",
            links.section(WAITING, seen),
            "amber" if counts["escalated"] else "",
        ),
        (
            counts["unassigned"],
            "provision that owes a visit and nobody looks after"
            if counts["unassigned"] == 1
            else "provisions that owe a visit and nobody looks after",
            links.owed(officer=links.NOBODY),
            "amber" if counts["unassigned"] else "",
        ),
    ]


def _in_all(notices: Sequence[Notice]) -> int:
    return notices[0].in_all if notices else 0  # type: ignore[attr-defined]


def sections(kinds: Iterable[Kind], wording: Wording, officer: int | None) -> list[Section]:
    """Lines of all kinds of work, by section and day; each section cut to its first lines, with a link to what is owed."""
    lines: dict[str, list[Line]] = {key: [] for key in HEADINGS}
    totals: dict[str, int] = dict.fromkeys(HEADINGS, 0)
    for rows, made in kinds:
        for key, count in {row.section: row.in_all for row in rows}.items():
            totals[key] += count
        for row in rows:
            lines[row.section].append(made(row, wording))
    return [
        Section(
            key=key,
            lines=sorted(line.by_plan(lines[key]), key=lambda each: each.on)[: read.LINES_SHOWN],
            total=totals[key],
            more_links=links.all_of_section(key, wording.horizon, officer),
        )
        for key in HEADINGS
    ]
