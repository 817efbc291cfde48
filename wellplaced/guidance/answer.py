"""The answer to 'what is owed, and when?': requirements and steps from facts and versions of the timeframes."""

from collections.abc import Sequence

from wellplaced.guidance.counting import ClosedDays
from wellplaced.guidance.facts import Facts
from wellplaced.guidance.owed import Answer
from wellplaced.guidance.reckoning import Reckoning
from wellplaced.guidance.record import Record
from wellplaced.guidance.requirements import requirements
from wellplaced.guidance.steps import visits
from wellplaced.guidance.timeframes import Timeframes, in_order


def answer(facts: Facts, versions: Sequence[Timeframes], closed_days: ClosedDays | None = None) -> Answer:
    """What is owed on these facts, and the steps of their visits.

    A requirement is counted by the version in force on the day on which its clock starts (no clock yet: on `today`), a visit's
    steps by the one in force on the day of its booking; before the first version, by the first. `closed_days` is needed only
    where a version counts working days. Raises `Refusal` where a date cannot be counted, or the versions cannot be told apart.
    """
    record = Record(facts)
    reckonings = [Reckoning(record, version, closed_days) for version in in_order(versions)]
    owed = requirements(record, reckonings)
    return Answer(tuple(owed), visits(reckonings, owed))
