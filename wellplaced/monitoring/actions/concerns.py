"""Concerns (C6)."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction

from wellplaced import history
from wellplaced.monitoring.models import Concern
from wellplaced.people.models import Person
from wellplaced.placements.models import YoungPerson
from wellplaced.register.models import Provision


@transaction.atomic
def raise_concern(
    *,
    provision: Provision,
    raised_on: date,
    raised_by: str,
    how: str,
    summary: str,
    young_people: Collection[YoungPerson] = (),
    by: Person,
    on: date,
) -> Concern:
    """Record a concern; its visit is due counted from the day on which it was raised, not recorded."""
    concern = Concern.objects.create(
        authority=by.own_authority,
        provision=provision,
        raised_on=raised_on,
        raised_by=raised_by,
        how=how,
        summary=summary,
        recorded_by=by,
        recorded_on=on,
    )
    concern.young_people.set(young_people)
    history.record("concern raised", about=concern, by=by, happened_on=raised_on)
    return concern


@transaction.atomic
def change_concern(*, concern: Concern, by: Person, seen_revision: int | None, **values: Any) -> Concern:
    """Correct a concern's day, words or young people. Raises Conflict; Refusal where a held visit came before the day."""
    return history.amend(concern, verb="concern corrected", by=by, seen_revision=seen_revision, **values)
