"""A young person's CSW, IRO and SENO: from and until."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from wellplaced import history
from wellplaced.people.models import Person
from wellplaced.placements.models import Professional, ProfessionalRole, YoungPerson

DAY = timedelta(days=1)


@transaction.atomic
def add_professional(
    *,
    young_person: YoungPerson,
    role: str,
    name: str,
    email: str,
    starts_on: date,
    ends_on: date | None = None,
    by: Person,
) -> Professional:
    """Somebody new in a role; whoever held it until further notice ends the day before. Raises ValidationError."""
    _one_at_a_time(young_person)
    for earlier in young_person.professionals.filter(role=role, ends_on=None, starts_on__lt=starts_on):
        end_professional(professional=earlier, ends_on=starts_on - DAY, by=by, seen_revision=None)
    _check(young_person, role, starts_on, ends_on)
    professional = Professional.objects.create(
        authority_id=young_person.authority_id,
        young_person=young_person,
        role=role,
        name=name,
        email=email,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    history.record(
        "professional added",
        about=professional,
        by=by,
        happened_on=starts_on,
        changes={"role": [None, role], "name": [None, name], "starts_on": [None, starts_on]},
    )
    return professional


@transaction.atomic
def change_professional(
    *, professional: Professional, by: Person, seen_revision: int | None, **values: Any
) -> Professional:
    """Correct a name, an email address or the days. Raises ValidationError, Conflict."""
    _one_at_a_time(professional.young_person)
    starts_on = values.get("starts_on", professional.starts_on)
    ends_on = values.get("ends_on", professional.ends_on)
    _check(professional.young_person, professional.role, starts_on, ends_on, but=professional)
    return history.amend(professional, verb="professional changed", by=by, seen_revision=seen_revision, **values)


@transaction.atomic
def end_professional(
    *, professional: Professional, ends_on: date, by: Person, seen_revision: int | None
) -> Professional:
    """The last day in the role, counted in. Raises ValidationError, Conflict."""
    if ends_on < professional.starts_on:
        raise ValidationError({"ends_on": "The last day must be on or after the first day"})
    return history.amend(
        professional,
        verb="professional ended",
        by=by,
        seen_revision=seen_revision,
        happened_on=ends_on,
        ends_on=ends_on,
    )


def _one_at_a_time(young_person: YoungPerson) -> None:
    """Of two who say who has a role, the second waits here, and is then checked against the first."""
    list(YoungPerson.objects.select_for_update(no_key=True).filter(pk=young_person.pk).values_list("pk"))


def _check(
    young_person: YoungPerson, role: str, starts_on: date, ends_on: date | None, but: Professional | None = None
) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise ValidationError({"ends_on": "The last day must be on or after the first day"})
    others = young_person.professionals.filter(role=role).exclude(pk__in=[but.pk] if but else [])
    clash = next((each for each in others if _overlap(each, starts_on, ends_on)), None)
    if clash:
        until = f" until {clash.ends_on:%d/%m/%Y}" if clash.ends_on else ""
        raise ValidationError(
            {
                "starts_on": f"{clash.name} is {ProfessionalRole(role).label} from {clash.starts_on:%d/%m/%Y}{until}. "
                "Correct those days first, or choose other ones"
            }
        )


def _overlap(other: Professional, starts_on: date, ends_on: date | None) -> bool:
    return (ends_on is None or other.starts_on <= ends_on) and (other.ends_on is None or other.ends_on >= starts_on)
