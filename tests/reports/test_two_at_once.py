"""Two people at one report at the same moment: one wins, the other is told what stands; the same twice is once."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError

from tests.monitoring.test_two_people import at_once
from tests.monitoring.world import World, make_world
from tests.reports.making import another_senior, held_visit, returned, submitted, uploaded
from wellplaced import history
from wellplaced.monitoring.models import StepRecord, Task, Visit
from wellplaced.reports.actions.rounds import submit_report, take_back_report
from wellplaced.reports.models import Document, Report, Round

pytestmark = pytest.mark.django_db(transaction=True)


def told(act: Callable[[], object]) -> Callable[[], object]:
    """The act, giving what it was refused with instead of raising it."""

    def done() -> object:
        try:
            return act()
        except ValidationError as refusal:
            return refusal

    return done


def names(outcomes: list[object]) -> list[str]:
    return sorted(type(each).__name__ for each in outcomes)


def test_two_senior_officers_return_it_and_one_wins() -> None:
    world, visit = _held()
    other = another_senior(world)
    submitted(world, visit)
    outcomes = at_once(
        told(lambda: returned(world, visit, tasks=1)), told(lambda: returned(world, visit, tasks=1, by=other))
    )
    assert names(outcomes) == ["Round", "ValidationError"]
    assert Task.objects.count() == 1
    assert Visit.objects.get().actions_named == 1


def test_taken_back_while_it_is_returned_ends_as_one_of_them() -> None:
    world, visit = _held()
    submitted(world, visit)
    outcomes = at_once(told(lambda: returned(world, visit, ago=0)), told(lambda: _take_back(world, visit)))
    assert names(outcomes) == ["Round", "ValidationError"]
    outcome, state = Round.objects.get().outcome, Report.objects.get().state
    assert (outcome, state) in {("agreed", "agreed"), ("taken_back", "drafting")}
    assert StepRecord.objects.filter(step="report_submitted").exists() == (outcome == "agreed")


def test_a_double_click_on_send_is_one_round_and_one_answer() -> None:
    world, visit = _held()
    document = uploaded(world, visit)

    def send() -> object:
        return history.once(
            "token",
            lambda: submit_report(
                visit=visit, reviewer=world.senior, submitted_on=world.today, document=document, by=world.officer,
                on=world.today,
            ),
            by=world.officer,
        )  # fmt: skip

    first, second = at_once(send, send)
    assert first == second == Round.objects.get()


def test_two_upload_at_the_same_moment_and_both_are_kept() -> None:
    world, visit = _held()
    at_once(lambda: uploaded(world, visit, "Mine"), lambda: uploaded(world, visit, "Theirs"))
    assert [each.number for each in Document.objects.order_by("number")] == [1, 2]


def _held() -> tuple[World, Visit]:
    world = make_world()
    return world, held_visit(world)


def _take_back(world: World, visit: Visit) -> object:
    return take_back_report(visit=visit, because="Wrong file", by=world.officer, on=world.today)
