"""What no booking may do: send somebody who is not approved, or to two places at once, or to review their own visit."""

from datetime import date, time

from django.core.exceptions import ValidationError

from wellplaced.design.words import day
from wellplaced.monitoring.models import Visit
from wellplaced.monitoring.officer_days import clashing
from wellplaced.monitoring.past import clock_time
from wellplaced.people.approvals import approval_problem
from wellplaced.people.models import Person
from wellplaced.people.rights import Permission
from wellplaced.register.models import Provision


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
