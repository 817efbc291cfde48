"""A short stay that ended before its visit fell due: the visit lapses, and repeated short stays are seen (C7, R3, R18)."""

from collections.abc import Callable
from datetime import date

from tests.journeys.conftest import Calendar
from tests.journeys.walker import Walker
from tests.monitoring.world import World
from wellplaced.monitoring import actions as monitoring
from wellplaced.monitoring.models import Requirement
from wellplaced.register.models import Outcome


def test_a_visit_for_a_short_stay_lapses_and_repeated_short_stays_are_seen(
    calendar: Calendar, world: World, walk: Callable[..., Walker]
) -> None:
    home = world.provision(name="Larkmere House")
    world.judged(home, Outcome.GOOD, date(2026, 1, 12))
    monitoring.assign(provision=home, officer=world.officer, reason="", by=world.manager, on=world.today)
    officer = walk(world.officer)

    # placed on Monday 25 May in a home judged Good: 14 days
    officer.go("Young people").press("Add a young person")
    officer.type("Reference", "M7001").type("Initials", "KT").date("Date of birth", date(2010, 3, 9))
    officer.choose("No").press("Add").sees("KT", "M7001", "No placement yet")
    _place(officer, date(2026, 5, 25))
    officer.open(f"/provisions/{home.pk}/").sees("Initial visit", "8 June 2026")

    # the young person left again on 2 June
    calendar.turn_to(date(2026, 6, 3))
    officer.sign_in(world.officer.email).sees("Initial visit", "8 June 2026")
    officer.follow("Initial visit").follow("M7001").follow("End the placement").date("Last day", date(2026, 6, 2))
    officer.press("Save the last day")
    officer.open("/").does_not_see("Initial visit")
    first = Requirement.objects.get()
    officer.open(first.get_absolute_url())
    officer.sees("Lapsed: the placement ended on 2 June 2026, before the visit fell due (R18).")
    officer.does_not_see("Book a visit", "Waive this visit")

    # and was back for three days
    calendar.turn_to(date(2026, 6, 12))
    officer.sign_in(world.officer.email).open(f"/young-people/{first.placement.young_person_id}/")
    _place(officer, date(2026, 6, 9), ends_on=date(2026, 6, 11))
    officer.go("Owed").sees("No visit is owed")
    _lapsed(officer).sees_times(2, "Initial visit (C7)").sees("8 June 2026", "23 June 2026")

    rows = Requirement.objects.order_by("due_on")
    assert [(row.clause, row.due_on, row.state, row.in_time) for row in rows] == [
        ("C7", date(2026, 6, 8), "lapsed", None),
        ("C7", date(2026, 6, 23), "lapsed", None),
    ]


def _place(officer: Walker, starts_on: date, ends_on: date | None = None) -> None:
    """From the page of the young person, at Larkmere House."""
    officer.press("Record a placement").type("Find the provision", "larkmere").press("Search")
    officer.press("Continue").date("First day", starts_on)
    if ends_on:
        officer.date("Last day", ends_on)
    officer.press("Record placement").sees("Larkmere House")


def _lapsed(officer: Walker) -> Walker:
    """What was owed and has lapsed."""
    officer.main.get_by_text("Filter", exact=True).click()
    return officer.select("State", "Lapsed").press("Apply filters")
