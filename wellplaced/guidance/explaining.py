"""'Why this date?': the pieces of the answer in words, and what a due date on a closed day means for whoever has to act."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wellplaced.guidance.clocks import TIMEFRAME_OF
from wellplaced.guidance.counting import (
    DAYS,
    ONE_DAY,
    WEEKS,
    WORKING_DAYS,
    ClosedDays,
    days_between,
    is_weekend,
    last_of_month,
)
from wellplaced.guidance.owed import Kind, Requirement, Step
from wellplaced.guidance.refusal import Refusal
from wellplaced.guidance.steps import AHEAD, VISIT_HELD, VISIT_ON
from wellplaced.guidance.timeframes import Reading, Timeframes

EVENTS = {
    "placement_starts": "the placement starts",
    "judgement_published": "Ofsted publishes its judgement",
    "action_plan_received": "the action plan is received",
    "plan_awaited": "the judgement is published, or the placement starts where that is later",
    "visit_held": "the last visit that counted",
    "contract_starts": "the contract starts",
    "concern_raised": "the concern is raised",
    "visit_on": "the day of the visit",
    "booked_on": "the day of booking",
    "report_submitted": "the report goes to the senior officer",
    "report_returned": "the senior officer returns the report",
    "actions_completed": "the actions are completed",
    "sent_for_comment": "the report goes out for comment",
    "comments_closed": "the comments have closed",
}
_OF_STEPS = EVENTS | {"visit_held": "the visit is held"}
_ANNUAL_CONTRACT = "annual:contract"


@dataclass(frozen=True, slots=True)
class Station:
    """One stretch of a count, within one month: so many days up to and including `until`, so many in all by then."""

    days: int
    until: date
    total: int

    @property
    def words(self) -> str:
        """Such as '11 days to 31 January'."""
        return f"{self.days} {'day' if self.days == 1 else 'days'} to {in_words(self.until)}"


@dataclass(frozen=True, slots=True)
class Explanation:
    """Where a date comes from. `count` is the sum in words; `stations` the same across each month's end (days alone)."""

    clause: str
    clause_words: str
    duty: str
    readings: tuple[Reading, ...]
    event: str
    clock_on: date | None
    number: int | None
    unit: str
    due_on: date | None
    count: str
    stations: tuple[Station, ...]
    version: str
    version_title: str
    in_force_from: date
    ideal_by: date | None = None


@dataclass(frozen=True, slots=True)
class ActBy:
    """The last working day before a due date that falls on a closed day, and the sentence that says so."""

    on: date
    words: str


def explain(
    owed: Requirement | Step, versions: Sequence[Timeframes], closed_days: ClosedDays | None = None
) -> Explanation:
    """The pieces of 'Why this date?' for a requirement or a step, by the version that counted it."""
    version = next((each for each in versions if each.number == owed.version), versions[-1])
    name = TIMEFRAME_OF[owed.clause] if isinstance(owed, Requirement) else owed.step
    timeframe = version.timeframes[name]
    number, unit = version.counts.get(name, (None, timeframe.unit))
    return Explanation(
        clause=owed.clause,
        clause_words=version.clauses[owed.clause],
        duty=timeframe.duty,
        readings=tuple(
            version.readings[reading]
            for reading in _readings(owed, timeframe.readings)
            if not (reading == "R1" and _counts_otherwise(version, unit))
        ),
        event=_event(owed),
        clock_on=owed.clock_on,
        number=number,
        unit=unit,
        due_on=owed.due_on,
        count=_count(version, name, owed, closed_days),
        stations=_stations(version, name, owed, unit, closed_days),
        version=version.number,
        version_title=version.title,
        in_force_from=version.in_force_from,
        ideal_by=owed.ideal_by if isinstance(owed, Requirement) else None,
    )


def _readings(owed: Requirement | Step, of_timeframe: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the timeframe; an initial visit that follows a judgement also stands under R7 and R18."""
    if not isinstance(owed, Requirement) or owed.kind is not Kind.INITIAL:
        return of_timeframe
    return (*of_timeframe, *(reading for reading in ("R7", "R18") if reading not in of_timeframe))


def _counts_otherwise(version: Timeframes, unit: str) -> bool:
    """Whether an authority counts this one in working days, and the rest in calendar days, as R1 says of them."""
    return unit == WORKING_DAYS and version.choices["R1"] == "calendar_days"


def _event(owed: Requirement | Step) -> str:
    return (EVENTS if isinstance(owed, Requirement) else _OF_STEPS)[owed.clock_event]


def _count(version: Timeframes, name: str, owed: Requirement | Step, closed_days: ClosedDays | None) -> str:
    """Such as '20 January 2027 + 14 days = 3 February 2027'; empty where nothing is counted, or not yet."""
    if owed.clock_on is None or owed.due_on is None or name == VISIT_HELD:
        return ""
    due = in_words(owed.due_on, year=True)
    if owed.clock_event == VISIT_ON and name in AHEAD:
        return _count_ahead(version, owed.clock_on, owed.due_on, closed_days)
    if name in version.counts and version.due(name, owed.clock_on, closed_days) == owed.due_on:
        start = in_words(version.day_zero(name, owed.clock_on), year=True)
        return f"{start} + {_length(*version.counts[name])} = {due}"
    return f"the same day, {due}" if owed.due_on == owed.clock_on else ""


def _count_ahead(version: Timeframes, visit_on: date, due_on: date, closed_days: ClosedDays | None) -> str:
    """C13 to C15 count backwards from the visit; at short notice the day of booking takes the place of the sum (R8).

    Where an authority always sends them on the day of booking, nothing is counted.
    """
    if version.choices["R8"] == "day_of_booking":
        return f"the day of booking, {in_words(due_on, year=True)}"
    lead = version.before("confirmation_sent", visit_on, closed_days)
    length = _length(*version.counts["confirmation_sent"])
    total = f"{in_words(visit_on, year=True)} − {length} = {in_words(lead, year=True)}"
    return total if due_on == lead else f"{total}; the visit was booked on {in_words(due_on, year=True)}"


def _length(number: int, unit: str) -> str:
    return f"1 {unit.removesuffix('s')}" if number == 1 else f"{number} {unit}"


def _stations(
    version: Timeframes, name: str, owed: Requirement | Step, unit: str, closed_days: ClosedDays | None
) -> tuple[Station, ...]:
    """The count month by month; none for months, and none where nothing is counted forwards."""
    if (
        owed.clock_on is None
        or owed.due_on is None
        or unit not in (DAYS, WORKING_DAYS, WEEKS)
        or name not in version.counts
    ):
        return ()
    start = version.day_zero(name, owed.clock_on)
    found: list[Station] = []
    total = 0
    while start < owed.due_on:
        end = min(last_of_month(start + ONE_DAY), owed.due_on)
        counted = sum(1 for _ in days_between(start, end, unit, closed_days))
        total += counted
        found.append(Station(counted, end, total))
        start = end
    return tuple(found)


def in_words(day: date, *, year: bool = False) -> str:
    """Such as '3 January', or '3 January 2027'."""
    return f"{day.day} {day:%B %Y}" if year else f"{day.day} {day:%B}"


def act_by(due_on: date, closed_days: ClosedDays | None = None) -> ActBy | None:
    """None on a working day; else the last working day before. The due date itself does not move."""
    if not _is_closed(due_on, closed_days):
        return None
    day = due_on
    while _is_closed(day, closed_days):
        day -= ONE_DAY
    falls = f"a {due_on:%A}" if is_weekend(due_on) else "a day on which offices are closed"
    return ActBy(day, f"falls on {falls}: act by {day:%A} {in_words(day)}")


def _is_closed(day: date, closed_days: ClosedDays | None) -> bool:
    return is_weekend(day) or (closed_days is not None and day in closed_days.days)


def book_by(due_on: date, timeframes: Timeframes, closed_days: ClosedDays | None = None) -> date | None:
    """The last day to book a visit for its due date so that the confirmation can go ahead in time (C15).

    None where that is a matter of working days that are not known yet: an annual visit is due a year ahead.
    """
    try:
        return timeframes.before("confirmation_sent", due_on, closed_days)
    except Refusal:
        return None
