"""What is said of a provision that nobody looks after: what is owed there is on no officer's work page until somebody does."""

from django.urls import reverse
from markupsafe import Markup

from wellplaced.design.tags import Link
from wellplaced.people.models import Person
from wellplaced.people.rights import Permission
from wellplaced.register.models import Provision


def nobody_looks_after(provision: Provision, person: Person, *, owed: bool) -> Markup:
    """The sentence, and for a manager the page where it is said who does; `owed`: whether a visit is to be booked there."""
    what = "what is owed there stands" if owed else "what becomes owed there will stand"
    sentence = Markup("Nobody looks after {}, so {} on no placement officer’s work page.")
    return Markup(" ").join([sentence.format(provision.known_as, what), *_mend(provision, person)])


def _mend(provision: Provision, person: Person) -> list[Markup]:
    if person.may(Permission.REASSIGN):
        assign = reverse("monitoring:assign", args=[provision.pk])
        return [Link(f"Say who looks after {provision.known_as}", assign).__html__()]
    return [Markup("Ask your manager to say who looks after it.")] if person.may(Permission.BOOK_VISIT) else []
