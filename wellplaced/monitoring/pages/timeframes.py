"""The timeframes in words: clause by clause what counts, the readings, document control (C26), what a version replaces."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wellplaced import guidance
from wellplaced.design.words import day, plural, words
from wellplaced.guidance import Timeframes
from wellplaced.guidance.timeframes import in_order
from wellplaced.monitoring.models import PublishedTimeframes
from wellplaced.monitoring.timeframes import versions_for
from wellplaced.monitoring.words import OWNERS
from wellplaced.people.models import Person
from wellplaced.people.rights import Permission


@dataclass(frozen=True)
class Line:
    """One duty: its clause, who owes it, and in what time."""

    clause: str
    duty: str
    owner: str
    time: str
    readings: str


@dataclass(frozen=True)
class Answered:
    """One open question of the guidance and the reading that is taken; `own` where it is not the guidance's default."""

    id: str
    question: str
    sentence: str
    own: bool


@dataclass(frozen=True)
class Replaced:
    """One key that a version replaces, from what to what."""

    path: str
    before: str
    after: str

    @property
    def what(self) -> str:
        """The key as it is written in the text, but for the two that every version replaces."""
        return {"number": "Version number", "in_force_from": "In force from"}.get(self.path, self.path)


@dataclass(frozen=True)
class Version:
    """One version: shipped with the product, or an authority's own."""

    timeframes: Timeframes
    is_in_force: bool
    published: PublishedTimeframes | None
    replaces: Sequence[Replaced]


@dataclass(frozen=True)
class TimeframesPage:
    """What the template prints."""

    current: Timeframes
    document: Sequence[tuple[str, str]]
    lines: Sequence[Line]
    clauses: Sequence[tuple[str, str]]
    readings: Sequence[Answered]
    versions: Sequence[Version]
    review: str
    may_publish: bool


def timeframes_page(person: Person, today: date) -> TimeframesPage:
    """Everything that the page says; the versions newest first."""
    current = _in_force(person, today)
    default = guidance.default_versions()[-1]
    return TimeframesPage(
        current=current,
        document=_document(current),
        lines=[_line(current, name) for name in current.timeframes],
        clauses=list(current.clauses.items()),
        readings=[
            Answered(each.id, each.question, each.sentence, each.choice != default.readings[each.id].choice)
            for each in current.readings.values()
        ],
        versions=list(_versions(person, current)),
        review=review_warning(person, today),
        may_publish=person.may(Permission.KEEP_TIMEFRAMES),
    )


def review_warning(person: Person, today: date) -> str:
    """C26: that the version in force is past its review date; empty where it is not."""
    current = _in_force(person, today)
    if current.document.review_on >= today:
        return ""
    return f"These timeframes were due for review by {day(current.document.review_on)}."


def preview(text: str, person: Person) -> list[Replaced]:
    """What a text would replace. Raises Refusal with the key's path where it cannot be read or is of no known meaning."""
    base = guidance.default_versions()[-1]
    version = guidance.override(base, text)
    in_order([*versions_for(_authority(person)), version])
    return list(_replaced(base.source, version.source))


def template(person: Person, today: date) -> str:
    """The guidance's timeframes as comments, to take the # away from; with a number of its own, in force from today."""
    number = PublishedTimeframes.objects.seen_by(person).count() + 1
    return guidance.override_template(guidance.default_versions()[-1], number=f"own {number}", in_force_from=today)


def _in_force(person: Person, today: date) -> Timeframes:
    return guidance.in_force(versions_for(_authority(person)), today)


def _authority(person: Person) -> int:
    return person.authority_id or 0


def _document(version: Timeframes) -> list[tuple[str, str]]:
    document = version.document
    return [
        ("Title", document.title),
        ("Status", document.status),
        ("Responsible head of service", document.responsible),
        ("Approved on", day(document.approved_on) or "Not stated"),
        ("Review by", day(document.review_on)),
        ("Version", f"{version.number}, in force from {day(version.in_force_from)}"),
    ]


def _line(version: Timeframes, name: str) -> Line:
    frame = version.timeframes[name]
    count = version.counts.get(name)
    time = plural(count[0], count[1].removesuffix("s")) if count else "No time of its own"
    return Line(frame.clause, frame.duty, OWNERS.get(frame.owner, words(frame.owner)), time, ", ".join(frame.readings))


def _versions(person: Person, current: Timeframes) -> Iterator[Version]:
    base = guidance.default_versions()[-1]
    rows = (
        PublishedTimeframes.objects.seen_by(person).select_related("published_by").order_by("-in_force_from", "-number")
    )
    for row in rows:
        version = guidance.override(base, row.text)
        is_in_force = version.number == current.number
        yield Version(version, is_in_force, row, list(_replaced(base.source, version.source)))
    for version in reversed(guidance.default_versions()):
        yield Version(version, version.number == current.number, None, ())


def _replaced(base: Mapping[str, Any], own: Mapping[str, Any], path: str = "") -> Iterator[Replaced]:
    for key, value in own.items():
        before = base.get(key)
        if isinstance(value, Mapping):
            yield from _replaced(before if isinstance(before, Mapping) else {}, value, f"{path}{key}.")
        elif value != before:
            yield Replaced(f"{path}{key}", _written(before), _written(value))


def _written(value: Any) -> str:
    if value is None:
        return "Nothing"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return day(value) if isinstance(value, date) else str(value)
