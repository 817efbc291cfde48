"""The page of a visit: the next step first, its line of steps, who, where and why, and what stands around it (C10 to C23)."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from tests.desk.conftest import SignIn
from tests.desk.making import DAY, home, in_order, queries, read
from tests.monitoring.world import World
from tests.reports.circulating import out, placed_with, ready, sent
from tests.reports.making import returned, submitted
from wellplaced.monitoring import actions
from wellplaced.monitoring.actions import save_day
from wellplaced.monitoring.day import Answer
from wellplaced.monitoring.models import Requirement, StepRecord, Visit
from wellplaced.monitoring.whom_to_ask import whom_to_ask
from wellplaced.people import actions as people
from wellplaced.placements import actions as placements
from wellplaced.placements.models import YoungPerson
from wellplaced.register.models import Provision

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 10)  # a Wednesday


def page_of(visit: Visit) -> str:
    return reverse("desk:visit", args=[visit.pk])


def booked(world: World, visit_on: date, place: Provision | None = None, **values: Any) -> Visit:
    return actions.book_visit(
        provision=place or home(world), officer=world.officer, visit_on=visit_on, by=world.officer, on=TODAY, **values
    )


def held(world: World, visit_on: date, place: Provision | None = None, **values: Any) -> Visit:
    return actions.record_past_visit(
        provision=place or home(world),
        officer=world.officer,
        visit_on=visit_on,
        booked_on=visit_on - 30 * DAY,
        by=world.officer,
        **values,
    )


def done(world: World, visit: Visit, *steps: str, on: date = TODAY) -> None:
    for step in steps:
        actions.record_step(visit=visit, step=step, done_on=on, by=world.officer, on=TODAY)


def test_c13_a_visit_in_four_weeks_has_the_letter_next_due_two_weeks_ahead(world: World, signed_in: SignIn) -> None:
    visit = booked(world, date(2026, 7, 8), reviewer=world.senior)
    text = read(signed_in(world.officer), page_of(visit))
    assert in_order(text, "Next", "Send the letter to the provider", "Priya Oakes", "Record it done", "24 June 2026")
    assert in_order(text, "Steps", "0 of 10 steps settled", "To do", "With others", "Get the pre-visit form")
    assert "waiting for the provider, 28 days left" in text
    assert in_order(
        text, "steps not started yet", "Return the report", "Dana Holloway (senior officer), starts when the report"
    )


def test_who_when_and_why_stand_in_one_line_above_everything_else(world: World, signed_in: SignIn) -> None:
    place = home(world)
    placement = world.placed(place, TODAY)
    visit = booked(world, date(2026, 6, 12), place, discharges=[f"initial:{placement.pk}"], reviewer=world.senior)
    text = read(signed_in(world.officer), page_of(visit))
    line = "Friday 12 June 2026, Priya Oakes, reviewed by Dana Holloway. For: Initial visit for AB"
    assert in_order(text, place.known_as, "Visit on 12 June 2026", "Booked", line, "Next")


def test_r8_short_notice_is_marked_with_its_reason(world: World, signed_in: SignIn) -> None:
    visit = booked(world, date(2026, 6, 15), short_notice_because="Due within three days")
    text = read(signed_in(world.officer), page_of(visit))
    assert in_order(text, "Next", "Send the letter", "short notice", "Due today", "10 June 2026")
    assert "Short notice because Due within three days" in text


def test_c15_a_due_date_on_a_saturday_says_to_act_by_friday(world: World, signed_in: SignIn) -> None:
    visit = booked(world, date(2026, 7, 4))
    assert "20 June 2026 Falls on a Saturday: act by Friday 19 June" in read(signed_in(world.officer), page_of(visit))


def test_on_its_day_the_visit_itself_comes_next(world: World, signed_in: SignIn) -> None:
    visit = booked(world, TODAY)
    text = read(signed_in(world.officer), page_of(visit))
    assert in_order(
        text, "Next", "Make the visit", "Record that it took place", "Checklist of the day", "It did not take place"
    )


def test_when_all_is_sent_nothing_is_next_until_the_visit(world: World, signed_in: SignIn) -> None:
    visit = booked(world, date(2026, 7, 8))
    done(world, visit, "letter_sent", "feedback_requested", "confirmation_sent")
    text = read(signed_in(world.officer), page_of(visit))
    assert "Next" not in text.partition("Steps")[0]
    assert in_order(text, "Make the visit", "booked for Wednesday 8 July 2026, in 28 days")


def test_after_the_visit_what_was_left_from_before_stands_apart(world: World, signed_in: SignIn) -> None:
    visit = held(world, date(2026, 6, 8))
    text = read(signed_in(world.officer), page_of(visit))
    assert in_order(text, "Next", "Follow up the tasks agreed by email", "1 day overdue", "9 June 2026")
    assert in_order(text, "To do", "Send the report to the senior officer", "22 June 2026")
    assert in_order(text, "Left open from before the visit", "Send the letter to the provider")
    assert "say so if there is nothing to follow up" in text


def test_a_step_says_when_it_was_done_by_whom_and_how_late(world: World, signed_in: SignIn) -> None:
    visit = held(world, date(2026, 6, 1))
    actions.record_step(
        visit=visit,
        step="actions_followed_up",
        done_on=date(2026, 6, 5),
        done_by="Tom Barrowby",
        by=world.officer,
        on=TODAY,
    )
    actions.set_step_aside(visit=visit, step="letter_sent", because="Told by telephone", by=world.officer, on=TODAY)
    text = read(signed_in(world.officer), page_of(visit))
    assert in_order(text, "Tasks followed up", "on 5 June 2026, 3 days late, by Tom Barrowby", "Done late")
    assert in_order(text, "Send the letter to the provider", "Told by telephone", "Set aside")


def test_c22_a_comment_no_comment_and_silence_are_told_apart(world: World, signed_in: SignIn) -> None:
    visit, place = ready(world, ago=20)
    placed_with(world, place, "K9", csw="Birch Lane", iro="Cora Field", placed_on=visit.visit_on)
    submitted(world, visit, 18)
    returned(world, visit, 17)
    visit.refresh_from_db()
    sent(world, visit, TODAY - 10 * DAY)
    first = visit.recipients.get(name="Birch Lane")
    answered_by(world, first, TODAY - 9 * DAY)
    answered_by(world, visit.recipients.get(name="Ash Grove"), TODAY - 2 * DAY)
    text = read(signed_in(world.officer), page_of(visit))
    assert "Birch Lane: no comment on 1 June 2026" in text
    assert "Ash Grove: no comment on 8 June 2026, late" in text
    assert "Cora Field: silence, which is not agreement" in text
    assert in_order(text, "With others", "Comment of Cora Field", "No answer")


def answered_by(world: World, recipient: Any, on: date) -> None:
    from wellplaced.reports.actions import comments

    comments.add_comment(recipient=recipient, kind="no_comment", text="", received_on=on, by=world.officer, on=TODAY)


def test_c19_the_return_is_offered_to_the_senior_officer_and_not_to_whoever_made_the_visit(
    world: World, signed_in: SignIn
) -> None:
    visit, _ = ready(world, ago=10)
    submitted(world, visit, 3)
    done(world, visit, "actions_followed_up")
    assert "Return the report" in read(signed_in(world.officer), page_of(visit))
    address = reverse("reports:return", args=[visit.pk])
    assert address not in signed_in(world.officer).get(page_of(visit)).content.decode()
    answer = signed_in(world.senior).get(page_of(visit)).content.decode()
    assert address in answer
    assert "Report: with the senior officer" in answer


def test_the_next_step_is_that_of_whoever_looks(world: World, signed_in: SignIn) -> None:
    """C19 waits for the senior officer while the officer has not followed up the tasks (C17)."""
    visit, _ = ready(world, ago=10)
    submitted(world, visit, 3)
    actions.choose_reviewer(visit=visit, reviewer=world.senior, by=world.officer, seen_revision=None)
    assert in_order(read(signed_in(world.officer), page_of(visit)), "Next", "Follow up the tasks", "Steps", "Return")
    assert in_order(read(signed_in(world.senior), page_of(visit)), "Next", "Return the report", "Steps", "Follow up")


def test_c20_the_tasks_of_a_return_lead_to_the_round_that_named_them(world: World, signed_in: SignIn) -> None:
    visit, _ = ready(world, ago=10)
    submitted(world, visit, 3)
    returned(world, visit, 2, tasks=2)
    answer = signed_in(world.officer).get(page_of(visit)).content.decode()
    assert reverse("reports:complete_tasks", args=[visit.pk, 1]) in answer
    assert "returned with tasks (2 tasks) on 8 June 2026" in answer


def test_every_earlier_day_stays_with_its_reason_and_moves_no_due_date(world: World, signed_in: SignIn) -> None:
    visit = booked(world, date(2026, 7, 8))
    actions.rebook_visit(
        visit=visit, visit_on=date(2026, 7, 10), visit_at=None, officer=world.officer, reason="The manager is away",
        by=world.officer, on=TODAY, seen_revision=None,
    )  # fmt: skip
    assert "Earlier dates 8 July 2026: The manager is away" in read(signed_in(world.officer), page_of(visit))


def test_a_visit_loaded_at_going_live_says_so_in_one_sentence(world: World, signed_in: SignIn) -> None:
    visit = held(world, date(2026, 3, 2), loaded=True)
    text = read(signed_in(world.officer), page_of(visit))
    assert "It came in from a file at going live: nobody owes its steps." in text
    assert "Send the letter" not in text


def test_a_proposed_visit_is_confirmed_first_and_a_cancelled_one_has_no_steps(world: World, signed_in: SignIn) -> None:
    proposed = actions.propose_visit(
        provision=home(world), officer=world.officer, visit_on=date(2026, 7, 8), by=world.officer, on=TODAY
    )
    text = read(signed_in(world.officer), page_of(proposed))
    assert in_order(text, "Its steps start once the visit is confirmed", "Confirm the visit", "Propose another day")
    assert "Send the letter" not in text
    visit = booked(world, date(2026, 7, 9))
    actions.cancel_visit(visit=visit, because="The placement was cancelled", by=world.officer, seen_revision=None)
    text = read(signed_in(world.officer), page_of(visit))
    assert "The placement was cancelled" in text
    assert "Send the letter" not in text


def test_a_visit_that_could_not_be_held_keeps_what_was_done_and_offers_another_day(
    world: World, signed_in: SignIn
) -> None:
    visit = booked(world, TODAY)
    done(world, visit, "letter_sent")
    actions.record_not_held(visit=visit, because="Refused at the door", by=world.officer, seen_revision=None)
    text = read(signed_in(world.officer), page_of(visit))
    assert in_order(text, "Book another day", "Done or set aside", "Letter sent", "Refused at the door")
    assert "Send the confirmation" not in text


def test_tasks_of_a_visit_loaded_at_going_live_stand_on_its_page(world: World, signed_in: SignIn) -> None:
    place = home(world)
    visit = held(world, date(2026, 3, 2), place, loaded=True)
    actions.add_task(provision=place, visit=visit, what="Mend the stair", owner="provider", by=world.officer)
    assert in_order(
        read(signed_in(world.officer), page_of(visit)), "Tasks agreed", "1 task, 1 not done", "Mend the stair"
    )


def test_a_viewer_reads_the_page_and_is_offered_nothing(world: World, signed_in: SignIn) -> None:
    from wellplaced.people import actions as people
    from wellplaced.people.rights import Role

    viewer = people.add_person(
        authority=world.authority, name="Vera Low", email="vera@fen.example", roles=[Role.VIEWER], by=None
    )
    visit = booked(world, date(2026, 7, 8))
    answer = signed_in(viewer).get(page_of(visit)).content.decode()
    assert "Send the letter to the provider" in answer
    for offered in ("Record it done", "Move it", "Cancel it", "Choose", "Record several"):
        assert offered not in answer


def test_c10_a_subsequent_visit_shows_last_time_and_the_first_says_that_it_is(world: World, signed_in: SignIn) -> None:
    place = home(world)
    first = held(world, date(2026, 3, 2), place)
    assert "The first visit here" in read(signed_in(world.officer), page_of(first))
    text = read(signed_in(world.officer), page_of(booked(world, date(2026, 7, 8), place)))
    assert in_order(text, "A subsequent visit: see last time", "Last time", "2 March 2026")


def test_c23_a_closed_visit_is_opened_again_by_a_senior_officer_alone(world: World, signed_in: SignIn) -> None:
    from wellplaced.reports.actions.closing import close_report

    visit = held(world, date(2026, 6, 1))
    close_report(
        visit=visit, closed_on=TODAY, because="Lost in the move", by=world.manager, on=TODAY, seen_revision=None
    )
    text = read(signed_in(world.officer), page_of(visit))
    assert "Closed on 10 June 2026." in text
    assert "Next" not in text.partition("Steps")[0]
    assert "Reopen the visit" not in text
    assert "Reopen the visit" in read(signed_in(world.senior), page_of(visit))


def test_a_recipient_who_is_there_for_a_closed_record_alone_is_not_named(world: World, signed_in: SignIn) -> None:
    visit = out(world)
    placements.restrict_record(
        young_person=YoungPerson.objects.get(reference__startswith="K"), named=[world.officer], reason="Court order",
        by=world.manager, seen_revision=None,
    )  # fmt: skip
    assert "Ash Grove" in read(signed_in(world.officer), page_of(visit))
    text = read(signed_in(world.manager), page_of(visit))
    assert "Ash Grove" not in text
    assert "restricted record" in text
    steps = signed_in(world.manager).get(reverse("monitoring:steps")).content.decode()
    assert "Ash Grove" not in steps
    address = reverse("monitoring:step", args=[visit.pk, f"comment_received:{visit.recipients.get(role='csw').key}"])
    assert "Ash Grove" not in signed_in(world.manager).get(address).content.decode()


def test_another_authoritys_visit_is_not_found(world: World, neighbour: World, signed_in: SignIn) -> None:
    visit = booked(world, date(2026, 7, 8))
    for name in ("visit", "visit_history"):
        assert signed_in(neighbour.officer).get(reverse(f"desk:{name}", args=[visit.pk])).status_code == 404


def test_the_history_tells_of_the_visit_and_of_its_steps(world: World, signed_in: SignIn) -> None:
    visit = booked(world, date(2026, 7, 8))
    done(world, visit, "letter_sent")
    text = read(signed_in(world.officer), reverse("desk:visit_history", args=[visit.pk]))
    assert in_order(text, "Step done", "Step: Letter", "Done on: 10 June 2026", "Visit booked")


def crowded(world: World, many: int) -> Visit:
    """A visit with everything around it: earlier visits, requirements, tasks, recipients, rounds, uploads."""
    place = home(world)
    placed = [world.placed(place, date(2026, 5, 1) + number * DAY) for number in range(many)]
    for number in range(many):
        held(world, date(2026, 1, 1) + number * DAY, place)
    visit = held(
        world, TODAY - 10 * DAY, place, discharges=[f"initial:{each.pk}" for each in placed], reviewer=world.senior
    )
    for number in range(many):
        placed_with(
            world, place, f"K{place.pk}-{number}", csw=f"Ash {number}", iro=f"Ivo {number}", placed_on=date(2026, 5, 2)
        )
        actions.add_task(provision=place, visit=visit, what=f"Mend door {number}", owner="provider", by=world.officer)
    for number in range(many):
        submitted(world, visit, 8 - number)
        returned(world, visit, 8 - number, tasks=1)
    sent(world, visit, TODAY - 3 * DAY)
    for each in visit.recipients.exclude(role="provider")[:many]:
        answered_by(world, each, TODAY - 2 * DAY)
    actions.record_step(visit=visit, step="letter_sent", done_on=date(2026, 5, 20), by=world.officer, on=TODAY)
    return visit


def test_c11_a_booked_visit_says_that_its_officers_approval_ends_before_it(world: World, signed_in: SignIn) -> None:
    visit = booked(world, TODAY + 28 * DAY)
    assert "not approved" not in read(signed_in(world.senior), page_of(visit))
    approval = world.officer.approvals.get(provision_type=visit.provision.type)
    people.end_approval(approval=approval, ends_on=TODAY, seen_revision=None, by=world.manager)
    page = read(signed_in(world.senior), page_of(visit))
    assert f"{world.officer} is not approved for residential home" in page
    assert "Ask a manager to approve them, or choose somebody who is approved" in page


def test_a_visit_takes_at_most_20_queries_however_much_happened_around_it(world: World, signed_in: SignIn) -> None:
    few, many = crowded(world, 1), crowded(world, 4)
    assert Requirement.objects.filter(discharged_by=many).exists()
    assert StepRecord.objects.filter(visit=many).exists()
    officer, senior = signed_in(world.officer), signed_in(world.senior)
    assert queries(officer, page_of(few)) == queries(officer, page_of(many)) <= 20
    assert queries(senior, page_of(many)) <= 20


def test_the_picture_of_the_provision_shows_steps_due_done_and_late(
    world: World, signed_in: SignIn, clock: time_machine.Traveller
) -> None:
    place = home(world)
    visit = held(world, date(2026, 6, 1), place)
    actions.record_step(visit=visit, step="actions_followed_up", done_on=date(2026, 6, 5), by=world.officer, on=TODAY)
    text = read(signed_in(world.officer), reverse("desk:provision", args=[place.pk]))
    assert "Tasks followed up, late (visit of 1 Jun 2026)" in text
    assert "Letter due, overdue (visit of 1 Jun 2026)" in text
    assert "Report due (visit of 1 Jun 2026)" in text


def test_what_is_counted_of_a_visit_is_what_the_reader_may_see(world: World, signed_in: SignIn) -> None:
    """A number tells whether the one young person whose record is closed was seen, and what they did."""
    visit = out(world)
    young_person = YoungPerson.objects.get(reference__startswith="K")
    number = young_person.pk
    answers = [Answer(f"seen-{number}", "", "seen"), Answer(f"questionnaire-{number}", "", "paper_left")]
    save_day(visit=visit, answers=answers, by=world.officer, on=world.today)
    keys = [line.key for line in whom_to_ask(visit) if not line.is_missing]
    actions.ask_for_feedback(visit=visit, whom=keys, asked_on=world.today, by=world.officer, on=world.today)
    placements.restrict_record(
        young_person=young_person, named=[world.officer], reason="Court order", by=world.manager, seen_revision=None
    )
    text = read(signed_in(world.officer), page_of(visit))
    assert "1 of 1 young person seen" in text
    assert "1 left on paper and not back" in text
    assert "0 of 1 person asked" in text
    text = read(signed_in(world.manager), page_of(visit))
    assert "1 young person" not in text
    assert "left on paper" not in text
    assert "0 young people of ours placed there, besides restricted records" in text
    assert "nobody is recorded as asked" in text
