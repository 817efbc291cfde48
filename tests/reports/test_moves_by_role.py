"""Every move of the review × every state × every role, as the pages allow it: a written table; what is refused writes nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client

from tests.architecture.filled_in import controls, sensible
from tests.monitoring.browsing import day_parts, signed_in
from tests.monitoring.world import World, make_world
from tests.reports.circulating import ready
from tests.reports.making import another_senior, colleague, completed, returned, submitted, uploaded
from wellplaced.history.models import Event
from wellplaced.monitoring.models import Recipient, StepRecord, Task, Visit
from wellplaced.people import actions as people
from wellplaced.people.rights import Role
from wellplaced.reports.actions.circulation import circulate
from wellplaced.reports.actions.closing import close_report
from wellplaced.reports.circulating import circulation_of
from wellplaced.reports.models import Report

NO = "-"
DRAFT, WITH, NEEDED, DONE, AGREED, OUT, CLOSED = (
    "drafting", "with_reviewer", "actions_needed", "actions_done", "agreed", "out_for_comment", "closed",
)  # fmt: skip
# Where each move leads from each state, for whoever may make it. The report that is out or closed had been agreed.
TABLE = {
    # from               DRAFT   WITH    NEEDED  DONE    AGREED  OUT     CLOSED
    "submit":            (WITH,   NO,     WITH,   WITH,   WITH,   NO,     NO),
    "take_back":         (NO,     DRAFT,  NO,     NO,     NO,     NO,     NO),
    "return_with_tasks": (NO,     NEEDED, NO,     NO,     NO,     NO,     NO),
    "agree":             (NO,     AGREED, NO,     NO,     NO,     NO,     NO),
    "complete_tasks":    (NO,     NO,     DONE,   NO,     NO,     NO,     NO),
    "circulate":         (NO,     OUT,    OUT,    OUT,    OUT,    NO,     NO),
    "recall":            (NO,     NO,     NO,     NO,     NO,     AGREED, NO),
    "close":             (CLOSED, NO,     CLOSED, CLOSED, CLOSED, CLOSED, NO),
    "reopen":            (NO,     NO,     NO,     NO,     NO,     NO,     AGREED),
}  # fmt: skip
STATES = (DRAFT, WITH, NEEDED, DONE, AGREED, OUT, CLOSED)

REVIEWER, DEPUTY, OTHER_SENIOR, VISITOR, OFFICER, MANAGER, ADMINISTRATOR, VIEWER, ELSEWHERE = (
    "own reviewer", "deputy", "other senior officer", "visitor", "another officer", "manager", "administrator", "viewer",
    "another authority's",
)  # fmt: skip
RECORDERS = {REVIEWER, DEPUTY, OTHER_SENIOR, VISITOR, OFFICER, MANAGER}
REVIEWERS = {REVIEWER, DEPUTY, OTHER_SENIOR}
WHO = {
    "submit": RECORDERS,
    "take_back": RECORDERS,
    "return_with_tasks": REVIEWERS,
    "agree": REVIEWERS,
    "complete_tasks": RECORDERS,
    "circulate": RECORDERS,
    "recall": RECORDERS,
    "close": RECORDERS,
    "reopen": {REVIEWER, OTHER_SENIOR, MANAGER},
}
# Closing a report that was never returned leaves the senior officer's step undone (C19): theirs to say, or a manager's.
WHO_FROM = {("close", DRAFT): REVIEWERS | {MANAGER}}
ADDRESSES = {
    "submit": "report/submit/",
    "take_back": "report/take-back/",
    "return_with_tasks": "report/return/",
    "agree": "report/return/",
    "complete_tasks": "report/rounds/1/tasks/",
    "circulate": "circulate/",
    "recall": "recall/",
    "close": "close/",
    "reopen": "reopen/",
}


@pytest.mark.parametrize("state", STATES)
def test_whoever_may_moves_it_where_the_table_says_and_all_else_writes_nothing(state: str, world: World) -> None:
    visit, browsers = _brought_to(state, world), _browsers(world)
    for move, row in TABLE.items():
        leads_to, who = row[STATES.index(state)], WHO_FROM.get((move, state), WHO[move])
        for role, browser in browsers.items():
            expected = leads_to if role in who and leads_to != NO else state
            with _taken_back():
                before = _standing()
                status = _make(move, browser, browsers[MANAGER if move == "reopen" else REVIEWER], visit, world)
                assert _state_of(visit) == expected, f"{move} by {role} in {state}: {status}"
                assert (_standing() == before) == (expected == state), f"{move} by {role} in {state} wrote something"
                assert status == 404 or role != ELSEWHERE, f"{move} by {role}: {status}"


def test_the_table_names_every_move() -> None:
    assert set(TABLE) == set(WHO) == set(ADDRESSES)


def test_whoever_made_the_visit_may_not_return_it_as_a_deputy_either(world: World) -> None:
    visit = _brought_to(WITH, world)
    people.arrange_cover(
        absent=world.senior, covering=world.officer, starts_on=world.today, ends_on=world.today, by=world.manager
    )
    browser = signed_in(world.officer)
    _make("agree", browser, signed_in(world.senior), visit, world)
    assert _state_of(visit) == WITH


def _make(move: str, browser: Client, able: Client, visit: Visit, world: World) -> int:
    """Send a move's form, filled in as somebody sees it who may make the move. The answer's status."""
    address = f"/visits/{visit.pk}/{ADDRESSES[move]}"
    page = able.get(address)
    filled = sensible(controls(page.content.decode())) if page.status_code == 200 else {}
    filled.pop("once", None)
    return browser.post(address, filled | _typed(move, visit, world)).status_code


def _typed(move: str, visit: Visit, world: World) -> dict[str, Any]:
    today = world.today
    match move:
        case "submit":
            return {"document": "1", "reviewer": str(world.senior.pk), **day_parts("submitted_on", today)}
        case "return_with_tasks":
            return {"outcome": "tasks", "what_0": "Do it", "owner_0": "officer", **day_parts("returned_on", today)}
        case "agree":
            return {"outcome": "agreed", "what_0": "", "what_1": "", **day_parts("returned_on", today)}
        case "complete_tasks":
            tasks = visit.tasks.filter(done_on=None)
            return {key: value for task in tasks for key, value in _done(task.pk, world).items()}
    return {"because": "For a reason"}


def _done(task_id: int, world: World) -> dict[str, str]:
    return {f"evidence_{task_id}": "Seen", **day_parts(f"done_{task_id}", world.today)}


def _brought_to(state: str, world: World) -> Visit:
    visit, _ = ready(world)
    if state == DRAFT:
        uploaded(world, visit)
        return visit
    submitted(world, visit)
    if state == WITH:
        return visit
    round_ = returned(world, visit, tasks=1 if state in (NEEDED, DONE) else 0)
    after: dict[str, Callable[[], object]] = {
        DONE: lambda: completed(world, round_),
        OUT: lambda: _send(world, visit),
        CLOSED: lambda: _close(world, visit),
    }
    after.get(state, lambda: None)()
    assert _state_of(visit) == state
    return visit


def _send(world: World, visit: Visit) -> None:
    proposed = circulation_of(visit, world.officer, world.today).proposed
    circulate(
        visit=visit, recipients=proposed, sent_on=world.today, copied_to=world.senior, by=world.officer, on=world.today
    )


def _close(world: World, visit: Visit) -> None:
    close_report(visit=visit, closed_on=world.today, because="Nobody left", by=world.manager, on=world.today)


def _browsers(world: World) -> dict[str, Client]:
    deputy = colleague(world, "Noor Latham", Role.PLACEMENT_OFFICER)
    people.arrange_cover(
        absent=world.senior, covering=deputy, starts_on=world.today, ends_on=world.today, by=world.manager
    )
    who = {
        REVIEWER: world.senior,
        DEPUTY: deputy,
        OTHER_SENIOR: another_senior(world),
        VISITOR: world.officer,
        OFFICER: colleague(world, "Jules Penn", Role.PLACEMENT_OFFICER),
        MANAGER: world.manager,
        ADMINISTRATOR: colleague(world, "Ines Carrow", Role.ADMINISTRATOR),
        VIEWER: colleague(world, "Ola Finch", Role.VIEWER),
        ELSEWHERE: make_world("Alderbrook Borough Council", "ald", world.operator).senior,
    }
    found = {role: signed_in(person) for role, person in who.items()}
    for browser in found.values():
        browser.get("/account")  # the first request of a session writes when it was
    return found


def _state_of(visit: Visit) -> str:
    return str(Report.objects.filter(visit=visit).values_list("state", flat=True).first() or DRAFT)


def _standing() -> tuple[int, dict[str, list[tuple[Any, ...]]]]:
    """How much happened, and every row of these rooms."""
    models = [*apps.get_app_config("reports").get_models(), Visit, StepRecord, Task, Recipient]
    return Event.objects.count(), {
        each._meta.label: sorted(each._default_manager.values_list(), key=repr) for each in models
    }


@contextmanager
def _taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
