"""Other visits owed in the same postcode district, so that one journey serves several (issue B, item 1)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import CharField, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Length, NullIf, Replace, Upper
from django.urls import reverse

from wellplaced.design.tags import Due
from wellplaced.guidance.counting import MONTHS, later
from wellplaced.history import clock
from wellplaced.monitoring.columns import at_place, place_text
from wellplaced.monitoring.models import Requirement, RequirementState
from wellplaced.monitoring.words import KINDS
from wellplaced.people.models import Person
from wellplaced.register.models import LocalDetails, Provision

MOST = 10  # provisions
SOON = 3  # months: a visit due later than that is no reason to go now
INWARD = 3  # letters of the second half of a postcode
SHORTEST = 5  # letters of a whole postcode


@dataclass(frozen=True)
class Neighbour:
    """A provision in the district, the first visit owed there, and where to book it."""

    name: str
    href: str
    what: str
    due: Due


@dataclass(frozen=True)
class Nearby:
    """What is owed in a district besides; empty where nothing is, or where the postcode is not known."""

    district: str = ""
    neighbours: Sequence[Neighbour] = ()
    months: int = SOON


def district_of(postcode: str) -> str:
    """'FN4' of 'FN4 2AB', as typed, with or without the space."""
    halves = postcode.upper().split()
    if len(halves) == 2:
        return halves[0]
    whole = "".join(halves)
    return whole[:-INWARD] if len(whole) >= SHORTEST else whole


def nearby(person: Person, provision: Provision, on: date | None) -> Nearby:
    """Visits owed soon and not booked in the provision's district, the earliest due first; `on` goes into the links."""
    own = LocalDetails.objects.seen_by(person).filter(provision=provision).values_list("postcode", flat=True).first()
    district = district_of(own or provision.postcode)
    if not district:
        return Nearby()
    soon = Q(due_on__lte=later(on or clock.today(), SOON, MONTHS))
    rows = _owed_in(person, district).filter(soon).exclude(provision=provision).order_by("due_on", "key")
    return Nearby(district, _first_of_each(rows[: 3 * MOST], on))


def _owed_in(person: Person, district: str) -> Any:
    """By the postcode that the authority typed, else the public one; both compared without spaces."""
    open_ = Requirement.objects.seen_by(person).filter(state=RequirementState.OPEN)
    typed = LocalDetails.objects.filter(authority=OuterRef("authority"), provision=OuterRef("provision"))
    own = NullIf(Subquery(typed.values("postcode")[:1]), Value(""))
    postcode = Upper(Replace(Coalesce(own, F("provision__postcode"), output_field=CharField()), Value(" ")))
    packed = at_place(open_).annotate(packed=postcode, length=Length(postcode))
    return packed.filter(Q(length=len(district) + INWARD) | Q(length=len(district)), packed__startswith=district)


def _first_of_each(rows: Iterable[Any], on: date | None) -> list[Neighbour]:
    first: dict[int, Any] = {}
    for row in rows:
        first.setdefault(row.provision_id, row)
    return [_neighbour(row, on) for row in list(first.values())[:MOST]]


def _neighbour(row: Any, on: date | None) -> Neighbour:
    asked = {"discharges": row.key, **({"on": on.isoformat()} if on else {})}
    address = reverse("monitoring:book_visit", args=[row.provision_id])
    why = f"{row.get_absolute_url()}why/"
    return Neighbour(
        name=place_text(row),
        href=f"{address}?{urlencode(asked)}",
        what=KINDS[row.kind],
        due=Due(on=row.due_on, why=why, what=place_text(row)),
    )
