"""One record counted by one version of the timeframes: which visits count, and what follows from the readings chosen."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from wellplaced.guidance.counting import ClosedDays
from wellplaced.guidance.facts import Placement, Visit
from wellplaced.guidance.record import Record
from wellplaced.guidance.timeframes import Timeframes

_RESTARTS_THE_YEAR = ("initial:", "annual:", "judgement:")


@dataclass(frozen=True, eq=False)
class Reckoning:
    """A record, a version, and the closed days where the version counts working days."""

    record: Record
    timeframes: Timeframes
    closed: ClosedDays | None = None

    def due(self, name: str, start: date) -> date:
        """The due date of the timeframe `name` whose clock starts on `start`."""
        return self.timeframes.due(name, start, self.closed)

    def takes(self, reading: str, choice: str) -> bool:
        """Whether this version takes this reading of a question."""
        return self.timeframes.choices[reading] == choice

    def counts(self, visit: Visit) -> bool:
        """Whether the visit counts, and so restarts the 12 months (R5)."""
        if not visit.held:
            return False
        if visit.whole_form or self.takes("R5", "any_visit"):
            return True
        return self.takes("R5", "initial_annual_judgement") and any(
            requirement.startswith(_RESTARTS_THE_YEAR) for requirement in visit.discharges
        )

    @cached_property
    def counted(self) -> list[Visit]:
        """The visits that count, by day."""
        return [visit for visit in self.record.visits if self.counts(visit)]

    def next_counted(self, after: date) -> Visit | None:
        """The first visit that counts on a day later than this one; of two on one day, the one given first."""
        position = bisect_right(self.counted, after, key=lambda visit: visit.visit_on)
        return self.counted[position] if position < len(self.counted) else None

    def is_first_counted_of_its_day(self, visit: Visit) -> bool:
        """Whether the visit counts and, of several that count on its day, was given first."""
        return self._first_of_its_day.get(visit.visit_on) is visit

    @cached_property
    def _first_of_its_day(self) -> dict[date, Visit]:
        return {visit.visit_on: visit for visit in reversed(self.counted)}

    def seen_before(self, start: date) -> list[Visit]:
        """The visits that counted and were held in the span that ends on this day (R7: 12 months)."""
        since = self.timeframes.before("seen_within", start, self.closed)
        first = bisect_left(self.counted, since, key=lambda visit: visit.visit_on)
        last = bisect_right(self.counted, start, key=lambda visit: visit.visit_on)
        return self.counted[first:last]

    def needs_initial_visit(self, placement: Placement) -> bool:
        """Whether an initial visit is owed for the placement (R7)."""
        if placement.cancelled:
            return False
        if self.takes("R7", "every_placement"):
            return True
        if self.takes("R7", "first_only"):
            return self._is_first(placement)
        own = f"initial:{placement.id}"
        return not any(
            own not in visit.discharges and self._saw_the_place(visit, placement)
            for visit in self.seen_before(placement.starts_on)
        )

    def _saw_the_place(self, visit: Visit, placement: Placement) -> bool:
        """In supported accommodation the flat or house is what must have been seen."""
        if not self.record.is_supported_accommodation or placement.premises is None:
            return True
        return placement.premises in visit.premises

    def _is_first(self, placement: Placement) -> bool:
        """Whether no placement at the provision (or in the same flat or house) began before this one."""
        by_premises = self.record.is_supported_accommodation and placement.premises is not None
        there = [other for other in self.record.placements if not by_premises or other.premises == placement.premises]
        return there[0] is placement
