"""The timeframes in words: clause by clause what counts, the readings, document control (C26), what a version replaces."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from wellplaced import guidance
from wellplaced.bankholidays import england
from wellplaced.design.words import day
from wellplaced.guidance import Timeframes
from wellplaced.guidance.counting import ONE_DAY
from wellplaced.monitoring.models import PublishedTimeframes
from wellplaced.monitoring.pages.replacing import DOCUMENT, Change, differences, owner_in_words, time_of
from wellplaced.monitoring.timeframes import proposed, versions_for, warnings
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
class Version:
    """One version: shipped with the product, or an authority's own."""

    timeframes: Timeframes
    is_in_force: bool
    published: PublishedTimeframes | None
    replaces: Sequence[Change]


@dataclass(frozen=True)
class Proposal:
    """What a text would publish, against the version that it would take over from.

    `kept` is what stays the authority's own, `back` what goes back to the guidance because the text does not hold it.
    `until` is the last day before a version that is published already takes over. `seal` changes with the text and with
    what is published: whoever publishes has seen this very comparison.
    """

    version: Timeframes
    follows: Timeframes
    follows_guidance: bool
    changes: Sequence[Change]
    back: Sequence[Change]
    kept: Sequence[Change]
    until: date | None
    is_past: bool
    working_days_until: date | None
    seal: str


@dataclass(frozen=True)
class TimeframesPage:
    """What the template prints."""

    current: Timeframes
    document: Sequence[tuple[str, str]]
    lines: Sequence[Line]
    clauses: Sequence[tuple[str, str]]
    readings: Sequence[Answered]
    versions: Sequence[Version]
    warnings: Sequence[str]
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
        warnings=warnings(_authority(person), today),
        may_publish=person.may(Permission.KEEP_TIMEFRAMES),
    )


def preview(text: str, person: Person, today: date) -> Proposal:
    """What a text would publish. Raises Refusal with the key's path where it cannot be read or is of no known meaning."""
    guidance_now = guidance.default_versions()[-1]
    version, there = proposed(text, _authority(person)), versions_for(_authority(person))
    follows = guidance.in_force(there, version.in_force_from)
    differing = differences(follows, version, guidance_now)
    later = [each.in_force_from for each in there if each.in_force_from > version.in_force_from]
    own = differences(guidance_now, version, guidance_now)
    changed = {key for change in differing for key in change.keys}
    return Proposal(
        version=version,
        follows=follows,
        follows_guidance=follows in guidance.default_versions(),
        changes=[change for change in differing if not change.back],
        back=[change for change in differing if change.back],
        kept=[change for change in own if changed.isdisjoint(change.keys)],
        until=min(later) - ONE_DAY if later else None,
        is_past=version.in_force_from < today,
        working_days_until=england().known_until if version.uses_working_days else None,
        seal=_seal(text, there),
    )


def _seal(text: str, there: Sequence[Timeframes]) -> str:
    seen = "\n".join([*text.splitlines(), *(version.number for version in there)])
    return sha256(seen.encode(errors="surrogatepass")).hexdigest()


def template(person: Person, today: date) -> str:
    """The guidance's timeframes as comments, to take the # away from; what the authority's version in force replaces stands."""
    number = PublishedTimeframes.objects.seen_by(person).count() + 1
    current = _in_force(person, today)
    own = None if current in guidance.default_versions() else current
    return guidance.override_template(
        guidance.default_versions()[-1], number=f"own {number}", in_force_from=today, own=own
    )


def _in_force(person: Person, today: date) -> Timeframes:
    return guidance.in_force(versions_for(_authority(person)), today)


def _authority(person: Person) -> int:
    return person.authority_id or 0


def _document(version: Timeframes) -> list[tuple[str, str]]:
    document = version.document
    values = {name: getattr(document, name) for name in DOCUMENT}
    shown = [(DOCUMENT[name], day(value) if isinstance(value, date) else value) for name, value in values.items()]
    return [
        *((label, value or "Not stated") for label, value in shown),
        ("Version", f"{version.number}, in force from {day(version.in_force_from)}"),
    ]


def _line(version: Timeframes, name: str) -> Line:
    frame = version.timeframes[name]
    readings = ", ".join(frame.readings)
    return Line(frame.clause, frame.duty, owner_in_words(frame.owner), time_of(version, name), readings)


def _versions(person: Person, current: Timeframes) -> Iterator[Version]:
    """The authority's own, newest first, each against the guidance over which it was laid; then the guidance's."""
    shipped = {version.number: version for version in guidance.default_versions()}
    rows = (
        PublishedTimeframes.objects.seen_by(person).select_related("published_by").order_by("-in_force_from", "-number")
    )
    for row in rows:
        base = shipped[row.base]
        version = guidance.override(base, row.text)
        yield Version(version, version.number == current.number, row, differences(base, version, base))
    for version in reversed(shipped.values()):
        yield Version(version, version.number == current.number, None, ())
