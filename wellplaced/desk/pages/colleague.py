"""What stands on a colleague's page from the rooms above it. `settings.PERSON_PANELS` names `panel`."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from markupsafe import Markup

from wellplaced.design import words
from wellplaced.design.tags import Link, Tag
from wellplaced.desk.pages import links
from wellplaced.desk.pages.part import SHOWN, Part, part
from wellplaced.desk.queries import colleague as read
from wellplaced.monitoring.columns import visit_state
from wellplaced.monitoring.models import Visit
from wellplaced.people.models import Person
from wellplaced.people.rights import Permission
from wellplaced.register.pages import named

TO_PLAN_ANEW = "Choose somebody else on the page of the visit."


def panel(colleague: Person, person: Person, today: date) -> Markup:
    """The visits ahead of the colleague, those first that they may not make (C11), and what they look after."""
    number = read.provisions_looked_after(colleague, person, today)
    context = {
        "part": _visits(colleague, read.visits_ahead(colleague, person), today),
        "looks_after": words.plural(number, "provision") if number else "",
        "reassign": links.provisions_of(str(colleague.pk)) if person.may(Permission.REASSIGN) else "",
    }
    return Markup(render_to_string("desk/colleague_panel.html", context))  # noqa: S704 (a template escapes)


def _visits(colleague: Person, visits: Sequence[Visit], today: date) -> Part:
    refused = {visit.pk: why for visit in visits if (why := _refused(colleague, visit))}
    rows = sorted(visits, key=lambda visit: visit.pk not in refused)  # within each kind the earliest first, as read
    return part(
        "visits",
        "Visits ahead",
        ("Day", "Where", "State", "May they make it"),
        [_row(visit, refused.get(visit.pk, ""), today) for visit in rows],
        total=len(rows),
        empty="No visit is booked for them.",
        note=_note(len(refused)),
        more=Link("All their visits", links.visits(whose=colleague.pk)) if len(rows) > SHOWN else None,
    )


def _row(visit: Visit, refused: str, today: date) -> tuple[Any, ...]:
    allowed = Tag(refused, "red") if refused else "Yes"
    return (
        Link(words.day(visit.visit_on), visit.get_absolute_url()),
        named(visit.provision),
        visit_state(visit, today),
        allowed,
    )


def _refused(colleague: Person, visit: Visit) -> str:
    """As `approval_problem`, in two or three words; from the approvals that the page has read."""
    if not colleague.is_active:
        return "No longer works here"
    holds = (
        each.holds_on(visit.visit_on)
        for each in colleague.approvals.all()
        if each.provision_type == visit.provision.type
    )
    return "" if any(holds) else "Not approved (C11)"


def _note(refused: int) -> str:
    return f"{words.plural(refused, 'visit')} may not be made by them. {TO_PLAN_ANEW}" if refused else ""
