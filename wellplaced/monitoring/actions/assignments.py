"""Who looks after which provision (C11): an approved officer, one at a time, from a day."""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from wellplaced import history
from wellplaced.monitoring.actions.notices import mark_seen
from wellplaced.monitoring.actions.refusals import NotApproved
from wellplaced.monitoring.models import Assignment, Notice
from wellplaced.people.approvals import approval_problem
from wellplaced.people.models import Authority, Person
from wellplaced.register.models import Provision


@transaction.atomic
def assign(
    *, provision: Provision, officer: Person, reason: str = "", by: Person, on: date, seen: int | None = None
) -> Assignment:
    """From this day the officer looks after the provision; whoever did before no longer does. Raises NotApproved.

    `seen` is the number of the assignment that the page showed, or 0 for nobody: Conflict where another stands meanwhile.
    """
    problem = approval_problem(officer, provision.type, on)
    if problem:
        raise NotApproved(problem)
    before = _current(provision, by)
    if seen is not None and seen != number_of(before) and (before is None or before.officer_id != officer.pk):
        theirs = {"officer": (officer, before.officer if before else None)}
        raise history.Conflict(before or provision, theirs, revision=number_of(before))
    if before is not None and before.officer_id == officer.pk:
        return before
    if before is not None:
        _end(before, on)
    assignment = Assignment.objects.create(
        authority=by.own_authority, provision=provision, officer=officer, starts_on=on, reason=reason
    )
    history.record(
        "provision assigned",
        about=assignment,
        by=by,
        reason=reason,
        changes={"officer": [before.officer_id if before else None, officer.pk]},
    )
    _settle_notices(assignment, by, on)
    return assignment


def _settle_notices(assignment: Assignment, by: Person, on: date) -> None:
    """Managers were told that nobody looks after the provision: now somebody does."""
    there = Notice.objects.filter(authority=assignment.authority_id, provision=assignment.provision_id, seen_on=None)
    for notice in there.filter(kind=Notice.Kind.UNASSIGNED):
        mark_seen(notice=notice, by=by, on=on)


@transaction.atomic
def unassign(*, provision: Provision, reason: str, by: Person, on: date) -> None:
    """Nobody looks after the provision any more; its work shows as unassigned to the manager."""
    before = _current(provision, by)
    if before is None:
        return
    _end(before, on)
    history.record(
        "provision unassigned", about=before, by=by, reason=reason, changes={"officer": [before.officer_id, None]}
    )


@transaction.atomic
def reassign_many(
    *, provisions: Collection[Provision], officer: Person, reason: str, by: Person, on: date
) -> list[Assignment]:
    """Several provisions to one officer: all of them, or with NotApproved none.

    They are counted together at the end, in the one order in which everybody takes them: nobody waits for each other.
    """
    with history.together():
        return [assign(provision=each, officer=officer, reason=reason, by=by, on=on) for each in provisions]


def number_of(assignment: Assignment | None) -> int:
    """What a page carries of who looks after the provision as it was shown."""
    return assignment.pk if assignment else 0


def _current(provision: Provision, by: Person) -> Assignment | None:
    """Who looks after it now. Whoever else assigns at this moment waits, also where nobody looks after it yet."""
    Authority.objects.select_for_update(no_key=True).get(pk=by.own_authority.pk)
    return (
        Assignment.objects.select_for_update(no_key=True)
        .filter(authority=by.own_authority, provision=provision, ends_on=None)
        .first()
    )


def _end(assignment: Assignment, on: date) -> None:
    """Its last day is the day of the change: both officers' names stand on that day."""
    assignment.ends_on = max(on, assignment.starts_on)
    assignment.revision += 1
    assignment.save(update_fields=["ends_on", "revision"])
