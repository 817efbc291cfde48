"""Ofsted's action plan (C8, R14), as pages."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.monitoring.browsing import day_parts, signed_in, text_of
from tests.monitoring.world import World, make_world
from wellplaced.design.words import day
from wellplaced.monitoring import actions
from wellplaced.monitoring.models import JudgementFollowUp, PlanChase, PlanStep, Requirement
from wellplaced.placements import actions as placements
from wellplaced.register import actions as register
from wellplaced.register.models import Judgement

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def judged(world: World, ago: int, outcome: str = "requires_improvement") -> tuple[Judgement, Requirement]:
    """A home judged some days ago, where somebody has been placed for long."""
    provision = world.provision()
    world.placed(provision, world.today - 400 * DAY)
    judgement = world.judged(provision, outcome, world.today - ago * DAY)
    return judgement, Requirement.objects.get(key=f"judgement:{judgement.pk}")


def at(name: str, judgement: Judgement) -> str:
    return reverse(f"monitoring:{name}", args=[judgement.pk])


def test_r14_the_request_the_chases_and_their_dates_stand_on_the_page(world: World) -> None:
    judgement, owed = judged(world, ago=3)
    page = text_of(signed_in(world.senior).get(at("action_plan", judgement)))
    assert "Ask the provider for the action plan" in page
    assert "Chase the action plan for the second time" in page
    assert "Overdue" in page
    assert "I have asked for the plan" in page
    assert "Waiting for the action plan" in page
    assert owed.state == "waiting"


def test_c8_asked_for_chased_received_and_the_visit_is_due_7_days_after(world: World) -> None:
    judgement, owed = judged(world, ago=9)
    client = signed_in(world.senior)
    page = text_of(
        client.post(at("request_plan", judgement), day_parts("requested_on", world.today - 8 * DAY), follow=True)
    )
    assert "The plan has arrived" in page
    assert "I have chased it" in page
    client.post(at("chase_plan", judgement), {**day_parts("chased_on", world.today - DAY), "note": "By email"})
    assert PlanStep.objects.get(step="plan_chased_first").done_on == world.today - DAY
    page = text_of(client.post(at("receive_plan", judgement), day_parts("received_on", world.today), follow=True))
    owed.refresh_from_db()
    assert (owed.state, owed.due_on) == ("open", world.today + 7 * DAY)
    assert "Why this date?" in page
    assert "Correct the days" in page


@pytest.mark.parametrize("off", [1, -40])
def test_a_day_to_come_or_before_the_judgement_is_refused(world: World, off: int) -> None:
    judgement, _ = judged(world, ago=9)
    client = signed_in(world.senior)
    page = text_of(client.post(at("receive_plan", judgement), day_parts("received_on", world.today + off * DAY)))
    assert "There is a problem" in page
    assert not JudgementFollowUp.objects.filter(plan_received_on__isnull=False).exists()


def test_a_wrong_day_is_corrected_and_a_second_correction_is_told(world: World) -> None:
    judgement, owed = judged(world, ago=9)
    client = signed_in(world.senior)
    client.post(at("receive_plan", judgement), day_parts("received_on", world.today))
    seen = JudgementFollowUp.objects.get().revision
    typed = {**day_parts("plan_received_on", world.today - 2 * DAY), "revision": str(seen)}
    page = text_of(client.post(at("correct_plan", judgement), typed, follow=True))
    owed.refresh_from_db()
    assert owed.due_on == world.today + 5 * DAY
    assert "Action plan received on" in page
    second = {**day_parts("plan_received_on", world.today - 3 * DAY), "revision": str(seen)}
    page = text_of(signed_in(world.manager).post(at("correct_plan", judgement), second))
    assert "Dana Holloway saved this first" in page


def test_r14_the_plan_never_comes_and_the_manager_may_have_the_visit_made_without_it(world: World) -> None:
    judgement, owed = judged(world, ago=15)
    client = signed_in(world.manager)
    assert "You decide" in text_of(client.get(at("action_plan", judgement)))
    page = text_of(client.get(owed.get_absolute_url()))
    assert "You decide" in page
    assert "Book the visit without the plan" in page


def test_an_officer_reads_the_page_and_records_nothing_on_it(world: World) -> None:
    judgement, _ = judged(world, ago=3)
    client = signed_in(world.officer)
    assert "I have asked for the plan" not in text_of(client.get(at("action_plan", judgement)))
    assert client.post(at("request_plan", judgement), day_parts("requested_on", world.today)).status_code == 403
    assert not JudgementFollowUp.objects.exists()


def test_a_judgement_that_a_visit_was_made_for_is_not_corrected_away(world: World) -> None:
    """Somebody recorded that a visit discharged what the judgement made owed: the form says what to correct first."""
    place = register.enter_provision(
        provision_type="residential",
        name="Reed House",
        inspectorate="care_inspectorate",
        by=world.officer,
        on=world.today,
    )
    world.placed(place, world.today - 90 * DAY)
    weak = register.add_judgement(
        provision=place, outcome="inadequate", published_on=world.today - 60 * DAY, by=world.officer, on=world.today
    )
    actions.receive_action_plan(judgement=weak, received_on=world.today - 20 * DAY, by=world.senior)
    owed = Requirement.objects.get(deciding_judgement=weak)
    actions.record_past_visit(
        provision=place, visit_on=world.today, officer=world.officer, discharges=[owed.key], by=world.officer
    )
    typed = {
        "outcome": "not_judged",
        "words": "As the school says",
        **day_parts("published_on", weak.published_on),
        "revision": "0",
    }
    answer = signed_in(world.officer).post(reverse("register:correct_judgement", args=[weak.pk]), typed)
    page = text_of(answer)
    assert "Correct that first" in page
    assert "As the school says" in page
    weak.refresh_from_db()
    assert weak.outcome == "inadequate"


def test_who_of_ours_is_there_names_no_restricted_young_person(world: World) -> None:
    judgement, _ = judged(world, ago=3)
    placement = world.placed(judgement.provision, world.today - 30 * DAY)
    placements.restrict_record(
        young_person=placement.young_person,
        named=[world.senior],
        reason="Court order",
        by=world.manager,
        seen_revision=None,
    )
    reference = str(placement.young_person)
    assert reference in text_of(signed_in(world.senior).get(at("action_plan", judgement)))
    assert reference not in text_of(signed_in(world.officer).get(at("action_plan", judgement)))


def test_each_authority_records_its_own_days(world: World) -> None:
    judgement, _ = judged(world, ago=3)
    signed_in(world.senior).post(at("request_plan", judgement), day_parts("requested_on", world.today))
    other = make_world("Wold Borough Council", "wold", operator=world.operator)
    page = text_of(signed_in(other.senior).get(at("action_plan", judgement)))
    assert "I have asked for the plan" in page
    assert "Nobody of your authority" in page


def test_a_good_home_needs_no_plan(world: World) -> None:
    judgement, owed = judged(world, ago=3, outcome="good")
    page = text_of(signed_in(world.senior).get(at("action_plan", judgement)))
    assert "No action plan is asked for" in page
    assert "I have asked for the plan" not in page
    assert owed.due_on == world.today + 11 * DAY


def test_r14_before_the_14th_day_nobody_is_led_to_book_without_the_plan(world: World) -> None:
    _, owed = judged(world, ago=3)
    for person in (world.officer, world.manager):
        page = text_of(signed_in(person).get(owed.get_absolute_url()))
        assert "Go to the action plan" in page
        assert "Book the visit" not in page


# R14: whose decision it is


def test_r14_the_manager_decides_with_buttons_and_the_officer_asks_the_manager(world: World) -> None:
    judgement, owed = judged(world, ago=15)
    booking = f"{reverse('monitoring:book_visit', args=[judgement.provision_id])}?discharges=judgement%3A{judgement.pk}"
    for address in (at("action_plan", judgement), owed.get_absolute_url()):
        page = text_of(signed_in(world.manager).get(address))
        assert "You decide: have the visit made without the plan, waive it, or go on waiting (R14)" in page
        assert f'href="{booking}"' in page
        assert reverse("monitoring:waive", args=[owed.provision_id, owed.key]) in page
        assert page.index("Book the visit without the plan") < page.index("Waive this visit")
        for person in (world.officer, world.senior):
            page = text_of(signed_in(person).get(address))
            assert "The manager now decides" in page
            assert "Ask your manager before you book it" in page
            assert "Waive this visit" not in page
    page = text_of(signed_in(world.officer).get(owed.get_absolute_url()))
    assert page.index("Go to the action plan") < page.index("Book the visit without the plan, as the manager decided")
    assert signed_in(world.officer).get(booking).status_code == 200  # the officer books what the manager decided


def test_r14_one_visit_without_the_plan_is_booked_for_all_that_wait_for_it(world: World) -> None:
    provision = world.provision()
    judgement = world.judged(provision, "inadequate", world.today - 20 * DAY)
    keys = [f"initial:{world.placed(provision, world.today - days * DAY).pk}" for days in (16, 15)]
    page = text_of(signed_in(world.manager).get(at("action_plan", judgement)))
    booking = "&amp;".join(f"discharges={key.replace(':', '%3A')}" for key in keys)
    assert f"?{booking}" in page
    assert "Waive this visit" not in page  # each on its own page
    form = text_of(
        signed_in(world.manager).get(page.partition(f"?{booking}")[0].rpartition('"')[2], {"discharges": keys})
    )
    assert all(re.search(rf'value="{key}"[^>]* checked', form) for key in keys)


# The order of days


def test_c8_a_plan_that_came_unasked_starts_the_clock_and_the_page_says_so(world: World) -> None:
    judgement, owed = judged(world, ago=9)
    client = signed_in(world.senior)
    page = text_of(client.post(at("receive_plan", judgement), day_parts("received_on", world.today), follow=True))
    owed.refresh_from_db()
    assert owed.due_on == world.today + 7 * DAY
    assert "Not asked for: the plan came by itself" in page


def test_c8_a_plan_that_came_before_it_was_asked_for_counts_from_the_day_it_came(world: World) -> None:
    judgement, owed = judged(world, ago=9)
    actions.request_action_plan(judgement=judgement, requested_on=world.today - 3 * DAY, by=world.senior)
    received = day_parts("received_on", world.today - 5 * DAY)
    page = text_of(signed_in(world.senior).post(at("receive_plan", judgement), received, follow=True))
    owed.refresh_from_db()
    assert owed.due_on == world.today + 2 * DAY
    assert f"{day(world.today - 5 * DAY)}, before it was asked for" in page


@pytest.mark.parametrize(
    ("ago", "said"),
    [(8, "cannot have been reminded of it before that day"), (1, "cannot have been reminded of it after that day")],
)
def test_r14_nobody_is_reminded_before_the_request_or_after_the_plan_came(ago: int, said: str, world: World) -> None:
    judgement, _ = judged(world, ago=9)
    actions.request_action_plan(judgement=judgement, requested_on=world.today - 6 * DAY, by=world.senior)
    actions.receive_action_plan(judgement=judgement, received_on=world.today - 2 * DAY, by=world.senior)
    typed = {**day_parts("chased_on", world.today - ago * DAY), "note": "By email"}
    page = text_of(signed_in(world.senior).post(at("chase_plan", judgement), typed))
    assert said in page
    assert "By email" in page
    assert not PlanChase.objects.exists()


def test_r14_days_that_do_not_fit_a_chase_are_refused_until_it_is_taken_back(world: World) -> None:
    judgement, _ = judged(world, ago=9)
    client = signed_in(world.senior)
    actions.request_action_plan(judgement=judgement, requested_on=world.today - 6 * DAY, by=world.senior)
    chase = actions.chase_action_plan(judgement=judgement, chased_on=world.today - 3 * DAY, by=world.senior)
    too_early = day_parts("received_on", world.today - 4 * DAY)
    assert f"The provider was reminded on {day(chase.chased_on)}" in text_of(
        client.post(at("receive_plan", judgement), too_early)
    )
    late = {**day_parts("plan_requested_on", world.today - DAY), "revision": "1"}
    assert "take that chase back first" in text_of(client.post(at("correct_plan", judgement), late))
    assert JudgementFollowUp.objects.get().plan_requested_on == world.today - 6 * DAY
    actions.take_chase_back(chase=chase, because="The plan had come by then", by=world.senior)
    assert client.post(at("receive_plan", judgement), too_early).status_code == 302
