"""What passing time alone changes: the next day on which an answer may differ from today's with nothing new recorded."""

from collections.abc import Iterator, Sequence
from datetime import date

from wellplaced.guidance.facts import Facts
from wellplaced.guidance.owed import Answer
from wellplaced.guidance.timeframes import Timeframes


def changes_on(facts: Facts, answer: Answer, versions: Sequence[Timeframes] = ()) -> date | None:
    """The earliest day after today on which any part of the answer may change by time alone; None: never.

    It may name a day on which nothing changes, and never misses one on which something does: everything that is compared
    with today is a day of the facts, a due date, or the day on which a version comes into force; or the day after it.
    """
    days = {day.toordinal() + after for day in _days(facts, answer, versions) for after in (0, 1)}
    later = [day for day in days if facts.today.toordinal() < day <= date.max.toordinal()]
    return date.fromordinal(min(later)) if later else None


def _days(facts: Facts, answer: Answer, versions: Sequence[Timeframes]) -> Iterator[date]:
    found: list[date | None] = [facts.under_contract_from, *(version.in_force_from for version in versions)]
    for placement in facts.placements:
        found += [placement.starts_on, placement.ends_on]
    found += [visit.visit_on for visit in facts.visits]
    found += [judgement.published_on for judgement in facts.judgements]
    for requirement in answer.requirements:
        found += [requirement.due_on, requirement.escalate_on, requirement.clock_on]
    for visit in answer.visits:
        found += [step.due_on for step in visit.steps]
    return (day for day in found if day is not None)
