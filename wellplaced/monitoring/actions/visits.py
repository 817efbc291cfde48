"""What became of a visit: held, not held, cancelled, corrected; or recorded after the fact. Booking: `booking`."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction

from wellplaced import history
from wellplaced.monitoring.actions.announcing import follow_announcement
from wellplaced.monitoring.actions.booking import add_visit
from wellplaced.monitoring.actions.changing import change_visit
from wellplaced.monitoring.actions.moves import moving
from wellplaced.monitoring.actions.refusals import (
    refuse_leaving_own_visit,
    refuse_own_review,
    refuse_unapproved,
    refuse_unseen,
    unseen_before,
)
from wellplaced.monitoring.actions.what_followed import refuse_after_what_followed, refuse_undoing
from wellplaced.monitoring.models import Outcome, Visit, VisitState
from wellplaced.people.models import Person
from wellplaced.register.models import Premises, Provision


@transaction.atomic
def record_past_visit(
    *,
    provision: Provision,
    visit_on: date,
    officer: Person | None = None,
    discharges: Collection[str] = (),
    premises: Collection[Premises] = (),
    loaded: bool = False,
    reviewer: Person | None = None,
    booked_on: date | None = None,
    by: Person,
    **said: Any,
) -> Visit:
    """A visit that was held already. Raises NotApproved for an officer of the service; Refusal for a day still to come.

    `said`: its time, whether it covered the whole form, a note, `officer_name` of somebody outside the service, and why it
    was late, at short notice, unannounced: the fields of a visit, all of which may be missing. Raises ValidationError where
    it is to discharge the visit to a flat that it did not see (R7).
    """
    if officer is not None and not loaded:
        refuse_unapproved(officer, provision, visit_on)
    if not loaded:
        refuse_unseen(discharges, premises, by)
    refuse_own_review(officer, reviewer)
    visit = add_visit(
        "past visit recorded",
        by=by,
        provision=provision,
        officer=officer,
        booked_on=booked_on or visit_on,
        visit_on=visit_on,
        state=VisitState.HELD,
        outcome=Outcome.HELD,
        loaded=loaded,
        reviewer=reviewer,
        discharges=discharges,
        seen=premises,
        **said,
    )
    follow_announcement(visit, before="", by=by, on=visit_on)
    return visit


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
    outcome: str = Outcome.HELD,
) -> Visit:
    """The visit took place: on which day, what was seen, what it discharges. Raises Conflict, NotApproved, Refusal.

    A visit to a home where nobody lives now took place: the home was seen. Raises ValidationError where it is to discharge
    the visit to a flat that it did not see (R7).
    """
    current = moving(visit, "hold", seen_revision)
    if current.officer is not None:
        refuse_unapproved(current.officer, current.provision, visit_on)
    refuse_unseen(discharges, premises, by)
    return change_visit(
        current,
        "visit held",
        discharges,
        by=by,
        seen_revision=seen_revision,
        state=VisitState.HELD,
        state_because="",
        outcome=outcome,
        visit_on=visit_on,
        booked_on=min(current.booked_on, visit_on),
        premises=premises,
        whole_form=whole_form,
        note=current.note if note is None else note,
    )


@transaction.atomic
def correct_visit(
    *, visit: Visit, discharges: Collection[str], by: Person, seen_revision: int | None, reason: str = "", **values: Any
) -> Visit:
    """Correct a visit's day, officer, premises or what it discharges.

    Raises Conflict, NotApproved, Refusal, ValidationError for a day after something that came from the visit, and for a
    flat that it is to discharge now without having seen it (R7); what was recorded so before stays.
    """
    current = moving(visit, "correct", seen_revision)
    visit_on = values.get("visit_on", current.visit_on)
    if visit_on > current.visit_on:
        refuse_after_what_followed(current, visit_on)
    officer = values.get("officer", current.officer)
    if officer is not None and not current.loaded and (officer, visit_on) != (current.officer, current.visit_on):
        refuse_unapproved(officer, current.provision, visit_on)
    refuse_leaving_own_visit(current, officer, by)
    refuse_own_review(officer, values.get("reviewer", current.reviewer))
    refuse_unseen(discharges, values.get("premises", current.premises.all()), by, besides=unseen_before(current, by))
    if "visit_on" in values:
        values.setdefault("booked_on", min(current.booked_on, visit_on))
    return change_visit(
        current, "visit corrected", discharges, by=by, seen_revision=seen_revision, reason=reason, **values
    )


@transaction.atomic
def record_not_held(*, visit: Visit, because: str, outcome: str = "", by: Person, seen_revision: int | None) -> Visit:
    """Refused at the door or broken off (`outcome`; empty: held was a mistake): the visit stays owed as before.

    Raises ValidationError where its report was sent or something else came from it: then it did take place. Conflict.
    """
    current = moving(visit, "not_held", seen_revision)
    if current.state == VisitState.HELD:
        refuse_undoing(current)
    return history.amend(
        current,
        verb="visit not held",
        by=by,
        seen_revision=seen_revision,
        state=VisitState.NOT_HELD,
        state_because=because,
        outcome=outcome,
    )


@transaction.atomic
def cancel_visit(*, visit: Visit, because: str, by: Person, seen_revision: int | None) -> Visit:
    """The booking, or the proposal, is given up; what it was to discharge is owed as before."""
    return history.amend(
        moving(visit, "cancel", seen_revision),
        verb="visit cancelled",
        by=by,
        seen_revision=seen_revision,
        state=VisitState.CANCELLED,
        state_because=because,
    )
