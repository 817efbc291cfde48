"""Two people save one concern at once (C6): the second is told, keeps what they typed, and saves again."""

from collections.abc import Callable
from datetime import date

from tests.journeys.conftest import Calendar
from tests.journeys.walker import Walker
from tests.monitoring.world import World
from wellplaced.history.models import Event
from wellplaced.monitoring import actions as monitoring
from wellplaced.monitoring.models import Concern, Requirement


def test_two_people_correct_one_concern_at_once(calendar: Calendar, world: World, walk: Callable[..., Walker]) -> None:
    home = world.provision(name="Alderbrook")
    concern = monitoring.raise_concern(
        provision=home,
        raised_on=date(2026, 5, 29),
        raised_by="Neighbour",
        how=Concern.How.TELEPHONE,
        summary="Shouting at night.",
        young_people=[],
        by=world.officer,
        on=world.today,
    )
    officer, senior = walk(world.officer), walk(world.senior)
    for person in (officer, senior):
        person.open(concern.get_absolute_url()).follow("Correct it").holds("Who raised it?", "Neighbour")

    officer.type("What is the concern?", "Shouting at night, twice in May.").press("Save")
    officer.sees("The concern is corrected", "twice in May")

    senior.type("What is the concern?", "Shouting on 28 May.").date("When was it raised?", date(2026, 5, 30))
    senior.press("Save").sees("Priya Oakes saved this first", "Shouting on 28 May.", "Shouting at night, twice in May.")
    senior.holds("What is the concern?", "Shouting on 28 May.")
    senior.type("What is the concern?", "Shouting at night, twice in May, last on 28 May.").press("Save")
    senior.sees("The concern is corrected", "last on 28 May", "9 June 2026")

    concern.refresh_from_db()
    assert concern.summary == "Shouting at night, twice in May, last on 28 May."
    assert concern.raised_on == date(2026, 5, 30)
    assert Requirement.objects.get(provision=home).due_on == date(2026, 6, 9)
    events = Event.objects.filter(about_type="monitoring.concern", about_id=concern.pk).order_by("pk")
    assert [event.by_name for event in events] == ["Priya Oakes", "Priya Oakes", "Dana Holloway"]
