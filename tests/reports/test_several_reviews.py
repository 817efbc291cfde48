"""What a later round, a task recorded elsewhere, or a corrected day does to the report and its steps."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from tests.monitoring.browsing import day_parts, signed_in
from tests.monitoring.world import World
from tests.reports.circulating import agreed, sent
from tests.reports.making import days_ago, returned, submitted
from wellplaced.monitoring import actions as monitoring
from wellplaced.monitoring.models import Visit
from wellplaced.reports.actions.rounds import take_back_report
from wellplaced.reports.models import Report


def state_of(visit: Visit) -> str:
    return Report.objects.get(visit=visit).state


def take_back(world: World, visit: Visit) -> None:
    take_back_report(visit=visit, because="Sent twice", by=world.officer, on=world.today)


def test_a_report_agreed_sent_again_by_mistake_and_taken_back_is_agreed_still(world: World) -> None:
    visit, _ = agreed(world)
    submitted(world, visit, ago=1)
    take_back(world, visit)
    assert state_of(visit) == "agreed"
    sent(world, visit, world.today)
    assert state_of(visit) == "out_for_comment"


def test_tasks_of_a_return_stay_in_the_queue_where_a_later_round_is_taken_back(world: World, visit: Visit) -> None:
    submitted(world, visit)
    returned(world, visit, tasks=1)
    submitted(world, visit, ago=1)
    take_back(world, visit)
    assert state_of(visit) == "actions_needed"
    page = signed_in(world.senior).get("/reviews/?state=tasks&whose=all").content.decode()
    assert "Returned with tasks" in page


def test_a_task_that_a_colleague_saved_meanwhile_is_told_of_and_no_error_page(world: World, visit: Visit) -> None:
    submitted(world, visit)
    task = returned(world, visit, tasks=1).tasks.get()
    address = f"/visits/{visit.pk}/report/rounds/1/tasks/"
    client = signed_in(world.officer)
    assert client.get(address).status_code == 200
    monitoring.change_task(task=task, what="Mend the gate", by=world.senior, seen_revision=None)
    typed = day_parts(f"done_{task.pk}", world.today) | {f"evidence_{task.pk}": "Seen", f"seen_{task.pk}": "0"}
    answer = client.post(address, typed)
    assert answer.status_code == 200
    assert "Somebody changed ‘Mend the gate’ while you had it open" in answer.content.decode()


def test_a_visit_is_not_corrected_to_a_day_after_what_came_from_it(world: World, visit: Visit) -> None:
    submitted(world, visit, ago=6)
    with pytest.raises(ValidationError, match="cannot have been after"):
        monitoring.correct_visit(
            visit=visit, discharges=[], visit_on=days_ago(world, 3), by=world.officer, seen_revision=None
        )


def test_a_visit_whose_report_was_sent_took_place(world: World, visit: Visit) -> None:
    submitted(world, visit, ago=6)
    with pytest.raises(ValidationError, match="Take that back first"):
        monitoring.record_not_held(visit=visit, because="A mistake", by=world.officer, seen_revision=None)
    take_back(world, visit)
    monitoring.record_not_held(visit=visit, because="A mistake", by=world.officer, seen_revision=None)
    visit.refresh_from_db()
    assert visit.state == "not_held"


def test_nothing_of_after_a_visit_is_recorded_before_it_takes_place(world: World) -> None:
    booked = monitoring.book_visit(
        provision=world.provision(), officer=world.officer, visit_on=world.today + timedelta(days=5),
        by=world.officer, on=world.today,
    )  # fmt: skip
    with pytest.raises(ValidationError, match="taken place"):
        monitoring.record_step(
            visit=booked, step="actions_followed_up", done_on=world.today, by=world.officer, on=world.today
        )
