"""An authority that reads the guidance in another way: what the pages say fits its reading, with the days as they were."""

from datetime import date

import pytest
import time_machine

from tests.desk.making import read
from tests.monitoring.browsing import signed_in
from tests.monitoring.world import World, make_world
from tests.reports.circulating import ready
from tests.reports.making import submitted
from wellplaced.monitoring import actions as monitoring
from wellplaced.monitoring.models import Visit

NOON = "2026-06-10T12:00:00+01:00"


def sent_under(own: str) -> tuple[World, Visit]:
    """Visited on Sunday 31 May 2026, booked on 11 May; the report went to the senior officer on 2 June."""
    world = make_world()
    text = f'number = "own"\ntitle = "Our own"\nin_force_from = {date(2020, 1, 1)}\n{own}'
    monitoring.publish_timeframes(text=text, reason="", by=world.manager)
    visit, _ = ready(world, ago=10)
    submitted(world, visit, 8)
    return world, visit


def why(world: World, visit: Visit, step: str) -> str:
    page = read(signed_in(world.officer), f"/visits/{visit.pk}/steps/{step}/")
    return page.partition("Why this date?")[2].partition("Which timeframes")[0]


@pytest.mark.django_db
@time_machine.travel(NOON, tick=False)
def test_r17_received_the_day_after_it_was_sent() -> None:
    world, visit = sent_under('[readings.R17]\nchoice = "next_day"')
    assert "Sent by Priya Oakes on Tuesday 2 June 2026" in read(signed_in(world.senior), "/")
    said = why(world, visit, "report_returned")
    assert "received the report, the day after it was sent, on Wednesday 3 June 2026" in said
    assert "3 June 2026 + 7 days = 10 June 2026" in said


@pytest.mark.django_db
@time_machine.travel(NOON, tick=False)
def test_r8_always_on_the_day_of_booking_counts_nothing() -> None:
    world, visit = sent_under('[readings.R8]\nchoice = "day_of_booking"')
    said = why(world, visit, "confirmation_sent")
    assert "Due by Monday 11 May 2026" in said
    assert "the day of booking, 11 May 2026" in said
    assert "14 days" not in said


@pytest.mark.django_db
@time_machine.travel(NOON, tick=False)
def test_r1_is_not_said_of_a_step_that_is_counted_in_working_days() -> None:
    world, visit = sent_under('[timeframes.report_submitted]\nnumber = 10\nunit = "working days"')
    said = why(world, visit, "report_submitted")
    assert "31 May 2026 + 10 working days = 12 June 2026" in said
    assert "Days are calendar days" not in said
    assert "Days are calendar days" in why(world, visit, "report_returned")
