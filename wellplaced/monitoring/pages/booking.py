"""Beside the forms of a visit: which due date governs, whose work it is, what else is on that day and nearby."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wellplaced.design.tags import Link
from wellplaced.design.words import day, weekday_day
from wellplaced.monitoring.absence import away_on, for_whom
from wellplaced.monitoring.forms.offering import earliest_due
from wellplaced.monitoring.models import Assignment, Requirement, Visit
from wellplaced.monitoring.officer_days import visits_that_day
from wellplaced.monitoring.pages.nearby import Nearby
from wellplaced.monitoring.past import clock_time
from wellplaced.monitoring.words import KINDS, from_today, kind_of
from wellplaced.people.models import Person, ProvisionType
from wellplaced.register.models import Provision


@dataclass(frozen=True)
class ThatDay:
    """The officer's other visits on the day that is asked about."""

    heading: str
    visits: Sequence[Link]


@dataclass(frozen=True)
class BookingPage:
    """The sentence about the governing date, whether premises are asked for, for whom this is done, what else there is."""

    governs: str
    is_overdue: bool
    asks_for_premises: bool
    for_whom: str = ""
    that_day: ThatDay | None = None
    nearby: Nearby | None = None


def booking_page(
    provision: Provision,
    owed: Sequence[Requirement],
    today: date,
    *,
    covered: str = "",
    that_day: ThatDay | None = None,
    nearby: Nearby | None = None,
) -> BookingPage:
    """R13: the earliest due date among what is owed."""
    first = earliest_due(owed, [each.key for each in owed])
    text, is_overdue = "", False
    if first is not None and first.due_on is not None:
        text = f"{KINDS[first.kind]}: due by {weekday_day(first.due_on)}, {from_today(first.due_on, today)}."
        is_overdue = first.due_on < today
    return BookingPage(
        governs=text,
        is_overdue=is_overdue,
        asks_for_premises=provision.type == ProvisionType.SUPPORTED_ACCOMMODATION,
        for_whom=covered,
        that_day=that_day,
        nearby=nearby,
    )


def suggested(owed: Sequence[Requirement], asked: Collection[str], today: date) -> list[str]:
    """R13: what is ticked from the start, which is all that is owed.

    Beside a concern and nothing else, an annual visit only once it is time to book it, or where it was asked for: a visit
    about a concern starts the 12 months again only where the officer says that it covered everything (R5).
    """
    kinds = {each.kind for each in owed}
    is_about_a_concern = "concern" in kinds and kinds <= {"concern", "annual"}
    days = {each.key: each.book_by or each.due_on for each in owed if each.kind == "annual"}
    early = {key for key, day in days.items() if day and day > today}
    return [each.key for each in owed if each.key in asked or not (is_about_a_concern and each.key in early)]


def whose_place(person: Person, provision: Provision, today: date) -> str:
    """'For Jo Bloggs, who is away until …', where whoever looks after the provision is away."""
    current = Assignment.objects.seen_by(person).filter(provision=provision, ends_on=None).first()
    cover = away_on(person, today).get(current.officer_id) if current else None
    return f"{for_whom(cover)}." if cover else ""


def whose_visit(person: Person, visit: Visit, today: date) -> str:
    """'For Jo Bloggs, who is away until …', where whoever is to make the visit is away."""
    cover = away_on(person, today).get(visit.officer_id) if visit.officer_id else None
    return f"{for_whom(cover)}." if cover else ""


def that_day(officer: Person | None, on: date | None, besides: Visit | None = None) -> ThatDay | None:
    """What else the officer has on the day, with links; nothing where that is nothing, or not known yet."""
    if officer is None or on is None:
        return None
    others = visits_that_day(officer, on, besides=besides)
    if not others:
        return None
    return ThatDay(f"{officer} on {day(on)}", [Link(_at(each), each.get_absolute_url()) for each in others])


def _at(visit: Visit) -> str:
    at = clock_time(visit.visit_at) if visit.visit_at else "No time yet"
    return f"{at}: {visit.provision.known_as}"


def keys_in_words() -> dict[str, Callable[[Any], str]]:
    """How a conflict shows what a visit discharges."""
    return {"discharges": lambda keys: ", ".join(kind_of(key) for key in keys) or "Nothing"}
