"""Ofsted's action plan (C8, R14): requested, chased, received, each authority for itself."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from wellplaced import history
from wellplaced.design.words import day
from wellplaced.monitoring.models import JudgementFollowUp, PlanChase
from wellplaced.people.models import Person
from wellplaced.register.models import Judgement


def follow_up_of(judgement: Judgement, by: Person) -> JudgementFollowUp:
    """The authority's follow-up of a judgement, locked; begun where there is none."""
    found, _ = JudgementFollowUp.objects.get_or_create(
        authority=by.own_authority, judgement=judgement, defaults={"provision_id": judgement.provision_id}
    )
    return JudgementFollowUp.objects.select_for_update(no_key=True).get(pk=found.pk)


@transaction.atomic
def request_action_plan(*, judgement: Judgement, requested_on: date, by: Person) -> JudgementFollowUp:
    """The SQAO asked the provider for the plan. Raises ValidationError where another day stands: a reminder is a chase."""
    follow_up = follow_up_of(judgement, by)
    _refuse_another_day(
        "asked for",
        follow_up.plan_requested_on,
        requested_on,
        "If you reminded the provider, record that it was chased.",
    )
    _refuse_asked_after_a_chase(follow_up, requested_on)
    return history.amend(
        follow_up,
        verb="action plan requested",
        by=by,
        seen_revision=None,
        happened_on=requested_on,
        plan_requested_on=requested_on,
    )


@transaction.atomic
def chase_action_plan(*, judgement: Judgement, chased_on: date, note: str = "", by: Person) -> PlanChase:
    """The provider was reminded of the plan. Raises ValidationError before it was asked, or after the plan came."""
    follow_up = follow_up_of(judgement, by)
    asked_on, came_on = follow_up.plan_requested_on, follow_up.plan_received_on
    if asked_on and chased_on < asked_on:
        raise ValidationError(
            f"The plan was asked for on {day(asked_on)}: the provider cannot have been reminded of it before that day"
        )
    if came_on and chased_on > came_on:
        raise ValidationError(
            f"The plan arrived on {day(came_on)}: the provider cannot have been reminded of it after that day. If it has "
            "not arrived, correct the days first"
        )
    chase = PlanChase.objects.create(follow_up=follow_up, chased_on=chased_on, note=note, by=by)
    history.record(
        "action plan chased",
        about=follow_up,
        by=by,
        happened_on=chased_on,
        changes={"chased_on": [None, chased_on], "note": [None, note]},
    )
    return chase


@transaction.atomic
def receive_action_plan(*, judgement: Judgement, received_on: date, by: Person) -> JudgementFollowUp:
    """The plan came, asked for or not: the seven days of C8 start on this day.

    Raises ValidationError where another day stands, or the provider was reminded after this one.
    """
    follow_up = follow_up_of(judgement, by)
    _refuse_another_day("received", follow_up.plan_received_on, received_on, "If that is wrong, correct the days.")
    _refuse_came_before_a_chase(follow_up, received_on)
    return history.amend(
        follow_up,
        verb="action plan received",
        by=by,
        seen_revision=None,
        happened_on=received_on,
        plan_received_on=received_on,
    )


@transaction.atomic
def take_chase_back(*, chase: PlanChase, because: str, by: Person) -> PlanChase:
    """The provider was not reminded, or not then: it stays on record. Taken back already, nothing changes.

    Raises ValidationError without a reason.
    """
    if not because.strip():
        raise ValidationError({"because": "Say why it is taken back"})
    current = PlanChase.objects.select_for_update(no_key=True).get(pk=chase.pk)
    if current.taken_back_because:
        return current
    current.taken_back_because = because
    current.save(update_fields=["taken_back_because"])
    history.record(
        "chase of the action plan taken back",
        about=current.follow_up,
        by=by,
        reason=because,
        changes={"chased_on": [current.chased_on, None]},
    )
    return current


def _refuse_another_day(done: str, stands: date | None, typed: date, instead: str) -> None:
    """A colleague was quicker, or the page was open for long: what stands is not replaced unseen."""
    if stands is not None and stands != typed:
        raise ValidationError(f"The plan is recorded as {done} on {day(stands)}, and nothing was changed. {instead}")


def _refuse_asked_after_a_chase(follow_up: JudgementFollowUp, asked_on: date | None) -> None:
    first = (
        PlanChase.objects.standing().filter(follow_up=follow_up, chased_on__lt=asked_on).first() if asked_on else None
    )
    if first is not None:
        raise ValidationError(
            f"The provider was reminded on {day(first.chased_on)}, so the plan was asked for on or before that day. "
            "If nobody was reminded then, take that chase back first"
        )


def _refuse_came_before_a_chase(follow_up: JudgementFollowUp, came_on: date | None) -> None:
    last = PlanChase.objects.standing().filter(follow_up=follow_up, chased_on__gt=came_on).last() if came_on else None
    if last is not None:
        raise ValidationError(
            f"The provider was reminded on {day(last.chased_on)}, after the day on which the plan is to have arrived. "
            "Check the day. If it is right, take that chase back first"
        )


@transaction.atomic
def correct_follow_up(
    *, follow_up: JudgementFollowUp, by: Person, seen_revision: int | None, **values: Any
) -> JudgementFollowUp:
    """Correct the days on which the plan was requested or received, or take them back.

    Raises Conflict; ValidationError where a day that is changed does not fit what was chased.
    """
    current = JudgementFollowUp.objects.select_for_update(no_key=True).get(pk=follow_up.pk)
    asked_on, came_on = values.get("plan_requested_on"), values.get("plan_received_on")
    if asked_on != current.plan_requested_on:
        _refuse_asked_after_a_chase(current, asked_on)
    if came_on != current.plan_received_on:
        _refuse_came_before_a_chase(current, came_on)
    return history.amend(follow_up, verb="action plan's days corrected", by=by, seen_revision=seen_revision, **values)
