"""What stands on a young person's page from the rooms above it. `settings.YOUNG_PERSON_PANELS` names `panel`."""

from collections.abc import Sequence
from datetime import date

from django.template.loader import render_to_string
from markupsafe import Markup

from wellplaced.design import words
from wellplaced.design.tags import Link
from wellplaced.desk.pages import sentences as say
from wellplaced.desk.pages.part import Part, part
from wellplaced.desk.queries import young_person as read
from wellplaced.guidance import ClosedDays
from wellplaced.monitoring.models import Concern, Requirement
from wellplaced.monitoring.timeframes import closed_days_for
from wellplaced.people.models import Person
from wellplaced.people.rights import Permission
from wellplaced.placements.models import YoungPerson
from wellplaced.register.pages import named


def panel(young_person: YoungPerson, person: Person, today: date) -> Markup:
    """What is owed where the young person is placed, and the concerns that name them, as far as the person may see it."""
    if not person.may(Permission.SEE):
        return Markup("")
    parts = (
        _owed(read.owed(young_person, person, today), closed_days_for(young_person.authority_id), today),
        _concerns(read.concerns(young_person, person)),
    )
    return Markup(render_to_string("desk/young_person_panel.html", {"parts": parts}))  # noqa: S704 (a template escapes)


def _owed(rows: Sequence[Requirement], closed_days: ClosedDays, today: date) -> Part:
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
