"""What was recorded by mistake is put right on record: a concern, a check, a plan's days; what a booked visit is for."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests.monitoring import bookings
from tests.monitoring.bookings import book, hold
from tests.monitoring.browsing import day_parts, signed_in, text_of
from tests.monitoring.world import World
from wellplaced.guidance import Refusal
from wellplaced.history.models import Event
from wellplaced.monitoring import actions
from wellplaced.monitoring.models import (
    Concern,
    JudgementFollowUp,
    OtherAuthorityCheck,
    PlanChase,
    PlanStep,
    Requirement,
)
from wellplaced.monitoring.models import Visit as VisitRow
from wellplaced.register.models import Provision

DAY = timedelta(days=1)


def concern(world: World, home: Provision, days_ago: int = 2) -> Concern:
    return actions.raise_concern(
        provision=home, raised_on=world.today - days_ago * DAY, raised_by="Neighbour", how="telephone",
        summary="Noise", by=world.officer, on=world.today,
    )  # fmt: skip


def owed(key: str) -> Requirement:
    return Requirement.objects.get(key=key)


# A concern


def test_a_concern_raised_at_the_wrong_home_is_withdrawn_and_owes_nothing(world: World) -> None:
    home = world.provision()
    found = concern(world, home)
    assert owed(f"concern:{found.pk}").state == "open"
    client = signed_in(world.manager)
    assert "Withdraw it" in text_of(client.get(found.get_absolute_url()))
    address = reverse("monitoring:withdraw_concern", args=[found.pk])
    typed = {"because": "It was about Ash Lodge", "revision": "0"}
    assert client.post(address, typed, follow=True).status_code == 200
    assert not Requirement.objects.filter(key=f"concern:{found.pk}").exists()
    page = text_of(client.get(found.get_absolute_url()))
    assert "It was about Ash Lodge" in page
    assert "Correct it" not in page
    assert "Withdrawn" in text_of(client.get(reverse("monitoring:concerns")))
    assert "Nothing was changed: this concern is withdrawn" in text_of(client.post(address, typed, follow=True))


def test_a_withdrawn_concern_stands_again_counted_from_its_day(world: World) -> None:
    found = concern(world, world.provision(), days_ago=3)
    due = owed(f"concern:{found.pk}").due_on
    actions.withdraw_concern(concern=found, because="Twice", by=world.manager)
    client = signed_in(world.manager)
    address = reverse("monitoring:reinstate_concern", args=[found.pk])
    client.post(address, {"because": "They were two", "revision": "1"})
    assert owed(f"concern:{found.pk}").due_on == due
    told = list(Event.objects.of(found).values_list("verb", "reason"))
    assert told[1:] == [("concern withdrawn", "Twice"), ("concern stands again", "They were two")]


def test_an_officer_does_not_take_the_duty_away_themselves(world: World) -> None:
    found = concern(world, world.provision())
    client = signed_in(world.officer)
    assert "Withdraw it" not in text_of(client.get(found.get_absolute_url()))
    assert client.post(reverse("monitoring:withdraw_concern", args=[found.pk]), {"because": "No"}).status_code == 403


def test_a_concern_that_a_visit_looked_into_is_unticked_there_before_it_is_withdrawn(world: World) -> None:
    home = world.provision()
    found = concern(world, home)
    key = f"concern:{found.pk}"
    visit = book(world, home, 1, discharges=[key])
    client = signed_in(world.manager)
    address = reverse("monitoring:withdraw_concern", args=[found.pk])
    assert "Untick it at that visit first" in text_of(client.post(address, {"because": "No", "revision": "0"}))
    actions.plan_visit(visit=visit, discharges=[], to_see=[], note="", by=world.officer, seen_revision=None)
    assert client.post(address, {"because": "Of another home", "revision": "0"}).status_code == 302
    assert not Requirement.objects.filter(key=key).exists()


def test_a_concern_that_is_waived_is_withdrawn_after_the_waiver(world: World) -> None:
    found = concern(world, world.provision())
    actions.waive(requirement=owed(f"concern:{found.pk}"), reason="Settled", by=world.manager, on=world.today)
    with pytest.raises(Refusal):
        actions.withdraw_concern(concern=found, because="Twice", by=world.manager)


def test_whoever_books_a_visit_for_a_concern_that_is_withdrawn_meanwhile_is_told(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = world.provision()
    found = concern(world, home)
    real = actions.book_visit

    def a_moment_later(**values: Any) -> VisitRow:
        actions.withdraw_concern(concern=found, because="Of another home", by=world.manager)
        return real(**values)

    monkeypatch.setattr(actions, "book_visit", a_moment_later)
    sent = bookings.typed(world, 3, short_notice_because="Soon", discharges=[f"concern:{found.pk}"])
    page = text_of(signed_in(world.officer).post(reverse("monitoring:book_visit", args=[home.pk]), sent))
    assert "names the visit about a concern, which this would take away or a colleague just did" in page
    assert not VisitRow.objects.exists()


# What is sent twice


@pytest.mark.parametrize("what", ["concern", "check", "chase"])
def test_a_double_click_records_once(what: str, world: World) -> None:
    home = world.provision()
    placement = world.placed(home, world.today - 9 * DAY)
    judgement = world.judged(home, "inadequate", world.today - 5 * DAY)
    typed: dict[str, Any] = {"once": "t"}
    if what == "concern":
        address, model = reverse("monitoring:raise_concern", args=[home.pk]), Concern
        typed |= day_parts("raised_on", world.today) | {"raised_by": "Aunt", "how": "email", "summary": "Noise"}
    elif what == "check":
        address = reverse("monitoring:check", args=[home.pk, f"initial:{placement.pk}"])
        model = OtherAuthorityCheck
        typed |= day_parts("provider_asked_on", world.today) | {"answer": "named", "named": "Northmere"}
    else:
        address, model = reverse("monitoring:chase_plan", args=[judgement.pk]), PlanChase
        typed |= day_parts("chased_on", world.today)
    client = signed_in(world.manager)
    assert [client.post(address, typed).status_code for _ in range(2)] == [302, 302]
    assert model._default_manager.count() == 1


# C4's check, and the action plan


def test_a_check_of_somebody_else_is_taken_back_and_counts_for_nothing(world: World) -> None:
    home = world.provision("supported_accommodation")
    placement = world.placed(home, world.today - 9 * DAY)
    check = actions.check_with_other_authority(
        placement=placement, provider_asked_on=world.today, none_named=True, by=world.officer
    )
    key = f"initial:{placement.pk}"
    assert owed(key).fallback == "done"
    client = signed_in(world.officer)
    assert "Take back" in text_of(client.get(owed(key).get_absolute_url()))
    address = reverse("monitoring:take_check_back", args=[check.pk])
    typed = {"because": "Of another placement", "revision": "0"}
    assert [client.post(address, typed).status_code for _ in range(2)] == [302, 302]
    assert owed(key).fallback == "needed"
    page = text_of(client.get(owed(key).get_absolute_url()))
    assert "Taken back: Of another placement" in page
    assert "Nothing was changed" in text_of(
        client.get(reverse("monitoring:change_check", args=[check.pk]), follow=True)
    )


def test_a_chase_on_a_wrong_day_is_taken_back_and_the_step_is_due_again(world: World) -> None:
    home = world.provision()
    world.placed(home, world.today - 60 * DAY)
    judgement = world.judged(home, "inadequate", world.today - 20 * DAY)
    actions.request_action_plan(judgement=judgement, requested_on=world.today - 19 * DAY, by=world.senior)
    chase = actions.chase_action_plan(judgement=judgement, chased_on=world.today - 12 * DAY, by=world.senior)
    step = PlanStep.objects.filter(judgement=judgement, step="plan_chased_first")
    assert step.get().done_on == world.today - 12 * DAY
    client = signed_in(world.senior)
    address = reverse("monitoring:take_chase_back", args=[judgement.pk, chase.pk])
    assert address in text_of(client.get(reverse("monitoring:action_plan", args=[judgement.pk])))
    assert [client.post(address, {"because": "Another home"}).status_code for _ in range(2)] == [302, 302]
    assert step.get().done_on is None
    told = Event.objects.of(JudgementFollowUp.objects.get()).last()
    assert told is not None
    assert (told.verb, told.reason) == ("chase of the action plan taken back", "Another home")


@pytest.mark.parametrize(("route", "field"), [("request_plan", "requested_on"), ("receive_plan", "received_on")])
def test_of_two_who_record_the_plan_the_second_is_told_and_nothing_is_replaced(
    route: str, field: str, world: World
) -> None:
    home = world.provision()
    world.placed(home, world.today - 60 * DAY)
    judgement = world.judged(home, "inadequate", world.today - 20 * DAY)
    address, client = reverse(f"monitoring:{route}", args=[judgement.pk]), signed_in(world.senior)
    first, second = (day_parts(field, world.today - days * DAY) for days in (9, 3))
    assert client.post(address, first).status_code == 302
    assert "and nothing was changed" in text_of(client.post(address, second))
    assert client.post(address, first).status_code == 302
    assert getattr(JudgementFollowUp.objects.get(), f"plan_{field}") == world.today - 9 * DAY


# What a booked visit is for, and what it is to see


def test_a_concern_that_comes_after_the_booking_is_added_to_the_visit(world: World) -> None:
    home = world.provision()
    visit = book(world, home, 3)
    found = concern(world, home)
    key, client = f"concern:{found.pk}", signed_in(world.officer)
    address = reverse("monitoring:plan_visit", args=[visit.pk])
    assert address in text_of(client.get(visit.get_absolute_url()))
    client.post(address, {"discharges": [key], "note": "", "revision": visit.revision})
    assert owed(key).state == "booked"
    assert VisitRow.objects.get().visit_on == visit.visit_on


def test_a_visit_that_comes_too_late_for_what_is_added_says_why(world: World) -> None:
    home = world.provision()
    visit = book(world, home, 20)
    found = concern(world, home)
    address, client = reverse("monitoring:plan_visit", args=[visit.pk]), signed_in(world.officer)
    typed = {"discharges": [f"concern:{found.pk}"], "note": "", "revision": visit.revision}
    assert "Say why it cannot be sooner" in text_of(client.post(address, typed))
    assert client.post(address, typed | {"late_because": "They are away"}).status_code == 302
    assert VisitRow.objects.get().late_because == "They are away"


def test_of_two_who_plan_one_visit_the_second_is_told(world: World) -> None:
    home = world.provision()
    visit = book(world, home, 3)
    address, client = reverse("monitoring:plan_visit", args=[visit.pk]), signed_in(world.officer)
    first, second = ({"note": words, "revision": visit.revision} for words in ("Ring first", "Bring the file"))
    assert client.post(address, first).status_code == 302
    page = text_of(client.post(address, second))
    assert "Ring first" in page
    assert "Bring the file" in page
    assert VisitRow.objects.get().note == "Ring first"


def test_what_was_planned_and_not_seen_is_told_apart_from_what_was_seen(world: World) -> None:
    """R7: an initial visit is owed for each flat that was not seen."""
    home = world.provision("supported_accommodation")
    one, two = world.flat(home, "Flat 1"), world.flat(home, "Flat 2")
    placement = world.placed(home, world.today - DAY, premises=two)
    visit = book(world, home, 0, to_see=[one, two])
    client = signed_in(world.officer)
    assert "Flat 2: to be seen" in text_of(client.get(visit.get_absolute_url()))
    page = text_of(client.get(reverse("monitoring:hold_visit", args=[visit.pk])))
    assert page.count(" checked") >= 3  # the outcome, and both flats of the plan
    typed = day_parts("visit_on", world.today) | {"outcome": "held", "premises": [one.pk], "whole_form": "on"}
    typed["revision"] = visit.revision
    assert client.post(reverse("monitoring:hold_visit", args=[visit.pk]), typed).status_code == 302
    visit.refresh_from_db()
    assert list(visit.premises.all()) == [one]
    assert list(visit.to_see.all()) == [one, two]
    page = text_of(client.get(visit.get_absolute_url()))
    assert "Flat 1: seen" in page
    assert "Flat 2: planned, not seen" in page
    later = world.placed(home, world.today, premises=one)
    assert owed(f"initial:{placement.pk}").state in ("open", "overdue")
    assert not Requirement.objects.owed().filter(key=f"initial:{later.pk}").exists()


def test_what_the_checklist_says_was_seen_is_where_the_record_of_the_day_starts(world: World) -> None:
    home = world.provision("supported_accommodation")
    one, two = world.flat(home, "Flat 1"), world.flat(home, "Flat 2")
    visit, client = book(world, home, 0, to_see=[one]), signed_in(world.officer)
    checklist = reverse("monitoring:checklist", args=[visit.pk])
    assert "The visit is to see this" in text_of(client.get(checklist))
    client.post(checklist, {f"premises-{two.pk}": "yes", f"was-premises-{two.pk}": ""})
    assert list(visit.premises.all()) == [two]
    page = text_of(client.get(reverse("monitoring:hold_visit", args=[visit.pk])))
    boxes = re.findall(r'<input[^>]*name="premises"[^>]*>', page)
    assert ["checked" in each for each in boxes if f'value="{one.pk}"' in each] == [False]
    assert ["checked" in each for each in boxes if f'value="{two.pk}"' in each] == [True]


def test_a_withdrawn_concern_of_a_held_visit_is_refused_until_the_visit_is_corrected(world: World) -> None:
    home = world.provision()
    found = concern(world, home)
    visit = book(world, home, 0, discharges=[f"concern:{found.pk}"])
    hold(world, visit, world.today, (f"concern:{found.pk}",))
    with pytest.raises(ValidationError, match="was looked into"):
        actions.withdraw_concern(concern=found, because="Twice", by=world.manager)
