"""The table of cases, one test a row: what the guidance owes on these facts."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from wellplaced.bankholidays import england
from wellplaced.guidance import default_versions, override
from wellplaced.guidance.command import respond

Case = dict[str, Any]
CASES: list[Case] = tomllib.loads((Path(__file__).parent / "cases.toml").read_text())["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["says"] for case in CASES])
def test_case(case: Case) -> None:
    version = override(default_versions()[-1], case.get("version", ""))
    answered: Any = respond(as_json(case["facts"]), (version,), england())
    owed = {requirement["id"]: flat(requirement) for requirement in answered["requirements"]}
    steps = {name(visit, step): flat(step) for visit in answered["visits"] for step in visit["steps"]}
    if "order" in case:
        assert [name for name in owed if name in case["order"]] == case["order"]
    for key, found in (("all", owed), ("all_steps", steps)):
        assert list(found) == case.get(key, list(found))
    for requirement in case.get("not_owed", ()):
        assert requirement not in owed
    for expected, found in ((case.get("owed", {}), owed), (case.get("steps", {}), steps)):
        for key, parts in expected.items():
            if parts == "absent":
                assert key not in found
            else:
                assert {part: found[key][part] for part in parts} == {
                    part: plain(value) for part, value in parts.items()
                }


def as_json(facts: Case) -> Any:
    """The short words of the table as the contract's facts."""
    rest = {key: dates(value) for key, value in facts.items() if key not in ("type", "provision")}
    return rest | {"provision": {"type": facts["type"], **dates(facts.get("provision", {}))}}


def dates(value: Any) -> Any:
    """The same with dates as text."""
    if isinstance(value, dict):
        return {key: dates(item) for key, item in value.items()}
    if isinstance(value, list):
        return [dates(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def plain(value: Any) -> Any:
    """An expected value as JSON has it."""
    return None if value == "none" else dates(value)


def flat(item: Case) -> Case:
    """An item of the answer with its clock's parts beside the others."""
    return {**item, **item["clock"]}


def name(visit: Case, step: Case) -> str:
    """How the table names a step."""
    return " ".join(part for part in (visit["id"], step["step"], step["recipient"]) if part)
