"""A person's visits as an iCalendar file (RFC 5545): the provision's reference only, no name of a home or of anybody.

A visit has no end of its own: two hours are put down. One without a time takes the whole day. Times are London's, with the
rules of its clock in the file. The stamp of an event is the moment of its last change, so that the file changes only
where something did.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vRecur

from wellplaced.history.clock import LONDON
from wellplaced.insight.queries.feed import Fed
from wellplaced.monitoring.models import Visit, VisitState

LENGTH = timedelta(hours=2)
ONE_DAY = timedelta(days=1)
READ_AGAIN = timedelta(hours=1)
NAME = "Wellplaced visits"
# The first changes under the rules that still hold, on the clock of the day; on which Sunday follows from the month.
SUMMER_TIME = datetime(1996, 3, 31, 1)  # noqa: DTZ001 (RFC 5545 has them without a zone)
WINTER_TIME = datetime(1996, 10, 27, 2)  # noqa: DTZ001
STATUS = {
    VisitState.PROPOSED: "TENTATIVE",
    VisitState.BOOKED: "CONFIRMED",
    VisitState.HELD: "CONFIRMED",
    VisitState.NOT_HELD: "CANCELLED",
    VisitState.CANCELLED: "CANCELLED",
}
SAID = {VisitState.PROPOSED: "Proposed: ", VisitState.NOT_HELD: "Not held: ", VisitState.CANCELLED: "Cancelled: "}


def calendar_file(fed: Sequence[Fed], *, authority_code: str, address: Callable[[Visit], str]) -> bytes:
    """The file. `address` is a visit's page, which asks to sign in."""
    calendar = Calendar()
    calendar.add("prodid", "-//Wellplaced//Visits//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", NAME)
    calendar.add("refresh-interval", READ_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    calendar.add_component(_london())
    for each in fed:
        calendar.add_component(_event(each, authority_code, address(each.visit)))
    written: bytes = calendar.to_ical()
    return written


def _event(fed: Fed, authority_code: str, address: str) -> Event:
    visit, changed_at = fed.visit, fed.changed_at.astimezone(UTC).replace(microsecond=0)
    event = Event()
    event.add("uid", f"visit-{visit.pk}@{authority_code}.wellplaced")
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("sequence", visit.revision)
    _put_when(event, visit)
    event.add("summary", f"{SAID.get(VisitState(visit.state), '')}{reference(visit)}")
    event.add("status", STATUS[VisitState(visit.state)])
    event.add("transp", "OPAQUE" if visit.visit_at and visit.state == VisitState.BOOKED else "TRANSPARENT")
    event.add("class", "PRIVATE")
    event.add("url", address)
    return event


def reference(visit: Visit) -> str:
    """'Visit 412, SC123456': a number of ours and Ofsted's for the provision; never a name."""
    urn = visit.provision.urn
    return f"Visit {visit.pk}, {urn}" if urn else f"Visit {visit.pk}"


def _put_when(event: Event, visit: Visit) -> None:
    if visit.visit_at is None:
        event.add("dtstart", visit.visit_on)
        event.add("dtend", visit.visit_on + ONE_DAY)
        return
    starts = datetime.combine(visit.visit_on, visit.visit_at, tzinfo=LONDON)
    ends = (starts.astimezone(UTC) + LENGTH).astimezone(LONDON)  # two hours on the clock's change, too
    event.add("dtstart", starts)
    event.add("dtend", ends)


def _london() -> Timezone:
    """The rules since 1996: summer time from the last Sunday in March to the last in October, at 1 o'clock in Greenwich."""
    zone = Timezone()
    zone.add("tzid", LONDON.key)
    summer, winter = timedelta(hours=1), timedelta()
    zone.add_component(_rule(TimezoneDaylight(), "BST", SUMMER_TIME, before=winter, after=summer))
    zone.add_component(_rule(TimezoneStandard(), "GMT", WINTER_TIME, before=summer, after=winter))
    return zone


def _rule(
    rule: TimezoneDaylight | TimezoneStandard, name: str, first: datetime, *, before: timedelta, after: timedelta
) -> TimezoneDaylight | TimezoneStandard:
    rule.add("tzname", name)
    rule.add("dtstart", first)
    rule.add("tzoffsetfrom", before)
    rule.add("tzoffsetto", after)
    rule.add("rrule", vRecur(freq="yearly", bymonth=first.month, byday="-1su"))
    return rule
