"""A concern looked into by an unannounced visit (C6): what would tell the provider is set aside (C13, C15)."""

from collections.abc import Callable
from datetime import date, datetime
from urllib.error import HTTPError
from urllib.request import urlopen
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar as Parsed

from tests.journeys.conftest import Calendar
from tests.journeys.walker import Walker
from tests.monitoring.world import World
from wellplaced.monitoring import actions as monitoring
from wellplaced.monitoring.models import Step, StepRecord, Visit
from wellplaced.register.models import Provision

WHY = "The concern is about what happens when nobody is expected"


@pytest.fixture
def home(calendar: Calendar, world: World) -> Provision:
    """A home with a concern of Monday 1 June 2026, due a visit by the 11th."""
    home = world.provision(name="Alderbrook")
    monitoring.raise_concern(
        provision=home,
        raised_on=date(2026, 6, 1),
        raised_by="Neighbour",
        how="telephone",
        summary="Shouting at night",
        by=world.officer,
        on=world.today,
    )
    monitoring.assign(provision=home, officer=world.officer, reason="", by=world.manager, on=world.today)
    return home


def nobody_is_told(officer: Walker) -> None:
    """Why not is asked for; then the letter, the confirmation and the form are not owed."""
    officer.follow("Visit about a concern").press("Book a visit").date("On which day?", date(2026, 6, 4))
    officer.type("At what time?", "14:30").unfold("Announced").choose("No, it is unannounced").press("Save the visit")
    officer.sees("There is a problem", "Say why the provider is not told")
    officer.type("Why is the provider not told?", WHY).press("Save the visit").sees("The visit is booked")
    officer.sees(f"No: {WHY}", "3 of 10 steps settled").does_not_see("Short notice because")
    officer.sees("Pre-visit form: not asked for, since the visit is unannounced").unfold("3 steps done or set aside")
    officer.sees("Send the letter to the provider", "Send the confirmation", "Get the pre-visit form")


def it_stands_in_the_officers_own_calendar(officer: Walker) -> None:
    """Read by a program with nothing but the link, until the link is revoked."""
    officer.go("Overview").follow("Calendar").sees("Alderbrook").follow("own calendar").press("Make a link")
    link = officer.main.get_by_role("code").inner_text()
    with urlopen(link) as answer:
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
        read = answer.read()
    (event,) = Parsed.from_ical(read).walk("VEVENT")
    assert not event.errors
    assert (event.start, event.end) == (at(14, 30), at(16, 30))
    assert event["SUMMARY"] == f"Visit {Visit.objects.get().pk}, {Visit.objects.get().provision.urn}"
    assert b"Alderbrook" not in read

    officer.press("Revoke the link").sees("The link is revoked")
    with pytest.raises(HTTPError, match="404"):
        urlopen(link)


def at(hour: int, minute: int) -> datetime:
    """A time of the day of the visit, in London."""
    return datetime(2026, 6, 4, hour, minute, tzinfo=ZoneInfo("Europe/London"))


def test_an_unannounced_visit_tells_the_provider_nothing(
    calendar: Calendar, world: World, home: Provision, walk: Callable[..., Walker]
) -> None:
    officer = walk(world.officer)
    nobody_is_told(officer)
    it_stands_in_the_officers_own_calendar(officer)

    set_aside = StepRecord.objects.values_list("step", "set_aside_because")
    assert dict(set_aside) == {"letter_sent": WHY, "confirmation_sent": WHY, "pre_visit_form_received": WHY}
    states = dict(Step.objects.values_list("step", "state"))
    assert {states[step] for step in dict(set_aside)} == {"set_aside"}
    assert (states["feedback_requested"], states["visit_held"]) == ("open", "open")
    assert Visit.objects.get().unannounced_because == WHY
