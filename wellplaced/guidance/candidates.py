"""Everything that could be owed on these facts, one candidate for each placement, visit, contract, concern and judgement."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from wellplaced.guidance import clocks
from wellplaced.guidance.clocks import Clock
from wellplaced.guidance.facts import GRADED, Concern, Judgement, Placement, Visit
from wellplaced.guidance.owed import Kind
from wellplaced.guidance.reckoning import Reckoning
from wellplaced.guidance.record import CONTRACT, Record


@dataclass(frozen=True, slots=True)
class Initial:
    """The initial visit of a placement (C3, C7, C8, C9)."""

    id: str
    placement: Placement
    kind: Kind = Kind.INITIAL

    def clock(self, reckoning: Reckoning) -> Clock:
        """What starts it."""
        return clocks.of_initial(reckoning, self.placement)

    def is_owed(self, reckoning: Reckoning, due_on: date | None) -> bool:
        """R7."""
        return reckoning.needs_initial_visit(self.placement)


@dataclass(frozen=True, slots=True)
class Annual:
    """The visit 12 months after another (C5)."""

    id: str
    visit: Visit
    kind: Kind = Kind.ANNUAL

    def clock(self, reckoning: Reckoning) -> Clock:
        """What starts it."""
        return clocks.of_annual(self.visit)

    def is_owed(self, reckoning: Reckoning, due_on: date | None) -> bool:
        """R5 and R6."""
        if not reckoning.is_first_counted_of_its_day(self.visit):
            return False
        return reckoning.takes("R6", "always") or (due_on is not None and reckoning.record.is_in_use(due_on))


@dataclass(frozen=True, slots=True)
class Contract:
    """The first annual visit of a provision under contract (C5, R6)."""

    id: str
    starts_on: date
    kind: Kind = Kind.ANNUAL

    def clock(self, reckoning: Reckoning) -> Clock:
        """What starts it."""
        return clocks.of_contract(self.starts_on)

    def is_owed(self, reckoning: Reckoning, due_on: date | None) -> bool:
        """Under contract today, and not seen in the 12 months before."""
        return self.starts_on <= reckoning.record.today and not reckoning.seen_before(self.starts_on)


@dataclass(frozen=True, slots=True)
class Raised:
    """The visit after a concern (C6)."""

    id: str
    concern: Concern
    kind: Kind = Kind.CONCERN

    def clock(self, reckoning: Reckoning) -> Clock:
        """What starts it."""
        return clocks.of_concern(self.concern)

    def is_owed(self, reckoning: Reckoning, due_on: date | None) -> bool:
        """Always."""
        return True


@dataclass(frozen=True, slots=True)
class Judged:
    """The visit after a judgement (C7, C8, R3)."""

    id: str
    judgement: Judgement
    kind: Kind = Kind.JUDGEMENT

    def clock(self, reckoning: Reckoning) -> Clock:
        """What starts it."""
        return clocks.of_judgement(self.judgement)

    def is_owed(self, reckoning: Reckoning, due_on: date | None) -> bool:
        """Where somebody is placed on the day of publication."""
        record = reckoning.record
        return (
            record.follows_judgements
            and reckoning.takes("R3", "placement_and_publication")
            and record.has_somebody_placed(self.judgement.published_on)
        )


Candidate = Initial | Annual | Contract | Raised | Judged


def candidates(record: Record) -> Iterator[Candidate]:
    """All that may be owed or named."""
    facts = record.facts
    for placement in facts.placements:
        yield Initial(f"{Kind.INITIAL.value}:{placement.id}", placement)
    for visit in facts.visits:
        if visit.held:
            yield Annual(f"{Kind.ANNUAL.value}:{visit.id}", visit)
    if facts.under_contract_from is not None:
        yield Contract(f"{Kind.ANNUAL.value}:{CONTRACT}", facts.under_contract_from)
    for concern in facts.concerns:
        yield Raised(f"{Kind.CONCERN.value}:{concern.id}", concern)
    for judgement in facts.judgements:
        if judgement.outcome in GRADED:
            yield Judged(f"{Kind.JUDGEMENT.value}:{judgement.id}", judgement)
