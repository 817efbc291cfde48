"""A 16+ placement made out of hours in a flat that nobody has seen (C9, C4, R7): recorded after the fact."""

from collections.abc import Callable
from datetime import date

from tests.journeys.conftest import Calendar
from tests.journeys.walker import Walker
from tests.monitoring.world import World
from wellplaced.monitoring.models import Requirement
from wellplaced.people.models import ProvisionType


def test_a_16_plus_placement_made_out_of_hours_in_a_flat_never_seen(
    calendar: Calendar, world: World, walk: Callable[..., Walker]
) -> None:
    name = "Wharf Street Supported Living"
    home = world.provision(ProvisionType.SUPPORTED_ACCOMMODATION, name=name, search_text=name.lower())
    calendar.turn_to(date(2026, 6, 10))  # a Wednesday; KT, who is 15, came in the night of Friday 5 June
    officer = walk(world.officer)
    officer.search("Wharf Street").follow("Wharf Street Supported Living")
    add_and_place(officer, "M7001", "KT", date(2010, 11, 2))
    officer.choose("An individual flat").type("What do you call the flat?", "Flat 2, Wharf Street")
    officer.date("First day", date(2026, 6, 5)).press("Record placement")
    officer.sees("KT is 15 on the first day", "The manager is told at once").press("Record it all the same")
    officer.sees("The placement at Wharf Street Supported Living is recorded", "Recorded 5 days after the start")
    officer.sees("That is normal for a placement made out of hours", "the initial visit may be overdue already")

    # overdue on entry, and explained
    officer.follow("Wharf Street Supported Living")
    officer.sees("Initial visit for KT (M7001)", "2 days overdue", "8 June 2026", "Last seen on a visit", "Never")
    officer.sees("Ask the provider which other authorities have a young person there, and get their feedback")
    officer.follow("Initial visit for KT").sees("Overdue: 2 days late, and no visit is booked.", "The visit stays owed")
    officer.follow("Why this date?").sees("visited before the placement", "at the latest 3 days after it starts")
    officer.sees("5 June 2026 + 3 days = 8 June 2026", "The placement started on Friday 5 June 2026")

    # the manager is told, and says who looks after the place; it stands with that officer at once
    manager = walk(world.manager)
    manager.sees("Outside 16 to 17 on the first day in 16+ supported accommodation: KT (M7001)")
    manager.press("I have seen this").does_not_see("Outside 16 to 17")
    manager.open(home.get_absolute_url()).follow("who looks after it")
    manager.select("Who looks after it from today?", "Priya Oakes").press("Save").sees("Priya Oakes looks after")
    officer.go("My work").sees("Overdue", "Initial visit for KT (M7001)", "2 days overdue")

    # the visit was made this morning, and saw the flat
    officer.follow("Initial visit for KT").press("Book a visit").choose("No, it has taken place: record it")
    officer.select("Who makes the visit?", "Priya Oakes").date("On which day?", date(2026, 6, 10))
    officer.choose("Flat 2, Wharf Street").is_ticked("Initial visit (C9)").press("Save the visit")
    officer.sees(
        "The visit is recorded", "Flat 2, Wharf Street", "Discharged by the visit on 10 June 2026, 2 days late."
    )

    # R7: another flat of the same provider needs its own visit, the flat that was seen does not
    officer.open(home.get_absolute_url())
    add_and_place(officer, "M7002", "LB", date(2009, 3, 9))
    officer.choose("A flat that is not in this list").type("What do you call the flat?", "Flat 5, Wharf Street")
    officer.date("First day", date(2026, 6, 10)).press("Record placement")
    officer.follow("Wharf Street Supported Living").sees("Initial visit for LB (M7002)", "13 June 2026")
    officer.sees("Falls on a Saturday: act by Friday 12 June")
    add_and_place(officer, "M7003", "SO", date(2009, 1, 20))
    officer.choose("Flat 2, Wharf Street").date("First day", date(2026, 6, 11)).press("Record placement")
    officer.follow("Wharf Street Supported Living").sees("SO (M7003)").does_not_see("Initial visit for SO")

    rows = Requirement.objects.filter(provision=home, kind="initial").order_by("due_on", "pk")
    found = {row.placement.young_person.initials: (row.clause, row.due_on, row.state, row.in_time) for row in rows}
    assert found == {
        "KT": ("C9", date(2026, 6, 8), "discharged", False),
        "LB": ("C9", date(2026, 6, 13), "open", None),
    }


def add_and_place(officer: Walker, reference: str, initials: str, born_on: date) -> None:
    """From the page of the provision to the last step of recording the placement of somebody not on record yet."""
    officer.press("Record a placement").follow("Add a young person")
    officer.type("Reference", reference).type("Initials", initials).date("Date of birth", born_on).choose("No")
    officer.press("Add young person").sees(f"{initials} ({reference}) is added. Record where they are placed next.")
