"""Concerns (C6)."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from wellplaced import history
from wellplaced.design.words import day
from wellplaced.monitoring.models import Concern, Visit, VisitState
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


@transaction.atomic
def withdraw_concern(*, concern: Concern, because: str, by: Person, seen_revision: int | None = None) -> Concern:
    """It was recorded by mistake (of another home, or twice): it stays on record, and no visit is owed for it.

    Raises ValidationError where a visit is to discharge it or did, Conflict; Refusal where it is waived.
    """
    if not because.strip():
        raise ValidationError({"because": "Say why the concern is withdrawn"})
    visit = _visits_for(concern).first()
    if visit is not None:
        held = "was" if visit.state == VisitState.HELD else "is to be"
        raise ValidationError(
            f"This concern {held} looked into at the visit on {day(visit.visit_on)}. Untick it at that visit first."
        )
    return history.amend(
        concern,
        verb="concern withdrawn",
        by=by,
        seen_revision=seen_revision,
        reason=because,
        withdrawn_because=because,
    )


@transaction.atomic
def reinstate_concern(*, concern: Concern, because: str, by: Person, seen_revision: int | None = None) -> Concern:
    """It was withdrawn by mistake: its visit is owed again, counted from the day on which it was raised. Raises Conflict."""
    return history.amend(
        concern,
        verb="concern stands again",
        by=by,
        seen_revision=seen_revision,
        reason=because,
        withdrawn_because="",
    )


def _visits_for(concern: Concern) -> "models.QuerySet[Visit]":
    """The visits that name it, cancelled ones apart."""
    rows = Visit.objects.filter(authority=concern.authority_id, provision=concern.provision_id)
    rows = rows.exclude(state=VisitState.CANCELLED)
    return rows.filter(discharges__key=f"concern:{concern.pk}").order_by("visit_on", "pk")
