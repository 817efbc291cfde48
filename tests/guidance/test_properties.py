"""What holds of every answer: the order of lists, moving today, waivers, the day of the next change, and no traceback ever."""

import copy
import random
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from datetime import date, timedelta
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.guidance.strategies import facts, first_days
from wellplaced.bankholidays import england
from wellplaced.guidance import Answer, Refusal, answer, changes_on, default_versions, override
from wellplaced.guidance.command import respond
from wellplaced.guidance.reading import parse, read_facts

Item = dict[str, Any]
BASE = default_versions()[-1]
LATER = override(
    BASE, 'number = "2"\nin_force_from = 2028-02-28\ntimeframes.report_submitted.number = 7\nreadings.R7 = "first_only"'
)
ALWAYS = override(BASE, 'number = "3"\nin_force_from = 2029-03-01\nreadings.R6 = "always"\nreadings.R18 = "stays_owed"')
VERSIONS = (BASE, LATER, ALWAYS)
IN_WORKING_DAYS = override(BASE, 'readings.R1 = "working_days"')
STATES = {"state", "in_time", "fallback", "booked_by"}

# Facts that chance seldom draws. One young person follows on another, after an annual visit fell due.
FOLLOWING = {
    "today": "2028-03-22",
    "provision": {"type": "ifa", "under_contract_from": None},
    "judgements": [],
    "placements": [
        {"id": "b", "starts_on": "2028-03-02", "ends_on": None},
        {"id": "a", "starts_on": "2027-02-26", "ends_on": "2028-03-01"},
    ],
    "concerns": [],
    "visits": [
        {"id": "v", "booked_on": "2027-02-26", "visit_on": "2027-02-26", "held": True, "discharges": ["initial:a"]}
    ],
    "waivers": [],
    "other_la_checks": [],
}
# A visit was made without the plan of C8, before the next judgement came.
WITHOUT_THE_PLAN = FOLLOWING | {
    "judgements": [
        {"id": "i", "outcome": "inadequate", "published_on": "2027-02-26"},
        {"id": "g", "outcome": "good", "published_on": "2027-03-10"},
    ],
    "placements": [{"id": "a", "starts_on": "2027-02-27", "ends_on": None}],
    "visits": [
        {"id": "v", "booked_on": "2027-02-27", "visit_on": "2027-03-01", "held": True, "discharges": ["initial:a"]}
    ],
}


def requirements(known: Item) -> dict[str, Item]:
    answered: Any = respond(known, default_versions())
    return {row["id"]: row for row in answered["requirements"]}


def without(row: Item, parts: set[str]) -> Item:
    return {part: value for part, value in row.items() if part not in parts}


@given(known=facts(), seed=st.integers(0, 10**6))
@example(known=FOLLOWING, seed=0)
@settings(max_examples=100)
def test_the_order_of_lists_makes_no_difference_but_between_two_of_one_day(known: Item, seed: int) -> None:
    shuffler = random.Random(seed)
    shuffled = copy.deepcopy(known)
    for name, day in (("judgements", "published_on"), ("visits", "visit_on"), ("placements", "id"), ("concerns", "id")):
        shuffled[name] = in_another_order(known[name], day, shuffler)
    for names in (shuffled["waivers"], shuffled["other_la_checks"], *(v["discharges"] for v in shuffled["visits"])):
        shuffler.shuffle(names)
    before, after = (respond(each, default_versions()) for each in (known, shuffled))
    assert by_id(before) == by_id(after)


def in_another_order(items: list[Item], day: str, shuffler: random.Random) -> list[Item]:
    """The same in another order, but those of one day among themselves as they were."""
    places = [item[day] for item in shuffler.sample(items, len(items))]
    of_day = {each: iter([item for item in items if item[day] == each]) for each in places}
    return [next(of_day[each]) for each in places]


def by_id(answered: Any) -> tuple[Any, Any]:
    return answered["requirements"], {visit["id"]: visit["steps"] for visit in answered["visits"]}


@given(known=facts(), days=st.integers(1, 800))
@settings(max_examples=100)
def test_moving_today_changes_states_alone(known: Item, days: int) -> None:
    """But for a start still to come, whose judgement is today's, and a contract that begins in between."""
    today = date.fromisoformat(known["today"])
    moved = known | {"today": (today + timedelta(days=days)).isoformat()}
    to_come = {f"initial:{each['id']}" for each in known["placements"] if each["starts_on"] > known["today"]}
    if (known["provision"]["under_contract_from"] or "") > known["today"]:
        to_come.add("annual:contract")
    before, after = requirements(known), requirements(moved)
    assert before.keys() - to_come == after.keys() - to_come
    for name in before.keys() - to_come:
        assert without(before[name], STATES) == without(after[name], STATES)


@given(known=facts(), choice=st.randoms(use_true_random=False))
@example(known=WITHOUT_THE_PLAN, choice=random.Random(1))
@settings(max_examples=100)
def test_a_waiver_changes_nothing_but_what_it_waives(known: Item, choice: random.Random) -> None:
    possible = sorted(first_days(known).keys() - set(known["waivers"]))
    if not possible:
        return
    waived = choice.choice(possible)
    more = known | {"waivers": [*known["waivers"], waived]}
    before, after = respond(known, default_versions()), respond(more, default_versions())
    rows: Any = after
    assert by_id(before)[1] == by_id(after)[1]
    assert [row for row in by_id(before)[0] if row["id"] != waived] == [
        row for row in rows["requirements"] if row["id"] != waived
    ]
    row = requirements(more)[waived]
    assert (row["state"], row["in_time"]) == ("waived", None)
    if was := requirements(known).get(waived):
        assert without(row, {"state", "in_time", "fallback"}) == without(was, {"state", "in_time", "fallback"})


@given(known=facts(), data=st.data())
@settings(max_examples=100)
def test_nothing_changes_before_the_day_on_which_it_is_said_to(known: Item, data: st.DataObject) -> None:
    read = read_facts(known)
    first = answer(read, VERSIONS)
    change = changes_on(read, first, VERSIONS)
    ahead = (change - read.today).days - 1 if change else 500
    assert change is None or change > read.today
    for number in {ahead, *data.draw(st.lists(st.integers(1, max(1, ahead)), max_size=4))}:
        if 1 <= number <= min(ahead, 500):
            later = answer(replace(read, today=read.today + timedelta(days=number)), VERSIONS)
            assert list(standing(later)) == list(standing(first))


def test_the_day_after_a_placement_ended_may_change_what_is_owed() -> None:
    """R18: it lapses the day after the end, before its due date."""
    known = read_facts(
        {
            "today": "2026-03-21",
            "provision": {"type": "sen"},
            "placements": [{"id": "p", "starts_on": "2026-03-20", "ends_on": "2026-03-21"}],
        }
    )
    assert changes_on(known, answer(known, VERSIONS), VERSIONS) == date(2026, 3, 22)


def standing(answered: Answer) -> Iterator[Item]:
    for requirement in answered.requirements:
        yield asdict(requirement) | {"state": requirement.standing}
    for visit in answered.visits:
        for step in visit.steps:
            yield asdict(step) | {"state": step.standing, "visit": visit.id}


ENDS = ["0001-01-01", "0001-01-10", "9998-12-31", "9999-12-31", "2028-02-29", "2027-02-29", "0000-01-01", "10000-01-01"]
NAMES = ["today", "id", "visits", "done", "initial:p0", "annual:contract", "annual:v0", "annual:", ":", "contract", ""]
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**30), 10**30),
    st.floats(),
    st.text(max_size=5),
    st.sampled_from(ENDS + NAMES),
)
JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=3), inner),
)


def refusal_of(call: Callable[[], object]) -> Refusal | None:
    """None where there is an answer. Anything else that is raised fails the test."""
    try:
        call()
    except Refusal as refusal:
        return refusal
    return None


def answers_or_refuses(value: object) -> None:
    for refusal in (
        refusal_of(lambda: respond(value, VERSIONS)),
        refusal_of(lambda: respond(value, (IN_WORKING_DAYS,), england())),
    ):
        assert refusal is None or (refusal.path and refusal.reason)


@given(value=JSON)
@settings(max_examples=150)
@example(value=[[]])
@example(value=[[[]]])
@example(value={"today": "2026-01-01", "provision": {"type": "sen"}, "": None})
def test_anything_is_answered_or_refused(value: object) -> None:
    answers_or_refuses(value)


@given(known=facts(), data=st.data())
@settings(max_examples=150)
def test_facts_with_one_thing_changed_are_answered_or_refused(known: Item, data: st.DataObject) -> None:
    changed = copy.deepcopy(known)
    holder, key = data.draw(st.sampled_from(list(places(changed))))
    if isinstance(holder, dict) and data.draw(st.booleans()):
        del holder[key]
    else:
        holder[key] = data.draw(st.sampled_from(ENDS) | JSON)
    answers_or_refuses(changed)


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in the facts, as its holder and key."""
    for key, inner in list(value.items() if isinstance(value, dict) else enumerate(value)):
        yield value, key
        if isinstance(inner, (dict, list)):
            yield from places(inner)


@given(text=st.binary(max_size=40) | st.text(alphabet='[]{}",:0123456789eE.-+\\truefalsnN \n\ufeff', max_size=40))
@settings(max_examples=200)
def test_any_bytes_are_read_or_refused(text: bytes | str) -> None:
    refusal = refusal_of(lambda: parse(text if isinstance(text, bytes) else text.encode()))
    assert refusal is None or refusal.path == "-"
