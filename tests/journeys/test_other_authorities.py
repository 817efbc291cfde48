"""An initial visit that could not be made in time, so other authorities are asked (C3, C4); it stays owed until it is held."""

from collections.abc import Callable
from datetime import date

from tests.journeys.conftest import Calendar
from tests.journeys.walker import Walker
from tests.monitoring.world import World
from wellplaced.monitoring.models import Requirement


def test_an_initial_visit_that_could_not_be_made_and_what_another_authority_says(
    calendar: Calendar, world: World, walk: Callable[..., Walker]
) -> None:
    # a school that Ofsted does not register, and a pupil who starts on Monday
    calendar.turn_to(date(2026, 6, 8))
    officer = walk(world.officer).go("Provisions").type("Search", "Larkmead").press("Search")
    officer.sees("Nothing matches").follow("enter it by hand")
    officer.choose("SEN").type("Name", "Larkmead School").choose("Independent Schools Inspectorate")
    officer.press("Enter provision").sees("Larkmead School is entered. Only your authority sees it.")
    officer.press("Record a placement").follow("Add a young person").type("Reference", "M7101").type("Initials", "RD")
    officer.date("Date of birth", date(2013, 4, 5)).choose("Yes").press("Add young person")
    officer.date("First day", date(2026, 6, 8)).press("Record placement").follow("Larkmead School")
    officer.sees("Initial visit for RD (M7101)", "11 June 2026").press("Book a visit")
    officer.select("Who makes the visit?", "Priya Oakes").date("On which day?", date(2026, 6, 10)).press(
        "Save the visit"
    )
    officer.sees("A visit is booked for 10 June 2026, in time.")

    # it could not be held: it is owed again
    calendar.turn_to(date(2026, 6, 10), hour=15)
    officer.sign_in(world.officer.email).follow("Visit", exact=True).follow("It did not take place")
    officer.choose("Broken off, or nobody was in")
    officer.type("Why did it not take place?", "The school was shut by a burst pipe").press("Save")
    officer.sees("Recorded. What the visit was to discharge stays owed", "Book another day").follow("Cancel")
    officer.sees("Owed, due in 1 day, and no visit is booked.")

    # past its due date: the provider is asked which other authorities have somebody there
    calendar.turn_to(date(2026, 6, 12))
    officer.sign_in(world.officer.email).open("/owed/").follow("Initial visit (C3)")
    officer.sees("Overdue: 1 day late", "The visit cannot be made in time", "The visit stays owed.")
    officer.follow("Ask about other authorities").date("When was the provider asked?", date(2026, 6, 12))
    officer.choose("It named a local authority").type("Which local authority?", "Saltmarsh Council")
    officer.date("When was that authority asked?", date(2026, 6, 12)).press("Save")
    officer.sees("Recorded. The visit stays owed", "Saltmarsh Council", "Not yet", "The visit cannot be made in time")

    # its answer stands beside the visit, and takes nothing away from it
    calendar.turn_to(date(2026, 6, 15))
    officer.sign_in(world.officer.email).open("/owed/").follow("Initial visit (C3)").follow("Saltmarsh Council")
    officer.date("When did it answer?", date(2026, 6, 15)).type("What did it say?", "Two pupils there, no concerns.")
    officer.press("Save").sees("Saved. The visit stays owed", "Two pupils there, no concerns.")
    officer.sees("This does not take the place of the visit", "Overdue: 4 days late")
    officer.does_not_see("The visit cannot be made in time")
    owed = Requirement.objects.get(kind="initial")
    assert (owed.state, owed.fallback, owed.due_on) == ("open", "done", date(2026, 6, 11))

    # the visit is moved to another day and held
    officer.go("Visits").follow("10 June 2026").press("Book another day").date("On which day?", date(2026, 6, 17))
    officer.type("Why can it not be sooner?", "The pipe had to be mended first")
    officer.type("Why is it moved?", "The school is open again").press("Save").sees("The visit is moved")
    calendar.turn_to(date(2026, 6, 17), hour=15)
    officer.sign_in(world.officer.email).follow("Visit", exact=True).press("Record that it took place")
    officer.press("Record the visit").sees("Discharged by the visit on 17 June 2026, 6 days late.")

    owed.refresh_from_db()
    assert (owed.clause, owed.state, owed.in_time, owed.fallback) == ("C3", "discharged", False, "done")
