"""Where one may go from every page: by rights, in the order of the work. `settings.NAVIGATION` names `items`."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.urls import reverse

from wellplaced.design.rendering import Navigation
from wellplaced.people.models import Person
from wellplaced.people.rights import Permission

# What it is called, its route, who may go there (None: everybody signed in), and the beginnings of its addresses
PLACES: tuple[tuple[str, str, frozenset[Permission] | None, tuple[str, ...]], ...] = (
    ("My work", "desk:my_work", None, ()),
    ("Owed", "monitoring:owed", frozenset({Permission.SEE}), ("/owed/",)),
    ("Provisions", "register:provisions", frozenset({Permission.SEE_REGISTER}), ("/provisions/", "/premises/")),
    (
        "Young people",
        "placements:young_people",
        frozenset({Permission.SEE}),
        ("/young-people/", "/placements/", "/professionals/"),
    ),
    ("Visits", "monitoring:visits", frozenset({Permission.SEE}), ("/visits/",)),
    ("Reviews", "reports:queue", frozenset({Permission.REVIEW_REPORT}), ("/reviews/",)),
    ("Concerns", "monitoring:concerns", frozenset({Permission.SEE}), ("/concerns/",)),
    ("Tasks", "monitoring:tasks", frozenset({Permission.SEE}), ("/tasks/",)),
    (
        "Overview",
        "insight:overview",
        frozenset({Permission.SEE}),
        ("/overview/", "/calendar/", "/flow-chart/", "/timeliness/", "/timeframes/"),
    ),
    ("Team", "desk:team", frozenset({Permission.SEE_TEAM}), ("/team/",)),
    ("Staff", "people:staff", frozenset({Permission.KEEP_STAFF}), ("/staff",)),
    ("Register", "register:standing_of_register", frozenset({Permission.KEEP_REGISTER}), ("/register/",)),
    ("Authorities", "people:authorities", frozenset({Permission.KEEP_AUTHORITIES}), ("/authorities",)),
)

# What is open to whoever acts today for somebody with the right, too
ALSO_FOR_DEPUTIES = frozenset({Permission.REVIEW_REPORT})


def items(request: HttpRequest) -> Sequence[Navigation]:
    """The links of the navigation for who is signed in; the one that the page belongs to is marked."""
    person: Person = request.person  # type: ignore[attr-defined]
    allowed = person.permissions | (person.lent_permissions & ALSO_FOR_DEPUTIES)
    return [
        Navigation(text=text, href=reverse(route), active=_is_here(request.path, route, beginnings))
        for text, route, rights, beginnings in PLACES
        if rights is None or allowed & rights
    ]


def _is_here(path: str, route: str, beginnings: tuple[str, ...]) -> bool:
    return path == reverse(route) or path.startswith(beginnings)
