"""An authority that counts in working days: everything that is stored follows, and its closure days are left out."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from tests.monitoring.bookings import book, hold
from tests.monitoring.browsing import day_parts, signed_in, text_of
from tests.monitoring.world import make_world
from wellplaced.bankholidays import england
from wellplaced.guidance import Refusal
from wellplaced.monitoring import actions, deadlines
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


# -- towards the end of the bank holidays that are known

LAST_YEAR = england().known_until.year
A_YEAR_BEFORE = f"{LAST_YEAR}-02-01 10:00"
AT_THE_END = f"{LAST_YEAR}-12-20 10:00"


@time_machine.travel(A_YEAR_BEFORE, tick=False)
def test_an_annual_visit_due_beyond_them_is_owed_and_has_no_day_to_book_by_yet() -> None:
    world = make_world()
    home = world.provision()
    actions.publish_timeframes(text=OWN, reason="Offices are closed at weekends", by=world.manager)
    world.placed(home, starts_on=date(LAST_YEAR, 1, 3))
    owed = Requirement.objects.get(kind="initial")
    hold(world, book(world, home, in_days=0), on=world.today, discharges=(owed.key,))
    annual = Requirement.objects.get(kind="annual")
    assert (annual.due_on, annual.book_by) == (date(LAST_YEAR + 1, 2, 1), None)


@time_machine.travel(AT_THE_END, tick=False)
def test_a_date_beyond_them_is_refused_in_plain_words() -> None:
    world = make_world()
    actions.publish_timeframes(text=OWN, reason="Offices are closed at weekends", by=world.manager)
    with pytest.raises(Refusal, match=r"bank holidays are known from .* only, so that working days cannot be counted"):
        actions.raise_concern(
            provision=world.provision(), raised_on=world.today, raised_by="staff", how="email", summary="Noise",
            by=world.officer, on=world.today,
        )  # fmt: skip


@time_machine.travel(AT_THE_END, tick=False)
def test_a_judgement_for_everybody_is_counted_for_the_others_and_tried_again_each_morning() -> None:
    world = make_world()
    others = make_world("Wold Borough Council", "wold", operator=world.operator)
    home = world.provision()
    for each in (world, others):
        each.placed(home, starts_on=date(LAST_YEAR, 1, 3))
    actions.publish_timeframes(text=OWN, reason="Offices are closed at weekends", by=world.manager)
    before = list(Requirement.objects.filter(authority=world.authority).values())
    world.judged(home, "good", world.today)
    assert Requirement.objects.get(authority=others.authority, kind="judgement").due_on == date(LAST_YEAR + 1, 1, 3)
    assert list(Requirement.objects.filter(authority=world.authority).values()) == before
    assert Refreshed.objects.get(authority=world.authority).changes_on == world.today + timedelta(days=1)
    assert deadlines.refresh_due(world.today) == 0


@pytest.mark.parametrize("counts", [True, False])
def test_managers_who_count_by_them_are_told_a_year_before(counts: bool) -> None:
    told = f"bank holidays are known until 31 December {LAST_YEAR}"
    world = make_world()
    if counts:
        actions.publish_timeframes(text=OWN, reason="Offices are closed at weekends", by=world.manager)
    with time_machine.travel(f"{LAST_YEAR - 1}-12-30 10:00"):
        assert told not in text_of(signed_in(world.manager).get("/"))
    with time_machine.travel(f"{LAST_YEAR - 1}-12-31 10:00"):
        client = signed_in(world.manager)
        for address in ("/", "/notices/", "/timeframes/"):
            assert (told in text_of(client.get(address))) == counts
        assert told not in text_of(signed_in(world.officer).get("/"))


def test_whoever_runs_the_service_sees_until_when_they_are_known() -> None:
    answer = Client().get("/health/ready").json()
    assert answer["bank_holidays_known_until"] == england().known_until.isoformat()


def test_a_closure_day_that_is_taken_back_is_counted_again() -> None:
    with time_machine.travel("2026-03-20 10:00", tick=False):
        world = make_world()
        home = world.provision()
        actions.publish_timeframes(text=OWN, reason="Offices are closed at weekends", by=world.manager)
        concern = actions.raise_concern(
            provision=home, raised_on=date(2026, 3, 20), raised_by="staff", how="email", summary="Noise",
            by=world.officer, on=world.today,
        )  # fmt: skip
        due = Requirement.objects.get(key=f"concern:{concern.pk}").due_on
        closed = people.add_closure_day(day=date(2026, 3, 24), name="Moving", by=world.manager)
        assert Requirement.objects.get(key=f"concern:{concern.pk}").due_on != due
        people.remove_closure_day(closure_day=closed, by=world.manager)
        assert Requirement.objects.get(key=f"concern:{concern.pk}").due_on == due


@time_machine.travel(AT_THE_END, tick=False)
def test_what_cannot_be_counted_anew_is_not_forgotten_when_everything_is_rebuilt() -> None:
    world = make_world()
    home = world.provision()
    world.placed(home, starts_on=date(LAST_YEAR, 1, 3))
    actions.publish_timeframes(text=OWN, reason="Offices are closed at weekends", by=world.manager)
    world.judged(home, "good", world.today)
    before = list(Requirement.objects.values())
    deadlines.rebuild(world.today)
    assert before
    assert list(Requirement.objects.values()) == before
