"""An action that is stopped at any statement, or at commit, leaves all of it or none of it, history included."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import OperationalError, connection

from tests.monitoring.world import World, make_world
from wellplaced import history
from wellplaced.demonstration import register_file
from wellplaced.history import clock
from wellplaced.monitoring import actions
from wellplaced.monitoring.actions.several_steps import record_steps
from wellplaced.monitoring.catalogue import sections_for
from wellplaced.monitoring.day import Answer, Met
from wellplaced.monitoring.models import Requirement
from wellplaced.people import actions as people
from wellplaced.people.rights import Role
from wellplaced.placements import actions as placements
from wellplaced.placements.loading import kind_of
from wellplaced.placements.models import Placement
from wellplaced.register import actions as register
from wellplaced.register.importing import import_file
from wellplaced.register.reading import read_bytes


class Stopped(BaseException):
    """The power went: nothing in the product may catch this."""


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of the product."""
    return {
        model._meta.label: sorted(model._default_manager.values_list(), key=repr)
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("wellplaced")
    }


class StopAt:
    """Stops at the so-manieth statement; counts them."""

    def __init__(self, number: int | None) -> None:
        self.number, self.seen = number, 0

    def __call__(self, execute: Callable[..., Any], *args: Any) -> Any:
        self.seen += 1
        if self.seen == self.number:
            raise Stopped
        return execute(*args)


Act = Callable[[World, dict[str, Any]], object]


def _record_placement(world: World, has: dict[str, Any]) -> object:
    return placements.record_placement(
        young_person=has["young_person"],
        provision=has["home"],
        starts_on=clock.today() - timedelta(days=30),
        by=world.officer,
        on=clock.today(),
    )


def _end_placement(world: World, has: dict[str, Any]) -> object:
    return placements.end_placement(
        placement=has["placement"], ends_on=clock.today(), by=world.officer, seen_revision=0
    )


def _raise_concern(world: World, has: dict[str, Any]) -> object:
    return actions.raise_concern(
        provision=has["home"],
        raised_on=clock.today(),
        raised_by="Neighbour",
        how="telephone",
        summary="Noise",
        young_people=[has["placement"].young_person],
        by=world.officer,
        on=clock.today(),
    )


def _book(world: World, has: dict[str, Any]) -> object:
    return actions.book_visit(
        provision=has["home"],
        officer=world.officer,
        visit_on=clock.today(),
        discharges=[f"initial:{has['placement'].pk}"],
        by=world.officer,
        on=clock.today(),
    )


def _hold(world: World, has: dict[str, Any]) -> object:
    return actions.hold_visit(
        visit=has["visit"],
        visit_on=clock.today(),
        discharges=[f"initial:{has['placement'].pk}"],
        premises=[],
        whole_form=True,
        by=world.officer,
        seen_revision=0,
    )


def _receive_plan(world: World, has: dict[str, Any]) -> object:
    return actions.receive_action_plan(judgement=has["judgement"], received_on=clock.today(), by=world.senior)


def _waive(world: World, has: dict[str, Any]) -> object:
    requirement = Requirement.objects.owed().first()
    assert requirement is not None
    return actions.waive(requirement=requirement, reason="Leaves", by=world.manager, on=clock.today())


def _describe(world: World, has: dict[str, Any]) -> object:
    return register.describe_provision(
        provision=has["home"],
        under_contract_from=clock.today(),
        name="Birch House",
        by=world.manager,
        on=clock.today(),
        seen_revision=None,
    )


def _judge(world: World, has: dict[str, Any]) -> object:
    return world.judged(has["home"], "inadequate", clock.today())


def _assign(world: World, has: dict[str, Any]) -> object:
    return actions.assign(provision=has["home"], officer=world.officer, by=world.manager, on=clock.today())


def _publish(world: World, has: dict[str, Any]) -> object:
    text = 'number = "local-1"\nin_force_from = 2026-01-01\n[timeframes.concern_visit]\nnumber = 5\n'
    return actions.publish_timeframes(text=text, reason="Shorter for concerns", by=world.manager)


def _import_register(world: World, has: dict[str, Any]) -> object:
    first_rows = b"\n".join(register_file.as_file(clock.today(), 5).splitlines()[:7])
    return import_file(read_bytes(first_rows), by=world.operator, on=clock.today())


def _load_placements(world: World, has: dict[str, Any]) -> object:
    return placements.apply_load(load=has["load"], by=world.manager, on=clock.today(), seen_revision=None)


def _add_person(world: World, has: dict[str, Any]) -> object:
    roles = [Role.VIEWER, Role.PLACEMENT_OFFICER]
    return people.add_person(
        authority=world.authority, name="Noor Latham", email="noor@fen.example", roles=roles, by=world.manager
    )


def _past_visit(world: World, has: dict[str, Any]) -> object:
    return actions.record_past_visit(
        provision=has["home"],
        visit_on=clock.today(),
        officer=world.officer,
        discharges=[f"initial:{has['placement'].pk}", f"judgement:{has['judgement'].pk}"],
        by=world.officer,
    )


def _book_unannounced(world: World, has: dict[str, Any]) -> object:
    return actions.book_visit(
        provision=has["home"],
        officer=world.officer,
        visit_on=clock.today(),
        discharges=[f"initial:{has['placement'].pk}"],
        unannounced_because="A concern",
        reviewer=world.senior,
        by=world.officer,
        on=clock.today(),
    )


def _book_once(world: World, has: dict[str, Any]) -> object:
    return history.once("token", lambda: _book(world, has), by=world.officer)


def _propose(world: World, has: dict[str, Any]) -> object:
    return actions.propose_visit(
        provision=has["home"],
        officer=world.officer,
        visit_on=clock.today(),
        visit_at=time(10),
        discharges=[f"initial:{has['placement'].pk}"],
        by=world.officer,
        on=clock.today(),
    )


def _confirm(world: World, has: dict[str, Any]) -> object:
    today = clock.today()
    return actions.confirm_visit(
        visit=has["proposal"], confirmed_on=today, visit_at=time(11), by=world.officer, on=today, seen_revision=0
    )


def _rebook(world: World, has: dict[str, Any]) -> object:
    """Announced again, for another day: what was set aside is taken back, and the confirmation goes again."""
    return actions.rebook_visit(
        visit=has["unannounced"],
        visit_on=clock.today() + timedelta(days=3),
        visit_at=time(12),
        officer=world.officer,
        reason="Snow",
        unannounced_because="",
        by=world.officer,
        on=clock.today(),
        seen_revision=0,
    )


def _not_held(world: World, has: dict[str, Any]) -> object:
    return actions.record_not_held(
        visit=has["visit"], because="Nobody in", outcome="aborted", by=world.officer, seen_revision=0
    )


def _cancel(world: World, has: dict[str, Any]) -> object:
    return actions.cancel_visit(visit=has["proposal"], because="They said no", by=world.officer, seen_revision=0)


def _choose_reviewer(world: World, has: dict[str, Any]) -> object:
    return actions.choose_reviewer(visit=has["visit"], reviewer=world.senior, by=world.officer, seen_revision=0)


def _save_day(world: World, has: dict[str, Any]) -> object:
    """The checklist with its staff, a section of the form, and a young person's questionnaire."""
    number = has["placement"].young_person.pk
    questions = ("note", "document-insurance", "section-staff", f"seen-{number}", f"questionnaire-{number}")
    said = ("Quiet", "seen", "there", "away", "paper_left")
    return actions.save_day(
        visit=has["visit"],
        answers=[Answer(question, "", now) for question, now in zip(questions, said, strict=True)],
        staff=[(Met("", ""), Met("Manager", "New"))],
        by=world.officer,
        on=clock.today(),
    )


def _whole_form(world: World, has: dict[str, Any]) -> object:
    """The last section makes the step done."""
    return actions.record_pre_visit_form(
        visit=has["visit"],
        ready_on_the_day=False,
        sections={section.code: "there" for section in sections_for(has["home"].type)},
        received_on=clock.today(),
        by=world.officer,
        on=clock.today(),
        seen_revision=0,
    )


def _ask_for_feedback(world: World, has: dict[str, Any]) -> object:
    """The last to be asked makes the step done."""
    return actions.ask_for_feedback(
        visit=has["visit"],
        whom=[f"csw:{has['csw'].pk}"],
        asked_on=clock.today(),
        by=world.officer,
        on=clock.today(),
    )


def _record_steps(world: World, has: dict[str, Any]) -> object:
    """Two steps done, one set aside, in one go."""
    return record_steps(
        visit=has["visit"],
        done={"letter_sent": clock.today(), "confirmation_sent": clock.today()},
        set_aside=["feedback_requested"],
        because="Nobody to ask",
        by=world.officer,
        on=clock.today(),
    )


def _task_came_back(world: World, has: dict[str, Any]) -> object:
    return actions.note_that_task_came_back(
        task=has["task"], visit=has["visit"], note="Again", by=world.officer, on=clock.today()
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "act",
    [
        _record_steps,
        _save_day,
        _whole_form,
        _ask_for_feedback,
        _task_came_back,
        _book_unannounced,
        _book_once,
        _propose,
        _confirm,
        _rebook,
        _not_held,
        _cancel,
        _choose_reviewer,
        _past_visit,
        _add_person,
        _import_register,
        _load_placements,
        _record_placement,
        _end_placement,
        _raise_concern,
        _book,
        _hold,
        _receive_plan,
        _waive,
        _describe,
        _judge,
        _assign,
        _publish,
    ],
)
def test_an_action_stopped_anywhere_leaves_nothing_half_done(act: Act) -> None:
    world = make_world()
    has = _facts(world)
    before = everything()
    number = 1
    while True:
        stop = StopAt(number)
        try:
            with connection.execute_wrapper(stop):
                act(world, has)
        except Stopped:
            assert everything() == before, f"something was left after a stop at statement {number}"
            number += 1
            continue
        break
    assert number > 5, "an action writes a fact, the history and what is owed"
    after = everything()
    assert after["history.Event"] != before["history.Event"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", [_record_placement, _raise_concern, _hold, _receive_plan, _judge, _book_once, _rebook])
def test_an_action_stopped_at_commit_leaves_nothing(act: Act, monkeypatch: pytest.MonkeyPatch) -> None:
    world = make_world()
    has = _facts(world)
    before = everything()

    def full() -> None:
        raise OperationalError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "_commit", full)
        with pytest.raises(OperationalError):
            act(world, has)
    assert everything() == before
    act(world, has)
    assert everything() != before


def _facts(world: World) -> dict[str, Any]:
    today = clock.today()
    home = world.provision()
    placement: Placement = world.placed(home, today - timedelta(days=20))
    judgement = world.judged(home, "requires_improvement", today - timedelta(days=10))
    actions.request_action_plan(judgement=judgement, requested_on=today - timedelta(days=9), by=world.senior)
    visit = actions.book_visit(
        provision=home, officer=world.officer, visit_on=today, discharges=[], by=world.officer, on=today
    )
    proposal = actions.propose_visit(provision=home, officer=world.officer, visit_on=today, by=world.officer, on=today)
    unannounced = actions.book_visit(
        provision=home,
        officer=world.officer,
        visit_on=today,
        unannounced_because="A concern",
        by=world.officer,
        on=today,
    )
    young_person = placements.add_young_person(
        reference="M99", initials="CD", born_on=today - timedelta(days=5500), by=world.officer, on=today
    )
    csw = placements.add_professional(
        young_person=placement.young_person, role="csw", name="Ash Grove", email="ash@care.example", starts_on=today,
        by=world.officer,
    )  # fmt: skip
    task = actions.add_task(provision=home, what="Mend the gate", owner="provider", done_on=today, by=world.officer)
    rows = (
        f"reference,initials,date_of_birth,ehc_plan,provision,starts_on\nM70,EF,2010-05-01,no,{home.urn},2026-01-05\n"
    )
    kind = kind_of("placements")
    assert kind is not None
    load = placements.hand_in(kind=kind, file_name="placements.csv", content=rows.encode(), by=world.manager, on=today)
    return {
        "load": load,
        "home": home,
        "placement": placement,
        "judgement": judgement,
        "visit": visit,
        "csw": csw,
        "task": task,
        "proposal": proposal,
        "unannounced": unannounced,
        "young_person": young_person,
    }
