"""R18: stays that ended before their initial visit was due. No visit is owed for them, and they are to be seen."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.urls import reverse
from markupsafe import Markup

from wellplaced.design import words
from wellplaced.design.tags import Link
from wellplaced.desk.pages.sentences import who
from wellplaced.monitoring.models import Requirement, RequirementState
from wellplaced.placements.models import Placement
from wellplaced.register.models import Provision

SAID = 3  # stays that are named; the number says how many there are
ONE = "ended before its initial visit was due, so no visit is owed for it."
SEVERAL = "ended before their initial visit was due, so no visit is owed for them"


def is_short(initial: Requirement) -> bool:
    """Whether it lapsed because the stay ended before it was due: what SHORT_STAY asks of the database."""
    stay = initial.placement
    if initial.state != RequirementState.LAPSED or stay is None or stay.cancelled or stay.ends_on is None:
        return False
    return initial.due_on is None or stay.ends_on < initial.due_on


def of_provision(rows: Sequence[Requirement], provision: Provision) -> Markup:
    """The short stays at a provision, the latest first; each row carries `seen` and `in_all`."""
    if not rows:
        return Markup("")
    latest = rows[0]
    named = who(latest.placement.young_person, latest.seen)  # type: ignore[attr-defined, union-attr]
    total: int = latest.in_all  # type: ignore[attr-defined]
    asked = urlencode({"q": provision.urn or provision.known_as, "state": "lapsed", "kind": "initial"})
    link = Link("See what lapsed here", f"{reverse('monitoring:owed')}?{asked}")
    if total == 1:
        return Markup("The stay of {} {} {} {}").format(named, days_of(latest.placement), ONE, link)
    said = Markup("{} stays here {}. The latest was that of {}, {}. {}")
    return said.format(words.number(total), SEVERAL, named, days_of(latest.placement), link)


def of_young_person(rows: Sequence[Requirement]) -> Markup:
    """The short stays of one young person, the latest first; each row carries `in_all`."""
    if not rows:
        return Markup("")
    links = [Link(f"{row.provision.known_as} {days_of(row.placement)}", row.get_absolute_url()) for row in rows[:SAID]]
    total: int = rows[0].in_all  # type: ignore[attr-defined]
    if total == 1:
        return Markup("The stay at {} {}").format(links[0], ONE)
    which = "the latest" if total > SAID else "those"
    said = Markup("{} stays {}: {} at {}.")
    return said.format(words.number(total), SEVERAL, which, Markup("; ").join(link.__html__() for link in links))


def days_of(stay: Placement | None) -> str:
    """'from 3 June 2026 to 5 June 2026'."""
    return f"from {words.day(stay.starts_on)} to {words.day(stay.ends_on)}" if stay else ""
