"""The calendar feed: opens in a strict parser, names nobody and no home, belongs to one person, and can be revoked."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from icalendar import Calendar

from tests.insight.making import booked, proposed
from tests.monitoring.browsing import signed_in, text_of
from tests.monitoring.world import World
from wellplaced.history import clock as clocks
from wellplaced.history.models import Event
from wellplaced.insight import actions as insight
from wellplaced.insight.models import CalendarFeed
from wellplaced.monitoring import actions
from wellplaced.monitoring.models import Visit
from wellplaced.people import actions as people
from wellplaced.people.models import Person
from wellplaced.people.rights import Role
from wellplaced.register import actions as register

LONDON = ZoneInfo("Europe/London")
TODAY = date(2026, 6, 10)
SETTINGS = "/calendar/feed/"
REQUIRED = {"VCALENDAR": {"PRODID", "VERSION"}, "VEVENT": {"UID", "DTSTAMP", "DTSTART"}, "VTIMEZONE": {"TZID"}}
ONCE = {
    "UID",
    "DTSTAMP",
    "DTSTART",
    "DTEND",
    "SEQUENCE",
    "STATUS",
    "SUMMARY",
    "LAST-MODIFIED",
    "TRANSP",
    "URL",
    "CLASS",
}


def link_of(person: Person) -> str:
    """The address of a new link, made on the page as people make it."""
    browser = signed_in(person)
    sealed = re.search(r'name="sealed" value="([^"]+)"', browser.get(SETTINGS).content.decode())
    assert sealed
    page = text_of(browser.post(f"{SETTINGS}make/", {"sealed": sealed[1]}))
    found = re.search(r"http://testserver(/calendar/feed/[\w-]+\.ics)", page)
    assert found
    return found[1]


def file_of(address: str) -> bytes:
    """As a calendar program reads it: without signing in."""
    answer = Client().get(address)
    assert answer.status_code == 200
    return answer.content


def read_strictly(written: bytes) -> Calendar:
    """By icalendar, which must find no fault, and by the rules of RFC 5545 that it forgives."""
    calendar = Calendar.from_ical(written)
    assert isinstance(calendar, Calendar)
    for part in calendar.walk():
        assert not part.errors
    _keeps_the_rules(written)
    return calendar


def _keeps_the_rules(written: bytes) -> None:
    """CRLF alone, lines to 75 octets, components closed in order, required properties once, only known escapes."""
    assert written.endswith(b"\r\n")
    assert b"\n" not in written.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    stack: list[tuple[str, list[str]]] = []
    for line in written.decode().replace("\r\n ", "").splitlines():
        matched = re.fullmatch(r"([A-Z0-9-]+)((?:;[A-Z-]+=[^;:\"]+)*):(.*)", line)
        assert matched, line
        name, _, value = matched.groups()
        assert not re.search(r"\\[^\\;,nN]|[\x00-\x08\x0b-\x1f\x7f]", value), line
        if name == "BEGIN":
            stack.append((value, []))
        elif name == "END":
            component, names = stack.pop()
            assert component == value
            assert REQUIRED.get(component, set()) <= set(names)
            assert all(names.count(each) <= 1 for each in ONCE)
        else:
            stack[-1][1].append(name)
    assert not stack


def events_of(address: str) -> dict[int, Any]:
    """The events by the number of the visit."""
    calendar = read_strictly(file_of(address))
    return {int(str(event["UID"]).split("@")[0].removeprefix("visit-")): event for event in calendar.walk("VEVENT")}


def test_a_booked_visit_at_half_past_two_is_an_event_of_two_hours_in_london(world: World) -> None:
    visit = booked(world, date(2026, 7, 1), at=time(14, 30))
    event = events_of(link_of(world.officer))[visit.pk]
    assert event["DTSTART"].dt.astimezone(UTC) == datetime(2026, 7, 1, 13, 30, tzinfo=UTC)
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(hours=2)
    assert event["DTSTART"].params["TZID"] == "Europe/London"
    assert str(event["STATUS"]) == "CONFIRMED"
    assert str(event["SUMMARY"]) == f"Visit {visit.pk}, {visit.provision.urn}"
    assert str(event["URL"]) == f"http://testserver/visits/{visit.pk}/"


def test_a_visit_without_a_time_takes_the_day(world: World) -> None:
    visit = booked(world, date(2026, 7, 1))
    event = events_of(link_of(world.officer))[visit.pk]
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2026, 7, 1), date(2026, 7, 2))


@pytest.mark.parametrize(
    ("day", "at", "starts"),
    [
        (date(2027, 3, 27), time(10), datetime(2027, 3, 27, 10, tzinfo=UTC)),
        (date(2027, 3, 28), time(10), datetime(2027, 3, 28, 9, tzinfo=UTC)),
        (date(2026, 10, 24), time(10), datetime(2026, 10, 24, 9, tzinfo=UTC)),
        (date(2026, 10, 25), time(10), datetime(2026, 10, 25, 10, tzinfo=UTC)),
        (date(2027, 3, 28), time(0, 30), datetime(2027, 3, 28, 0, 30, tzinfo=UTC)),
    ],
)
def test_across_the_clocks_change_ten_oclock_stays_ten_oclock(
    world: World, day: date, at: time, starts: datetime
) -> None:
    """By the rules written into the file, not by those that this machine knows."""
    visit = booked(world, day, at=at)
    calendar = read_strictly(file_of(link_of(world.officer)))
    zone = next(iter(calendar.walk("VTIMEZONE"))).to_tz()
    (event,) = calendar.walk("VEVENT")
    found = event["DTSTART"].dt.replace(tzinfo=zone).astimezone(UTC)
    assert found == starts, visit
    assert event["DTEND"].dt.astimezone(UTC) == starts + timedelta(hours=2)


def test_a_proposed_visit_is_tentative_and_a_cancelled_one_stays_as_cancelled(world: World) -> None:
    one, two = proposed(world, date(2026, 7, 3)), booked(world, date(2026, 7, 4), at=time(9))
    actions.cancel_visit(visit=two, because="The home closed", by=world.officer, seen_revision=None)
    events = events_of(link_of(world.officer))
    assert [str(events[each.pk]["STATUS"]) for each in (one, two)] == ["TENTATIVE", "CANCELLED"]


def test_a_moved_visit_keeps_its_uid_and_raises_its_sequence(world: World, clock: time_machine.Traveller) -> None:
    visit, address = booked(world, date(2026, 7, 1), at=time(9)), link_of(world.officer)
    before = events_of(address)[visit.pk]
    clock.shift(timedelta(hours=3))
    actions.rebook_visit(
        visit=visit, visit_on=date(2026, 7, 8), visit_at=time(9), officer=world.officer, reason="The home asked",
        by=world.officer, on=TODAY, seen_revision=None,
    )  # fmt: skip
    after = events_of(address)[visit.pk]
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["LAST-MODIFIED"].dt == after["DTSTAMP"].dt == datetime(2026, 6, 10, 11, 30, tzinfo=UTC)
    assert after["DTSTART"].dt.date() == date(2026, 7, 8)


def test_read_twice_the_file_is_the_same(world: World, clock: time_machine.Traveller) -> None:
    booked(world, date(2026, 7, 1), at=time(9))
    address = link_of(world.officer)
    first = file_of(address)
    clock.shift(timedelta(hours=1))
    assert file_of(address) == first


def test_it_names_no_home_no_address_and_nobody(world: World) -> None:
    """A home that Ofsted redacts, whose name and address the authority typed itself."""
    home = world.provision(name="Willow, Lodge; Fen", address="1 Mill Lane", postcode="ZZ1 1ZZ")
    register.describe_provision(
        provision=home, name="Quagmire House", address="2 Bog Road", postcode="ZZ9 9ZZ", by=world.officer, on=TODAY,
        seen_revision=0,
    )  # fmt: skip
    world.placed(home, date(2026, 6, 1))
    booked(world, date(2026, 7, 1), home, at=time(9), note="Ask for AB")
    written = file_of(link_of(world.officer)).decode().replace("\r\n ", "")
    for told in ("Willow", "Quagmire", "Mill", "Bog", "ZZ", "AB", "Priya", "Oakes", "fen.example"):
        assert told not in written
    assert home.urn in written


def test_only_the_persons_own_visits_are_in_it(world: World, neighbour: World) -> None:
    mine = booked(world, date(2026, 7, 1))
    booked(world, date(2026, 7, 2), officer=world.senior)
    booked(neighbour, date(2026, 7, 3))
    assert list(events_of(link_of(world.officer))) == [mine.pk]


def test_a_visit_of_long_ago_has_gone(world: World) -> None:
    actions.record_past_visit(
        provision=world.provision(), officer=world.officer, visit_on=date(2025, 11, 1), discharges=[], premises=[],
        whole_form=True, by=world.officer,
    )  # fmt: skip
    assert events_of(link_of(world.officer)) == {}


def test_a_hundred_visits_fold_and_parse(world: World) -> None:
    home = world.provision()
    for n in range(100):
        booked(world, TODAY + timedelta(days=n), home, at=time(9))
    assert len(events_of(link_of(world.officer))) == 100


def test_an_unknown_link_answers_404(db: None) -> None:
    for secret in ("x", "a" * 43, "%00", "é"):
        assert Client().get(f"/calendar/feed/{secret}.ics").status_code in (400, 404)


def test_a_revoked_link_answers_404_and_is_not_made_again(world: World) -> None:
    address = link_of(world.officer)
    browser = signed_in(world.officer)
    link = CalendarFeed.objects.get()
    browser.post(f"{SETTINGS}{link.pk}/revoke/")
    assert Client().get(address).status_code == 404
    browser.post(f"{SETTINGS}{link.pk}/revoke/")
    assert Event.objects.filter(verb="calendar link revoked").count() == 1
    other = link_of(world.officer)
    assert Client().get(address).status_code == 404
    assert Client().get(other).status_code == 200


def test_a_deactivated_persons_link_answers_404(world: World) -> None:
    address = link_of(world.officer)
    people.deactivate_person(person=world.officer, on=TODAY, seen_revision=None, by=world.manager)
    assert Client().get(address).status_code == 404


def test_the_link_of_somebody_who_left_and_came_back_stays_revoked(world: World) -> None:
    address = link_of(world.officer)
    people.deactivate_person(person=world.officer, on=TODAY, seen_revision=None, by=world.manager)
    back = people.reactivate_person(person=world.officer, on=TODAY, seen_revision=None, by=world.manager)
    assert Client().get(address).status_code == 404
    assert Client().get(link_of(back)).status_code == 200


def test_the_secret_is_kept_nowhere(world: World) -> None:
    secret = link_of(world.officer).removeprefix("/calendar/feed/").removesuffix(".ics")
    link = CalendarFeed.objects.get()
    assert len(secret) >= 43
    assert secret not in str(vars(link))
    assert secret not in str(list(Event.objects.values()))
    assert secret not in text_of(signed_in(world.officer).get(SETTINGS))


def test_the_form_sent_twice_shows_the_one_link_that_it_made(world: World) -> None:
    browser = signed_in(world.officer)
    sealed = re.search(r'name="sealed" value="([^"]+)"', browser.get(SETTINGS).content.decode())
    assert sealed
    pages = [text_of(browser.post(f"{SETTINGS}make/", {"sealed": sealed[1]})) for _ in range(2)]
    shown = [re.findall(r"/calendar/feed/([\w-]{43})\.ics", page) for page in pages]
    assert shown[0] == shown[1] != []
    assert CalendarFeed.objects.count() == Event.objects.filter(verb="calendar link made").count() == 1


def test_a_second_window_does_not_make_a_second_link(world: World) -> None:
    browser = signed_in(world.officer)
    forms = [re.findall(r'name="sealed" value="([^"]+)"', browser.get(SETTINGS).content.decode())[0] for _ in "12"]
    browser.post(f"{SETTINGS}make/", {"sealed": forms[0]})
    page = text_of(browser.post(f"{SETTINGS}make/", {"sealed": forms[1]}, follow=True))
    assert "You have a link already" in page
    assert CalendarFeed.objects.count() == 1


def test_nobody_makes_a_link_of_a_secret_that_the_service_did_not_draw_for_them(world: World) -> None:
    theirs = re.findall(r'name="sealed" value="([^"]+)"', signed_in(world.senior).get(SETTINGS).content.decode())[0]
    for sealed in ("", "password", theirs):
        signed_in(world.officer).post(f"{SETTINGS}make/", {"sealed": sealed})
    assert CalendarFeed.objects.count() == 0


def test_nobody_revokes_a_colleagues_link(world: World) -> None:
    link_of(world.officer)
    link = CalendarFeed.objects.get()
    assert signed_in(world.manager).post(f"{SETTINGS}{link.pk}/revoke/").status_code == 404


def test_the_answer_is_kept_nowhere_and_listed_nowhere(world: World) -> None:
    answer = Client().get(link_of(world.officer))
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer.headers["Cache-Control"]
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "Set-Cookie" not in answer.headers


def test_a_visit_that_the_history_does_not_know_is_stamped_with_its_booking(world: World) -> None:
    """One of before the history, or from a file of visits to come."""
    visit = Visit.objects.create(
        authority=world.authority, provision=world.provision(), officer=world.officer, booked_on=TODAY,
        visit_on=date(2026, 7, 1),
    )  # fmt: skip
    assert events_of(link_of(world.officer))[visit.pk]["DTSTAMP"].dt == datetime(2026, 6, 10, tzinfo=UTC)


def test_a_link_of_an_operator_is_refused(world: World) -> None:
    assert world.operator.is_a(Role.OPERATOR)
    assert signed_in(world.operator).get(SETTINGS).status_code == 403
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied):
        insight.make_calendar_link(secret="s" * 43, by=world.operator, on=clocks.today())
