"""C17, C10: tasks agreed at a visit, what comes back at the next, the follow-up; first and subsequent visits."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests.monitoring.browsing import day_parts, signed_in, text_of
from tests.monitoring.days import booked, held, page
from tests.monitoring.world import World, make_world
from wellplaced.monitoring import actions
from wellplaced.monitoring.models import Step, StepRecord, Task, TaskCameBack, Visit
from wellplaced.monitoring.pages.last_time import last_time
from wellplaced.register.models import Provision

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def agreed(world: World, visit: Visit, what: str = "Mend the gate", **values: object) -> Task:
    return actions.add_task(
        provision=visit.provision, visit=visit, what=what, owner="provider", by=world.officer, **values
    )  # type: ignore[arg-type]


def back(world: World, task: Task, visit: Visit, note: str = "") -> TaskCameBack:
    return actions.note_that_task_came_back(task=task, visit=visit, note=note, by=world.officer, on=world.today)


def tasks_of(visit: Visit) -> str:
    return reverse("monitoring:visit_tasks", args=[visit.pk])


def twice(world: World, provision: Provision | None = None) -> tuple[Visit, Visit]:
    place = provision or world.provision()
    return held(world, place, days_ago=300), held(world, place, days_ago=1)


def test_a_task_is_agreed_with_who_by_when_and_from_which_finding_once(world: World) -> None:
    visit = held(world, world.provision())
    typed = {"what": "Mend the gate", "finding": "The gate does not close", "owner": "provider", "once": "one-token"}
    for _ in range(2):
        page(world.officer, tasks_of(visit), **typed, **day_parts("due_on", world.today + 14 * DAY))
    task = Task.objects.get()
    assert (task.visit, task.finding, task.due_on) == (visit, "The gate does not close", world.today + 14 * DAY)


def test_a_task_that_comes_back_keeps_its_identity_is_open_again_and_is_counted(world: World) -> None:
    first, second = twice(world)
    task = agreed(world, first)
    actions.change_task(
        task=task, done_on=world.today - 200 * DAY, evidence="Photograph", by=world.officer, seen_revision=0
    )
    again = back(world, task, second, "It is broken again")
    assert back(world, task, second) == again
    task.refresh_from_db()
    assert task.done_on is None
    third = held(world, first.provision)
    back(world, task, third)
    shown = page(world.officer, tasks_of(third))
    assert "Came back 2 times" in shown
    listed = page(world.officer, reverse("monitoring:tasks") + "?came_back=often")
    assert "Mend the gate" in listed
    assert "Mend the gate" not in page(world.officer, reverse("monitoring:tasks") + "?came_back=never")
    assert "It is broken again" in page(world.officer, task.get_absolute_url())


def test_a_task_comes_back_at_a_later_visit_to_the_same_place_only(world: World) -> None:
    first, second = twice(world)
    task = agreed(world, first)
    with pytest.raises(ValidationError, match="very visit"):
        back(world, task, first)
    with pytest.raises(ValidationError, match="another provision"):
        back(world, task, held(world, world.provision()))
    other = signed_in(world.officer).get(
        reverse("monitoring:task_came_back", args=[held(world, world.provision()).pk, task.pk])
    )
    assert other.status_code == 404
    back(world, task, second)
    page(world.officer, reverse("monitoring:task_did_not_come_back", args=[second.pk, task.pk]), sent="yes")
    assert not TaskCameBack.objects.exists()


def test_who_checked_that_a_task_was_done_stays_who_said_so(world: World) -> None:
    task = agreed(world, held(world, world.provision()))
    done = {"done_on": world.today, "evidence": "Seen", "verified_on": world.today}
    checked = actions.change_task(task=task, by=world.senior, seen_revision=0, **done)
    assert checked.verified_by == world.senior
    corrected = actions.change_task(task=checked, by=world.officer, seen_revision=None, **done | {"evidence": "Photo"})
    assert corrected.verified_by == world.senior
    undone = actions.change_task(task=corrected, by=world.officer, seen_revision=None, done_on=None)
    assert (undone.verified_on, undone.verified_by) == (None, None)
    with pytest.raises(ValidationError, match="not done"):
        actions.change_task(task=undone, by=world.officer, seen_revision=None, verified_on=world.today)


def test_the_page_of_a_task_refuses_a_check_before_it_was_done(world: World) -> None:
    task = agreed(world, held(world, world.provision()))
    shown = page(
        world.officer, task.get_absolute_url(), what=task.what, owner="provider", evidence="Seen", revision="0",
        **day_parts("done_on", world.today), **day_parts("verified_on", world.today - DAY),
    )  # fmt: skip
    assert "cannot have been checked before it was done" in shown


def test_c17_the_follow_up_email_is_due_the_day_after_and_recorded(world: World) -> None:
    visit = held(world, world.provision(), days_ago=2)
    step = Step.objects.get(visit=visit, step="actions_followed_up")
    assert step.due_on == visit.visit_on + DAY
    address = reverse("monitoring:follow_up", args=[visit.pk])
    page(world.officer, address, went="sent", **day_parts("done_on", world.today - DAY))
    step = Step.objects.get(visit=visit, step="actions_followed_up")
    assert (step.state, step.in_time) == ("done", True)
    page(world.officer, address, went="not_needed", because="Nothing was agreed", revision="0")
    assert StepRecord.objects.get().set_aside_because == "Nothing was agreed"


def test_a_follow_up_that_is_not_needed_says_why(world: World) -> None:
    visit = held(world, world.provision())
    shown = page(world.officer, reverse("monitoring:follow_up", args=[visit.pk]), went="not_needed")
    assert "Enter why no follow-up is needed" in shown


def test_the_download_of_tasks_says_finding_check_and_how_often_it_came_back(world: World) -> None:
    first, second = twice(world)
    task = agreed(world, first, finding="The gate does not close")
    back(world, task, second)
    lines = text_of(signed_in(world.officer).get(reverse("monitoring:tasks") + "?format=csv")).splitlines()
    assert "Came back" in lines[0]
    assert "The gate does not close" in lines[1]


# First and subsequent


def test_c10_the_first_visit_there_is_the_first(world: World) -> None:
    place = world.provision()
    visit = booked(world, place)
    assert last_time(visit, world.officer, world.today).is_first
    assert last_time(held(world, place), world.officer, world.today).is_first, "a visit to come is not an earlier one"


def test_c10_a_subsequent_visit_starts_from_last_times_tasks_findings_and_dates(world: World) -> None:
    first, second = twice(world)
    open_task = agreed(world, first, finding="The gate does not close")
    done = agreed(world, first, what="Send the rota", finding="No rota on the wall")
    actions.change_task(task=done, done_on=world.today, evidence="Seen", by=world.officer, seen_revision=0)
    actions.record_step(
        visit=first, step="report_submitted", done_on=first.visit_on + 9 * DAY, by=world.officer, on=world.today
    )
    before = last_time(second, world.officer, world.today)
    assert (before.is_first, before.earlier) == (False, 1)
    assert [line.task for line in before.open_tasks] == [open_task]
    assert set(before.findings) == {"The gate does not close", "No rota on the wall"}
    assert ("Report sent", first.visit_on + 9 * DAY) in before.rows


def test_another_authoritys_visit_does_not_count(world: World) -> None:
    neighbour = make_world("Northmere County Council", "nor", operator=world.operator)
    place = world.provision()
    held(neighbour, place, days_ago=100)
    assert last_time(held(world, place), world.officer, world.today).is_first


def test_a_refused_visit_is_no_earlier_visit(world: World) -> None:
    place = world.provision()
    refused = booked(world, place, in_days=0)
    actions.record_not_held(visit=refused, because="Refused at the door", by=world.officer, seen_revision=None)
    assert last_time(booked(world, place, in_days=3), world.officer, world.today).is_first
