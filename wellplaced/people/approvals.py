"""C11: who is approved, on a day, to visit which type of provision, and what to say where somebody is not."""

from datetime import date

from wellplaced.design.words import day as in_words
from wellplaced.people.models import Approval, Person, ProvisionType


def approved_for(person: Person, provision_type: str, on: date) -> bool:
    """Whether an approval of the person for this type is in force on the day (first and last day included)."""
    return Approval.objects.on(on).filter(person=person, provision_type=provision_type).exists()


def approval_problem(person: Person, provision_type: str, on: date) -> str:
    """Why the person cannot be sent to this type of provision on the day, and what to do; empty where they can."""
    if not person.is_active:
        return f"{person} no longer works here. Choose somebody else."
    if approved_for(person, provision_type, on):
        return ""
    kind = ProvisionType(provision_type).label
    return (
        f"{person} is not approved for {in_a_sentence(kind)} on {in_words(on)} (C11). "
        "Ask a manager to approve them, or choose somebody who is approved."
    )


def approved_people(by_authority_of: Person, provision_type: str, on: date) -> list[Person]:
    """The colleagues who may be sent to this type on the day, by name."""
    approvals = Approval.objects.seen_by(by_authority_of).on(on).filter(provision_type=provision_type)
    people = Person.objects.seen_by(by_authority_of).filter(is_active=True, pk__in=approvals.values("person_id"))
    return list(people)


def in_a_sentence(label: str) -> str:
    """A type's label inside a sentence: small first letter, unless it begins with an abbreviation."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]
