"""Which timeframes count for an authority: those of the guidance, and over them the versions that it published."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from wellplaced.bankholidays import england
from wellplaced.design.words import day
from wellplaced.guidance import (
    ClosedDays,
    Refusal,
    Timeframes,
    default_versions,
    in_force,
    needs_closed_days,
    override,
)
from wellplaced.guidance.timeframes import in_order
from wellplaced.monitoring.models import PublishedTimeframes
from wellplaced.people.models import ClosureDay

Versions = tuple[Timeframes, ...]
A_YEAR = 366  # days: how long before the known bank holidays end those are told who count by them


def versions_of(authority_ids: Iterable[int]) -> dict[int, Versions]:
    """The versions of each authority, by the day on which they come into force; one query."""
    wanted = set(authority_ids)
    texts: dict[int, list[tuple[str, str]]] = {authority_id: [] for authority_id in wanted}
    for published in PublishedTimeframes.objects.filter(authority_id__in=wanted):
        texts[published.authority_id].append((published.base, published.text))
    return {authority_id: _versions(tuple(own)) for authority_id, own in texts.items()}


def versions_for(authority_id: int) -> Versions:
    """The versions of one authority."""
    return versions_of([authority_id])[authority_id]


@lru_cache(maxsize=512)
def _versions(texts: tuple[tuple[str, str], ...]) -> Versions:
    """The guidance's versions, and over the one that each names as its base the authority's own."""
    shipped = {version.number: version for version in default_versions()}
    own = [override(shipped[base], text) for base, text in texts]
    return tuple(sorted([*shipped.values(), *own], key=lambda version: version.in_force_from))


def proposed(text: str, authority_id: int) -> Timeframes:
    """The version that a text would be beside those that the authority has. Raises Refusal with the key's path."""
    version = override(default_versions()[-1], text)
    there = versions_for(authority_id)
    in_order([*there, version])  # two versions of one number could not be told apart
    own = [each for each in there if each not in default_versions()]
    if any(each.in_force_from == version.in_force_from for each in own):
        raise Refusal("in_force_from", "another version comes into force on this day: choose another day")
    return version


def warnings(authority_id: int, today: date) -> list[str]:
    """What managers are told about the timeframes: past their review date (C26), an edition of the guidance that takes the
    place of their own version, or bank holidays known for too short a time."""
    versions = versions_for(authority_id)
    document = in_force(versions, today).document
    found = []
    if document.review_on < today:
        found.append(
            f"The timeframes in force were to be reviewed by {day(document.review_on)} ({document.title})."
            " They count until a new version is published. The head of service reviews them (C26)."
        )
    found += [_taken_over(own, shipped) for own, shipped in _own_that_give_way(versions, today)]
    known_until = england().known_until
    if needs_closed_days(versions) and (known_until - today).days <= A_YEAR:
        found.append(
            f"You count in working days, and bank holidays are known until {day(known_until)}. A date that needs later"
            " ones is refused. Ask whoever runs the service to update it."
        )
    return found


def _own_that_give_way(versions: Versions, today: date) -> Iterator[tuple[Timeframes, Timeframes]]:
    """Each own version, and the edition of the guidance that counts right after it, until the next own one comes."""
    shipped = default_versions()
    until = [*(each.in_force_from for each in versions[2:]), date.max]  # when the second of a pair gives way itself
    for earlier, later, end in zip(versions, versions[1:], until, strict=False):
        if earlier not in shipped and later in shipped and end > today:
            yield earlier, later


def _taken_over(own: Timeframes, shipped: Timeframes) -> str:
    return (
        f"From {day(shipped.in_force_from)} the guidance’s version {shipped.number} counts instead of your own version"
        f" {own.number}. To keep what you changed, publish it again over that one, in force from that day or later."
    )


def closed_days_of(authority_ids: Iterable[int]) -> dict[int, ClosedDays]:
    """England's bank holidays and each authority's own closure days; one query."""
    wanted = set(authority_ids)
    bank = england()
    own: dict[int, set[object]] = {authority_id: set() for authority_id in wanted}
    for closure in ClosureDay.objects.filter(authority_id__in=wanted):
        own[closure.authority_id].add(closure.day)
    return {
        authority_id: ClosedDays(bank.days | days, bank.known_from, bank.known_until)  # type: ignore[operator]
        for authority_id, days in own.items()
    }


def closed_days_for(authority_id: int) -> ClosedDays:
    """The closed days of one authority."""
    return closed_days_of([authority_id])[authority_id]


__all__ = [
    "Versions",
    "closed_days_for",
    "closed_days_of",
    "needs_closed_days",
    "proposed",
    "versions_for",
    "versions_of",
    "warnings",
]
