"""Finding what a page is about, starting from the person; what they may not see is not found (404)."""

from typing import Any

from django.db.models import Prefetch, Q
from django.shortcuts import get_object_or_404

from wellplaced.monitoring.models import Concern, Requirement, Visit, VisitDischarge
from wellplaced.monitoring.models.owed import OWED
from wellplaced.people.models import Person
from wellplaced.register.models import Provision


def provision_of(person: Person, number: int) -> Provision:
    """A provision with what the person's authority typed about it."""
    return get_object_or_404(Provision.objects.seen_by(person).with_details_of(person.authority_id), pk=number)


def with_place(rows: Any, person: Person) -> Any:
    """Rows with their provision, its own details included."""
    return rows.prefetch_related(
        Prefetch("provision", queryset=Provision.objects.seen_by(person).with_details_of(person.authority_id))
    )


def requirement_of(person: Person, provision_id: int, key: str) -> Requirement:
    """What is owed, by its stable key."""
    rows = Requirement.objects.seen_by(person).select_related(
        "placement__young_person", "deciding_judgement", "discharged_by__officer", "booked_by__officer"
    )
    found: Requirement = get_object_or_404(with_place(rows, person), provision=provision_id, key=key)
    return found


def owed_at(person: Person, provision: Provision, also: "list[str] | None" = None) -> list[Requirement]:
    """What is still owed at a provision, by due date, and requirements named besides."""
    wanted = Q(state__in=OWED) | Q(key__in=also or [])
    rows = list(
        Requirement.objects.seen_by(person)
        .filter(wanted, provision=provision)
        .select_related("placement__young_person", "placement__premises")
    )
    return sorted(rows, key=lambda row: (row.due_on is None, row.due_on, row.key))


def visit_of(person: Person, number: int) -> Visit:
    """A visit with its officer and what it names."""
    named = Prefetch("discharges", queryset=VisitDischarge.objects.order_by("key"))
    rows = Visit.objects.seen_by(person).select_related("officer").prefetch_related(named)
    found: Visit = get_object_or_404(with_place(rows, person), pk=number)
    return found


def concern_of(person: Person, number: int) -> Concern:
    """A concern with all young people on it: what of them may be shown is asked of `Sight`."""
    rows = Concern.objects.seen_by(person).select_related("recorded_by").prefetch_related("young_people")
    found: Concern = get_object_or_404(with_place(rows, person), pk=number)
    return found
