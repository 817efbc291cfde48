"""Two people saving one record at once: one wins, the other is told; neither loses silently. On both databases."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from tests.monitoring.world import World, make_world
from wellplaced.guidance import Refusal
from wellplaced.history import Conflict, clock
from wellplaced.history.models import Event
from wellplaced.monitoring import actions
from wellplaced.monitoring.models import Assignment, Concern, Requirement, Visit, Waiver
from wellplaced.people import actions as people
from wellplaced.people.rights import Role
from wellplaced.placements import actions as placements
from wellplaced.placements.models import Placement


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run each in a thread of its own, with a connection of its own, started together; what each gave or raised."""
    start = threading.Barrier(len(acts))
    outcomes: list[object] = [None] * len(acts)

    def run(number: int, act: Callable[[], object]) -> None:
        start.wait()
        try:
            outcomes[number] = act()
        except Conflict as conflict:
            outcomes[number] = conflict
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.mark.django_db(transaction=True)
def test_of_two_corrections_of_one_concern_one_wins_and_the_other_is_told() -> None:
    world = make_world()
    concern = _concern(world)

    def correct(words: str) -> Callable[[], object]:
        return lambda: actions.change_concern(concern=concern, summary=words, by=world.officer, seen_revision=0)

    outcomes = at_once(correct("The door does not lock"), correct("The window does not close"))
    told = [outcome for outcome in outcomes if isinstance(outcome, Conflict)]
    won = [outcome for outcome in outcomes if isinstance(outcome, Concern)]
    assert len(told) == len(won) == 1
    stands = Concern.objects.get().summary
    assert stands == won[0].summary
    mine, theirs = told[0].theirs["summary"]
    assert theirs == stands
    assert {mine, theirs} == {"The door does not lock", "The window does not close"}
    assert Event.objects.of(concern).filter(verb="concern corrected").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_visit_held_by_one_and_cancelled_by_another_ends_as_one_of_them() -> None:
    world = make_world()
    today = clock.today()
    home = world.provision()
    visit = actions.book_visit(provision=home, officer=world.officer, visit_on=today, by=world.officer, on=today)
    outcomes = at_once(
        lambda: actions.hold_visit(
            visit=visit, visit_on=today, discharges=[], premises=[], whole_form=True, by=world.officer, seen_revision=0
        ),
        lambda: actions.cancel_visit(visit=visit, because="Provider is away", by=world.manager, seen_revision=0),
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Conflict", "Visit"]
    assert Visit.objects.get().revision == 1


@pytest.mark.django_db(transaction=True)
def test_two_managers_waive_one_requirement_once() -> None:
    world = make_world()
    placement = world.placed(world.provision(), clock.today() - timedelta(days=30))
    row = Requirement.objects.get(key=f"initial:{placement.pk}")

    def waive() -> object:
        return actions.waive(requirement=row, reason="Leaves tomorrow", by=world.manager, on=clock.today())

    first, second = at_once(waive, waive)
    assert Waiver.objects.count() == 1
    assert first == second


@pytest.mark.django_db(transaction=True)
def test_two_people_who_save_different_records_both_succeed() -> None:
    world = make_world()
    home = world.provision()
    concern = _concern(world)
    placement: Placement = world.placed(home, clock.today() - timedelta(days=30))
    outcomes: list[Any] = at_once(
        lambda: actions.change_concern(concern=concern, summary="Mended", by=world.officer, seen_revision=0),
        lambda: placements.end_placement(placement=placement, ends_on=clock.today(), by=world.manager, seen_revision=0),
    )
    assert [type(outcome).__name__ for outcome in outcomes] == ["Concern", "Placement"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_first", [True, False])
def test_of_two_who_assign_one_provision_one_wins_and_the_other_is_told(is_first: bool) -> None:
    world = make_world()
    home, today, seen = world.provision(), clock.today(), 0
    if not is_first:
        other = people.add_person(
            authority=world.authority,
            name="Ola Finch",
            email="ola@fen.example",
            roles=[Role.PLACEMENT_OFFICER],
            by=None,
        )
        people.approve(person=other, provision_type=home.type, starts_on=today, ends_on=None, by=world.manager)
        seen = actions.assign(provision=home, officer=other, by=world.manager, on=today).pk
    outcomes = at_once(
        lambda: actions.assign(provision=home, officer=world.officer, by=world.manager, on=today, seen=seen),
        lambda: actions.assign(provision=home, officer=world.senior, by=world.manager, on=today, seen=seen),
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Assignment", "Conflict"]
    told = next(outcome for outcome in outcomes if isinstance(outcome, Conflict))
    stands = Assignment.objects.get(ends_on=None)
    assert told.theirs["officer"][1] == stands.officer
    assert told.revision == stands.pk


@pytest.mark.django_db(transaction=True)
def test_of_two_who_publish_timeframes_for_one_day_the_second_is_refused() -> None:
    world = make_world()
    text = (
        f'number = "own 1"\nin_force_from = {clock.today() + timedelta(days=3)}\n[timeframes.concern_visit]\nnumber = 9'
    )

    def publish() -> object:
        try:
            return actions.publish_timeframes(text=text, reason="Sooner", by=world.manager)
        except Refusal as refusal:
            return refusal

    outcomes = at_once(publish, publish)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["PublishedTimeframes", "Refusal"]


def _concern(world: World) -> Concern:
    return actions.raise_concern(
        provision=world.provision(),
        raised_on=clock.today(),
        raised_by="Neighbour",
        how="telephone",
        summary="Noise",
        by=world.officer,
        on=clock.today(),
    )
