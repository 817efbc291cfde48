"""What is stored is what the facts give: after any sequence of actions, rebuilt rows equal stored rows."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.monitoring.plays import ACTIONS, START, new_play
from tests.monitoring.world import make_world
from wellplaced.history import clock
from wellplaced.monitoring import deadlines
from wellplaced.monitoring.models import PlanStep, Refreshed, Requirement, Step

EXAMPLES = 25


def stored() -> dict[str, list[dict[str, Any]]]:
    """Every row of the projection, without the numbers and days that say when it was made."""
    return {
        model.__name__: sorted(
            (
                {name: value for name, value in row.items() if name not in {"id", "refreshed_on"}}
                for row in model._default_manager.values()
            ),
            key=repr,
        )
        for model in (Requirement, PlanStep, Step, Refreshed)
    }


numbers = st.integers(min_value=0, max_value=10_000)
steps = st.lists(
    st.tuples(st.integers(0, len(ACTIONS) - 1), numbers, numbers, st.integers(0, 9)), min_size=1, max_size=14
)


@pytest.mark.django_db
@settings(max_examples=EXAMPLES)
@given(steps=steps)
def test_rebuilt_deadlines_equal_stored_ones_after_any_actions(steps: list[tuple[int, int, int, int]]) -> None:
    with time_machine.travel(START, tick=False) as traveller, transaction.atomic():
        play = new_play()
        for what, which, when, days in steps:
            play.step(what, which, when)
            traveller.shift(timedelta(days=days))
            deadlines.refresh_due(clock.today())
        before = stored()
        deadlines.rebuild(clock.today())
        assert stored() == before
        transaction.set_rollback(True)


def test_every_action_of_the_random_histories_can_happen(db: None) -> None:
    """The property above would say little if its actions were refused each time."""
    with time_machine.travel(START, tick=False):
        play = new_play()
        for number in range(len(ACTIONS) * 9):
            play.step(number, number * 7 + 3, number * 11 + 30)
    assert {action.__name__ for action in ACTIONS} <= play.happened


def test_what_another_edition_of_the_service_counted_is_counted_anew(db: None) -> None:
    with time_machine.travel(START, tick=False):
        world = make_world()
        world.placed(world.provision(), starts_on=world.today)
        right = stored()
        Requirement.objects.update(due_on=world.today)
        assert deadlines.refresh_due(world.today) == 0
        Refreshed.objects.update(counted_by="another")
        assert deadlines.refresh_due(world.today) == 1
        assert stored() == right
        assert deadlines.refresh_due(world.today) == 0
