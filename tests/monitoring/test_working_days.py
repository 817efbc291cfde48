"""An authority that counts in working days: everything that is stored follows, and its closure days are left out."""

from datetime import date
from typing import Any

import pytest
import time_machine

from tests.monitoring.browsing import day_parts, signed_in
from tests.monitoring.world import make_world
from wellplaced.monitoring import actions
from wellplaced.monitoring.models import PlanStep, Refreshed, Requirement
from wellplaced.people import actions as people

pytestmark = pytest.mark.django_db

OWN = """
number = "own 1"
in_force_from = 2026-01-01
timeframes.confirmation_sent = {number = 10, unit = "working days"}
readings.R1 = "working_days"
"""


@time_machine.travel("2026-03-20 10:00", tick=False)
def test_a_version_in_working_days_counts_plans_and_bookings_too() -> None:
    world = make_world()
    home = world.provision()
    world.placed(home, starts_on=date(2026, 3, 13))  # a Friday
    world.judged(home, "inadequate", date(2026, 3, 13))
    actions.raise_concern(
        provision=home, raised_on=date(2026, 3, 13), raised_by="staff", how="email", summary="Noise",
        by=world.officer, on=world.today,
    )  # fmt: skip
    actions.publish_timeframes(text=OWN, reason="Offices are closed at weekends", by=world.manager)
    concern = Requirement.objects.get(kind="concern")
    assert (concern.due_on, concern.book_by) == (date(2026, 3, 27), date(2026, 3, 13))
    steps: Any = PlanStep.objects.values_list("step", "due_on")
    assert dict(steps)["plan_requested"] == date(2026, 3, 16)


def test_a_closure_day_is_counted_anew_only_where_working_days_count() -> None:
    with time_machine.travel("2026-03-20 10:00", tick=False):
        world = make_world()
        home = world.provision()
        world.placed(home, starts_on=date(2026, 3, 13))
    with time_machine.travel("2026-03-23 10:00", tick=False):
        people.add_closure_day(day=date(2026, 3, 27), name="Moving", by=world.manager)
        assert Refreshed.objects.get(provision=home).refreshed_on == date(2026, 3, 20)
        actions.publish_timeframes(text=OWN, reason="Offices are closed at weekends", by=world.manager)
    with time_machine.travel("2026-03-24 10:00", tick=False):
        people.add_closure_day(day=date(2026, 3, 30), name="Moving", by=world.manager)
        assert Refreshed.objects.get(provision=home).refreshed_on == date(2026, 3, 24)


def test_a_visit_beyond_the_days_whose_closures_are_known_is_answered_and_is_not_at_short_notice() -> None:
    world = make_world()
    home = world.provision()
    actions.publish_timeframes(text=OWN, reason="Offices are closed at weekends", by=world.manager)
    typed = {"when": "to_come", "officer": world.officer.pk, "told": "yes", **day_parts("visit_on", date(2140, 5, 2))}
    answer = signed_in(world.officer).post(f"/provisions/{home.pk}/visits/new/", typed)
    assert b"short notice. Say why" not in answer.content
