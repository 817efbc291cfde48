"""Young people: added, corrected, restricted to named people; and that somebody opened a record."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from wellplaced import history
from wellplaced.people.models import Person
from wellplaced.placements.models import HELD_BACK, NamedOnRecord, YoungPerson
from wellplaced.placements.references import as_kept, why_not


@transaction.atomic
def add_young_person(
    *, reference: str, initials: str, born_on: date, has_ehc_plan: bool = False, by: Person, on: date
) -> YoungPerson:
    """Somebody of the authority's. Raises ValidationError where the reference is taken or the birth lies ahead."""
    if by.authority is None:
        raise ValidationError("Only staff of an authority can add a young person")
    reference = as_kept(reference)
    _check(by, reference, born_on, on)
    young_person = YoungPerson.objects.create(
        authority=by.authority, reference=reference, initials=initials, born_on=born_on, has_ehc_plan=has_ehc_plan
    )
    history.record("young person added", about=young_person, by=by)
    return young_person


@transaction.atomic
def change_young_person(
    *, young_person: YoungPerson, by: Person, on: date, seen_revision: int | None, reason: str = "", **values: Any
) -> YoungPerson:
    """Correct reference, initials, date of birth, EHC plan. Raises ValidationError, Conflict."""
    if "reference" in values:
        values["reference"] = as_kept(values["reference"])
    reference = values.get("reference", young_person.reference)
    _check(by, reference, values.get("born_on", young_person.born_on), on, but=young_person)
    return history.amend(
        young_person, verb="young person changed", by=by, seen_revision=seen_revision, reason=reason, **values
    )


def _check(by: Person, reference: str, born_on: date, on: date, but: YoungPerson | None = None) -> None:
    if wrong := why_not(reference):
        raise ValidationError({"reference": wrong})
    if born_on > on:
        raise ValidationError({"born_on": "The date of birth must be today or before"})
    same = YoungPerson.objects.of(by.authority_id).filter(reference=reference)
    if taken := same.exclude(pk__in=[but.pk] if but else []).first():
        seen = YoungPerson.objects.seen_by(by).filter(pk=taken.pk).exists()
        raise ValidationError(
            {"reference": f"{taken} has this reference already. Search for it" if seen else HELD_BACK}
        )


@transaction.atomic
def restrict_record(
    *, young_person: YoungPerson, named: Collection[Person], reason: str, by: Person, seen_revision: int | None
) -> YoungPerson:
    """From now on only the named people see the record. Raises ValidationError where nobody is named; Conflict."""
    return _name(
        "record restricted",
        young_person=young_person,
        named=named,
        reason=reason,
        by=by,
        seen_revision=seen_revision,
        restricted=True,
    )


@transaction.atomic
def name_on_record(
    *, young_person: YoungPerson, named: Collection[Person], by: Person, seen_revision: int | None, reason: str = ""
) -> YoungPerson:
    """Exactly these people see the restricted record. Raises ValidationError where nobody is named; Conflict."""
    return _name(
        "people named on record",
        young_person=young_person,
        named=named,
        reason=reason,
        by=by,
        seen_revision=seen_revision,
    )


@transaction.atomic
def lift_restriction(*, young_person: YoungPerson, reason: str, by: Person, seen_revision: int | None) -> YoungPerson:
    """Everybody of the authority sees the record again. Raises Conflict."""
    before = _named(young_person)
    changed = history.amend(
        young_person,
        verb="restriction lifted",
        by=by,
        seen_revision=seen_revision,
        reason=reason,
        also={"named": [before, []]},
        restricted=False,
    )
    changed.named.all().delete()
    return changed


def _name(verb: str, *, young_person: YoungPerson, named: Collection[Person], by: Person, **values: Any) -> YoungPerson:
    if not named:
        raise ValidationError({"named": "Name at least one person who may see the record"})
    if any(person.authority_id != young_person.authority_id for person in named):
        raise ValidationError({"named": "Name only people of your own authority"})
    there = set(young_person.named.values_list("person", flat=True))
    is_other = there != {person.pk for person in named}
    changed = history.amend(
        young_person,
        verb=verb,
        by=by,
        also={"named": [_named(young_person), sorted(person.name for person in named)]} if is_other else None,
        **values,
    )
    changed.named.exclude(person__in=named).delete()
    NamedOnRecord.objects.bulk_create(
        NamedOnRecord(young_person=changed, person=person) for person in named if person.pk not in there
    )
    return changed


def _named(young_person: YoungPerson) -> list[str]:
    return sorted(young_person.named.values_list("person__name", flat=True))


@transaction.atomic
def open_record(*, young_person: YoungPerson, by: Person) -> None:
    """Somebody looked at the young person's record: that is on record, too."""
    history.record("record opened", about=young_person, by=by)
