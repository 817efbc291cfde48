"""What no visit may do: send somebody who is not approved, or to two places at once; discharge what it did not see."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, time

from django.core.exceptions import ValidationError

from wellplaced.design.words import day
from wellplaced.monitoring.models import Visit, VisitState
from wellplaced.monitoring.officer_days import clashing
from wellplaced.monitoring.past import clock_time
from wellplaced.people.approvals import approval_problem
from wellplaced.people.models import Person, ProvisionType
from wellplaced.people.rights import Permission
from wellplaced.placements.models import Placement
from wellplaced.register.models import Premises, Provision


class NotApproved(Exception):
    """C11: the officer is not approved for this type of provision on that day; the message says so and what to do."""


def refuse_unapproved(officer: Person, provision: Provision, visit_on: date) -> None:
    problem = approval_problem(officer, provision.type, visit_on)
    if problem:
        raise NotApproved(problem)


def refuse_clash(officer: Person, visit_on: date, visit_at: time | None, *, besides: Visit | None = None) -> None:
    """Nobody is in two places at one time. Of two who book the same officer, the second waits here for the first."""
    if visit_at is None:
        return
    Person.objects.select_for_update(no_key=True).get(pk=officer.pk)
    other = clashing(officer, visit_on, visit_at, besides=besides)
    if other is not None:
        raise ValidationError(clash_words(other))


def clash_words(other: Visit) -> str:
    at = f" at {clock_time(other.visit_at)}" if other.visit_at else ""
    return f"{other.by_whom} visits {other.provision.known_as}{at} on {day(other.visit_on)}. Choose another time or officer."


def refuse_own_review(officer: Person | None, reviewer: Person | None) -> None:
    """C19: whoever reviews the report did not make the visit."""
    if officer is not None and officer == reviewer:
        raise ValidationError(own_review(officer))


def own_review(officer: Person) -> str:
    return f"{officer} makes this visit and cannot review its report. Choose somebody else for one of the two."


def refuse_leaving_own_visit(visit: Visit, officer: Person | None, by: Person) -> None:
    """Whoever may review does not take themselves off a visit that they made, and then review it."""
    is_taken_off = visit.officer_id == by.pk and (officer is None or officer.pk != by.pk)
    if is_taken_off and by.may(Permission.REVIEW_REPORT):
        raise ValidationError(
            {"officer": "You made this visit, and may review reports: ask a colleague to correct who made it"}
        )


def refuse_unseen(
    keys: Collection[str], seen: Collection[Premises], by: Person, *, besides: Collection[Placement] = ()
) -> None:
    """R7: in 16+ supported accommodation the premises are what counts: who lives in a flat that was not seen is owed a visit.

    `besides`: those for whom it was recorded so before.
    """
    placements = [each for each in unseen(keys, seen, by) if each not in besides]
    if placements:
        raise ValidationError({"premises": unseen_words(placements)})


def unseen(keys: Iterable[str], seen: Iterable[Premises], by: Person) -> list[Placement]:
    """The placements whose initial visit is named though a visit saw other premises, or none, than where they live.

    Not those of a closed record: who may not know where somebody lives cannot tick it, and is not told here either.
    """
    named = [key.partition(":")[2] for key in keys if key.startswith("initial:")]
    numbers = [int(number) for number in named if number.isdecimal()]
    if not numbers:
        return []
    rows = Placement.objects.seen_by(by).filter(pk__in=numbers, cancelled=False)
    rows = rows.filter(provision__type=ProvisionType.SUPPORTED_ACCOMMODATION).exclude(premises=None)
    rows = rows.exclude(premises__in=[each.pk for each in seen]).select_related("premises")
    return list(rows.order_by("premises__label", "pk"))


def unseen_before(visit: Visit, by: Person) -> list[Placement]:
    """Whose initial visit a held visit discharges as it is on record, though it did not see where they live."""
    if visit.state != VisitState.HELD:
        return []
    return unseen(visit.discharges.values_list("key", flat=True), visit.premises.all(), by)


def unseen_words(placements: Sequence[Placement]) -> str:
    """Which homes were not seen, and what to do."""
    homes = list(dict.fromkeys(str(each.premises) for each in placements))
    which = homes[0] if len(homes) == 1 else f"{', '.join(homes[:-1])} and {homes[-1]}"
    visits = "the initial visit" if len(placements) == 1 else "the initial visits"
    return f"This discharges {visits} for {which}: tick {which} as seen, or untick {visits}"
