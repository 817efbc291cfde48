"""What a search found, in groups: provisions, and young people by reference or initials."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from markupsafe import Markup

from wellplaced.design.tags import Link, Tag, state_tag
from wellplaced.desk.pages.part import Part
from wellplaced.desk.queries.search import hits
from wellplaced.people.models import Person
from wellplaced.placements.models import YoungPerson
from wellplaced.register.models import Provision


@dataclass(frozen=True, kw_only=True)
class Search:
    """What was typed, and the groups of what was found."""

    typed: str
    parts: Sequence[Part]


def search(typed: str, person: Person, today: date) -> Search:
    """The groups in which something was found."""
    found = hits(typed, person, today)
    parts = [_provisions(found.provisions, typed), _young_people(found.young_people, typed, today)]
    return Search(typed=typed, parts=[each for each in parts if each.rows])


def _provisions(rows: Sequence[Provision], typed: str) -> Part:
    return Part(
        key="provisions",
        heading="Provisions",
        columns=("Provision", "Type", "URN", "Owner", "Place", "Judgement"),
        rows=[
            (_named(row), row.get_type_display(), row.urn, row.provider or "", row.local_authority, _judged(row))
            for row in rows
        ],
        total=_in_all(rows),
        empty="",
        more=Link("All provisions found, with filters", f"{reverse('register:provisions')}?{urlencode({'q': typed})}"),
    )


def _named(row: Provision) -> Markup:
    """Its name, whether somebody of ours is there, and whether nobody should be placed there without asking."""
    ours = [Tag("Ours", "green")] if row.ours else []  # type: ignore[attr-defined]
    warning = [Tag(row.standing_warning, "red")] if row.standing_warning else []
    return Markup("<br>").join([Link(row.known_as, row.get_absolute_url()), *ours, *warning])


def _judged(row: Provision) -> Any:
    return state_tag(row.outcome) if row.outcome else "Not judged"


def _young_people(rows: Sequence[YoungPerson], typed: str, today: date) -> Part:
    return Part(
        key="young-people",
        heading="Young people",
        columns=("Initials and reference", "Age"),
        rows=[(Link(str(row), row.get_absolute_url()), row.age_on(today)) for row in rows],
        total=_in_all(rows),
        empty="",
        more=Link("All young people found", f"{reverse('placements:young_people')}?{urlencode({'q': typed})}"),
    )


def _in_all(rows: Sequence[Any]) -> int:
    return rows[0].in_all if rows else 0
