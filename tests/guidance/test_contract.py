"""The contract's own example, exactly; and that the table of cases leaves out no row, state or reading of the contract."""

import json
from typing import Any

import pytest

from bench.engine import EXAMPLE
from tests.guidance.test_cases import CASES, as_json
from wellplaced.bankholidays import england
from wellplaced.guidance import State, StepState, default_versions, override
from wellplaced.guidance.command import respond
from wellplaced.guidance.steps import STEPS
from wellplaced.guidance.validation import CHOICES

REQUIREMENT = json.loads("""
{"id": "initial:p1", "kind": "initial", "clause": "C8",
 "clock": {"event": "action_plan_received", "on": null}, "ideal_by": "2026-03-01", "due_on": null,
 "escalate_on": "2026-03-15", "state": "discharged", "discharged_by": "v1", "booked_by": null,
 "in_time": null, "fallback": null}
""")
STEP = json.loads("""
{"step": "confirmation_sent", "clause": "C15", "owner": "la_representative",
 "recipient": null, "clock": {"event": "visit_on", "on": "2026-03-20"}, "due_on": "2026-03-06",
 "done_on": "2026-03-04", "state": "done", "in_time": true, "short_notice": false}
""")

# Readings that no date depends on: they change words and lists elsewhere.
WITHOUT_A_DATE = {"R9", "R12"}


def test_the_example_of_the_contract() -> None:
    answered: Any = respond(EXAMPLE, default_versions())
    assert list(answered) == ["requirements", "visits"]
    assert [row["id"] for row in answered["requirements"]] == ["concern:c1", "annual:v1", "initial:p1"]
    assert answered["requirements"][2] == REQUIREMENT
    assert list(answered["requirements"][2]) == list(REQUIREMENT)
    [visit] = answered["visits"]
    assert visit["id"] == "v1"
    assert visit["steps"][2] == STEP
    assert list(visit["steps"][2]) == list(STEP)
    left_out = {"actions_completed"}
    twice = [step for step in STEPS for _ in range(2 if step == "comment_received" else 1) if step not in left_out]
    assert [step["step"] for step in visit["steps"]] == twice


@pytest.fixture(scope="module")
def answers() -> list[tuple[str, Any]]:
    """Each case's choice of readings beside its answer."""
    base = default_versions()[-1]
    versions = [override(base, case.get("version", "")) for case in CASES]
    return [
        (json.dumps(version.choices), respond(as_json(case["facts"]), (version,), england()))
        for case, version in zip(CASES, versions, strict=True)
    ]


def test_the_cases_reach_every_state_of_a_requirement(answers: list[tuple[str, Any]]) -> None:
    found = {(row["kind"], row["state"]) for _, answered in answers for row in answered["requirements"]}
    assert {state for _, state in found} == set(State)
    never = {
        *(("initial", state) for state in (State.SUPERSEDED,)),
        *(("annual", state) for state in (State.SUPERSEDED, State.WAITING)),
        *(("concern", state) for state in (State.SUPERSEDED, State.WAITING, State.LAPSED)),
    }
    kinds = ("initial", "annual", "concern", "judgement")
    assert found == {(kind, state) for kind in kinds for state in State} - never


def test_the_cases_reach_every_clause_and_clock_of_a_requirement(answers: list[tuple[str, Any]]) -> None:
    found = {
        (row["kind"], row["clause"], row["clock"]["event"])
        for _, answered in answers
        for row in answered["requirements"]
    }
    assert found == {
        ("initial", "C3", "placement_starts"),
        ("initial", "C7", "placement_starts"),
        ("initial", "C7", "judgement_published"),
        ("initial", "C8", "action_plan_received"),
        ("initial", "C8", "placement_starts"),
        ("initial", "C9", "placement_starts"),
        ("annual", "C5", "visit_held"),
        ("annual", "C5", "contract_starts"),
        ("concern", "C6", "concern_raised"),
        ("judgement", "C7", "judgement_published"),
        ("judgement", "C8", "action_plan_received"),
    }


def test_the_cases_reach_every_step_in_every_state(answers: list[tuple[str, Any]]) -> None:
    found = {step["state"] for _, answered in answers for visit in answered["visits"] for step in visit["steps"]}
    steps = {step["step"] for _, answered in answers for visit in answered["visits"] for step in visit["steps"]}
    assert found == set(StepState) - {StepState.NOT_NEEDED}
    assert steps == set(STEPS)


def test_the_cases_take_every_reading_in_every_way(answers: list[tuple[str, Any]]) -> None:
    taken = {pair for choices, _ in answers for pair in json.loads(choices).items()}
    assert {
        (reading, choice) for reading, choices in CHOICES.items() for choice in choices if reading not in WITHOUT_A_DATE
    } <= taken
