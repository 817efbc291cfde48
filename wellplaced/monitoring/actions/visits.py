"""Visits in their simplest form: booked by an approved officer (C11, C12), held, premises seen, requirements discharged."""

from collections.abc import Collection
from datetime import date, time
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from wellplaced import history
from wellplaced.monitoring.models import Visit, VisitDischarge, VisitState
from wellplaced.people.approvals import approval_problem
from wellplaced.people.models import Person
from wellplaced.register.models import Premises, Provision

BOOKED, HELD, NOT_HELD = VisitState.BOOKED, VisitState.HELD, VisitState.NOT_HELD
MOVES: dict[str, set[VisitState]] = {  # what can be done with a visit that stands so
    "hold": {BOOKED, NOT_HELD},
    "not_held": {BOOKED, HELD},  # recorded as held by mistake
    "rebook": {BOOKED, NOT_HELD},
    "cancel": {BOOKED},
}


class NotApproved(Exception):
    """C11: the officer is not approved for this type of provision on that day; the message says so and what to do."""


@transaction.atomic
def book_visit(
    *,
    provision: Provision,
    officer: Person,
    visit_on: date,
    visit_at: time | None = None,
    discharges: Collection[str] = (),
    premises: Collection[Premises] = (),
    whole_form: bool = False,
    late_because: str = "",
    note: str = "",
    booked_on: date | None = None,
    by: Person,
    on: date,
) -> Visit:
    """Book a visit for a day. `discharges` are requirement keys (R13). Raises NotApproved, Refusal."""
    _refuse_unapproved(officer, provision, visit_on)
    return _add(
        "visit booked",
        by=by,
        provision=provision,
        officer=officer,
        booked_on=min(booked_on or on, visit_on),
        visit_on=visit_on,
        visit_at=visit_at,
        whole_form=whole_form,
        late_because=late_because,
        note=note,
        discharges=discharges,
        premises=premises,
    )


@transaction.atomic
def record_past_visit(
    *,
    provision: Provision,
    visit_on: date,
    officer: Person | None = None,
    officer_name: str = "",
    discharges: Collection[str] = (),
    premises: Collection[Premises] = (),
    whole_form: bool = False,
    loaded: bool = False,
    note: str = "",
    booked_on: date | None = None,
    by: Person,
) -> Visit:
    """A visit that was held already. Raises NotApproved for an officer of the service; Refusal for a day still to come."""
    if officer is not None and not loaded:
        _refuse_unapproved(officer, provision, visit_on)
    return _add(
        "past visit recorded",
        by=by,
        provision=provision,
        officer=officer,
        officer_name=officer_name,
        booked_on=booked_on or visit_on,
        visit_on=visit_on,
        state=VisitState.HELD,
        whole_form=whole_form,
        loaded=loaded,
        note=note,
        discharges=discharges,
        premises=premises,
    )


def _add(verb: str, *, by: Person, discharges: Collection[str], premises: Collection[Premises], **values: Any) -> Visit:
    visit = Visit.objects.create(authority=by.own_authority, **values)
    visit.premises.set(premises)
    VisitDischarge.objects.bulk_create(VisitDischarge(visit=visit, key=key) for key in sorted(set(discharges)))
    history.record(
        verb,
        about=visit,
        by=by,
        happened_on=visit.visit_on,
        changes={"discharges": [[], sorted(set(discharges))], "visit_on": [None, visit.visit_on]},
    )
    return visit


def _refuse_move(visit: Visit, move: str) -> None:
    if visit.state not in MOVES[move]:
        raise ValidationError(
            f"This visit is {visit.get_state_display().lower()}: open it again to see what can be done."
        )


def _refuse_unapproved(officer: Person, provision: Provision, visit_on: date) -> None:
    problem = approval_problem(officer, provision.type, visit_on)
    if problem:
        raise NotApproved(problem)


@transaction.atomic
def rebook_visit(
    *,
    visit: Visit,
    visit_on: date,
    visit_at: time | None,
    officer: Person,
    reason: str,
    by: Person,
    on: date,
    seen_revision: int | None,
) -> Visit:
    """Move a booked visit; the earlier day stays in the history, and no due date moves. Raises NotApproved, Conflict."""
    _refuse_move(visit, "rebook")
    _refuse_unapproved(officer, visit.provision, visit_on)
    return history.amend(
        visit,
        verb="visit rebooked",
        by=by,
        seen_revision=seen_revision,
        reason=reason,
        visit_on=visit_on,
        visit_at=visit_at,
        officer=officer,
        booked_on=min(visit.booked_on, visit_on),
        state=VisitState.BOOKED,
        state_because="",
    )


@transaction.atomic
def hold_visit(
    *,
    visit: Visit,
    visit_on: date,
    discharges: Collection[str],
    premises: Collection[Premises],
    whole_form: bool,
    by: Person,
    seen_revision: int | None,
    note: str | None = None,
) -> Visit:
    """The visit took place: on which day, what was seen, what it discharges. Raises Conflict, NotApproved, Refusal."""
    _refuse_move(visit, "hold")
    if visit.officer is not None:
        _refuse_unapproved(visit.officer, visit.provision, visit_on)
    return _change(
        visit,
        "visit held",
        discharges,
        by=by,
        seen_revision=seen_revision,
        state=VisitState.HELD,
        state_because="",
        visit_on=visit_on,
        booked_on=min(visit.booked_on, visit_on),
        premises=premises,
        whole_form=whole_form,
        note=visit.note if note is None else note,
    )


@transaction.atomic
def correct_visit(
    *, visit: Visit, discharges: Collection[str], by: Person, seen_revision: int | None, reason: str = "", **values: Any
) -> Visit:
    """Correct a visit's day, officer, premises or what it discharges. Raises Conflict, NotApproved, Refusal."""
    visit_on = values.get("visit_on", visit.visit_on)
    officer = values.get("officer", visit.officer)
    if officer is not None and not visit.loaded and (officer, visit_on) != (visit.officer, visit.visit_on):
        _refuse_unapproved(officer, visit.provision, visit_on)
    if "visit_on" in values:
        values.setdefault("booked_on", min(visit.booked_on, visit_on))
    return _change(visit, "visit corrected", discharges, by=by, seen_revision=seen_revision, reason=reason, **values)


def _change(
    visit: Visit, verb: str, discharges: Collection[str], *, by: Person, seen_revision: int | None, **values: Any
) -> Visit:
    """Change a visit and what it names together, so that the deadlines are refreshed once from both."""
    wanted = sorted(set(discharges))
    named = sorted(visit.discharges.values_list("key", flat=True))
    if named == wanted:
        return history.amend(visit, verb=verb, by=by, seen_revision=seen_revision, **values)
    current = Visit.objects.select_for_update(no_key=True).get(pk=visit.pk)
    if seen_revision is not None and current.revision != seen_revision:
        raise history.Conflict(current, {"discharges": (wanted, named)})
    visit.discharges.exclude(key__in=wanted).delete()
    VisitDischarge.objects.bulk_create(VisitDischarge(visit=visit, key=key) for key in wanted if key not in named)
    return history.amend(
        visit, verb=verb, by=by, seen_revision=seen_revision, also={"discharges": [named, wanted]}, **values
    )


@transaction.atomic
def record_not_held(*, visit: Visit, because: str, by: Person, seen_revision: int | None) -> Visit:
    """Refused at the door, aborted, nobody there: the visit stays owed."""
    _refuse_move(visit, "not_held")
    return history.amend(
        visit,
        verb="visit not held",
        by=by,
        seen_revision=seen_revision,
        state=VisitState.NOT_HELD,
        state_because=because,
    )


@transaction.atomic
def cancel_visit(*, visit: Visit, because: str, by: Person, seen_revision: int | None) -> Visit:
    """The booking is given up; what it was to discharge is owed as before."""
    _refuse_move(visit, "cancel")
    return history.amend(
        visit,
        verb="visit cancelled",
        by=by,
        seen_revision=seen_revision,
        state=VisitState.CANCELLED,
        state_because=because,
    )
