"""The engine against a slow reckoning, written from the contract's sentences: every field of every requirement and step."""

from datetime import date
from typing import Any

from hypothesis import given, settings

from tests.guidance import oracle
from tests.guidance.strategies import facts
from wellplaced.guidance import default_versions
from wellplaced.guidance.command import respond


@given(known=facts())
@settings(max_examples=200)
def test_the_engine_says_what_the_contract_says(known: dict[str, Any]) -> None:
    answered: Any = respond(known, default_versions())
    expected = oracle.Oracle(known).requirements()
    assert answered["requirements"] == expected
    due_dates = {row["id"]: row["due_on"] for row in expected}
    today = date.fromisoformat(known["today"])
    assert answered["visits"] == [
        {"id": visit["id"], "steps": oracle.steps(visit, due_dates, today)} for visit in known["visits"]
    ]
