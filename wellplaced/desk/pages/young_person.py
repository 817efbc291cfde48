"""What stands on a young person's page from the rooms above it. `settings.YOUNG_PERSON_PANELS` names `panel`."""

from collections.abc import Sequence
from datetime import date

from django.template.loader import render_to_string
from markupsafe import Markup

from wellplaced.design import words
from wellplaced.design.tags import Link
from wellplaced.desk.pages import sentences as say
from wellplaced.desk.pages.nobody import nobody_looks_after
from wellplaced.desk.pages.part import Part, part
from wellplaced.desk.pages.short_stays import of_young_person
from wellplaced.desk.queries import young_person as read
from wellplaced.guidance import ClosedDays
from wellplaced.monitoring.models import Concern, Requirement, RequirementState
from wellplaced.monitoring.timeframes import closed_days_for
from wellplaced.people.models import Person
from wellplaced.people.rights import Permission
from wellplaced.placements.models import YoungPerson
from wellplaced.register.pages import named


def panel(young_person: YoungPerson, person: Person, today: date) -> Markup:
    """What is owed where the young person is placed, and the concerns that name them, as far as the person may see it."""
    if not person.may(Permission.SEE):
        return Markup("")
    owed = read.owed(young_person, person, today)
    stays = of_young_person(read.short_stays(young_person, person))
    parts = (
        _owed(owed, closed_days_for(young_person.authority_id), today, stays),
        _concerns(read.concerns(young_person, person)),
    )
    to_book = {row.provision_id for row in owed if row.state != RequirementState.BOOKED}
    warnings = [
        nobody_looks_after(each, person, owed=each.pk in to_book)
        for each in read.looked_after_by_nobody(young_person, person, today)
    ]
    given = {"parts": parts, "warnings": warnings}
    return Markup(render_to_string("desk/young_person_panel.html", given))  # noqa: S704 (a template escapes)


def _owed(rows: Sequence[Requirement], closed_days: ClosedDays, today: date, stays: Markup) -> Part:
    return part(
        "owed",
        "Visits owed where they are placed",
        ("What", "Where", "State", "Due"),
        [
            (
                Link(say.requirement_title(row), row.get_absolute_url()),
                named(row.provision),
                say.requirement_tag(row, today),
                say.requirement_due(row, today, closed_days),
            )
            for row in rows
        ],
        total=len(rows),
        empty="No visit is owed for a placement of this young person.",
        note=stays,
    )


def _concerns(rows: Sequence[Concern]) -> Part:
    return part(
        "concerns",
        "Concerns that name them",
        ("Raised", "Where", "How"),
        [
            (
                Link(words.day(row.raised_on), row.get_absolute_url(), "concern"),
                named(row.provision),
                row.get_how_display(),
            )
            for row in rows
        ],
        total=len(rows),
        empty="No concern names this young person. Concerns are raised on the page of the provision.",
    )
