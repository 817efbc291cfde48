"""Checking a file of timeframes before anybody counts by it: what it may hold, and what the engine understands."""

from collections.abc import Callable, Collection
from datetime import date
from difflib import get_close_matches
from typing import Any, TypeVar

from wellplaced.guidance.counting import DAYS, MONTHS, WEEKS, WORKING_DAYS
from wellplaced.guidance.refusal import Refusal
from wellplaced.guidance.timeframes import Document, Reading, Sos, Timeframe, Timeframes

Table = dict[str, Any]  # what TOML gives

T = TypeVar("T")

CLAUSES = tuple(f"C{number}" for number in range(1, 27))
OWNERS = frozenset({"la_representative", "sqao", "manager", "provider", "la_representative_or_sqao"})
RECIPIENT = "recipient"

# What the engine understands of each reading. The first is the default.
CHOICES: dict[str, tuple[str, ...]] = {
    "R1": ("calendar_days", "first_day_counts", "working_days"),
    "R2": ("specific", "general"),
    "R3": ("placement_and_publication", "placement_only"),
    "R4": ("from_return", "from_visit", "from_actions_completed"),
    "R5": ("initial_annual_judgement", "any_visit", "whole_form_only"),
    "R6": ("while_placed", "always"),
    "R7": ("when_not_seen", "every_placement", "first_only"),
    "R8": ("two_weeks_or_booking", "two_weeks_always", "day_of_booking"),
    "R9": ("four_headings", "outstanding_actions"),
    "R10": ("chased", "no_date"),
    "R11": ("no_date", "dated"),
    "R12": ("plan_or_sen_provision", "plan_only", "everybody"),
    "R13": ("earliest", "latest"),
    "R14": ("chased_and_escalated", "requested_only"),
    "R15": ("with_confirmation", "at_booking"),
    "R16": ("after_visit", "day_of_visit"),
    "R17": ("on_submission", "next_day"),
    "R18": ("lapses", "stays_owed"),
}

# The timeframes that the engine counts by, and the units in which each makes sense.
_FORWARD = (DAYS, WORKING_DAYS, WEEKS)
_SPAN = (MONTHS, WEEKS, DAYS)
UNITS: dict[str, tuple[str, ...]] = {
    "initial_visit": _FORWARD,
    "initial_visit_supported_accommodation": _FORWARD,
    "seen_within": _SPAN,
    "annual_visit": _SPAN,
    "concern_visit": _FORWARD,
    "judged_good_or_outstanding": _FORWARD,
    "judged_inadequate_or_requires_improvement": _FORWARD,
    "plan_requested": _FORWARD,
    "plan_chased_first": _FORWARD,
    "plan_chased_second": _FORWARD,
    "plan_escalated": _FORWARD,
    "letter_sent": (),
    "feedback_requested": (),
    "confirmation_sent": _FORWARD,
    "pre_visit_form_received": (),
    "visit_held": (),
    "actions_followed_up": _FORWARD,
    "questionnaires_chased": _FORWARD,
    "report_submitted": _FORWARD,
    "report_returned": _FORWARD,
    "actions_completed": _FORWARD,
    "sent_for_comment": _FORWARD,
    "comment_received": _FORWARD,
    "uploaded": _FORWARD,
}
_AT_LEAST_ONE = frozenset({"seen_within", "annual_visit"})
_HIGHEST_NUMBER = 1000


def timeframes_from(table: Table) -> Timeframes:
    """A version from a parsed file. Raises `Refusal` with the path of the key that is unknown, missing or wrong."""
    parts = {"number", "title", "in_force_from", "document", "sos", "timeframes", "readings", "clauses"}
    _only(table, parts, "")
    readings = _each(table, "readings", CHOICES, _reading)
    timeframes = _each(table, "timeframes", UNITS, _timeframe)
    _upload_date_is_clear(timeframes["uploaded"], readings["R11"])
    return Timeframes(
        number=_text(table, "number", ""),
        title=_text(table, "title", ""),
        in_force_from=_day(table, "in_force_from", ""),
        document=_document(_table(table, "document", "")),
        sos=_sos(_table(table, "sos", "")),
        timeframes=timeframes,
        readings=readings,
        clauses=_texts(_table(table, "clauses", ""), CLAUSES, "clauses."),
        source=table,
    )


def _each(table: Table, key: str, names: Collection[str], build: Callable[[str, Table, str], T]) -> dict[str, T]:
    """One object for each of the names, all of which must be there, and no other."""
    within = _table(table, key, "")
    _only(within, names, f"{key}.")
    return {name: build(name, _table(within, name, f"{key}."), f"{key}.{name}.") for name in names}


def _timeframe(name: str, table: Table, path: str) -> Timeframe:
    _only(table, {"number", "unit", "duty", "owner", "clause", "readings"}, path)
    return Timeframe(
        name=name,
        number=_number(name, table, path),
        unit=_unit(name, table, path),
        duty=_text(table, "duty", path),
        owner=_owner(name, table, path),
        clause=_one_of(table, "clause", CLAUSES, path),
        readings=_listed(table, "readings", CHOICES, path),
    )


def _number(name: str, table: Table, path: str) -> int | None:
    if "number" not in table and (not UNITS[name] or name == "uploaded"):
        return None
    number = _needed(table, "number", path)
    if not UNITS[name]:
        raise Refusal(f"{path}number", "has no number of its own: its date follows from elsewhere")
    if type(number) is not int:
        raise Refusal(f"{path}number", "must be a whole number")
    lowest = 1 if name in _AT_LEAST_ONE else 0
    if not lowest <= number <= _HIGHEST_NUMBER:
        raise Refusal(f"{path}number", f"must be from {lowest} to {_HIGHEST_NUMBER}")
    return number


def _unit(name: str, table: Table, path: str) -> str:
    if not UNITS[name]:
        if "unit" in table:
            raise Refusal(f"{path}unit", "has no unit of its own: its date follows from elsewhere")
        return DAYS
    return _one_of(table, "unit", UNITS[name], path)


def _owner(name: str, table: Table, path: str) -> str:
    """The recipients alone can answer for their comments; every other duty may be given to somebody else."""
    return _one_of(table, "owner", {RECIPIENT} if name == "comment_received" else OWNERS, path)


def _reading(name: str, table: Table, path: str) -> Reading:
    _only(table, {"question", "choice", "choices"}, path)
    return Reading(
        id=name,
        question=_text(table, "question", path),
        choice=_one_of(table, "choice", CHOICES[name], path),
        choices=_texts(_table(table, "choices", path), CHOICES[name], f"{path}choices."),
    )


def _document(table: Table) -> Document:
    path = "document."
    _only(table, {"title", "status", "responsible", "review_on", "approved_on"}, path)
    return Document(
        title=_text(table, "title", path),
        status=_text(table, "status", path),
        responsible=_text(table, "responsible", path),
        review_on=_day(table, "review_on", path),
        approved_on=_day(table, "approved_on", path) if "approved_on" in table else None,
    )


def _sos(table: Table) -> Sos:
    _only(table, {"label", "headings"}, "sos.")
    headings = _needed(table, "headings", "sos.")
    if not isinstance(headings, list) or not headings or not all(isinstance(text, str) and text for text in headings):
        raise Refusal("sos.headings", "must be a list of texts")
    return Sos(label=_text(table, "label", "sos."), headings=tuple(headings))


def _upload_date_is_clear(uploaded: Timeframe, reading: Reading) -> None:
    """R11: a number without the reading would be silently ignored, and the reading without a number has no date."""
    if reading.choice == "dated" and uploaded.number is None:
        raise Refusal("timeframes.uploaded.number", "missing: the reading readings.R11 'dated' needs a number")
    if reading.choice == "no_date" and uploaded.number is not None:
        raise Refusal("timeframes.uploaded.number", "has no effect unless readings.R11 is 'dated'")


def _only(table: Table, keys: Collection[str], path: str) -> None:
    for key in table:
        if key not in keys:
            meant = get_close_matches(key, keys, n=1)
            raise Refusal(f"{path}{key}", f"unknown key: did you mean {meant[0]}?" if meant else "unknown key")


def _needed(table: Table, key: str, path: str) -> Any:
    if key not in table:
        raise Refusal(f"{path}{key}", "missing")
    return table[key]


def _table(table: Table, key: str, path: str) -> Table:
    value = _needed(table, key, path)
    if not isinstance(value, dict):
        raise Refusal(f"{path}{key}", "must be a table")
    return value


def _text(table: Table, key: str, path: str) -> str:
    value = _needed(table, key, path)
    if not isinstance(value, str) or not value.strip():
        raise Refusal(f"{path}{key}", "must be a text in quotation marks")
    return value


def _day(table: Table, key: str, path: str) -> date:
    value = _needed(table, key, path)
    if type(value) is not date:
        raise Refusal(f"{path}{key}", "must be a date without quotation marks, such as 2026-04-01")
    return value


def _one_of(table: Table, key: str, allowed: Collection[str], path: str) -> str:
    value = _text(table, key, path)
    if value not in allowed:
        raise Refusal(f"{path}{key}", f"unknown: must be one of {', '.join(sorted(allowed))}")
    return value


def _listed(table: Table, key: str, allowed: Collection[str], path: str) -> tuple[str, ...]:
    value = _needed(table, key, path)
    if not isinstance(value, list) or not all(isinstance(item, str) and item in allowed for item in value):
        raise Refusal(f"{path}{key}", f"must be a list of {', '.join(allowed)}")
    return tuple(value)


def _texts(table: Table, keys: Collection[str], path: str) -> dict[str, str]:
    _only(table, keys, path)
    return {key: _text(table, key, path) for key in keys}
