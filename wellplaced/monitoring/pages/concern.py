"""The page of one concern: what it says, to whom, and the visit that is owed for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from wellplaced.design.components import HistoryLine
from wellplaced.design.tags import Link, Tag
from wellplaced.design.words import day
from wellplaced.guidance import ClosedDays
from wellplaced.monitoring.columns import due_of, state_of
from wellplaced.monitoring.models import Concern, Requirement
from wellplaced.monitoring.models.owed import OWED
from wellplaced.monitoring.pages.requirement import Action, next_steps, proposed_visit, sentence, unrecorded_visit
from wellplaced.monitoring.past import CLOSED, history_of
from wellplaced.monitoring.sight import Sight
from wellplaced.monitoring.words import book_by_words
from wellplaced.people.models import Person
from wellplaced.people.rights import Permission


@dataclass(frozen=True)
class ConcernPage:
    """What the template prints. Where the words are closed to the reader, `summary` is None."""

    concern: Concern
    rows: Sequence[tuple[Any, ...]]
    summary: str | None
    visit: Sequence[tuple[Any, ...]]
    state: Tag | None
    sentence: str
    primary: Action | None
    changes: Sequence[Action]
    history: Sequence[HistoryLine]


def concern_page(concern: Concern, person: Person, today: date, closed: ClosedDays) -> ConcernPage:
    """Everything that the page says about one concern."""
    sight = Sight.of(person)
    is_open = sight.may_read(concern)
    owed = _requirement(concern, person)
    return ConcernPage(
        concern=concern,
        rows=_rows(concern, sight, is_open=is_open),
        summary=concern.summary if is_open else None,
        visit=_visit(owed, today, closed),
        state=state_of(owed, today) if owed else None,
        sentence=sentence(owed, today) if owed else "",
        primary=_primary(owed, person, today),
        changes=_changes(concern, person, is_open=is_open),
        history=history_of([concern], person) if is_open else (),
    )


def _changes(concern: Concern, person: Person, *, is_open: bool) -> list[Action]:
    """Correct it; a manager withdraws what was recorded by mistake, and takes that back."""

    def to(name: str, text: str) -> Action:
        return Action(text, reverse(f"monitoring:{name}", args=[concern.pk]))

    may_withdraw = person.may(Permission.WAIVE)
    if concern.withdrawn_because:
        return [to("reinstate_concern", "It stands after all")] if may_withdraw else []
    correct = [to("correct_concern", "Correct it")] if is_open and person.may(Permission.RAISE_CONCERN) else []
    return [*correct, *([to("withdraw_concern", "Withdraw it")] if may_withdraw else [])]


def _primary(owed: Requirement | None, person: Person, today: date) -> Action | None:
    if owed is None:
        return None
    return next_steps(owed, person, today, unrecorded_visit(owed, person, today), proposed_visit(owed, person, today))[
        0
    ]


def _requirement(concern: Concern, person: Person) -> Requirement | None:
    rows = Requirement.objects.seen_by(person).select_related("discharged_by", "booked_by")
    found: Requirement | None = rows.filter(provision=concern.provision_id, key=f"concern:{concern.pk}").first()
    return found


def _rows(concern: Concern, sight: Sight, *, is_open: bool) -> list[tuple[Any, ...]]:
    place = concern.provision
    return [
        ("Where", Link(place.known_as, place.get_absolute_url())),
        ("Raised on", day(concern.raised_on)),
        ("Raised by", concern.raised_by if is_open else CLOSED),
        ("How", concern.get_how_display()),
        ("Young people", sight.names(concern.young_people.all()) or "None named"),
        ("Recorded by", f"{concern.recorded_by.name} on {day(concern.recorded_on)}"),
    ]


def _visit(owed: Requirement | None, today: date, closed: ClosedDays) -> list[tuple[Any, ...]]:
    if owed is None:
        return []
    see = Link("See what is owed", owed.get_absolute_url(), "for this concern")
    is_to_book = owed.state in OWED and not owed.booked_by_id
    book_by = book_by_words(owed.book_by, today) if owed.book_by else "As soon as you can"
    return [("Due by", due_of(owed, today, closed), see), *([("Book by", book_by)] if is_to_book else [])]
