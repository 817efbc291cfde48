"""Ways around what the pages offer: a closed visit changed from beside it, a form that a colleague has overtaken."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests.monitoring.browsing import day_parts, signed_in, text_of
from tests.monitoring.world import World
from tests.reports.making import days_ago, returned, submitted
from tests.reports.test_pages_of_rounds import at, opened, post
from wellplaced.monitoring import actions as monitoring
from wellplaced.monitoring.models import Visit
from wellplaced.reports.actions.closing import close_report


def closed(world: World, visit: Visit) -> Visit:
    close_report(visit=visit, closed_on=world.today, because="Lost", by=world.manager, on=world.today)
    visit.refresh_from_db()
    return visit


def test_a_task_that_a_colleague_changed_meanwhile_is_shown_and_nothing_typed_is_lost(
    world: World, visit: Visit
) -> None:
    submitted(world, visit)
    task = returned(world, visit, tasks=1).tasks.get()
    browser, address = signed_in(world.officer), at(visit, "rounds/1/tasks/")
    seen = opened(browser, address)
    typed = day_parts(f"done_{task.pk}", world.today) | {f"evidence_{task.pk}": "Certificate seen"}
    monitoring.change_task(task=task, by=world.senior, seen_revision=None, what="Add the dates of both courses")
    page = text_of(post(browser, address, seen | typed))
    assert "Somebody changed ‘Add the dates of both courses’ while you had it open" in page
    assert "Certificate seen" in page
    task.refresh_from_db()
    assert task.done_on is None
    again = seen | typed | {f"seen_{task.pk}": str(task.revision)}
    assert f'name="seen_{task.pk}" value="{task.revision}"' in page
    assert post(browser, address, again).status_code == 302
    task.refresh_from_db()
    assert task.done_on == world.today


def test_a_closed_visit_gets_no_task_by_its_number_in_an_address(world: World, visit: Visit) -> None:
    closed(world, visit)
    address = f"{reverse('monitoring:add_task', args=[visit.provision_id])}?visit={visit.pk}"
    page = text_of(post(signed_in(world.officer), address, {"what": "Mend the gate", "owner": "provider"}))
    assert "This visit is closed. Reopen it to change what is recorded." in page
    assert "Mend the gate" in page
    assert not visit.tasks.exists()


def test_a_step_of_a_visit_that_was_closed_meanwhile_is_not_taken_back(world: World, visit: Visit) -> None:
    record = monitoring.record_step(
        visit=visit, step="letter_sent", done_on=days_ago(world, 12), by=world.officer, on=world.today
    )
    closed(world, visit)
    with pytest.raises(ValidationError, match="closed"):
        monitoring.take_step_back(record=record, because="Not sent", by=world.officer)
    assert visit.step_records.filter(step="letter_sent").exists()


def test_a_step_taken_back_by_two_at_once_is_taken_back_once(world: World, visit: Visit) -> None:
    record = monitoring.record_step(
        visit=visit, step="letter_sent", done_on=days_ago(world, 12), by=world.officer, on=world.today
    )
    for _ in range(2):
        monitoring.take_step_back(record=record, because="Not sent", by=world.officer)
    assert not visit.step_records.filter(step="letter_sent").exists()
