"""An authority publishes timeframes of its own: refused with key and reason, then counted by; reviewed in time (C6, C26, R1)."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.journeys.conftest import Calendar
from tests.journeys.walker import Walker
from tests.monitoring.world import World
from wellplaced.monitoring import actions as monitoring
from wellplaced.monitoring.models import Concern, PublishedTimeframes, Requirement

OWN = """number = "own 1"
in_force_from = 2026-06-10

[document]
status = "Approved"
responsible = "Head of Placements and Quality"
approved_on = 2026-06-04
review_on = 2026-06-30

[timeframes.concern_visit]
number = {}
unit = "working days"
"""
TEXT, REASON = "What your version replaces", "Why does your authority replace this?"


@pytest.fixture
def older(calendar: Calendar, world: World) -> Concern:
    """A concern from before the authority's own version, raised on 1 June 2026."""
    return monitoring.raise_concern(
        provision=world.provision(name="Larkmere House"),
        raised_on=date(2026, 6, 1),
        raised_by="Neighbour",
        how="telephone",
        summary="Shouting at night",
        by=world.officer,
        on=world.today,
    )


def test_own_timeframes_are_refused_mended_published_and_reviewed(
    calendar: Calendar, world: World, older: Concern, walk: Callable[..., Walker]
) -> None:
    # C26: the guidance itself is past its review date, and the manager is told
    manager = walk(world.manager).sees("The timeframes in force were to be reviewed by 31 July 2020")
    manager.follow("Look at the timeframes").sees("A visit is made within 10 days", "Document control", "C26")

    _publish(manager)

    # from the day on which it is in force concerns are counted by it, those before it are not
    calendar.turn_to(date(2026, 6, 12))
    officer = walk(world.officer).open(f"/provisions/{older.provision_id}/").press("Raise a concern")
    officer.date("When was it raised?", date(2026, 6, 12)).type("Who raised it?", "Social worker")
    officer.choose("By email").type("What is the concern?", "The front door does not lock.")
    officer.press("Record the concern").sees("19 June 2026")
    newer = Requirement.objects.exclude(key=f"concern:{older.pk}").get()
    officer.open(f"{newer.get_absolute_url()}why/").sees("5 working days", "own 1", "19 June 2026")
    officer.open(f"{older.get_absolute_url()}").sees("11 June 2026")
    officer.open("/").does_not_see("reviewed by")

    # its own review date passes, too
    manager.sign_in(world.manager.email).does_not_see("were to be reviewed")
    calendar.turn_to(date(2026, 7, 1))
    manager.sign_in(world.manager.email).sees("The timeframes in force were to be reviewed by 30 June 2026")
    manager.open("/timeframes/").sees("The head of service reviews them (C26)", "Head of Placements and Quality")

    due = {row.key: (row.due_on, row.version) for row in Requirement.objects.all()}
    assert due[f"concern:{older.pk}"][0] == date(2026, 6, 11)
    assert due[newer.key][0] == date(2026, 6, 19)
    assert due[newer.key][1] != due[f"concern:{older.pk}"][1]


def _publish(manager: Walker) -> None:
    """What cannot be read is refused by its key and the reason, and nothing typed is lost; then it is mended."""
    manager.press("Publish your own version").type(TEXT, OWN.format('"five"')).type(REASON, "We visit sooner")
    manager.press("Check what it changes").sees("There is a problem", "timeframes.concern_visit.number: ")
    manager.holds(TEXT, OWN.format('"five"')).holds(REASON, "We visit sooner")
    manager.type(TEXT, OWN.format("5").replace("concern_visit", "concern_visits")).press("Check what it changes")
    manager.sees("timeframes.concern_visits: ").type(TEXT, OWN.format(5)).press("Check what it changes")
    manager.sees("Nothing is published yet", "timeframes.concern_visit.unit", "5 working days").press("Publish")
    manager.sees("Your version 1 is published", "We visit sooner", "Published by Marcus Fell")
    assert PublishedTimeframes.objects.get().text.splitlines() == OWN.format(5).splitlines()
