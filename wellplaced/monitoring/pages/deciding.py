"""R14: the plan has not come by its day, and the manager decides whether the visit is made without it: words and ways."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.http import urlencode

from wellplaced.monitoring.models import Requirement
from wellplaced.people.models import Person
from wellplaced.people.rights import Permission

YOURS = (
    "You decide: have the visit made without the plan, waive it, or go on waiting (R14). A visit made without the plan "
    "counts."
)
NOT_YOURS = (
    "The manager now decides whether the visit is made without it (R14). A visit made without the plan counts. Ask your "
    "manager before you book it."
)


def is_with_manager(requirement: Requirement, today: date) -> bool:
    """R14: the plan has not come, and the day is reached on which the manager decides."""
    return requirement.state == "waiting" and bool(requirement.escalate_on and requirement.escalate_on <= today)


def whose_decision(requirements: Sequence[Requirement], person: Person, today: date) -> str:
    """Whose turn it is, said to the reader; nothing while the plan is still waited for, or no visit waits."""
    if not any(is_with_manager(each, today) for each in requirements):
        return ""
    return YOURS if person.may(Permission.WAIVE) else NOT_YOURS


def booking_of(requirements: Sequence[Requirement]) -> str:
    """The page that books one visit for all of these, which are of one provision."""
    address = reverse("monitoring:book_visit", args=[requirements[0].provision_id])
    return f"{address}?{urlencode([('discharges', each.key) for each in requirements])}"
