"""The first thing to know at a provision, and its first button: what presses comes before what is far off."""

from datetime import date

from tests.desk.conftest import SignIn
from tests.desk.making import concern, home, in_order, judged, read
from tests.monitoring.world import World
from wellplaced.monitoring import actions
from wellplaced.people import actions as people
from wellplaced.people.rights import Role
from wellplaced.register.models import Provision


def judged_lately(world: World, outcome: str, published_on: date) -> Provision:
    """A home visited in May, where a young person is placed since September: its annual visit is due next May."""
    place = home(world)
    placement = world.placed(place, date(2025, 9, 1))
    actions.record_past_visit(
        provision=place, visit_on=date(2026, 5, 20), officer=world.officer, discharges=[f"initial:{placement.pk}"],
        by=world.officer,
    )  # fmt: skip
    judged(world, place, outcome, published_on)
    return place


def test_a_plan_that_nobody_asked_for_comes_before_an_annual_visit_of_next_year(
    world: World, signed_in: SignIn
) -> None:
    place = judged_lately(world, "requires_improvement", date(2026, 6, 4))
    page = read(signed_in(world.officer), place.get_absolute_url())
    assert in_order(
        page,
        "The visit after an Ofsted judgement waits for the action plan, which was to be asked for by Friday 5 June 2026.",
        "Go to the action plan",
        "Record a placement",
        "What is owed",
    )


def test_a_plan_that_was_asked_for_says_by_when_it_is_to_be_chased(world: World, signed_in: SignIn) -> None:
    place = judged_lately(world, "requires_improvement", date(2026, 6, 8))
    judgement = place.judgements.get()
    actions.request_action_plan(judgement=judgement, requested_on=date(2026, 6, 9), by=world.senior)
    page = read(signed_in(world.officer), place.get_absolute_url())
    assert "waits for the action plan, which is to be chased by Monday 15 June 2026." in page


def test_what_is_with_the_manager_says_so_first_and_its_button_goes_to_the_plan(
    world: World, signed_in: SignIn
) -> None:
    place = judged_lately(world, "inadequate", date(2026, 5, 25))
    concern(world, place, date(2026, 6, 9))
    page = read(signed_in(world.manager), place.get_absolute_url())
    assert in_order(
        page,
        "waits for the action plan. With the manager since Monday 8 June 2026: the visit may be made without the plan.",
        "owed.",
        "Go to the action plan",
        "Book a visit",
        "Record a placement",
    )


def test_an_overdue_visit_comes_before_a_plan_that_is_waited_for(world: World, signed_in: SignIn) -> None:
    place = judged_lately(world, "requires_improvement", date(2026, 6, 4))
    concern(world, place, date(2026, 5, 28))
    page = read(signed_in(world.officer), place.get_absolute_url())
    assert in_order(page, "The visit about a concern was due by Sunday 7 June 2026.", "Book a visit", "Raise a concern")


def test_a_visit_whose_day_has_come_is_recorded_with_the_first_button(world: World, signed_in: SignIn) -> None:
    place = home(world)
    raised = concern(world, place, date(2026, 6, 9))
    actions.book_visit(
        provision=place, officer=world.officer, visit_on=world.today, by=world.officer, on=world.today,
        discharges=[f"concern:{raised.pk}"],
    )  # fmt: skip
    page = read(signed_in(world.officer), place.get_absolute_url())
    assert in_order(
        page, "The visit about a concern is due by Friday 19 June 2026, and is booked.", "Record the visit",
        "Record a placement",
    )  # fmt: skip


def test_a_viewer_who_may_do_nothing_sees_the_sentence_and_no_button(world: World, signed_in: SignIn) -> None:
    viewer = people.add_person(
        authority=world.authority, name="Vera Lind", email="vera@fen.example", roles=[Role.VIEWER], by=None
    )
    place = judged_lately(world, "requires_improvement", date(2026, 6, 4))
    page = read(signed_in(viewer), place.get_absolute_url())
    assert "waits for the action plan" in page
    assert "Go to the action plan" not in page
