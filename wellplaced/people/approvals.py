"""C11: who is approved to visit which type of provision, and on which days."""

from datetime import date

from wellplaced.people.models import Approval, Person, ProvisionType


def approved_for(person: Person, provision_type: str, day: date) -> bool:
    """Whether the person is approved to visit provisions of this type on this day."""
    return Approval.objects.on(day).filter(person=person, provision_type=provision_type).exists()


def approval_problem(person: Person, provision_type: str, day: date) -> str:
    """Why the person cannot be given a visit of this type on this day, and what to do; empty where they can."""
    if not person.is_active:
        return f"{person.name} no longer works here. Choose somebody else."
    if approved_for(person, provision_type, day):
        return ""
    kind = ProvisionType(provision_type).label
    when = f"{day.day} {day:%B %Y}"
    return (
        f"{person.name} is not approved to visit this type of provision ({kind}) on {when} (C11). "
        "Choose an approved officer, or ask whoever keeps staff to approve this one first."
    )
