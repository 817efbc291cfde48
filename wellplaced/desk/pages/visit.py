"""The page of one visit: when, by whom, what it discharges, and what to do next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from wellplaced.design.components import HistoryLine
from wellplaced.design.tags import Link, Tag
from wellplaced.design.words import day, weekday_day
from wellplaced.monitoring.columns import state_of, visit_state
from wellplaced.monitoring.models import Requirement, Task, Visit, VisitState
from wellplaced.monitoring.pages.requirement import NEEDS_CHECK, Action, sentence
from wellplaced.monitoring.past import clock_time, history_of
from wellplaced.monitoring.sight import Sight
from wellplaced.people.models import Person
from wellplaced.people.rights import Permission


@dataclass(frozen=True)
class Named:
    """A requirement that the visit is to discharge."""

    what: Link
    state: Tag
    sentence: str


@dataclass(frozen=True)
class VisitPage:
    """What the template prints. `checks` leads to C4's check where an initial visit is booked late."""

    visit: Visit
    state: Tag
    rows: Sequence[tuple[Any, ...]]
    named: Sequence[Named]
    tasks: Sequence[Task]
    primary: Action | None
    others: Sequence[Action]
    check: Action | None
    is_unrecorded: bool
    is_to_come: bool
    history: Sequence[HistoryLine]


def visit_page(visit: Visit, person: Person, today: date) -> VisitPage:
    """Everything that the page says about one visit."""
    keys = [each.key for each in visit.discharges.all()]
    rows = Requirement.objects.seen_by(person).select_related("placement__young_person", "discharged_by", "booked_by")
    owed = list(rows.filter(provision=visit.provision_id, key__in=keys).order_by("due_on", "key"))
    primary, others = _actions(visit, person, today)
    sight = Sight.of(person)
    return VisitPage(
        visit=visit,
        state=visit_state(visit, today),
        rows=_rows(visit),
        named=[
            Named(Link(sight.title(each), each.get_absolute_url()), state_of(each, today), sentence(each, today))
            for each in owed
        ],
        tasks=list(Task.objects.seen_by(person).filter(visit=visit)),
        primary=primary,
        others=others,
        check=_check(owed, person),
        is_unrecorded=visit.state == VisitState.BOOKED and visit.visit_on < today,
        is_to_come=visit.state == VisitState.BOOKED and visit.visit_on > today,
        history=history_of([visit], person),
    )


def _rows(visit: Visit) -> list[tuple[Any, ...]]:
    place = visit.provision
    at = f" at {clock_time(visit.visit_at)}" if visit.visit_at else ""
    rows: list[tuple[Any, ...]] = [
        ("Where", Link(place.known_as, place.get_absolute_url())),
        ("When", f"{weekday_day(visit.visit_on)}{at}"),
        ("Officer", visit.by_whom),
        ("Booked on", day(visit.booked_on)),
        ("Premises seen" if visit.state == VisitState.HELD else "Premises", list(map(str, visit.premises.all()))),
        ("Covered the whole form", "Yes" if visit.whole_form else ""),
        ("Booked past its due date because", visit.late_because),
        ("Why", visit.state_because if visit.state in (VisitState.NOT_HELD, VisitState.CANCELLED) else ""),
        ("Note", visit.note),
        ("Comes from", "A file loaded at going live" if visit.loaded else ""),
    ]
    return [row for row in rows if row[1]]


def _actions(visit: Visit, person: Person, today: date) -> tuple[Action | None, list[Action]]:
    """The one thing to do next, and what may be done besides."""
    if not person.may(Permission.BOOK_VISIT):
        return None, []

    def to(name: str, text: str) -> Action:
        return Action(text, reverse(f"monitoring:{name}", args=[visit.pk]))

    again = reverse("monitoring:book_visit", args=[visit.provision_id])
    match visit.state:
        case VisitState.BOOKED if visit.visit_on <= today:
            others = [
                to("visit_not_held", "It did not take place"),
                to("rebook_visit", "Move it"),
                to("cancel_visit", "Cancel it"),
            ]
            return to("hold_visit", "Record that it took place"), others
        case VisitState.BOOKED:
            return to("rebook_visit", "Move it to another day"), [to("cancel_visit", "Cancel it")]
        case VisitState.NOT_HELD:
            return to("rebook_visit", "Book another day"), [to("hold_visit", "It took place after all")]
        case VisitState.HELD:
            others = [to("visit_not_held", "It did not take place"), Action("Add a task", _task_at(visit))]
            return None, [to("correct_visit", "Correct this visit"), *others]
    return Action("Book another visit", again), []


def _task_at(visit: Visit) -> str:
    return reverse("monitoring:add_task", args=[visit.provision_id]) + f"?visit={visit.pk}"


def _check(owed: Sequence[Requirement], person: Person) -> Action | None:
    late = next((each for each in owed if each.fallback == NEEDS_CHECK), None)
    if late is None or not person.may(Permission.CHECK_OTHER_AUTHORITIES):
        return None
    return Action("Ask about other authorities", reverse("monitoring:check", args=[late.provision_id, late.key]))
