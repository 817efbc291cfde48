"""'Why this date?': the clause and readings in words, the event that started the clock, the count, the version."""

from dataclasses import dataclass
from datetime import date

from wellplaced.monitoring.models import Requirement
from wellplaced.people.models import Person


@dataclass(frozen=True)
class WhyPage:
    requirement: Requirement


def why_page(requirement: Requirement, person: Person, today: date) -> WhyPage:
    return WhyPage(requirement)
