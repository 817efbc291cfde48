"""Looking for provisions by every name that they go by, and for young people by reference or initials."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, Window

from wellplaced.people.models import Person
from wellplaced.people.rights import Permission
from wellplaced.placements.models import Placement, YoungPerson
from wellplaced.register.models import LocalDetails, Provision
from wellplaced.register.naming import searchable

HITS = 20  # of each kind; their own lists have the rest


@dataclass(frozen=True)
class Hits:
    """What was found, each row with `in_all`, how many there are."""

    provisions: Sequence[Provision]
    young_people: Sequence[YoungPerson]


def hits(text: str, person: Person, today: date) -> Hits:
    """Provisions in which every word is found, those where we have somebody first; young people by reference or initials."""
    if not searchable(text):
        return Hits((), ())
    return Hits(_provisions(text, person, today), _young_people(text, person))


def _provisions(text: str, person: Person, today: date) -> list[Provision]:
    rows = Provision.objects.seen_by(person).with_details_of(person.authority_id)
    own = LocalDetails.objects.seen_by(person).filter(provision=OuterRef("pk"))
    for word in searchable(text).split():
        rows = rows.filter(Q(search_text__contains=word) | Exists(own.filter(search_text__contains=word)))
    ours = Placement.objects.of(person.authority_id).current_on(today).filter(provision=OuterRef("pk"))
    rows = rows.annotate(ours=Exists(ours), in_all=Window(Count("pk")))
    return list(rows.select_related("provider").order_by(F("ours").desc(), "name", "pk")[:HITS])


def _young_people(text: str, person: Person) -> list[YoungPerson]:
    if not person.may(Permission.SEE):
        return []
    typed = text.strip()
    wanted = Q(reference__istartswith=typed) | Q(initials__iexact=typed)
    rows = YoungPerson.objects.seen_by(person).filter(wanted).annotate(in_all=Window(Count("pk")))
    return list(rows.order_by(F("reference"), "pk")[:HITS])
