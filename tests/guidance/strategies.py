"""Facts that can be, as JSON of the contract: few days close together, so that everything happens on one day, or a year apart."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

Item = dict[str, Any]

# Around the end of February in a leap year, the years beside it, and the spans of the guidance between them.
DAYS = sorted(
    date(year, 2, 26) + timedelta(days=number)
    for year in (2027, 2028, 2029)
    for number in (0, 1, 2, 3, 4, 5, 6, 9, 10, 13, 17, 20, 24)
)
TYPES = ["residential", "ifa", "supported_accommodation", "sen"]
OUTCOMES = ["good", "inadequate", "requires_improvement", "outstanding", "not_judged", "inconsistent"]
STEPS = [
    "letter_sent",
    "feedback_requested",
    "confirmation_sent",
    "pre_visit_form_received",
    "actions_followed_up",
    "questionnaires_chased",
    "report_submitted",
    "report_returned",
    "actions_completed",
    "sent_for_comment",
    "uploaded",
]
RECIPIENTS = ["csw:1", "iro:1", "provider"]


def days(first: date = DAYS[0], last: date = DAYS[-1]) -> st.SearchStrategy[str]:
    """A day from `first` to `last`, as text."""
    return st.sampled_from([day.isoformat() for day in DAYS if first <= day <= last] or [last.isoformat()])


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


@st.composite
def facts(draw: st.DrawFn) -> Item:
    """A whole object of facts that is not refused."""
    today = draw(st.sampled_from(DAYS[8:]))
    known: Item = {
        "today": today.isoformat(),
        "provision": {"type": draw(st.sampled_from(TYPES)), "under_contract_from": draw(maybe(days()))},
        "judgements": [draw(judgements(f"j{number}", today)) for number in range(draw(st.integers(0, 3)))],
        "placements": [draw(placements(f"p{number}")) for number in range(draw(st.integers(0, 3)))],
        "concerns": [
            {"id": f"c{number}", "raised_on": draw(days(last=today))} for number in range(draw(st.integers(0, 2)))
        ],
    }
    known["visits"] = [draw(visits(f"v{number}", today)) for number in range(draw(st.integers(0, 4)))]
    nameable = first_days(known)
    for visit in known["visits"]:
        possible = sorted(name for name, first in nameable.items() if first <= visit["visit_on"])
        visit["discharges"] = draw(some(possible))
    known["waivers"] = draw(some(sorted(nameable)) if draw(st.integers(0, 3)) == 0 else st.just([]))
    known["other_la_checks"] = draw(some(sorted(name for name in nameable if name.startswith("initial:"))))
    return known


def some(names: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(names), unique=True, max_size=2) if names else st.just([])


@st.composite
def judgements(draw: st.DrawFn, name: str, today: date) -> Item:
    return {
        "id": name,
        "outcome": draw(st.sampled_from(OUTCOMES)),
        "published_on": draw(days(last=today)),
        "action_plan_received_on": draw(maybe(days(last=today))),
    }


@st.composite
def placements(draw: st.DrawFn, name: str) -> Item:
    starts = draw(days())
    return {
        "id": name,
        "starts_on": starts,
        "ends_on": draw(maybe(days(first=date.fromisoformat(starts)))),
        "premises": draw(st.sampled_from([None, "a", "b"])),
        "cancelled": draw(st.integers(0, 5)) == 0,
    }


@st.composite
def visits(draw: st.DrawFn, name: str, today: date) -> Item:
    """A visit without what it discharges."""
    booked = draw(days(last=today))
    held = draw(st.booleans())
    recipients = draw(st.lists(st.sampled_from(RECIPIENTS), unique=True))
    dates = days(last=today)
    return {
        "id": name,
        "booked_on": booked,
        "visit_on": draw(days(first=date.fromisoformat(booked), last=today if held else DAYS[-1])),
        "held": held,
        "premises": draw(st.lists(st.sampled_from(["a", "b"]), unique=True)),
        "whole_form": draw(st.booleans()),
        "questionnaires_left": draw(st.sampled_from([None, 0, 2])),
        "actions_named": draw(st.sampled_from([None, 0, 2])),
        "recipients": recipients,
        "done": draw(st.dictionaries(st.sampled_from(STEPS), dates)),
        "set_aside": draw(st.lists(st.sampled_from(STEPS), unique=True, max_size=3)),
        "comments": draw(st.dictionaries(st.sampled_from(recipients), dates)) if recipients else {},
    }


def first_days(known: Item) -> dict[str, str]:
    """What a visit may name, and the first day on which it may: each sentence of the contract's refusals."""
    found: dict[str, str] = {}
    for placement in known["placements"]:
        starts = date.fromisoformat(placement["starts_on"])
        leap = (starts.month, starts.day) == (2, 29)
        found[f"initial:{placement['id']}"] = (
            date(starts.year - 1, 3, 1) if leap else starts.replace(year=starts.year - 1)
        ).isoformat()
    for visit in known["visits"]:
        if visit["held"]:
            found[f"annual:{visit['id']}"] = _next(visit["visit_on"])
    if contract := known["provision"]["under_contract_from"]:
        found["annual:contract"] = _next(contract)
    for concern in known["concerns"]:
        found[f"concern:{concern['id']}"] = concern["raised_on"]
    for judgement in known["judgements"]:
        if judgement["outcome"] in ("good", "outstanding", "requires_improvement", "inadequate"):
            found[f"judgement:{judgement['id']}"] = judgement["published_on"]
    return found


def _next(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
