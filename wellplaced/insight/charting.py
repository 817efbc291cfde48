"""C24: the flow chart of a type of provision as boxes and arrows, read off one version of the timeframes.

Nothing here says how long anything takes, or what follows what. A made-up provision of the type, with one of everything that
can happen, is put to the guidance, and its answer is drawn: what is owed and what starts its clock, which steps a
visit has, and from which event each is counted.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from wellplaced.bankholidays import england
from wellplaced.guidance import Answer, Facts, Judgement, Placement, Step, Timeframes, Visit, answer, plan_steps
from wellplaced.guidance.clocks import TIMEFRAME_OF
from wellplaced.guidance.explaining import EVENTS
from wellplaced.guidance.facts import Concern
from wellplaced.guidance.steps import AHEAD, BOOKED_ON, COMMENTS_CLOSED, VISIT_HELD, VISIT_ON
from wellplaced.monitoring.words import OWNERS, PLAN_STEPS, STEP_NAMES

BOOKING, PLAN = "booking", "plan"
IDEALLY_BEFORE = ("C3", "C9")
WEAK = "C8"
OCCASIONS = {
    "C3": "Initial visit",
    "C9": "Initial visit",
    "C7": "Visit where Ofsted judged Good or Outstanding",
    "C8": "Visit where Ofsted judged Inadequate or Requires improvement",
    "C5": "Annual visit",
    "C6": "Visit about a concern",
}
HAPPENS = EVENTS | {
    "visit_held": "the visit is held",
    "annual_visit_held": "the last visit that counted",
}
ON_THE_DAY = {
    VISIT_ON: "On the day of the visit",
    VISIT_HELD: "On the day of the visit",
    BOOKED_ON: "On the day of booking",
}

# The days of the made-up visit. Any would do: the order of events is read off the answer, not their dates.
TODAY = date(2024, 6, 3)
WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class Box:
    """One thing of the chart. `key` is a clause (what is owed), a step, `plan` or `booking`; `lines` stand below the time."""

    key: str
    kind: str  # occasion, plan, booking, step
    title: str
    time: str
    owner: str
    clause: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Arrow:
    """From box to box. `starts`: the first starts the clock of the second; else it only comes before it."""

    start: str
    end: str
    starts: bool = True


@dataclass(frozen=True)
class Chart:
    """The boxes in the order of the guidance, the arrows between them, and the steps of an awaited action plan (R14)."""

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    plan: tuple[Box, ...] = ()

    def of_kind(self, kind: str) -> tuple[Box, ...]:
        """The boxes of one kind."""
        return tuple(box for box in self.boxes if box.kind == kind)


@lru_cache(maxsize=256)
def chart_of(version: Timeframes, provision_type: str) -> Chart:
    """The chart of a type of provision under a version. A pure function of the two."""
    occasions = tuple(_occasions(version, provision_type))
    steps = _steps_of_a_visit(version, provision_type)
    plan = tuple(_plan(version)) if any(box.key == WEAK for box in occasions) else ()
    awaited = (_awaited(plan),) if plan else ()
    booking = Box(BOOKING, "booking", "Book the visit", "", OWNERS["la_representative"], "C12")
    boxes = (*occasions, *awaited, booking, *(_step(version, step) for step in steps))
    return Chart(boxes, (*_to_booking(occasions, has_plan=bool(plan)), *_between(steps)), plan)


def length(number: int, unit: str) -> str:
    """'14 days', '1 month', '10 working days'."""
    name = unit.replace("_", " ")
    return f"{number} {name.removesuffix('s') if number == 1 else name}"


# ---------------------------------------------------------------- what makes a visit due


def _occasions(version: Timeframes, provision_type: str) -> Iterator[Box]:
    """One box a clause, with every event that starts its clock."""
    events: dict[str, list[str]] = {}
    for asked in _what_can_happen(provision_type):
        for owed in _answer(asked, version).requirements:
            is_annual = owed.clock_event == VISIT_HELD
            event = HAPPENS["annual_visit_held" if is_annual else owed.clock_event]
            known = events.setdefault(owed.clause, [])
            known += [] if event in known else [event]
    for clause in (each for each in OCCASIONS if each in events):
        yield _occasion(version, clause, events)


def _occasion(version: Timeframes, clause: str, events: dict[str, list[str]]) -> Box:
    name = TIMEFRAME_OF[clause]
    title = OCCASIONS[clause]
    if clause == "C3" and "C7" in events:
        title = f"{title} where Ofsted has not judged"
    time = f"{length(*version.counts[name])} after {' or '.join(events[clause])}"
    lines = ("Ideally before the placement",) if clause in IDEALLY_BEFORE else ()
    return Box(clause, "occasion", title, time, OWNERS[version.timeframes[name].owner], clause, lines)


def _what_can_happen(provision_type: str) -> Iterator[Facts]:
    """A provision of the type in each situation of which the guidance speaks."""
    placed = Placement("p", TODAY - 40 * WEEK, premises="flat")
    new = replace(placed, starts_on=TODAY)
    empty = Facts(today=TODAY, provision_type=provision_type)
    yield replace(empty, placements=(new,))
    for outcome in ("good", "inadequate"):
        judged = Judgement("j", outcome, TODAY - 10 * WEEK)
        yield replace(empty, placements=(new,), judgements=(judged,))
        seen = _visit(placed.starts_on)
        yield replace(empty, placements=(placed,), judgements=(judged,), visits=(seen,))
    yield replace(empty, under_contract_from=TODAY)
    yield replace(empty, concerns=(Concern("c", TODAY),))


def _plan(version: Timeframes) -> Iterator[Box]:
    """R14: what is done about an action plan that does not come."""
    steps = plan_steps(
        clock_on=TODAY, requested_on=None, chased_on=(), received_on=None, escalated_on=None, today=TODAY,
        timeframes=version, closed_days=england(),
    )  # fmt: skip
    for step in steps:
        time = f"{length(*version.counts[step.step])} after {HAPPENS[step.clock_event]}"
        yield Box(step.step, "plan", PLAN_STEPS[step.step], time, OWNERS[step.owner], step.clause)


def _awaited(plan: tuple[Box, ...]) -> Box:
    """The box of the picture for all of them: the table has a row for each."""
    lines = tuple(f"{SHORT[box.key]}: {box.time.partition(' after ')[0]}" for box in plan)
    after = plan[0].time.partition(" after ")[2]
    return Box(PLAN, "plan", "Ask for Ofsted’s action plan", f"After {after}:", plan[0].owner, plan[0].clause, lines)


SHORT = {
    "plan_requested": "Ask",
    "plan_chased_first": "Chase",
    "plan_chased_second": "Chase again",
    "plan_escalated": "To the manager",
}


def _to_booking(occasions: tuple[Box, ...], *, has_plan: bool) -> Iterator[Arrow]:
    if has_plan:
        yield Arrow(PLAN, WEAK)
    for box in occasions:
        yield Arrow(box.key, BOOKING)


# ---------------------------------------------------------------- the steps of a visit


def _visit(booked_on: date) -> Visit:
    """A visit at which everything happened that can happen."""
    held_on = booked_on + 4 * WEEK
    done = {
        "report_submitted": held_on + WEEK,
        "report_returned": held_on + 2 * WEEK,
        "actions_completed": held_on + 3 * WEEK,
        "sent_for_comment": held_on + 4 * WEEK,
    }
    return Visit(
        "v", booked_on, held_on, held=True, discharges=("initial:p",), premises=("flat",), questionnaires_left=1,
        actions_named=1, recipients=("provider",), done=done, comments={"provider": held_on + 5 * WEEK},
    )  # fmt: skip


def _steps_of_a_visit(version: Timeframes, provision_type: str) -> tuple[Step, ...]:
    placed = Placement("p", TODAY - 40 * WEEK, premises="flat")
    visit = _visit(placed.starts_on)
    asked = Facts(today=TODAY, provision_type=provision_type, placements=(placed,), visits=(visit,))
    return _answer(asked, version).visits[0].steps


def _answer(asked: Facts, version: Timeframes) -> Answer:
    return answer(asked, [version], england())


def _step(version: Timeframes, step: Step) -> Box:
    owner = version.timeframes[step.step].owner
    return Box(step.step, "step", STEP_NAMES[step.step].to_do, _time(version, step), OWNERS[owner], step.clause)


def _time(version: Timeframes, step: Step) -> str:
    """By when, in words, under the readings of this version."""
    if step.step == VISIT_HELD:
        which = "earliest" if version.choices["R13"] == "earliest" else "latest"
        return f"By the {which} due date of what it is to discharge"
    if step.due_on is None:
        return "No due date"
    if step.step in AHEAD and step.clock_event == VISIT_ON:
        return _time_ahead(version)
    if step.due_on == step.clock_on:
        return ON_THE_DAY.get(step.clock_event, f"On the day when {HAPPENS[step.clock_event]}")
    happened = _visit(TODAY - 40 * WEEK).done.get(step.clock_event)
    later = ", counted from the next day" if happened and step.clock_on and step.clock_on > happened else ""
    return f"{length(*version.counts[step.step])} after {HAPPENS[step.clock_event]}{later}"


def _time_ahead(version: Timeframes) -> str:
    """C13 to C15, counted backwards from the visit (R8)."""
    before = f"{length(*version.counts['confirmation_sent'])} before the visit"
    return {
        "two_weeks_or_booking": f"{before}, or on the day of booking where that is later",
        "two_weeks_always": before,
        "day_of_booking": ON_THE_DAY[BOOKED_ON],
    }[version.choices["R8"]]


def _between(steps: tuple[Step, ...]) -> Iterator[Arrow]:
    """A solid arrow from what starts a step's clock; of a step that starts none, a faint one to the next that does."""
    names = [step.step for step in steps]
    starting = {_source(step) for step in steps}
    for step in steps:
        yield Arrow(_source(step), step.step)
    for place, name in enumerate(names):
        later = next((each for each in names[place + 1 :] if each in starting), None)
        if name not in starting and later is not None:
            yield Arrow(name, later, starts=False)


def _source(step: Step) -> str:
    """The box whose doing starts the clock of a step."""
    if step.clock_event in (VISIT_ON, BOOKED_ON):
        return BOOKING
    return "comment_received" if step.clock_event == COMMENTS_CLOSED else step.clock_event
