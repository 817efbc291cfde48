"""A restricted record: who is named opens it, on record; a colleague finds nothing, yet the visit stays owed (C3)."""

from collections.abc import Callable
from datetime import date

from tests.journeys.conftest import Calendar
from tests.journeys.walker import Walker
from tests.monitoring.world import World
from wellplaced.monitoring.models import Requirement
from wellplaced.placements.models import YoungPerson

UNNAMED = "A young person (restricted record)"


def test_only_who_is_named_finds_a_restricted_record_and_its_visit_stays_owed_for_all(
    calendar: Calendar, world: World, walk: Callable[..., Walker]
) -> None:
    home = world.provision(name="Larkmere House")
    young_person = world.placed(home, date(2026, 5, 30)).young_person
    record = f"/young-people/{young_person.pk}/"
    named = str(young_person)  # initials and reference
    colleague = walk(world.senior).open(record).sees("AB", young_person.reference)

    # the manager names the officer and himself
    manager = walk(world.manager).open(record).follow("Restrict this record")
    manager.sees(
        "The record and its placements disappear for everybody you do not name, managers and administrators too"
    )
    manager.is_ticked("Marcus Fell").untick("Marcus Fell").press("Save").sees(
        "Name at least one person who may see the record"
    )
    manager.choose("Priya Oakes").choose("Marcus Fell").type("Why?", "At risk from somebody who knows our staff.")
    manager.press("Save").sees("Restricted record", "Seen by Marcus Fell, Priya Oakes only")

    # the officer opens it, from the provision, and that stands on record
    officer = walk(world.officer).open(f"/provisions/{home.pk}/").follow(named, exact=True)
    officer.sees("Restricted record", "Do not pass on what you see here.", young_person.reference)
    officer.follow("All history, and who opened this record").sees("Priya Oakes", "Dana Holloway", "Marcus Fell")

    _finds_nothing(colleague, young_person)
    colleague.open(f"/provisions/{home.pk}/").sees(UNNAMED, "Initial visit", "2 June 2026")
    colleague.does_not_see(named, young_person.reference)
    colleague.open(f"/provisions/{home.pk}/history/").sees(
        "Something recorded about a young person (restricted record)"
    )
    colleague.does_not_see(named, young_person.reference)

    # the visit is owed all the same, and can be booked by whoever looks after the home
    requirement = Requirement.objects.get()
    colleague.open(requirement.get_absolute_url()).sees(UNNAMED, "Book a visit").does_not_see(named)
    colleague.go("Owed").sees("Initial visit (C3)", UNNAMED).does_not_see(named)

    assert (requirement.due_on, requirement.state) == (date(2026, 6, 2), "open")
    assert YoungPerson.objects.get().restricted


def _finds_nothing(colleague: Walker, young_person: YoungPerson) -> None:
    """Neither the record nor a word that tells who it is about."""
    record, named = f"/young-people/{young_person.pk}/", str(young_person)
    colleague.cannot_open(record, 404).does_not_see(young_person.reference)
    colleague.cannot_open(f"{record}history/", 404).cannot_open(f"{record}change/", 404)
    colleague.open(f"/search/?q={young_person.reference}").does_not_see(named)
    colleague.go("Young people").does_not_see(named, young_person.reference)
    colleague.open("/placements/").does_not_see(named, young_person.reference)
