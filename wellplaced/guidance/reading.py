"""Facts from outside: JSON into facts, with each refusal naming the path (contract: timeframes.md, Facts)."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from wellplaced.guidance.checking import check
from wellplaced.guidance.facts import Concern, Facts, Judgement, Outcome, Placement, ProvisionType, Visit
from wellplaced.guidance.refusal import Refusal
from wellplaced.guidance.steps import FOLLOW_FROM_FACTS, STEPS
from wellplaced.guidance.timeframes import Timeframes
from wellplaced.guidance.versions import default_versions

Object = Mapping[str, Any]
T = TypeVar("T")

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LAST_START = date(9998, 12, 31)  # a clock that starts later could not be counted; `today` and an end start none
_TYPES = frozenset(kind.value for kind in ProvisionType)
_OUTCOMES = frozenset(outcome.value for outcome in Outcome)
_RECORDED_STEPS = frozenset(STEPS) - FOLLOW_FROM_FACTS
_FACTS = frozenset(
    {"today", "provision", "judgements", "placements", "concerns", "visits", "other_la_checks", "waivers"}
)
_PROVISION = frozenset({"type", "under_contract_from"})
_JUDGEMENT = frozenset({"id", "outcome", "published_on", "action_plan_requested_on", "action_plan_received_on"})
_PLACEMENT = frozenset({"id", "starts_on", "ends_on", "premises", "cancelled"})
_CONCERN = frozenset({"id", "raised_on"})
_VISIT = frozenset(
    {
        "id",
        "booked_on",
        "visit_on",
        "held",
        "premises",
        "discharges",
        "whole_form",
        "questionnaires_left",
        "actions_named",
        "recipients",
        "done",
        "set_aside",
        "comments",
    }
)


def parse(text: str | bytes) -> object:
    """JSON text (UTF-8) as plain values. Raises `Refusal` at `-` where it is none, or where an object has one key twice."""
    try:
        decoded = text.decode("utf-8-sig") if isinstance(text, bytes) else text
        return json.loads(decoded, object_pairs_hook=_object, parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        raise Refusal("-", f"not UTF-8: {error.reason} at byte {error.start}") from error
    except RecursionError as error:
        raise Refusal("-", "nested too deeply to be facts") from error
    except json.JSONDecodeError as error:
        raise Refusal("-", f"not JSON: {error}") from error
    except Refusal:
        raise
    except ValueError as error:  # a number with thousands of digits
        raise Refusal("-", "a number in it is too long to be read") from error


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for key, _ in pairs if sum(other == key for other, _ in pairs) > 1)
        raise Refusal("-", f"the key {twice!r} stands twice in one object")
    return found


def _no_constant(name: str) -> object:
    raise Refusal("-", f"not JSON: {name} is no value of JSON")


def read_facts(value: object, timeframes: Timeframes | None = None) -> Facts:
    """One object of facts, read and checked. Raises `Refusal` with the path, such as `placements[0].ends_on`."""
    table = _table(value, "-", _FACTS)
    given = table.get("provision")
    provision = _table({} if given is None else given, "provision", _PROVISION)
    facts = Facts(
        today=_needed_day(table, "today", "", last=date.max),
        provision_type=_one_of(_needed(provision, "type", "provision"), _TYPES, "provision.type"),
        under_contract_from=_day(provision.get("under_contract_from"), "provision.under_contract_from"),
        judgements=_each(table, "judgements", "", _judgement),
        placements=_each(table, "placements", "", _placement),
        concerns=_each(table, "concerns", "", _concern),
        visits=_each(table, "visits", "", _visit),
        other_la_checks=_texts(table, "other_la_checks", ""),
        waivers=_texts(table, "waivers", ""),
    )
    check(facts, timeframes or default_versions()[-1])
    return facts


def _judgement(value: object, path: str) -> Judgement:
    table = _table(value, path, _JUDGEMENT)
    return Judgement(
        _text(_needed(table, "id", path), f"{path}.id"),
        _one_of(_needed(table, "outcome", path), _OUTCOMES, f"{path}.outcome"),
        _needed_day(table, "published_on", path),
        _day(table.get("action_plan_requested_on"), f"{path}.action_plan_requested_on"),
        _day(table.get("action_plan_received_on"), f"{path}.action_plan_received_on"),
    )


def _placement(value: object, path: str) -> Placement:
    table = _table(value, path, _PLACEMENT)
    premises = table.get("premises")
    return Placement(
        _text(_needed(table, "id", path), f"{path}.id"),
        _needed_day(table, "starts_on", path),
        _day(table.get("ends_on"), f"{path}.ends_on", last=date.max),
        None if premises is None else _text(premises, f"{path}.premises"),
        _flag(table.get("cancelled"), f"{path}.cancelled"),
    )


def _concern(value: object, path: str) -> Concern:
    table = _table(value, path, _CONCERN)
    return Concern(_text(_needed(table, "id", path), f"{path}.id"), _needed_day(table, "raised_on", path))


def _visit(value: object, path: str) -> Visit:
    table = _table(value, path, _VISIT)
    return Visit(
        id=_text(_needed(table, "id", path), f"{path}.id"),
        booked_on=_needed_day(table, "booked_on", path),
        visit_on=_needed_day(table, "visit_on", path),
        held=_flag(table.get("held"), f"{path}.held"),
        premises=_texts(table, "premises", path),
        discharges=_texts(table, "discharges", path),
        whole_form=_flag(table.get("whole_form"), f"{path}.whole_form"),
        questionnaires_left=_number(table.get("questionnaires_left"), f"{path}.questionnaires_left"),
        actions_named=_number(table.get("actions_named"), f"{path}.actions_named"),
        recipients=_texts(table, "recipients", path),
        done=_days(table, "done", path, _RECORDED_STEPS),
        set_aside=_texts(table, "set_aside", path, _RECORDED_STEPS),
        comments=_days(table, "comments", path, None),
    )


def _at(path: str, key: str) -> str:
    name = key or '""'  # so that a path is never empty
    return f"{path}.{name}" if path else name


def _table(value: object, path: str, known: frozenset[str]) -> Object:
    if not isinstance(value, dict):
        raise Refusal(path, "must be an object")
    if unknown := value.keys() - known:
        raise Refusal(_at("" if path == "-" else path, min(unknown)), "unknown key")
    return value


def _needed(table: Object, key: str, path: str) -> object:
    value = table.get(key)
    if value is None:
        raise Refusal(_at(path, key), "is needed")
    return value


def _each(table: Object, key: str, path: str, read: Callable[[object, str], T]) -> tuple[T, ...]:
    where = _at(path, key)
    return tuple(read(item, f"{where}[{number}]") for number, item in enumerate(_list(table.get(key), where)))


def _list(value: object, path: str) -> list[object]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise Refusal(path, "must be a list")
    return value


def _text(value: object, path: str) -> str:
    if not isinstance(value, str) or not value:
        raise Refusal(path, "must be a text that is not empty")
    return value


def _one_of(value: object, known: frozenset[str], path: str) -> str:
    if not isinstance(value, str) or value not in known:
        raise Refusal(path, f"must be one of {', '.join(sorted(known))}")
    return value


def _flag(value: object, path: str) -> bool:
    if value is None:
        return False
    if not isinstance(value, bool):
        raise Refusal(path, "must be true or false")
    return value


def _number(value: object, path: str) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise Refusal(path, "must be a whole number, 0 or more")
    return value


def _day(value: object, path: str, last: date = _LAST_START) -> date | None:
    return None if value is None else _known_day(value, path, last)


def _known_day(value: object, path: str, last: date) -> date:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise Refusal(path, "must be a date, YYYY-MM-DD")
    try:
        day = date.fromisoformat(value)
    except ValueError as error:
        raise Refusal(path, f"there is no day {value}") from error
    if day > last:
        raise Refusal(path, f"{value} is too near the end of the calendar to count from")
    return day


def _needed_day(table: Object, key: str, path: str, last: date = _LAST_START) -> date:
    return _known_day(_needed(table, key, path), _at(path, key), last)


def _texts(table: Object, key: str, path: str, known: frozenset[str] | None = None) -> tuple[str, ...]:
    where = _at(path, key)
    found: list[str] = []
    for number, value in enumerate(_list(table.get(key), where)):
        here = f"{where}[{number}]"
        text = _text(value, here) if known is None else _one_of(value, known, here)
        if text in found:
            raise Refusal(here, f"{text} stands twice in this list")
        found.append(text)
    return tuple(found)


def _days(table: Object, key: str, path: str, known: frozenset[str] | None) -> dict[str, date]:
    where = _at(path, key)
    value = table.get(key)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise Refusal(where, "must be an object")
    if known is not None and (unknown := value.keys() - known):
        raise Refusal(f"{where}.{min(unknown)}", "unknown name")
    found = {name: _day(day, f"{where}.{name}") for name, day in value.items()}
    return {name: day for name, day in found.items() if day is not None}
