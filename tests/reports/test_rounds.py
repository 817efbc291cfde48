"""C18 to C20: the rounds of review as the actions keep them, and what of them counts for the visit's steps."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from tests.monitoring.world import World
from tests.reports.making import (
    another_senior,
    colleague,
    completed,
    days_ago,
    held_visit,
    returned,
    submitted,
    uploaded,
)
from wellplaced import history
from wellplaced.monitoring import actions as monitoring
from wellplaced.monitoring.actions.steps import record_step
from wellplaced.monitoring.models import Step, Task, Visit
from wellplaced.people import actions as people
from wellplaced.people.rights import Role
from wellplaced.reports.actions.rounds import NewTask, return_report, submit_report, take_back_report
from wellplaced.reports.models import Report, ReportState, Round
from wellplaced.reports.moves import move, report_of
from wellplaced.reports.reviewing import reviewers


def step_of(visit: Visit, name: str) -> Step:
    return Step.objects.get(visit=visit, step=name)


def state_of(visit: Visit) -> str:
    return Report.objects.get(visit=visit).state


def take_back(world: World, visit: Visit) -> Round:
    return take_back_report(visit=visit, because="The wrong version", by=world.officer, on=world.today)


def test_the_form_sent_four_days_after_the_visit_is_due_back_a_week_later(world: World, visit: Visit) -> None:
    """C18, C19."""
    round_ = submitted(world, visit, ago=6)
    assert step_of(visit, "report_submitted").done_on == days_ago(world, 6)
    assert step_of(visit, "report_submitted").in_time is True
    assert step_of(visit, "report_returned").due_on == days_ago(world, 6) + timedelta(days=7) == round_.due_on
    assert Visit.objects.get(pk=visit.pk).reviewer == world.senior
    assert state_of(visit) == ReportState.WITH_REVIEWER


def test_a_return_with_tasks_starts_their_three_days(world: World, visit: Visit) -> None:
    """C20."""
    submitted(world, visit)
    round_ = returned(world, visit, ago=3, tasks=2)
    assert step_of(visit, "report_returned").done_on == days_ago(world, 3)
    assert step_of(visit, "actions_completed").due_on == world.today
    assert {task.due_on for task in round_.tasks.all()} == {world.today}
    assert Visit.objects.get(pk=visit.pk).actions_named == 2
    assert state_of(visit) == ReportState.ACTIONS_NEEDED


def test_the_tasks_are_complete_on_the_day_of_the_last_of_them(world: World, visit: Visit) -> None:
    submitted(world, visit)
    round_ = completed(world, returned(world, visit, tasks=2), ago=2)
    assert round_.actions_completed_on == days_ago(world, 2)
    assert step_of(visit, "actions_completed").done_on == days_ago(world, 2)
    assert state_of(visit) == ReportState.ACTIONS_DONE


def test_tasks_of_a_return_ticked_off_one_by_one_where_tasks_are_complete_the_round(world: World, visit: Visit) -> None:
    submitted(world, visit)
    round_ = returned(world, visit, tasks=2)
    for ago, task in zip((3, 2), round_.tasks.order_by("pk"), strict=True):
        assert state_of(visit) == ReportState.ACTIONS_NEEDED
        monitoring.change_task(task=task, done_on=days_ago(world, ago), by=world.officer, seen_revision=None)
    assert state_of(visit) == ReportState.ACTIONS_DONE
    assert step_of(visit, "actions_completed").done_on == days_ago(world, 2)


def test_one_task_of_two_leaves_the_report_where_it_is(world: World, visit: Visit) -> None:
    from wellplaced.reports.actions.rounds import Done, complete_tasks

    submitted(world, visit)
    round_ = returned(world, visit, tasks=2)
    first = round_.tasks.order_by("pk").first()
    assert first is not None
    complete_tasks(
        round_=round_, done={first.pk: Done(on=world.today, evidence="Seen")}, by=world.officer, on=world.today
    )
    assert state_of(visit) == ReportState.ACTIONS_NEEDED
    assert step_of(visit, "actions_completed").done_on is None


def test_a_task_done_before_the_return_completes_it_on_the_day_of_the_return(world: World, visit: Visit) -> None:
    submitted(world, visit)
    round_ = completed(world, returned(world, visit, ago=3, tasks=1), ago=5)
    assert round_.actions_completed_on == days_ago(world, 3)


def test_the_first_round_counts_and_later_ones_keep_their_own_days(world: World, visit: Visit) -> None:
    submitted(world, visit, ago=8)
    completed(world, returned(world, visit, ago=6, tasks=1), ago=5)
    second = submitted(world, visit, ago=4)
    returned(world, visit, ago=2)
    assert (second.number, second.due_on) == (2, days_ago(world, 4) + timedelta(days=7))
    assert step_of(visit, "report_submitted").done_on == days_ago(world, 8)
    assert step_of(visit, "report_returned").done_on == days_ago(world, 6)
    assert step_of(visit, "actions_completed").done_on == days_ago(world, 5)
    assert Visit.objects.get(pk=visit.pk).actions_named == 1
    assert state_of(visit) == ReportState.AGREED


def test_tasks_of_a_later_return_are_no_step_and_have_their_own_due_dates(world: World, visit: Visit) -> None:
    submitted(world, visit, ago=8)
    returned(world, visit, ago=7)
    submitted(world, visit, ago=6)
    second = returned(world, visit, ago=2, tasks=1)
    assert not Step.objects.filter(visit=visit, step="actions_completed").exists()
    assert second.tasks.get().due_on == days_ago(world, 2) + timedelta(days=3)
    assert completed(world, second).actions_completed_on == days_ago(world, 1)
    assert state_of(visit) == ReportState.ACTIONS_DONE
    assert not Step.objects.filter(visit=visit, step="actions_completed").exists()


def test_taken_back_before_any_return_was_never_received(world: World, visit: Visit) -> None:
    """'The first submission' of the contract is the first that stayed."""
    submitted(world, visit, ago=8)
    take_back(world, visit)
    assert step_of(visit, "report_submitted").done_on is None
    assert step_of(visit, "report_returned").state == "waiting"
    assert state_of(visit) == ReportState.DRAFTING
    again = submitted(world, visit, ago=0)
    assert again.number == 2
    assert step_of(visit, "report_submitted").done_on == world.today


def test_taken_back_after_a_return_the_first_submission_stands(world: World, visit: Visit) -> None:
    submitted(world, visit, ago=8)
    returned(world, visit, ago=7)
    submitted(world, visit, ago=6)
    take_back(world, visit)
    assert step_of(visit, "report_submitted").done_on == days_ago(world, 8)
    assert step_of(visit, "report_returned").done_on == days_ago(world, 7)


def test_a_submission_recorded_by_hand_stays_the_first(world: World, visit: Visit) -> None:
    record_step(visit=visit, step="report_submitted", done_on=days_ago(world, 8), by=world.officer, on=world.today)
    submitted(world, visit, ago=2)
    take_back(world, visit)
    assert step_of(visit, "report_submitted").done_on == days_ago(world, 8)


def test_a_return_that_comes_after_the_document_went_out_is_still_recorded(world: World, visit: Visit) -> None:
    """C21's three weeks do not wait for it."""
    submitted(world, visit)
    move(report_of(visit), "circulate")
    returned(world, visit, tasks=1)
    assert state_of(visit) == ReportState.OUT_FOR_COMMENT
    assert step_of(visit, "report_returned").done_on == days_ago(world, 3)


def test_tasks_of_the_first_return_can_be_done_while_the_second_round_is_under_way(world: World, visit: Visit) -> None:
    submitted(world, visit, ago=8)
    first = returned(world, visit, ago=7, tasks=1)
    submitted(world, visit, ago=6)
    completed(world, first, ago=1)
    assert state_of(visit) == ReportState.WITH_REVIEWER
    assert step_of(visit, "actions_completed").done_on == days_ago(world, 1)


def test_tasks_of_the_first_return_done_late_do_not_settle_those_of_the_second(world: World, visit: Visit) -> None:
    submitted(world, visit, ago=8)
    first = returned(world, visit, ago=7, tasks=1)
    submitted(world, visit, ago=6)
    returned(world, visit, ago=5, tasks=1)
    completed(world, first)
    assert state_of(visit) == ReportState.ACTIONS_NEEDED


def test_whoever_made_the_visit_never_reviews_it(world: World) -> None:
    """C19: not by right, not as a deputy, not by being chosen."""
    visit = held_visit(world, officer=world.senior)
    other = another_senior(world)
    people.arrange_cover(
        absent=other, covering=world.senior, starts_on=world.today, ends_on=world.today, by=world.manager
    )
    with pytest.raises(ValidationError, match="Choose somebody else"):
        submitted(world, visit, reviewer=world.senior)
    submitted(world, visit, reviewer=other)
    with pytest.raises(ValidationError, match="You made this visit"):
        returned(world, visit, by=world.senior)
    assert returned(world, visit, by=other).returned_by == other


def test_where_the_only_senior_officer_made_the_visit_whoever_acts_for_them_reviews_it(world: World) -> None:
    visit = held_visit(world, officer=world.senior)
    assert reviewers(visit, world.today) == []
    people.arrange_cover(
        absent=world.senior, covering=world.officer, starts_on=world.today, ends_on=world.today, by=world.manager
    )
    assert reviewers(visit, world.today) == [world.officer]
    submitted(world, visit, reviewer=world.officer)
    assert returned(world, visit, ago=0, by=world.officer).returned_by == world.officer


def test_a_deputy_returns_it_and_the_history_says_for_whom(world: World, visit: Visit) -> None:
    deputy = colleague(world, "Noor Latham", Role.PLACEMENT_OFFICER)
    submitted(world, visit)
    with pytest.raises(ValidationError, match="senior officer"):
        returned(world, visit, ago=0, by=deputy)
    people.arrange_cover(
        absent=world.senior, covering=deputy, starts_on=world.today, ends_on=world.today, by=world.manager
    )
    assert returned(world, visit, ago=0, by=deputy).returned_by == deputy
    told = history.models.Event.objects.of(report_of(visit)).get(verb="report returned")
    assert (told.by_id, told.for_id) == (deputy.pk, world.senior.pk)


@pytest.mark.parametrize(
    ("submitted_ago", "told"), [(-1, "in the future"), (11, "before the visit")], ids=["tomorrow", "before the visit"]
)
def test_a_day_of_sending_that_cannot_be_is_refused(world: World, visit: Visit, submitted_ago: int, told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        submitted(world, visit, ago=submitted_ago)
    assert not visit.rounds.exists()


def test_a_day_of_return_that_cannot_be_is_refused(world: World, visit: Visit) -> None:
    submitted(world, visit, ago=6)
    for ago, told in ((-1, "in the future"), (7, "before the report was sent")):
        with pytest.raises(ValidationError, match=told):
            returned(world, visit, ago=ago)
    returned(world, visit, ago=5)
    with pytest.raises(ValidationError, match="before the report came back"):
        submitted(world, visit, ago=6)


def test_a_task_cannot_be_done_tomorrow(world: World, visit: Visit) -> None:
    submitted(world, visit)
    with pytest.raises(ValidationError, match="in the future"):
        completed(world, returned(world, visit, tasks=1), ago=-1)
    assert Task.objects.get(visit=visit).done_on is None


def test_a_form_that_goes_by_post_says_so(world: World, visit: Visit) -> None:
    round_ = submit_report(
        visit=visit, reviewer=world.senior, submitted_on=world.today, sent_otherwise_because="Handed over on paper",
        by=world.officer, on=world.today,
    )  # fmt: skip
    assert round_.document is None


def test_a_visit_that_was_not_held_has_no_report_to_send(world: World) -> None:
    booked = monitoring.book_visit(
        provision=world.provision(), officer=world.officer, visit_on=world.today, by=world.officer, on=world.today
    )
    with pytest.raises(ValidationError, match="not recorded as held"):
        uploaded(world, booked)


def test_of_two_who_return_it_the_second_is_told_what_stands(world: World, visit: Visit) -> None:
    other = another_senior(world)
    submitted(world, visit)
    returned(world, visit, ago=2, tasks=1)
    with pytest.raises(
        ValidationError, match=r"Dana Holloway returned it on .* ‘returned with tasks’. Nothing of yours"
    ):
        returned(world, visit, ago=1, by=other)
    assert visit.rounds.count() == 1
    assert Task.objects.filter(visit=visit).count() == 1


def test_a_return_of_a_report_that_was_taken_back_is_told_so(world: World, visit: Visit) -> None:
    submitted(world, visit)
    take_back(world, visit)
    with pytest.raises(ValidationError, match="Priya Oakes took it back"):
        returned(world, visit)


def test_a_return_from_a_page_of_an_earlier_round_is_a_conflict(world: World, visit: Visit) -> None:
    """The senior officer would return a version that they have not seen."""
    submitted(world, visit)
    seen = report_of(visit).revision
    take_back(world, visit)
    submitted(world, visit, ago=0)
    with pytest.raises(history.Conflict):
        return_report(
            visit=visit, returned_on=world.today, tasks=[NewTask(what="More", owner="officer")], by=world.senior,
            on=world.today, seen_revision=seen,
        )  # fmt: skip
    assert not Task.objects.filter(visit=visit).exists()


def test_an_authority_that_gives_five_days_gives_them_in_each_round(world: World, visit: Visit) -> None:
    text = f'number = "local-1"\nin_force_from = {date(2020, 1, 1)}\n[timeframes.actions_completed]\nnumber = 5\n'
    monitoring.publish_timeframes(text=text, reason="Longer", by=world.manager)
    submitted(world, visit, ago=8)
    returned(world, visit, ago=7)
    submitted(world, visit, ago=6)
    assert returned(world, visit, ago=2, tasks=1).tasks.get().due_on == days_ago(world, 2) + timedelta(days=5)
