"""C11: approving an officer for a type of provision, correcting that, ending it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from wellplaced import history
from wellplaced.design.words import day as in_words
from wellplaced.people.actions.alone import alone_with
from wellplaced.people.approvals import in_a_sentence
from wellplaced.people.models import Approval, Person


@transaction.atomic
def approve(*, person: Person, provision_type: str, starts_on: date, ends_on: date | None, by: Person) -> Approval:
    """Approve somebody to visit a type of provision from a day, until a day or until further notice (C11)."""
    _check_same_authority(person, by)
    person = alone_with(person)
    if not person.is_active:
        raise ValidationError(f"{person} no longer works here.")
    approval = Approval(
        authority=person.authority, person=person, provision_type=provision_type, starts_on=starts_on, ends_on=ends_on
    )
    _check_period(approval)
    approval.save()
    history.record("approval given", about=approval, by=by, happened_on=starts_on, changes=_as_changes(approval))
    return approval


@transaction.atomic
def correct_approval(
    *, approval: Approval, starts_on: date, ends_on: date | None, seen_revision: int | None, by: Person
) -> Approval:
    """Correct the days of an approval. Raises Conflict where somebody else saved first."""
    _check_same_authority(approval.person, by)
    alone_with(approval.person)
    approval.starts_on, approval.ends_on = starts_on, ends_on
    _check_period(approval)
    return history.amend(
        approval, verb="approval corrected", by=by, seen_revision=seen_revision, starts_on=starts_on, ends_on=ends_on
    )


@transaction.atomic
def end_approval(
    *, approval: Approval, ends_on: date, seen_revision: int | None, by: Person, reason: str = ""
) -> Approval:
    """End an approval after a day: its last day in force. Raises ValidationError where that runs into the next approval."""
    _check_same_authority(approval.person, by)
    alone_with(approval.person)
    if ends_on < approval.starts_on:
        raise ValidationError({"ends_on": f"The approval starts on {in_words(approval.starts_on)}. Enter a later day."})
    approval.ends_on = ends_on
    _check_period(approval)
    return history.amend(
        approval, verb="approval ended", by=by, seen_revision=seen_revision, reason=reason, ends_on=ends_on
    )


def _check_same_authority(person: Person, by: Person) -> None:
    if person.authority_id is None or person.authority_id != by.authority_id:
        raise ValidationError("An officer is approved by their own authority.")


def _check_period(approval: Approval) -> None:
    if approval.ends_on and approval.ends_on < approval.starts_on:
        raise ValidationError({"ends_on": "The last day must be on or after the first day."})
    others = Approval.objects.filter(person=approval.person, provision_type=approval.provision_type)
    if clash := others.exclude(pk=approval.pk).overlapping(approval.starts_on, approval.ends_on).first():
        until = f"until {in_words(clash.ends_on)}" if clash.ends_on else "until further notice"
        kind = in_a_sentence(approval.get_provision_type_display())
        raise ValidationError(
            f"{approval.person} is approved for {kind} already, from {in_words(clash.starts_on)} {until}. "
            "Correct that approval instead."
        )


def _as_changes(approval: Approval) -> dict[str, list[str | date | None]]:
    return {
        "provision_type": [None, approval.provision_type],
        "starts_on": [None, approval.starts_on],
        "ends_on": [None, approval.ends_on],
    }
