"""C13 to C23: steps are due by the guidance, done on real days, set aside with reasons, and never in impossible order."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError

from tests.monitoring.world import World
from wellplaced.history import Conflict, clock
from wellplaced.history.models import Event
from wellplaced.monitoring import actions
from wellplaced.monitoring.actions.steps import RECORDED
from wellplaced.monitoring.models import Recipient, Step, StepRecord, Visit

MARCH = date(2026, 3, 30)


def booked(world: World, visit_on: date, booked_on: date) -> Visit:
    with time_machine.travel(booked_on, tick=False):
        return actions.book_visit(
            provision=world.provision(), officer=world.officer, visit_on=visit_on, by=world.officer, on=clock.today()
        )


def held(world: World, visit_on: date) -> Visit:
    visit = booked(world, visit_on, visit_on - timedelta(days=30))
    with time_machine.travel(visit_on, tick=False):
        return actions.hold_visit(
            visit=visit, visit_on=visit_on, discharges=[], premises=[], whole_form=True, by=world.officer,
            seen_revision=None,
        )  # fmt: skip


def step(visit: Visit, name: str) -> Step:
    return Step.objects.get(visit=visit, step=name)


def done(world: World, visit: Visit, name: str, on: date) -> StepRecord:
    return actions.record_step(visit=visit, step=name, done_on=on, by=world.officer, on=clock.today())


def test_the_letter_and_the_confirmation_of_a_visit_in_a_month_are_due_two_weeks_before_it(world: World) -> None:
    visit = booked(world, date(2026, 4, 30), date(2026, 3, 30))
    for name in ("letter_sent", "feedback_requested", "confirmation_sent"):
        row = step(visit, name)
        assert (row.due_on, row.short_notice, row.state) == (date(2026, 4, 16), False, "open"), name


def test_a_visit_booked_eight_days_ahead_is_confirmed_the_same_day_and_marked_as_short_notice(world: World) -> None:
    visit = booked(world, date(2026, 4, 7), date(2026, 3, 30))
    row = step(visit, "confirmation_sent")
    assert (row.due_on, row.short_notice) == (date(2026, 3, 30), True)


@time_machine.travel(date(2026, 5, 20), tick=False)
def test_the_clocks_after_a_visit_run_from_each_other(world: World) -> None:
    """C18: two weeks. C19: 7 days. C20: 3 days. C21: 3 weeks from the return (R4). C22: 3 days. C23: no date (R11)."""
    visit = held(world, MARCH)
    assert step(visit, "report_submitted").due_on == date(2026, 4, 13)
    assert step(visit, "report_returned").state == "waiting"
    done(world, visit, "report_submitted", date(2026, 4, 10))
    assert step(visit, "report_returned").due_on == date(2026, 4, 17)
    actions.record_return(
        visit=visit, returned_on=date(2026, 4, 20), actions_named=2, by=world.senior, on=clock.today()
    )
    late = step(visit, "report_returned")
    assert (late.done_on, late.in_time) == (date(2026, 4, 20), False)
    assert step(visit, "actions_completed").due_on == date(2026, 4, 23)
    assert step(visit, "sent_for_comment").due_on == date(2026, 5, 11)
    recipients = [
        actions.NewRecipient(key="csw:1", role="csw", name="Sam Ash"),
        actions.NewRecipient(key="provider", role="provider", name="The manager of the home"),
        actions.NewRecipient(key="iro:2", role="iro", name="Jo Elm", left_out_because="Left last week"),
    ]
    actions.name_recipients(visit=visit, recipients=recipients, by=world.officer, on=clock.today())
    done(world, visit, "sent_for_comment", date(2026, 5, 8))
    comments = Step.objects.filter(visit=visit, step="comment_received")
    assert [(row.recipient, row.due_on) for row in comments] == [
        ("csw:1", date(2026, 5, 11)),
        ("provider", date(2026, 5, 11)),
    ]
    uploaded = step(visit, "uploaded")
    assert (uploaded.clock_on, uploaded.due_on, uploaded.state) == (date(2026, 5, 11), None, "open")


@time_machine.travel(date(2026, 4, 1), tick=False)
def test_a_return_without_tasks_asks_for_none_to_be_completed(world: World) -> None:
    visit = held(world, MARCH)
    done(world, visit, "report_submitted", MARCH)
    actions.record_return(
        visit=visit, returned_on=date(2026, 3, 31), actions_named=0, by=world.senior, on=clock.today()
    )
    assert not Step.objects.filter(visit=visit, step="actions_completed").exists()


@time_machine.travel(date(2026, 4, 10), tick=False)
def test_the_first_return_counts_and_a_later_one_changes_nothing(world: World) -> None:
    visit = held(world, MARCH)
    done(world, visit, "report_submitted", MARCH)
    for day, named in ((date(2026, 4, 1), 2), (date(2026, 4, 8), 0)):
        actions.record_return(visit=visit, returned_on=day, actions_named=named, by=world.senior, on=clock.today())
    visit.refresh_from_db()
    assert (step(visit, "report_returned").done_on, visit.actions_named) == (date(2026, 4, 1), 2)


@time_machine.travel(date(2026, 4, 10), tick=False)
def test_a_step_that_does_not_apply_is_set_aside_with_its_reason_and_may_be_done_after_all(world: World) -> None:
    visit = held(world, MARCH)
    actions.set_step_aside(
        visit=visit, step="actions_followed_up", because="Nothing was outstanding", by=world.officer, on=clock.today()
    )
    assert step(visit, "actions_followed_up").state == "set_aside"
    record = done(world, visit, "actions_followed_up", date(2026, 4, 1))
    assert (record.set_aside_because, step(visit, "actions_followed_up").state) == ("", "done")
    with pytest.raises(ValidationError, match="Say why"):
        actions.set_step_aside(visit=visit, step="letter_sent", because=" ", by=world.officer, on=clock.today())


@time_machine.travel(date(2026, 4, 10), tick=False)
def test_a_step_recorded_by_mistake_is_taken_back_and_the_history_keeps_what_was_said(world: World) -> None:
    visit = held(world, MARCH)
    record = done(world, visit, "report_submitted", date(2026, 4, 2))
    actions.take_step_back(record=record, because="Another visit was meant", by=world.officer, seen_revision=0)
    assert step(visit, "report_submitted").state == "open"
    event = Event.objects.filter(verb="step taken back").get()
    assert (event.reason, event.changes["done_on"]) == ("Another visit was meant", ["2026-04-02", None])


@time_machine.travel(date(2026, 4, 10), tick=False)
def test_days_that_cannot_be_are_refused_in_words_and_nothing_is_written(world: World) -> None:
    visit = held(world, MARCH)
    done(world, visit, "report_submitted", date(2026, 4, 7))
    before = Event.objects.count()
    impossible = [
        ("letter_sent", date(2026, 4, 11), "in the future"),
        ("actions_followed_up", date(2026, 3, 29), "before the visit"),
        ("report_returned", date(2026, 4, 6), "before ‘report sent’, on 7 April 2026"),
    ]
    for name, day, words in impossible:
        with pytest.raises(ValidationError, match=words):
            done(world, visit, name, day)
    for name in ("visit_held", "comment_received", "nonsense"):
        with pytest.raises(ValidationError, match="not a step"):
            done(world, visit, name, MARCH)
    assert Event.objects.count() == before


@time_machine.travel(date(2026, 4, 10), tick=False)
def test_the_real_day_may_lie_in_the_past_and_be_corrected_by_whoever_saw_what_stood(world: World) -> None:
    visit = held(world, MARCH)
    record = done(world, visit, "report_submitted", date(2026, 4, 7))
    again = actions.record_step(
        visit=visit, step="report_submitted", done_on=date(2026, 4, 6), by=world.officer, on=clock.today(),
        seen_revision=record.revision,
    )  # fmt: skip
    assert (again.pk, again.done_on) == (record.pk, date(2026, 4, 6))
    with pytest.raises(Conflict):
        actions.record_step(
            visit=visit, step="report_submitted", done_on=date(2026, 4, 5), by=world.senior, on=clock.today(),
            seen_revision=record.revision,
        )  # fmt: skip


@time_machine.travel(date(2026, 4, 10), tick=False)
def test_nothing_is_recorded_about_a_visit_that_was_cancelled_or_is_closed(world: World) -> None:
    cancelled = booked(world, date(2026, 4, 30), date(2026, 3, 30))
    actions.cancel_visit(visit=cancelled, because="The home closes", by=world.officer, seen_revision=None)
    with pytest.raises(ValidationError, match="cancelled"):
        done(world, cancelled, "letter_sent", date(2026, 4, 1))
    closed = held(world, MARCH)
    Visit.objects.filter(pk=closed.pk).update(closed_on=date(2026, 4, 9))
    with pytest.raises(ValidationError, match="Reopen it"):
        done(world, closed, "letter_sent", date(2026, 4, 1))


@time_machine.travel(date(2026, 4, 10), tick=False)
def test_the_first_answer_of_a_recipient_counts_and_silence_stays_silence(world: World) -> None:
    visit = held(world, MARCH)
    named = actions.name_recipients(
        visit=visit,
        recipients=[actions.NewRecipient(key=key, role=key, name=key) for key in ("csw", "provider")],
        by=world.officer,
        on=clock.today(),
    )
    done(world, visit, "sent_for_comment", date(2026, 4, 1))
    for day in (date(2026, 4, 8), date(2026, 4, 3), date(2026, 4, 9)):
        actions.record_answer(recipient=named[0], answered_on=day, by=world.officer, on=clock.today())
    assert Recipient.objects.get(pk=named[0].pk).answered_on == date(2026, 4, 3)
    silent = Step.objects.get(visit=visit, recipient="provider")
    assert (silent.state, silent.done_on, silent.is_overdue(clock.today())) == ("open", None, True)
    leave_out = actions.NewRecipient(key="csw", role="csw", name="csw", left_out_because="Not needed")
    with pytest.raises(ValidationError, match="has answered"):
        actions.name_recipients(visit=visit, recipients=[leave_out], by=world.officer, on=clock.today())


def test_nobody_owes_the_steps_of_a_visit_that_a_file_brought_in_at_going_live(world: World) -> None:
    visit = actions.record_past_visit(
        provision=world.provision(), visit_on=world.today - timedelta(days=200), officer_name="Somebody earlier",
        loaded=True, by=world.manager,
    )  # fmt: skip
    states = dict(Step.objects.filter(visit=visit).values_list("step", "state"))
    assert states.pop("visit_held") == "done"
    assert set(states.values()) == {"set_aside"}
    assert "letter_sent" in states
    assert set(states) <= set(RECORDED)
