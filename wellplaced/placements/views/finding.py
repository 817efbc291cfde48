"""Finding what an address names, starting from the person; what they may not see is not found (404)."""

from typing import Any, TypeVar

from django.db import models
from django.http import Http404
from django.shortcuts import get_object_or_404

from wellplaced.design.fields import MOST_DIGITS
from wellplaced.people.access import Request
from wellplaced.placements.models import Placement, YoungPerson
from wellplaced.register.models import Provision

Found = TypeVar("Found", bound=models.Model)
MOST_MATCHES = 30


def young_person_of(request: Request, young_person_id: int) -> YoungPerson:
    return get_object_or_404(YoungPerson.objects.seen_by(request.person), pk=young_person_id)


def placement_of(request: Request, placement_id: int) -> Placement:
    """The placement, its provision with what the authority calls it."""
    rows = Placement.objects.seen_by(request.person).select_related("young_person", "premises")
    return get_object_or_404(rows.with_local_names(request.person.authority_id), pk=placement_id)


def provisions_of(request: Request) -> Any:
    """The provisions that the person sees, each with what the authority calls it."""
    return Provision.objects.seen_by(request.person).with_details_of(request.person.authority_id)


def chosen(rows: "models.QuerySet[Found, Found]", number: str | int | None) -> Found | None:
    """The record whose number the address carries; None where it carries none. 404 where the person sees no such record."""
    if number in (None, ""):
        return None
    if not str(number).isdecimal() or len(str(number)) > MOST_DIGITS:
        raise Http404
    return get_object_or_404(rows, pk=int(str(number)))
