"""The facts arranged for looking things up: who is placed when, which judgement counts, which visits name what."""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from wellplaced.guidance.counting import ONE_DAY
from wellplaced.guidance.facts import GRADED, NEEDS_ACTION_PLAN, Facts, Judgement, Placement, ProvisionType, Visit

JUDGED_TYPES = frozenset({ProvisionType.RESIDENTIAL, ProvisionType.IFA})
CONTRACT = "contract"


@dataclass(frozen=True, eq=False)
class Record:
    """The facts of one provision, with indexes. Nothing in it depends on a version of the timeframes."""

    facts: Facts
    today: date = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "today", self.facts.today)

    @cached_property
    def follows_judgements(self) -> bool:
        """Whether C7 and C8 concern this type of provision."""
        return self.facts.provision_type in JUDGED_TYPES

    @cached_property
    def is_supported_accommodation(self) -> bool:
        """Whether C9 concerns this type of provision."""
        return self.facts.provision_type == ProvisionType.SUPPORTED_ACCOMMODATION

    @cached_property
    def judgements(self) -> list[Judgement]:
        """Judgements in the order of publication; of two on one day, the later in the list is the later."""
        return sorted(self.facts.judgements, key=lambda judgement: judgement.published_on)

    @cached_property
    def placements(self) -> list[Placement]:
        """The placements that were not cancelled, by their start."""
        return sorted((p for p in self.facts.placements if not p.cancelled), key=lambda placement: placement.starts_on)

    @cached_property
    def visits(self) -> list[Visit]:
        """The visits by day; of two on one day, the one given first comes first."""
        return sorted(self.facts.visits, key=lambda visit: visit.visit_on)

    @cached_property
    def position(self) -> dict[str, int]:
        """Where each visit stands among `visits`, by its id."""
        return {visit.id: number for number, visit in enumerate(self.visits)}

    @cached_property
    def naming(self) -> dict[str, list[Visit]]:
        """The visits that name each requirement, in the order of `visits`."""
        found: dict[str, list[Visit]] = {}
        for visit in self.visits:
            for requirement in visit.discharges:
                found.setdefault(requirement, []).append(visit)
        return found

    @cached_property
    def waived(self) -> frozenset[str]:
        """The requirements that somebody set aside."""
        return frozenset(self.facts.waivers)

    @cached_property
    def checked(self) -> frozenset[str]:
        """The requirements for which other authorities were asked (C4)."""
        return frozenset(self.facts.other_la_checks)

    def is_named(self, requirement: str) -> bool:
        """Whether a visit or a waiver names the requirement."""
        return requirement in self.naming or requirement in self.waived

    def is_stale(self, visit: Visit) -> bool:
        """Whether the day of the visit is past without its having been held: it books nothing."""
        return not visit.held and visit.visit_on < self.today

    def is_under_contract(self, on: date) -> bool:
        """Whether the authority keeps the provision under contract on this day."""
        return self.facts.under_contract_from is not None and self.facts.under_contract_from <= on

    def has_somebody_placed(self, on: date) -> bool:
        """Whether any placement is current on this day."""
        return any(placement.is_current(on) for placement in self.placements)

    def is_in_use(self, on: date) -> bool:
        """Whether a placement is current or the provision is under contract (R6)."""
        return self.is_under_contract(on) or self.has_somebody_placed(on)

    def was_out_of_use(self, after: date, until: date) -> bool:
        """Whether there is a day later than `after`, up to `until`, on which the provision was not in use (R6)."""
        contract = self.facts.under_contract_from
        day = after
        for placement in self.placements:
            if day >= until or placement.starts_on > day + ONE_DAY:
                break
            day = max(day, placement.ends_on or until)
        return day < until and (contract is None or day + ONE_DAY < contract)

    def judgement_in_force(self, on: date) -> Judgement | None:
        """The last judgement published on or before this day."""
        position = bisect_right(self.judgements, on, key=lambda judgement: judgement.published_on)
        return self.judgements[position - 1] if position else None

    def next_graded(self, judgement: Judgement) -> Judgement | None:
        """The next graded judgement in the order of publication."""
        return self._next_graded[judgement.id]

    @cached_property
    def _next_graded(self) -> dict[str, Judgement | None]:
        found: dict[str, Judgement | None] = {}
        following: Judgement | None = None
        for judgement in reversed(self.judgements):
            found[judgement.id] = following
            following = judgement if judgement.outcome in GRADED else following
        return found

    def deciding_judgement(self, placement: Placement) -> Judgement | None:
        """The judgement that decides an initial requirement: C8's plan that never came gives way to the next judgement."""
        deciding = self.judgement_in_force(min(placement.starts_on, self.today))
        discharging = [visit for visit in self.naming.get(f"initial:{placement.id}", ()) if visit.held]
        while deciding is not None and deciding.outcome in NEEDS_ACTION_PLAN:
            following = self.next_graded(deciding)
            if following is None or _came_before(deciding, following, discharging):
                break
            deciding = following
        return deciding


def _came_before(judgement: Judgement, following: Judgement, discharging: list[Visit]) -> bool:
    """Whether the plan, or the visit itself, came before the following judgement was published."""
    received = judgement.action_plan_received_on
    if received is not None and received < following.published_on:
        return True
    return any(visit.visit_on < following.published_on for visit in discharging)
