"""Ofsted's action plan (C8, R14): requested, chased, received, each authority for itself."""

from datetime import date
from typing import Any

from django.db import transaction

from wellplaced import history
from wellplaced.monitoring.models import JudgementFollowUp, PlanChase
from wellplaced.people.models import Person
from wellplaced.register.models import Judgement


def follow_up_of(judgement: Judgement, by: Person) -> JudgementFollowUp:
    """The authority's follow-up of a judgement, begun where there is none."""
    found, _ = JudgementFollowUp.objects.get_or_create(
        authority=by.own_authority, judgement=judgement, defaults={"provision_id": judgement.provision_id}
    )
    return found


@transaction.atomic
def request_action_plan(*, judgement: Judgement, requested_on: date, by: Person) -> JudgementFollowUp:
    """The SQAO asked the provider for the plan. Asking again keeps the first day; a reminder is a chase."""
    follow_up = follow_up_of(judgement, by)
    if follow_up.plan_requested_on is not None:
        return follow_up
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
    """The provider was reminded of the plan."""
    follow_up = follow_up_of(judgement, by)
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
def receive_action_plan(
    *, judgement: Judgement, received_on: date, by: Person, seen_revision: int | None = None
) -> JudgementFollowUp:
    """The plan came: the seven days of C8 start on this day."""
    return history.amend(
        follow_up_of(judgement, by),
        verb="action plan received",
        by=by,
        seen_revision=seen_revision,
        happened_on=received_on,
        plan_received_on=received_on,
    )


@transaction.atomic
def correct_follow_up(
    *, follow_up: JudgementFollowUp, by: Person, seen_revision: int | None, **values: Any
) -> JudgementFollowUp:
    """Correct the days on which the plan was requested or received, or take them back."""
    return history.amend(follow_up, verb="action plan's days corrected", by=by, seen_revision=seen_revision, **values)
