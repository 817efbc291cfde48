"""Booking (C11, C12): proposed, confirmed, booked at once, moved; announced or not; at short notice; who reviews."""

from collections.abc import Callable
from datetime import time

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests.monitoring.bookings import (
    DAY,
    TOLD_STEPS,
    book,
    closed,
    confirm,
    new_visit,
    of_visit,
    owed_at,
    propose,
    rebook,
    typed,
)
from tests.monitoring.browsing import day_parts, signed_in, text_of
from tests.monitoring.test_two_people import at_once
from tests.monitoring.world import World, make_world
from wellplaced import guidance
from wellplaced.history import clock
from wellplaced.history.models import Event
from wellplaced.monitoring import actions
from wellplaced.monitoring.models import Requirement, Step, Visit
from wellplaced.people import actions as people
from wellplaced.people.models import Person
from wellplaced.people.rights import Role
from wellplaced.register.models import Provision

# Proposed and confirmed


def test_c12_a_day_proposed_books_nothing_until_the_provider_agrees(world: World) -> None:
    home, owed = owed_at(world)
    visit = propose(world, home, 5, discharges=[owed.key])
    owed.refresh_from_db()
    assert (owed.state, owed.booked_by, Step.objects.filter(visit=visit).count()) == ("open", None, 0)
    confirm(world, visit, visit_at=time(14, 30))
    owed.refresh_from_db()
    visit.refresh_from_db()
    assert (owed.state, visit.state, visit.visit_at) == ("booked", "booked", time(14, 30))
    assert Step.objects.filter(visit=visit, step="confirmation_sent").exists()


def test_a_visit_is_booked_from_the_day_on_which_the_provider_agreed(world: World) -> None:
    home, owed = owed_at(world, started=6)
    visit = propose(world, home, 5, discharges=[owed.key], on=world.today - 4 * DAY)
    confirm(world, visit, confirmed_on=world.today - 2 * DAY)
    visit.refresh_from_db()
    assert visit.booked_on == world.today - 2 * DAY
    with pytest.raises(ValidationError, match="in the future"):
        confirm(world, propose(world, home), confirmed_on=world.today + DAY)


def test_a_proposal_moves_as_a_proposal_and_is_withdrawn(world: World) -> None:
    home, _ = owed_at(world)
    visit = rebook(world, propose(world, home, 5), 8)
    assert (visit.state, visit.visit_on) == ("proposed", world.today + 8 * DAY)
    actions.cancel_visit(visit=visit, because="They never answered", by=world.officer, seen_revision=None)
    visit.refresh_from_db()
    assert visit.state == "cancelled"


def test_a_day_is_proposed_and_confirmed_on_the_pages(world: World) -> None:
    home, owed = owed_at(world)
    client = signed_in(world.officer)
    client.post(new_visit(home), typed(world, 5, when="propose", discharges=[owed.key]))
    visit = Visit.objects.get()
    assert visit.state == "proposed"
    page = text_of(client.get(owed.get_absolute_url()))
    assert "Go to the proposed visit" in page
    assert "the provider has not confirmed the day yet" in page
    address = of_visit("confirm_visit", visit)
    assert "They want another day" in text_of(client.get(address))
    agreed = {**day_parts("confirmed_on", world.today), "visit_at": "11:00", "revision": "0"}
    assert "Say why it is at short notice" in text_of(client.post(address, agreed))
    client.post(address, agreed | {"short_notice_because": "Placed yesterday"})
    visit.refresh_from_db()
    assert (visit.state, visit.short_notice_because) == ("booked", "Placed yesterday")


def test_a_day_that_is_past_is_not_confirmed(world: World) -> None:
    home, _ = owed_at(world)
    visit = propose(world, home, 0, on=world.today - 5 * DAY)
    Visit.objects.update(visit_on=world.today - DAY, booked_on=world.today - 5 * DAY)
    agreed = {**day_parts("confirmed_on", world.today), "short_notice_because": "x", "revision": "0"}
    page = text_of(signed_in(world.officer).post(of_visit("confirm_visit", visit), agreed))
    assert "The day that was proposed is past" in page


def test_an_unannounced_visit_is_not_proposed_to_the_provider(world: World) -> None:
    home, _ = owed_at(world)
    asked = typed(world, 20, when="propose", told="no", unannounced_because="A concern")
    assert "is known to them" in text_of(signed_in(world.officer).post(new_visit(home), asked))
    assert not Visit.objects.exists()


# Moved


def test_every_earlier_day_is_kept_with_its_reason_and_no_due_date_moves(world: World) -> None:
    home, owed = owed_at(world)
    visit = book(world, home, 5, discharges=[owed.key])
    for in_days, reason in ((8, "Snow"), (11, "The manager is ill")):
        rebook(world, visit, in_days, reason=reason)
    moves = Event.objects.of(visit).filter(verb="visit rebooked")
    days = [(event.reason, event.changes["visit_on"]) for event in moves]
    at = [(world.today + n * DAY).isoformat() for n in (5, 8, 11)]
    assert days == [("Snow", at[:2]), ("The manager is ill", at[1:])]
    due = owed.due_on
    owed.refresh_from_db()
    assert owed.due_on == due


def test_c15_a_confirmation_of_the_earlier_day_goes_again(world: World) -> None:
    home, _ = owed_at(world)
    visit = book(world, home)
    for step in ("confirmation_sent", "letter_sent"):
        actions.record_step(visit=visit, step=step, done_on=world.today, by=world.officer, on=world.today)
    rebook(world, visit, 25)
    assert set(visit.step_records.values_list("step", flat=True)) == {"letter_sent"}
    assert Event.objects.filter(verb="step taken back", reason="Snow").count() == 1


def test_r8_a_new_day_is_a_new_booking_and_the_same_day_is_not(world: World) -> None:
    home, _ = owed_at(world)
    visit = book(world, home, 20, on=world.today - 30 * DAY)
    assert rebook(world, visit, 20, visit_at=time(9)).booked_on == world.today - 30 * DAY
    assert rebook(world, visit, 3).booked_on == world.today
    assert Step.objects.get(visit=visit, step="confirmation_sent").short_notice


def test_moved_past_its_due_date_a_visit_says_how_late_and_asks_why(world: World) -> None:
    home, owed = owed_at(world)
    visit = book(world, home, 5, discharges=[owed.key])
    client, address = signed_in(world.officer), of_visit("rebook_visit", visit)
    asked = typed(world, 15, reason="Snow", revision="0")
    assert "This day is 2 days late" in text_of(client.post(address, asked))
    client.post(address, asked | {"late_because": "The road is closed"})
    visit.refresh_from_db()
    assert (visit.late_because, visit.visit_on) == ("The road is closed", world.today + 15 * DAY)


def test_a_move_that_changes_nothing_says_so_and_one_sent_twice_does_not(world: World) -> None:
    visit = book(world, world.provision(), 30, visit_at=time(10))
    client, address = signed_in(world.officer), of_visit("rebook_visit", visit)
    nothing = typed(world, 30, reason="Snow", revision="0")
    assert "The visit stands so already" in text_of(client.post(address, nothing))
    moved = typed(world, 31, reason="Snow", revision="0")
    assert [client.post(address, moved).status_code for _ in range(2)] == [302, 302]
    assert Event.objects.of(visit).filter(verb="visit rebooked").count() == 1


def test_the_reason_for_a_move_says_why_it_is_at_short_notice(world: World) -> None:
    home, _ = owed_at(world)
    visit = book(world, home, 30)
    asked = typed(world, 2, reason="The roof fell in", revision="0")
    signed_in(world.officer).post(of_visit("rebook_visit", visit), asked)
    visit.refresh_from_db()
    assert visit.short_notice_because == "The roof fell in"


# Unannounced


def test_what_tells_the_provider_is_set_aside_with_the_reason_of_an_unannounced_visit(world: World) -> None:
    home, _ = owed_at(world)
    visit = book(world, home, unannounced_because="A concern about nights")
    aside = visit.step_records.filter(set_aside_because="A concern about nights")
    assert {record.step for record in aside} == TOLD_STEPS
    stands = Step.objects.filter(visit=visit, step__in=TOLD_STEPS).values_list("state", flat=True)
    assert set(stands) == {"set_aside"}


def test_announced_again_only_what_was_set_aside_by_that_is_taken_back(world: World) -> None:
    home, _ = owed_at(world)
    visit = book(world, home)
    own = {"by": world.officer, "on": world.today}
    actions.set_step_aside(visit=visit, step="letter_sent", because="They asked for none", **own)
    visit = rebook(world, visit, 21, unannounced_because="A concern")
    assert visit.step_records.filter(set_aside_because="A concern").count() == 2
    visit = rebook(world, visit, 22, unannounced_because="")
    assert [record.set_aside_because for record in visit.step_records.all()] == ["They asked for none"]


def test_an_unannounced_visit_says_why_and_is_not_asked_about_short_notice(world: World) -> None:
    home, owed = owed_at(world)
    client = signed_in(world.officer)
    asked = typed(world, 2, told="no", discharges=[owed.key])
    assert "Say why the provider is not told" in text_of(client.post(new_visit(home), asked))
    client.post(new_visit(home), asked | {"unannounced_because": "A concern"})
    visit = Visit.objects.get()
    assert (visit.unannounced_because, visit.short_notice_because) == ("A concern", "")


# At short notice


def test_r8_short_notice_asks_why_and_full_notice_does_not(world: World) -> None:
    home, owed = owed_at(world)
    client = signed_in(world.officer)
    assert "Why at short notice?" in text_of(
        client.get(new_visit(home))
    )  # 14 days from yesterday: no day in time has 14
    asked = typed(world, 3, discharges=[owed.key])
    page = text_of(client.post(new_visit(home), asked))
    assert "For full notice this day had to be booked by" in page
    client.post(new_visit(home), asked | {"short_notice_because": "Placed yesterday"})
    assert Visit.objects.get().short_notice_because == "Placed yesterday"


def test_where_no_day_in_time_leaves_full_notice_the_page_gives_the_reason_itself(world: World) -> None:
    home, owed = owed_at(world)
    assert owed.due_on is not None
    page = text_of(signed_in(world.officer).get(new_visit(home)))
    assert "Initial visit (C7) is due by" in page
    annual = world.provision("sen")
    assert "Why at short notice?" not in text_of(signed_in(world.officer).get(new_visit(annual)))


def test_short_notice_follows_the_version_of_the_timeframes_in_force(world: World) -> None:
    text = 'number = "local-1"\nin_force_from = 2026-01-01\n[timeframes.confirmation_sent]\nnumber = 2\n'
    actions.publish_timeframes(text=text, reason="Providers agreed", by=world.manager)
    home, owed = owed_at(world)
    signed_in(world.officer).post(new_visit(home), typed(world, 3, discharges=[owed.key]))
    assert Visit.objects.get().short_notice_because == ""


def test_with_full_notice_no_reason_is_kept(world: World) -> None:
    home = world.provision()
    asked = typed(world, 20, short_notice_because="Nothing of the kind", late_because="Nor this")
    signed_in(world.officer).post(new_visit(home), asked)
    visit = Visit.objects.get()
    assert (visit.short_notice_because, visit.late_because) == ("", "")


def test_c4_a_booking_too_late_for_an_initial_visit_leads_to_the_check(world: World) -> None:
    home = world.provision("sen")
    placement = world.placed(home, world.today - DAY)
    key = f"initial:{placement.pk}"
    why = {"late_because": "Nobody is free", "short_notice_because": "Placed yesterday"}
    answer = signed_in(world.officer).post(new_visit(home), typed(world, 9, discharges=[key], **why))
    told = [str(message) for message in answer.wsgi_request._messages]
    assert any(reverse("monitoring:check", args=[home.pk, key]) in words for words in told)


# Who reviews


def test_c19_whoever_visits_does_not_review(world: World) -> None:
    home, _ = owed_at(world)
    with pytest.raises(ValidationError, match="cannot review its report"):
        book(world, home, reviewer=world.officer)
    visit = book(world, home, reviewer=world.senior)
    with pytest.raises(ValidationError, match="cannot review its report"):
        rebook(world, visit, 21, officer=world.senior)
    asked = typed(world, 20, officer=world.senior.pk, reviewer=world.senior.pk)
    assert "cannot review its report" in text_of(signed_in(world.officer).post(new_visit(home), asked))
    with pytest.raises(IntegrityError), transaction.atomic():
        Visit.objects.update(reviewer=world.officer)


def test_whoever_reviewed_last_is_suggested_else_the_only_senior_officer(world: World) -> None:
    home, _ = owed_at(world)
    client = signed_in(world.officer)
    chosen = f'<option value="{world.senior.pk}" selected>'
    assert chosen in text_of(client.get(new_visit(home)))
    second = senior(world, "Olga Finch")
    assert chosen not in text_of(client.get(new_visit(home)))
    book(world, home, reviewer=second)
    assert f'<option value="{second.pk}" selected>' in text_of(client.get(new_visit(home)))


def senior(world: World, name: str) -> Person:
    email = f"{name.split(maxsplit=1)[0].lower()}@fen.example"
    return people.add_person(
        authority=world.authority, name=name, email=email, roles=[Role.SENIOR_OFFICER], by=world.manager
    )


def test_the_reviewer_changes_and_the_deputy_of_one_who_is_away_may_be_chosen(world: World) -> None:
    home, _ = owed_at(world)
    visit = book(world, home, reviewer=world.senior)
    people.arrange_cover(
        absent=world.senior,
        covering=world.manager,
        starts_on=world.today,
        ends_on=world.today + 9 * DAY,
        by=world.manager,
    )
    client, address = signed_in(world.officer), of_visit("choose_reviewer", visit)
    page = text_of(client.get(address))
    assert "Dana Holloway (away until" in page
    assert "Marcus Fell covers)" in page
    assert f'<option value="{world.officer.pk}"' not in page
    client.post(address, {"reviewer": world.manager.pk, "revision": "0"})
    visit.refresh_from_db()
    assert visit.reviewer == world.manager


# Two places at one time


def test_nobody_is_in_two_places_at_one_time(world: World) -> None:
    home, other = world.provision(name="Alder House"), world.provision(name="Birch House")
    first = propose(world, home, visit_at=time(10))
    with pytest.raises(ValidationError, match="visits Alder House at 10:00am"):
        book(world, other, visit_at=time(10))
    page = text_of(signed_in(world.officer).post(new_visit(other), typed(world, 20)))
    assert "Priya Oakes visits Alder House at 10:00am" in page
    assert first.get_absolute_url() in page
    book(world, other, visit_at=time(10), officer=world.senior)
    moved = book(world, other, visit_at=time(11))
    with pytest.raises(ValidationError, match="visits Alder House"):
        rebook(world, moved, 20, visit_at=time(10))
    actions.cancel_visit(visit=first, because="They said no", by=world.officer, seen_revision=None)
    rebook(world, moved, 20, visit_at=time(10))


def test_a_visit_keeps_its_own_time_and_one_without_a_time_never_clashes(world: World) -> None:
    home = world.provision()
    visit = book(world, home, visit_at=time(10))
    rebook(world, visit, 20, visit_at=time(10), reason="Another reason")
    book(world, home)
    book(world, home)
    assert Visit.objects.count() == 3


def test_the_page_shows_what_else_the_officer_has_that_day(world: World) -> None:
    first = book(world, world.provision(name="Alder House"), visit_at=time(10))
    asked = typed(world, 20, visit_at="", told="")
    page = text_of(signed_in(world.officer).post(new_visit(world.provision()), asked))
    assert "10:00am: Alder House" in page
    assert first.get_absolute_url() in page


@pytest.mark.django_db(transaction=True)
def test_of_two_bookings_of_one_officer_at_one_time_one_is_refused() -> None:
    world = make_world()
    homes = [world.provision(), world.provision()]

    def booking(home: Provision) -> Callable[[], object]:
        def act() -> object:
            try:
                return book(world, home, visit_at=time(10))
            except ValidationError as refused:
                return refused

        return act

    outcomes = at_once(*map(booking, homes))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["ValidationError", "Visit"]
    assert Visit.objects.count() == 1


# Sent twice


def test_a_booking_sent_twice_happens_once(world: World) -> None:
    home = world.provision()
    client = signed_in(world.officer)
    asked = typed(world, 20, once="abc")
    first, second = (client.post(new_visit(home), asked) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"] == Visit.objects.get().get_absolute_url()
    client.post(new_visit(home), asked | {"visit_at": "15:00"})
    assert Visit.objects.count() == 2


# What became of the day


def test_c16_a_home_where_nobody_lives_was_seen_and_a_visit_broken_off_was_not(world: World) -> None:
    home, owed = owed_at(world)
    client = signed_in(world.officer)
    first = book(world, home, 0, discharges=[owed.key])
    answer = client.post(
        of_visit("visit_not_held", first), {"outcome": "aborted", "because": "Fire alarm", "revision": "0"}
    )
    assert answer.headers["Location"] == of_visit("rebook_visit", first)
    first.refresh_from_db()
    owed.refresh_from_db()
    assert (first.outcome, first.state, owed.state) == ("aborted", "not_held", "open")
    rebook(world, first, 0)
    address = of_visit("hold_visit", first)
    assert "This counts as held: the home was seen" in text_of(client.get(address))
    seen = {**day_parts("visit_on", world.today), "discharges": [owed.key], "revision": "2"}
    client.post(address, seen | {"outcome": "nobody_living_there"})
    first.refresh_from_db()
    owed.refresh_from_db()
    assert (first.outcome, first.state, owed.state) == ("nobody_living_there", "held", "discharged")


def test_a_closed_visit_is_not_moved_without_reopening(world: World) -> None:
    home, _ = owed_at(world)
    visit = closed(world, home)
    client = signed_in(world.manager)
    for name in ("correct_visit", "visit_not_held", "choose_reviewer"):
        answer = client.post(of_visit(name, visit), {"revision": "1"})
        assert answer.headers["Location"] == visit.get_absolute_url()
        assert "This visit is closed. Reopen it" in str(*answer.wsgi_request._messages)
        list(client.get(visit.get_absolute_url()).wsgi_request._messages)
    with pytest.raises(ValidationError, match="closed"):
        actions.record_not_held(visit=visit, because="Wrong home", by=world.officer, seen_revision=None)
    with pytest.raises(ValidationError, match="closed"):
        actions.correct_visit(visit=visit, discharges=[], by=world.officer, seen_revision=None)


# For a colleague who is away


def test_work_taken_over_from_a_colleague_shows_whose_it_is(world: World) -> None:
    home, _ = owed_at(world)
    actions.assign(provision=home, officer=world.senior, by=world.manager, on=world.today)
    visit = book(world, home, 5, officer=world.senior)
    after = book(world, home, 20, officer=world.senior)
    people.arrange_cover(
        absent=world.senior,
        covering=world.officer,
        starts_on=world.today,
        ends_on=world.today + 9 * DAY,
        by=world.manager,
    )
    client = signed_in(world.officer)
    until = f"{(world.today + 9 * DAY).day} {world.today + 9 * DAY:%B %Y}"
    assert f"For Dana Holloway, who is away until {until}. Priya Oakes covers." in text_of(client.get(new_visit(home)))
    assert "For Dana Holloway, who is away" in text_of(client.get(of_visit("rebook_visit", visit)))
    listed = text_of(client.get("/visits/?whose=covered"))
    assert visit.get_absolute_url() in listed
    assert after.get_absolute_url() in listed
    assert listed.count(f"Away until {until}, Priya Oakes covers") == 1


def test_the_confirmation_counts_from_the_booking_where_that_is_later(world: World) -> None:
    """The number of days stands in the timeframes alone."""
    home = world.provision()
    visit = book(world, home, 40)
    last = guidance.book_by(visit.visit_on, guidance.default_versions()[-1])
    assert Step.objects.get(visit=visit, step="confirmation_sent").due_on == last
    assert clock.today() < last


def test_r5_beside_a_concern_an_annual_visit_that_is_far_off_is_not_ticked(world: World) -> None:
    """One visit may discharge both, where the officer says so; by itself it does not start the 12 months again."""
    home = world.provision()
    world.placed(home, world.today - 60 * DAY)
    seen_on = world.today - 61 * DAY
    actions.record_past_visit(
        provision=home, visit_on=seen_on, officer=world.officer, whole_form=True, by=world.officer
    )
    concern = actions.raise_concern(
        provision=home,
        raised_on=world.today,
        raised_by="staff",
        how="email",
        summary="Noise",
        by=world.officer,
        on=world.today,
    )
    annual = Requirement.objects.get(provision=home, kind="annual", state="open")
    client = signed_in(world.officer)
    page = text_of(client.get(new_visit(home)))
    assert f'value="concern:{concern.pk}" checked' in page
    assert f'value="{annual.key}" checked' not in page
    assert f'value="{annual.key}"' in page
    assert f'value="{annual.key}" checked' in text_of(client.get(f"{new_visit(home)}?discharges={annual.key}"))


def test_whoever_looks_after_a_provision_is_chosen_already_unless_they_are_away(world: World) -> None:
    home, _ = owed_at(world)
    client, chosen = signed_in(world.officer), f'value="{world.officer.pk}" selected'
    assert chosen not in text_of(client.get(new_visit(home)))
    actions.assign(provision=home, officer=world.officer, reason="", by=world.manager, on=world.today)
    assert chosen in text_of(client.get(new_visit(home)))
    people.arrange_cover(
        absent=world.officer, covering=world.senior, starts_on=world.today, ends_on=world.today + DAY, by=world.manager
    )
    assert chosen not in text_of(client.get(new_visit(home)))


def test_why_a_visit_was_not_held_need_not_be_said_again_to_book_another_day(world: World) -> None:
    home, _ = owed_at(world)
    visit = book(world, home, 0)
    actions.record_not_held(
        visit=visit, because="Nobody opened the door", outcome="refused", by=world.officer, seen_revision=None
    )
    assert "Nobody opened the door" in text_of(signed_in(world.officer).get(of_visit("rebook_visit", visit)))
