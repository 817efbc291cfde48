"""A visit refused at the door, recorded there on the phone: still owed by the same day, booked again and held (C12, C16)."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.journeys.conftest import Calendar
from tests.journeys.walker import Walker
from tests.monitoring.world import World
from wellplaced.history.models import Event
from wellplaced.monitoring import actions as monitoring
from wellplaced.monitoring.models import Requirement, Step, Visit
from wellplaced.register.models import Provision

REFUSED = "The deputy manager did not let me in: nobody had told her of the visit"
MOVED = "The registered manager is on leave on the 9th"


@pytest.fixture
def home(calendar: Calendar, world: World) -> Provision:
    """A home with a concern of Monday 1 June 2026, due a visit by the 11th; the visit was booked for the 9th."""
    home = world.provision(name="Alderbrook")
    world.placed(home, date(2026, 5, 30))
    monitoring.record_past_visit(
        provision=home, officer=world.officer, visit_on=date(2026, 5, 29), whole_form=True, by=world.officer
    )
    concern = monitoring.raise_concern(
        provision=home,
        raised_on=date(2026, 6, 1),
        raised_by="Neighbour",
        how="telephone",
        summary="Shouting at night",
        by=world.officer,
        on=world.today,
    )
    monitoring.assign(provision=home, officer=world.officer, reason="", by=world.manager, on=world.today)
    monitoring.book_visit(
        provision=home,
        officer=world.officer,
        visit_on=date(2026, 6, 9),
        discharges=[f"concern:{concern.pk}"],
        short_notice_because="The concern is due a visit within 10 days",
        by=world.officer,
        on=world.today,
    )
    return home


def it_is_moved(officer: Walker, visit: Visit) -> None:
    """To the 10th, before anybody set out."""
    officer.open(visit.get_absolute_url()).follow("Move it to another day").date("On which day?", date(2026, 6, 10))
    officer.type("Why is it moved?", MOVED).press("Save").sees("10 June 2026")


def nobody_opens(calendar: Calendar, world: World, walk: Callable[..., Walker]) -> Walker:
    """At the door, on the phone."""
    calendar.turn_to(date(2026, 6, 10), hour=14)
    officer = walk(world.officer, width=375).follow("Visit", exact=True)
    officer.follow("It did not take place").choose("Refused").type("Why did it not take place?", REFUSED).press("Save")
    officer.sees("stays owed", "Book another day", "due by Thursday 11 June 2026, in 1 day")
    return officer


def it_is_booked_again(officer: Walker) -> None:
    """For tomorrow, on the same phone; the reason is not asked for twice."""
    officer.holds("Why is it moved?", REFUSED).date("On which day?", date(2026, 6, 11)).press("Save")
    officer.sees("The visit is moved", "A visit is booked for 11 June 2026, in time.")
    officer.sees(f"9 June 2026: {MOVED}", f"10 June 2026: {REFUSED}")


def it_is_held_on_the_last_day(calendar: Calendar, world: World, officer: Walker) -> None:
    calendar.turn_to(date(2026, 6, 11), hour=15)
    officer.sign_in(world.officer.email).follow("Visit", exact=True).press("Record that it took place")
    officer.press("Record the visit").sees("Discharged by the visit on 11 June 2026, in time.")
    officer.sees(f"10 June 2026: {REFUSED}").follow("Who recorded what").sees("Could not be held", REFUSED, MOVED)


def test_a_visit_refused_at_the_door_stays_owed_by_the_same_day(
    calendar: Calendar, world: World, home: Provision, walk: Callable[..., Walker]
) -> None:
    it_is_moved(walk(world.officer), Visit.objects.get(state="booked"))
    officer = nobody_opens(calendar, world, walk)
    owed = Requirement.objects.get(provision=home, kind="concern")
    assert (owed.due_on, owed.state) == (date(2026, 6, 11), "open")
    it_is_booked_again(officer)
    it_is_held_on_the_last_day(calendar, world, officer)

    owed.refresh_from_db()
    assert (owed.due_on, owed.state, owed.in_time) == (date(2026, 6, 11), "discharged", True)
    visit = owed.discharged_by
    assert visit is not None
    assert (visit.visit_on, visit.booked_on, visit.outcome) == (date(2026, 6, 11), date(2026, 6, 10), "held")
    held = Step.objects.get(visit=visit, step="visit_held")
    assert (held.due_on, held.done_on, held.in_time) == (date(2026, 6, 11), date(2026, 6, 11), True)
    days = [event.changes["visit_on"] for event in Event.objects.filter(verb="visit rebooked").order_by("pk")]
    assert days == [["2026-06-09", "2026-06-10"], ["2026-06-10", "2026-06-11"]]
