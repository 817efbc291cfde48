"""Every action of the house, stopped at any statement, leaves all of it or none; an action that is in no such test is told.

The larger ones stand in the rooms' own tests (test_all_or_nothing, test_circulation_interrupted and others), at commit, too.
"""

import ast
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.architecture.teams import World
from tests.monitoring.test_all_or_nothing import StopAt, Stopped, everything
from tests.reports.files import word
from wellplaced.history import clock
from wellplaced.insight import actions as insight
from wellplaced.monitoring import actions as monitoring
from wellplaced.monitoring.models import JudgementFollowUp, StepRecord, Waiver
from wellplaced.monitoring.whom_to_ask import whom_to_ask
from wellplaced.people import actions as people
from wellplaced.people.models import Person
from wellplaced.people.rights import Role
from wellplaced.placements import actions as placements
from wellplaced.placements.actions import loads
from wellplaced.register import actions as register
from wellplaced.register.actions import imports
from wellplaced.register.models import Registration
from wellplaced.reports.actions import circulation, comments, documents, rounds
from wellplaced.reports.circulating import circulation_of

ROOT = Path(__file__).parents[2]
BY_OTHERS = {  # actions that are parts of others, and stopped with them
    "_finish": "of decide_to_apply, in the register's import",
    "_write": "of import_file",
    "close_visit": "of close_report",
    "correct_answer": "of take_comment_back",
    "leave_step": "of set_step_aside and close_report",
    "name_recipients": "of circulate",
    "record_answer": "of add_comment",
    "record_return": "of return_report",
    "reopen_visit": "of reopen_report",
}
Act = Callable[[], object]


def usual(world: World, role: Role = Role.MANAGER) -> dict[str, Any]:
    return {"by": world.own.people[role], "seen_revision": None}


def of(world: World, kind: str) -> Any:
    return world.record(kind, world.own)


def colleague(world: World) -> Person:
    return world.own.viewer


def _feedback(world: World) -> Act:
    of(world, "professional")
    placed = of(world, "placement")
    visit = monitoring.book_visit(
        provision=placed.provision, officer=world.own.officer, visit_on=clock.today(), by=world.own.officer,
        on=clock.today(),
    )  # fmt: skip
    keys = [line.key for line in whom_to_ask(visit)]
    return partial(
        monitoring.leave_out_of_feedback, visit=visit, whom=keys, because="Away", by=world.own.officer, on=clock.today()
    )


def _circulate(world: World) -> Act:
    placed = of(world, "placement")
    of(world, "professional")
    by, today = world.own.officer, clock.today()
    visit = monitoring.record_past_visit(provision=placed.provision, officer=by, visit_on=today, by=by)
    senior = world.own.people[Role.SENIOR_OFFICER]
    rounds.submit_report(
        visit=visit, reviewer=senior, submitted_on=today, sent_otherwise_because="On paper", by=by, on=today
    )
    recipients = circulation_of(visit, by, today).proposed
    return partial(
        circulation.circulate, visit=visit, recipients=recipients, sent_on=today, copied_to=senior, by=by, on=today
    )


def _complete(world: World) -> Act:
    round_ = of(world, "returned_visit").rounds.get()
    done = {task.pk: rounds.Done(on=clock.today(), evidence="Read") for task in round_.tasks.all()}
    return partial(rounds.complete_tasks, round_=round_, done=done, by=world.own.officer, on=clock.today())


def _unassign(world: World) -> Act:
    home, by, today = of(world, "provision"), world.own.manager, clock.today()
    monitoring.assign(provision=home, officer=world.own.officer, by=by, on=today)
    return partial(monitoring.unassign, provision=home, reason="Closed", by=by, on=today)


def _withdraw_waiver(world: World) -> Act:
    of(world, "waived_key")
    waiver = Waiver.objects.get(authority=world.own.authority)
    return partial(monitoring.withdraw_waiver, waiver=waiver, reason="Owed", by=world.own.manager, on=clock.today())


def _take_step_back(world: World) -> Act:
    record = StepRecord.objects.get(visit=of(world, "visit_with_letter"))
    return partial(monitoring.take_step_back, record=record, because="Not sent", by=world.own.officer)


def _deactivated(world: World) -> Person:
    return people.deactivate_person(person=colleague(world), on=clock.today(), seen_revision=None, by=world.own.manager)


def _link(world: World) -> Act:
    number, to = of(world, "registration").pk, of(world, "waived_provision")

    def act() -> object:
        registration = Registration.objects.get(pk=number)  # afresh: the action changes the one that it is given
        return register.link_registration(registration=registration, to=to, by=world.operator, on=clock.today())

    return act


def _decided(act: Callable[..., object], world: World) -> Act:
    world.asker = world.operator
    handed_in = of(world, "register_import")
    return partial(act, handed_in=handed_in, by=world.operator, on=clock.today(), seen_revision=None)


TODAY = clock.today
DAY = timedelta(days=1)
PREPARE: dict[str, Callable[[World], Act]] = {
    "make_calendar_link": lambda w: partial(insight.make_calendar_link, secret="s" * 43, by=w.own.officer, on=TODAY()),
    "revoke_calendar_link": lambda w: partial(
        insight.revoke_calendar_link, link=of(w, "calendar_link"), by=w.asker, on=TODAY()
    ),
    "unassign": _unassign,
    "reassign_many": lambda w: partial(
        monitoring.reassign_many, provisions=[of(w, "provision"), of(w, "supported_accommodation")],
        officer=w.own.officer, reason="Leave", by=w.own.manager, on=TODAY(),
    ),
    "plan_visit": lambda w: partial(
        monitoring.plan_visit, visit=of(w, "visit"), discharges=[], to_see=[], note="Ring first", **usual(w)
    ),
    "check_with_other_authority": lambda w: partial(
        monitoring.check_with_other_authority, placement=of(w, "placement"), provider_asked_on=TODAY(),
        none_named=True, by=w.own.officer,
    ),
    "change_check": lambda w: partial(monitoring.change_check, check=of(w, "check"), asked_on=TODAY(), **usual(w)),
    "take_check_back": lambda w: partial(monitoring.take_check_back, check=of(w, "check"), because="Twice", **usual(w)),
    "change_concern": lambda w: partial(monitoring.change_concern, concern=of(w, "concern"), how="email", **usual(w)),
    "withdraw_concern": lambda w: partial(
        monitoring.withdraw_concern, concern=of(w, "concern"), because="Twice", **usual(w)
    ),
    "reinstate_concern": lambda w: partial(
        monitoring.reinstate_concern, concern=of(w, "withdrawn_concern"), because="It was not", **usual(w)
    ),
    "leave_out_of_feedback": _feedback,
    "ask_somebody_else": lambda w: partial(
        monitoring.ask_somebody_else, visit=of(w, "visit"), role="csw", name="Ash Grove",
        young_people=[of(w, "placement").young_person], asked_on=TODAY(), by=w.own.officer, on=TODAY(),
    ),
    "mark_seen": lambda w: partial(monitoring.mark_seen, notice=of(w, "notice"), by=w.own.manager, on=TODAY()),
    "chase_action_plan": lambda w: partial(
        monitoring.chase_action_plan, judgement=of(w, "followed_up_judgement"), chased_on=TODAY(), by=w.own.manager
    ),
    "take_chase_back": lambda w: partial(
        monitoring.take_chase_back, chase=of(w, "chase"), because="Another home", by=w.own.manager
    ),
    "correct_follow_up": lambda w: partial(
        monitoring.correct_follow_up,
        follow_up=of(w, "followed_up_judgement") and JudgementFollowUp.objects.get(authority=w.own.authority),
        plan_requested_on=None, **usual(w),
    ),
    "set_step_aside": lambda w: partial(
        monitoring.set_step_aside, visit=of(w, "visit"), step="letter_sent", because="By telephone", on=TODAY(), **usual(w)
    ),
    "take_step_back": _take_step_back,
    "change_task": lambda w: partial(monitoring.change_task, task=of(w, "task"), what="Mend it", **usual(w)),
    "withdraw_waiver": _withdraw_waiver,
    "approve": lambda w: partial(
        people.approve, person=colleague(w), provision_type="sen", starts_on=TODAY(), ends_on=None, by=w.own.manager
    ),
    "correct_approval": lambda w: partial(
        people.correct_approval, approval=of(w, "approval"), starts_on=TODAY(), ends_on=None, **usual(w)
    ),
    "end_approval": lambda w: partial(people.end_approval, approval=of(w, "approval"), ends_on=TODAY(), **usual(w)),
    "add_authority": lambda w: partial(people.add_authority, name="Wold Borough Council", code="wold", by=w.operator),
    "change_authority": lambda w: partial(
        people.change_authority, authority=w.own.authority, name="Fenmarket", code="fen", safeguarding_contact="",
        is_active=True, seen_revision=None, by=w.operator,
    ),
    "add_operator": lambda w: partial(people.add_operator, name="Noor Latham", email="noor@service.example", by=w.operator),
    "add_closure_day": lambda w: partial(
        people.add_closure_day, day=date(2026, 12, 29), name="Stocktaking", by=w.own.manager
    ),
    "remove_closure_day": lambda w: partial(
        people.remove_closure_day, closure_day=of(w, "closure_day"), by=w.own.manager
    ),
    "arrange_cover": lambda w: partial(
        people.arrange_cover, absent=colleague(w), covering=w.own.officer, starts_on=TODAY(), ends_on=TODAY() + DAY,
        by=w.own.manager,
    ),
    "end_cover": lambda w: partial(people.end_cover, cover=of(w, "cover"), on=TODAY(), **usual(w)),
    "change_person": lambda w: partial(
        people.change_person, person=colleague(w), name="Ash Keane", email="ash@fen.example", **usual(w)
    ),
    "set_roles": lambda w: partial(people.set_roles, person=colleague(w), roles=[Role.PLACEMENT_OFFICER], **usual(w)),
    "deactivate_person": lambda w: partial(people.deactivate_person, person=colleague(w), on=TODAY(), **usual(w)),
    "reactivate_person": lambda w: partial(people.reactivate_person, person=_deactivated(w), on=TODAY(), **usual(w)),
    "set_password": lambda w: partial(
        people.set_password, person=colleague(w), password="a-long-enough-passphrase", by=colleague(w)
    ),
    "share_password": lambda w: partial(
        people.share_password, people=[colleague(w), w.own.officer], password="a-long-enough-passphrase"
    ),
    "leave_load": lambda w: partial(loads.leave_load, load=of(w, "table_load"), by=w.asker, seen_revision=None),
    "change_placement": lambda w: partial(
        placements.change_placement, placement=of(w, "placement"), starts_on=date(2026, 3, 2), on=TODAY(), **usual(w)
    ),
    "cancel_placement": lambda w: partial(
        placements.cancel_placement, placement=of(w, "placement"), because="Did not come", **usual(w)
    ),
    "reinstate_placement": lambda w: partial(
        placements.reinstate_placement, placement=of(w, "cancelled_placement"), reason="Did come", **usual(w)
    ),
    "change_professional": lambda w: partial(
        placements.change_professional, professional=of(w, "professional"), name="Hazel Moor", **usual(w)
    ),
    "end_professional": lambda w: partial(
        placements.end_professional, professional=of(w, "professional"), ends_on=TODAY(), **usual(w)
    ),
    "change_young_person": lambda w: partial(
        placements.change_young_person, young_person=of(w, "young_person"), initials="XY", on=TODAY(), **usual(w)
    ),
    "restrict_record": lambda w: partial(
        placements.restrict_record, young_person=of(w, "young_person"), named=[w.own.officer], reason="Family", **usual(w)
    ),
    "name_on_record": lambda w: partial(
        placements.name_on_record, young_person=of(w, "restricted_young_person"), named=[w.own.manager, w.own.officer],
        **usual(w),
    ),
    "lift_restriction": lambda w: partial(
        placements.lift_restriction, young_person=of(w, "restricted_young_person"), reason="Left", **usual(w)
    ),
    "open_record": lambda w: partial(placements.open_record, young_person=of(w, "young_person"), by=w.own.officer),
    "enter_provision": lambda w: partial(
        register.enter_provision, provision_type="sen", name="Sedge School", by=w.own.manager, on=TODAY()
    ),
    "change_entered_provision": lambda w: partial(
        register.change_entered_provision, provision=of(w, "entered_provision"), name="Reed", on=TODAY(), **usual(w)
    ),
    "compare_again": partial(_decided, imports.compare_again),
    "decide_to_apply": partial(_decided, imports.decide_to_apply),
    "leave": partial(_decided, imports.leave),
    "add_judgement": lambda w: partial(
        register.add_judgement, provision=of(w, "entered_provision"), outcome="good", published_on=TODAY(),
        by=w.own.manager, on=TODAY(),
    ),
    "correct_judgement": lambda w: partial(
        register.correct_judgement, judgement=of(w, "correctable_judgement"), outcome="outstanding", on=TODAY(), **usual(w)
    ),
    "add_premises": lambda w: partial(
        register.add_premises, provision=of(w, "supported_accommodation"), label="Flat 9", kind="flat",
        by=w.own.manager, on=TODAY(),
    ),
    "change_premises": lambda w: partial(
        register.change_premises, premises=of(w, "premises"), label="Flat 9", on=TODAY(), **usual(w)
    ),
    "correct_registration": lambda w: partial(
        register.correct_registration, registration=of(w, "registration"), status="suspended", by=w.operator, on=TODAY(),
        seen_revision=None,
    ),
    "link_registration": _link,
    "circulate": _circulate,
    "add_comment": lambda w: partial(
        comments.add_comment, recipient=of(w, "recipient"), kind="comment", text="The gate", received_on=TODAY(),
        by=w.own.officer, on=TODAY(),
    ),
    "add_document": lambda w: partial(
        documents.add_document, visit=of(w, "sent_visit"), name="AB.docx", content=word(), largest=1_000_000,
        by=w.own.officer, on=TODAY(),
    ),
    "open_document": lambda w: partial(
        documents.open_document, document=of(w, "drafted_visit").documents.get(), by=w.own.officer
    ),
    "return_report": lambda w: partial(
        rounds.return_report, visit=of(w, "reported_visit"), returned_on=TODAY(), by=w.own.people[Role.SENIOR_OFFICER],
        tasks=[rounds.NewTask(what="Say who was seen", owner="officer")], on=TODAY(),
    ),
    "complete_tasks": _complete,
}  # fmt: skip


class StopAtWrite(StopAt):
    """Inside a test's transaction an action's own is a savepoint, which is the test's to keep or give back."""

    def __call__(self, execute: Callable[..., Any], sql: str, *args: Any) -> Any:
        if sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            return execute(sql, *args)
        return super().__call__(execute, sql, *args)


@pytest.mark.parametrize("name", PREPARE)
def test_an_action_stopped_anywhere_leaves_nothing_half_done(name: str, world: World) -> None:
    act = PREPARE[name](world)
    before, number = everything(), 1
    while True:
        try:
            with connection.execute_wrapper(StopAtWrite(number)):
                act()
        except Stopped:
            assert everything() == before, f"something was left after a stop at statement {number}"
            number += 1
            continue
        break
    assert number > 1
    assert everything() != before


def test_every_action_is_stopped_somewhere() -> None:
    """An action that is new is put into a table of such a test, or said to be part of another that is."""
    stopped = set(_called())
    actions = set(_actions())
    assert sorted(actions - stopped - BY_OTHERS.keys()) == [], "put them into PREPARE"
    assert BY_OTHERS.keys() <= actions - stopped, "they are stopped by themselves, or are no actions any more"


def _actions() -> Iterator[str]:
    """Every function of the rooms' actions that opens a transaction."""
    for path in sorted((ROOT / "wellplaced").glob("**/*.py")):
        if path.stem == "actions" or "actions" in path.parts:
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.FunctionDef) and any(
                    "atomic" in ast.unparse(each) for each in node.decorator_list
                ):
                    yield node.name


def _called() -> Iterator[str]:
    """What the tests name that stop something at a statement."""
    for path in (ROOT / "tests").glob("**/test_*.py"):
        text = path.read_text(encoding="utf-8")
        if "StopAt" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Attribute):
                yield node.attr
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                yield node.func.id
