"""Facts that cannot be, refused with their path: equal ids, an end before a start, an event to come, a discharge too early."""

from collections.abc import Iterable, Iterator
from datetime import date

from wellplaced.guidance.facts import GRADED, Facts, Visit
from wellplaced.guidance.refusal import Refusal
from wellplaced.guidance.timeframes import Timeframes

Known = dict[str, date]  # requirement ids that may be named, and the first day on which a visit may discharge each


def check(facts: Facts, timeframes: Timeframes) -> None:
    """Raise `Refusal` where the facts cannot be (contract: timeframes.md, 'Refused are')."""
    _equal_ids(facts)
    _order_of_days(facts)
    for path, day in _events(facts):
        if day is not None and day > facts.today:
            raise Refusal(path, f"{day.isoformat()} is later than today, {facts.today.isoformat()}")
    known = _requirements(facts, timeframes)
    for number, visit in enumerate(facts.visits):
        _discharges(visit, f"visits[{number}]", known)
        for recipient in visit.comments:
            if recipient not in visit.recipients:
                raise Refusal(f"visits[{number}].comments.{recipient}", "is not among the visit's recipients")
    _named(facts.waivers, "waivers", known)
    _named(facts.other_la_checks, "other_la_checks", known)
    for number, name in enumerate(facts.other_la_checks):
        if not name.startswith("initial:"):
            raise Refusal(f"other_la_checks[{number}]", "only an initial requirement is checked with other authorities")


def _equal_ids(facts: Facts) -> None:
    for name in ("judgements", "placements", "concerns", "visits"):
        seen: set[str] = set()
        for number, item in enumerate(getattr(facts, name)):
            if item.id in seen:
                raise Refusal(f"{name}[{number}].id", f"{item.id} stands twice in this list")
            seen.add(item.id)


def _order_of_days(facts: Facts) -> None:
    for number, placement in enumerate(facts.placements):
        if placement.ends_on is not None and placement.ends_on < placement.starts_on:
            raise Refusal(f"placements[{number}].ends_on", f"before its start, {placement.starts_on.isoformat()}")
    for number, visit in enumerate(facts.visits):
        if visit.id == "contract":
            raise Refusal(f"visits[{number}].id", "no visit may have the id contract")
        if visit.booked_on > visit.visit_on:
            raise Refusal(f"visits[{number}].booked_on", f"after the visit, {visit.visit_on.isoformat()}")


def _events(facts: Facts) -> Iterator[tuple[str, date | None]]:
    """What has happened, with its path: none of it may lie ahead."""
    for number, judgement in enumerate(facts.judgements):
        yield f"judgements[{number}].published_on", judgement.published_on
        yield f"judgements[{number}].action_plan_requested_on", judgement.action_plan_requested_on
        yield f"judgements[{number}].action_plan_received_on", judgement.action_plan_received_on
    for number, concern in enumerate(facts.concerns):
        yield f"concerns[{number}].raised_on", concern.raised_on
    for number, visit in enumerate(facts.visits):
        yield f"visits[{number}].booked_on", visit.booked_on
        if visit.held:
            yield f"visits[{number}].visit_on", visit.visit_on
        for name, day in visit.done.items():
            yield f"visits[{number}].done.{name}", day
        for recipient, day in visit.comments.items():
            yield f"visits[{number}].comments.{recipient}", day


def _requirements(facts: Facts, timeframes: Timeframes) -> Known:
    """What may be named, and from which day on a visit may discharge it."""
    known: Known = {}
    for placement in facts.placements:
        known[f"initial:{placement.id}"] = timeframes.before("seen_within", placement.starts_on)
    for visit in facts.visits:
        if visit.held:
            known[f"annual:{visit.id}"] = _day_after(visit.visit_on)
    if facts.under_contract_from is not None:
        known["annual:contract"] = _day_after(facts.under_contract_from)
    for concern in facts.concerns:
        known[f"concern:{concern.id}"] = concern.raised_on
    for judgement in facts.judgements:
        if judgement.outcome in GRADED:
            known[f"judgement:{judgement.id}"] = judgement.published_on
    return known


def _day_after(day: date) -> date:
    return date.fromordinal(min(day.toordinal() + 1, date.max.toordinal()))


def _discharges(visit: Visit, path: str, known: Known) -> None:
    _named(visit.discharges, f"{path}.discharges", known)
    for number, name in enumerate(visit.discharges):
        if visit.visit_on < known[name]:
            raise Refusal(
                f"{path}.discharges[{number}]",
                f"a visit on {visit.visit_on.isoformat()} cannot discharge {name}: the first day is {known[name].isoformat()}",
            )


def _named(names: Iterable[str], path: str, known: Known) -> None:
    for number, name in enumerate(names):
        if name not in known:
            raise Refusal(f"{path}[{number}]", f"what {name} names is not in these facts")
