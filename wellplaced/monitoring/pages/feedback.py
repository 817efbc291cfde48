"""C14 on a page: who is left to ask, who was asked, who answered what, who was left out, who has not answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wellplaced.design.tags import Link, Tag
from wellplaced.design.words import day
from wellplaced.monitoring.models import Feedback, Visit
from wellplaced.monitoring.pages.checklist import is_open_for
from wellplaced.monitoring.placed import Placed, concerned_for
from wellplaced.monitoring.sight import Sight
from wellplaced.monitoring.whom_to_ask import ToAsk, whom_to_ask
from wellplaced.people.models import Person


@dataclass(frozen=True)
class Asked:
    """Somebody who was asked or left out."""

    who: Link
    role: str
    about: Sequence[Any]
    state: Tag
    when: str
    said: str


@dataclass(frozen=True)
class FeedbackPage:
    """What the template prints. `missing`: (role, young person with a link) where nobody is recorded."""

    visit: Visit
    asked: Sequence[Asked]
    to_ask: Sequence[ToAsk]
    missing: Sequence[tuple[str, Any]]
    placed: Placed
    silent: int
    may_write: bool


def feedback_page(visit: Visit, person: Person) -> FeedbackPage:
    """Everything about the feedback of a visit that the person may see."""
    sight = Sight.of(person)
    lines = lines_for(visit, sight)
    asked = [_asked(row, sight) for row in feedback_seen_by(person, visit, sight)]
    return FeedbackPage(
        visit=visit,
        asked=asked,
        to_ask=[line for line in lines if not line.is_missing],
        missing=[(line.role_name, sight.name(line.young_people[0])) for line in lines if line.is_missing],
        placed=concerned_for(visit, person),
        silent=sum(1 for each in asked if each.state == WAITING),
        may_write=is_open_for(visit, person),
    )


def lines_for(visit: Visit, sight: Sight) -> list[ToAsk]:
    """Who is left to ask about young people whom somebody may see."""
    return [line for line in whom_to_ask(visit) if all(sight.sees(each) for each in line.young_people)]


def feedback_seen_by(person: Person, visit: Visit, sight: Sight) -> list[Feedback]:
    """What was asked and said about a visit's young people; nothing of what is about a restricted one."""
    rows = Feedback.objects.seen_by(person).filter(visit=visit).prefetch_related("young_people")
    return [row for row in rows if may_read(row, sight)]


def may_read(row: Feedback, sight: Sight) -> bool:
    return all(sight.sees(each) for each in row.young_people.all())


WAITING = Tag("No answer yet", "amber")


def _asked(row: Feedback, sight: Sight) -> Asked:
    state, when = WAITING, f"Asked on {day(row.asked_on)}" if row.asked_on else ""
    if row.answered_on:
        state, when = Tag("Answered", "green"), f"{row.get_how_display()} on {day(row.answered_on)}"
    elif row.not_asked_because:
        state, when = Tag("Not asked", "grey"), row.not_asked_because
    return Asked(
        who=Link(row.name, row.get_absolute_url()),
        role=row.get_role_display(),
        about=[sight.name(each) for each in row.young_people.all()],
        state=state,
        when=when,
        said=row.said,
    )
