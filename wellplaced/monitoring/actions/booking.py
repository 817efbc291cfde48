"""A visit before its day: proposed to the provider, confirmed, booked at once, moved; who reviews its report (C11, C12)."""

from collections.abc import Collection
from datetime import date, time
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from wellplaced import history
from wellplaced.monitoring.actions.announcing import follow_announcement, take_confirmation_back
from wellplaced.monitoring.actions.changing import change_visit
from wellplaced.monitoring.actions.moves import moving
from wellplaced.monitoring.actions.refusals import refuse_clash, refuse_own_review, refuse_unapproved
from wellplaced.monitoring.models import Visit, VisitDischarge, VisitState
from wellplaced.people.models import Person
from wellplaced.register.models import Premises, Provision


@transaction.atomic
def propose_visit(
    *,
    provision: Provision,
    officer: Person,
    visit_on: date,
    visit_at: time | None = None,
    discharges: Collection[str] = (),
    to_see: Collection[Premises] = (),
    reviewer: Person | None = None,
    note: str = "",
    by: Person,
    on: date,
) -> Visit:
    """Offer a day to the provider. It books nothing until they confirm. Raises NotApproved, ValidationError (a clash)."""
    return _add_to_come(
        "visit proposed",
        state=VisitState.PROPOSED,
        provision=provision,
        officer=officer,
        booked_on=min(on, visit_on),
        visit_on=visit_on,
        visit_at=visit_at,
        discharges=discharges,
        to_see=to_see,
        reviewer=reviewer,
        note=note,
        by=by,
    )


@transaction.atomic
def book_visit(
    *,
    provision: Provision,
    officer: Person,
    visit_on: date,
    visit_at: time | None = None,
    discharges: Collection[str] = (),
    to_see: Collection[Premises] = (),
    late_because: str = "",
    short_notice_because: str = "",
    unannounced_because: str = "",
    reviewer: Person | None = None,
    note: str = "",
    booked_on: date | None = None,
    by: Person,
    on: date,
) -> Visit:
    """Book a visit for a day. `discharges` are requirement keys (R13). With `unannounced_because` nobody tells the provider.

    Raises NotApproved, Refusal, ValidationError (a clash).
    """
    visit = _add_to_come(
        "visit booked",
        provision=provision,
        officer=officer,
        booked_on=min(booked_on or on, visit_on),
        visit_on=visit_on,
        visit_at=visit_at,
        late_because=late_because,
        short_notice_because=short_notice_because,
        unannounced_because=unannounced_because,
        reviewer=reviewer,
        note=note,
        discharges=discharges,
        to_see=to_see,
        by=by,
    )
    follow_announcement(visit, before="", by=by, on=on)
    return visit


def _add_to_come(verb: str, *, provision: Provision, officer: Person, by: Person, **values: Any) -> Visit:
    refuse_unapproved(officer, provision, values["visit_on"])
    refuse_own_review(officer, values["reviewer"])
    refuse_clash(officer, values["visit_on"], values["visit_at"])
    return add_visit(verb, provision=provision, officer=officer, by=by, **values)


def add_visit(
    verb: str,
    *,
    by: Person,
    discharges: Collection[str],
    to_see: Collection[Premises] = (),
    seen: Collection[Premises] = (),
    **values: Any,
) -> Visit:
    """A new visit with what it names, and what is to be seen or was, on record. Raises Refusal."""
    visit = Visit.objects.create(authority=by.own_authority, **values)
    visit.to_see.set(to_see)
    visit.premises.set(seen)
    VisitDischarge.objects.bulk_create(VisitDischarge(visit=visit, key=key) for key in sorted(set(discharges)))
    history.record(
        verb,
        about=visit,
        by=by,
        happened_on=visit.visit_on,
        changes={
            "discharges": [[], sorted(set(discharges))],
            "visit_on": [None, visit.visit_on],
            **({"to_see": [[], list(to_see)]} if to_see else {}),
            **({"premises": [[], list(seen)]} if seen else {}),
        },
    )
    return visit


@transaction.atomic
def confirm_visit(
    *,
    visit: Visit,
    confirmed_on: date,
    visit_at: time | None = None,
    late_because: str = "",
    short_notice_because: str = "",
    by: Person,
    on: date,
    seen_revision: int | None,
) -> Visit:
    """C12: the provider agreed to the day: the visit is booked from then. Raises NotApproved, Conflict, Refusal, a clash."""
    current = moving(visit, "confirm", seen_revision)
    if confirmed_on > on:
        raise ValidationError("The provider cannot have agreed in the future.")
    if current.officer is not None:
        refuse_unapproved(current.officer, current.provision, current.visit_on)
        refuse_clash(current.officer, current.visit_on, visit_at, besides=current)
    return history.amend(
        current,
        verb="visit confirmed",
        by=by,
        seen_revision=seen_revision,
        happened_on=confirmed_on,
        state=VisitState.BOOKED,
        booked_on=min(confirmed_on, current.visit_on),
        visit_at=visit_at,
        late_because=late_because,
        short_notice_because=short_notice_because,
    )


@transaction.atomic
def rebook_visit(
    *,
    visit: Visit,
    visit_on: date,
    visit_at: time | None,
    officer: Person,
    reason: str,
    unannounced_because: str | None = None,
    late_because: str | None = None,
    short_notice_because: str | None = None,
    by: Person,
    on: date,
    seen_revision: int | None,
) -> Visit:
    """Move a visit; the earlier day stays in the history with the reason, and no due date moves. None leaves as it is.

    A new day is a new booking, from which R8 counts; a confirmation that went out for what was booked before goes again.
    Raises NotApproved, Conflict, Refusal, ValidationError (a clash).
    """
    current = _free_to_move(visit, officer, visit_on, visit_at, seen_revision)
    moved = history.amend(
        current,
        verb="visit rebooked",
        by=by,
        seen_revision=seen_revision,
        reason=reason,
        visit_on=visit_on,
        visit_at=visit_at,
        officer=officer,
        **_booked_anew(current, visit_on, on),
        **_given(
            unannounced_because=unannounced_because,
            late_because=late_because,
            short_notice_because=short_notice_because,
        ),
    )
    if moved.revision != current.revision and moved.state == VisitState.BOOKED:
        take_confirmation_back(moved, because=reason, by=by)
        follow_announcement(moved, before=current.unannounced_because, by=by, on=on)
    return moved


def _free_to_move(
    visit: Visit, officer: Person, visit_on: date, visit_at: time | None, seen_revision: int | None
) -> Visit:
    """The visit, locked, where the officer may make it then."""
    current = moving(visit, "rebook", seen_revision)
    refuse_unapproved(officer, current.provision, visit_on)
    refuse_own_review(officer, current.reviewer)
    refuse_clash(officer, visit_on, visit_at, besides=current)
    return current


def _booked_anew(visit: Visit, visit_on: date, on: date) -> dict[str, Any]:
    """How a visit stands that is moved: booked again, unless it is a proposal still; from today where the day is another."""
    return {
        "booked_on": min(visit.booked_on if visit_on == visit.visit_on else on, visit_on),
        "state": visit.state if visit.state == VisitState.PROPOSED else VisitState.BOOKED,
        "state_because": "",
        "outcome": "",
    }


def _given(**reasons: str | None) -> dict[str, Any]:
    """Those that are to change; None leaves one as it is."""
    return {name: words for name, words in reasons.items() if words is not None}


@transaction.atomic
def plan_visit(
    *,
    visit: Visit,
    discharges: Collection[str],
    to_see: Collection[Premises],
    note: str,
    late_because: str | None = None,
    by: Person,
    seen_revision: int | None,
) -> Visit:
    """What a visit to come is for (R13) and what it is to see, put right. No day moves. Raises Conflict, Refusal."""
    current = moving(visit, "plan", seen_revision)
    return change_visit(
        current,
        "visit planned",
        discharges,
        by=by,
        seen_revision=seen_revision,
        to_see=to_see,
        note=note,
        **_given(late_because=late_because),
    )


@transaction.atomic
def choose_reviewer(*, visit: Visit, reviewer: Person | None, by: Person, seen_revision: int | None) -> Visit:
    """C19: who reviews the report of a visit; not whoever makes it. Raises Conflict, ValidationError."""
    current = moving(visit, "choose_reviewer", seen_revision)
    refuse_own_review(current.officer, reviewer)
    return history.amend(current, verb="reviewer chosen", by=by, seen_revision=seen_revision, reviewer=reviewer)
