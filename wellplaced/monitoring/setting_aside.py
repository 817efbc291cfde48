"""Who may set a step of a visit aside: whoever has the duty, or answers for those who have. One table, by the step's owner.

An authority's own timeframes may give a step to somebody else: then this follows.
"""

from datetime import date

from wellplaced.monitoring.models import Step, Visit
from wellplaced.monitoring.words import OWNERS
from wellplaced.people.covering import roles_today
from wellplaced.people.models import Person
from wellplaced.people.rights import ROLE_NAMES, Role

EVERYBODY_WHO_RECORDS = frozenset({Role.PLACEMENT_OFFICER, Role.SENIOR_OFFICER, Role.MANAGER})
WHO_ANSWERS_FOR_REVIEWS = frozenset({Role.SENIOR_OFFICER, Role.MANAGER})
# whose duty it is: (who may set it aside, whether whoever made the visit may, too)
MAY_SET_ASIDE: dict[str, tuple[frozenset[Role], bool]] = {
    "la_representative": (EVERYBODY_WHO_RECORDS, True),
    "provider": (EVERYBODY_WHO_RECORDS, True),
    "la_representative_or_sqao": (EVERYBODY_WHO_RECORDS, True),
    "sqao": (WHO_ANSWERS_FOR_REVIEWS, False),  # C19: nobody excuses the review of their own visit
    "manager": (frozenset({Role.MANAGER}), False),
}


def refusal_to_set_aside(step: Step, visit: Visit, person: Person, today: date) -> str:
    """Why the person may not set this step aside today, in a sentence; nothing where they may. Deputies count."""
    return refusal_by_roles(roles_today(person, today), step, visit, person)


def refusal_by_roles(held: frozenset[Role], step: Step, visit: Visit, person: Person) -> str:
    """The same for somebody whose roles of the day are known already."""
    roles, may_own = MAY_SET_ASIDE[step.owner]
    if not roles & held:
        return _whose(step, roles)
    if not may_own and visit.officer_id == person.pk:
        return f"You made this visit. {_whose(step, roles)}"
    return ""


def _whose(step: Step, roles: frozenset[Role]) -> str:
    names = " or ".join(ROLE_NAMES[role].lower().replace("sqao", "SQAO") for role in Role if role in roles)
    owner = OWNERS[step.owner].lower().replace("sqao", "SQAO")
    but = "" if MAY_SET_ASIDE[step.owner][1] else ", but not whoever made the visit"
    return f"This step is the duty of the {owner}. A {names} may set it aside{but}."
