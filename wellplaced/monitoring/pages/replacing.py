"""What one version of the timeframes has otherwise than another, in the words of the guidance, with the keys beside them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from wellplaced.design.words import day, plural, words
from wellplaced.guidance import Timeframes
from wellplaced.monitoring.words import OWNERS

Path = tuple[str, ...]  # of a key in a file of timeframes: ("timeframes", "concern_visit", "number")

DOCUMENT = {
    "title": "Title",
    "status": "Status",
    "responsible": "Responsible head of service",
    "approved_on": "Approved on",
    "review_on": "Review by",
}  # C26
SOS = {"label": "Label of the part", "headings": "Headings of the part"}  # R9
TIME = "time"  # a number and its unit are told together
PARTS = {TIME: "In what time", "owner": "Who", "duty": "The duty in words"}
HEAD = frozenset({"number", "in_force_from"})  # every version has its own: they are told above the table


@dataclass(frozen=True)
class Change:
    """One thing that differs: the clause or reading, what it is about, its keys in the text, from what to what.

    `back`: it is as in the guidance again, and was not before.
    """

    clause: str
    about: str
    part: str
    keys: tuple[str, ...]
    before: str
    after: str
    back: bool = False


def differences(before: Timeframes, after: Timeframes, guidance: Timeframes) -> list[Change]:
    """What `after` has otherwise than `before`, in the order of the file; both lie over `guidance`."""
    found: dict[Path, list[Path]] = {}
    for path in _differing(before.source, after.source):
        if path[0] not in HEAD:
            subject = (*path[:2], TIME) if path[0] == "timeframes" and path[2] in ("number", "unit") else path
            found.setdefault(subject, []).append(path)
    own = set(_differing(guidance.source, after.source))
    return [_change(subject, paths, before, after, back=own.isdisjoint(paths)) for subject, paths in found.items()]


def _differing(before: Mapping[str, Any], after: Mapping[str, Any], path: Path = ()) -> Iterator[Path]:
    """The path of each value that is not the same in both; a value may stand in one alone."""
    for key in {**before, **after}:
        left, right = before.get(key), after.get(key)
        if isinstance(left, Mapping) and isinstance(right, Mapping):
            yield from _differing(left, right, (*path, key))
        elif left != right:
            yield (*path, key)


def _change(subject: Path, paths: list[Path], before: Timeframes, after: Timeframes, *, back: bool) -> Change:
    clause, about, part = _named(subject, after)
    keys = tuple(".".join(path) for path in paths)
    return Change(clause, about, part, keys, _value(subject, before), _value(subject, after), back)


def _named(subject: Path, version: Timeframes) -> tuple[str, str, str]:
    """Clause or reading, what it is about, and which part of it."""
    part = subject[-1]
    if subject[0] == "timeframes":
        frame = version.timeframes[subject[1]]
        return frame.clause, frame.duty, PARTS[part]
    if subject[0] == "readings":
        reading = version.readings[subject[1]]
        parts = {"choice": "How it is read", "question": "The question in words"}
        return reading.id, reading.question, parts.get(part, "The reading in words")
    if subject[0] == "clauses":
        return part, "The clause in our words", ""
    if subject[0] == "document":
        return "C26", "Document control", DOCUMENT[part]
    if subject[0] == "sos":
        return "R9", "The part of the report with the label ‘SOS’", SOS[part]
    return "", "Title of the version", ""


def _value(subject: Path, version: Timeframes) -> str:
    if subject[-1] == TIME:
        return time_of(version, subject[1])
    if subject[0] == "readings" and subject[-1] == "choice":
        return version.readings[subject[1]].sentence
    value: Any = version.source
    for key in subject:
        value = value.get(key)
    if subject[-1] == "owner":
        return owner_in_words(value)
    return _written(value)


def time_of(version: Timeframes, name: str) -> str:
    """The time of a duty in words, as it is counted: '10 days', '5 working days'."""
    count = version.counts.get(name)
    return plural(count[0], count[1].removesuffix("s")) if count else "No time of its own"


def owner_in_words(owner: str) -> str:
    """Who a duty belongs to, as people call them."""
    return OWNERS.get(owner, words(owner))


def _written(value: Any) -> str:
    if value is None:
        return "Not stated"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return day(value) if isinstance(value, date) else str(value)
