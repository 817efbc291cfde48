"""Tasks agreed (C17): what the guidance calls outstanding actions. A task keeps its identity from visit to visit."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from wellplaced import history
from wellplaced.monitoring.actions.locking import lock_first, locked
from wellplaced.monitoring.models import Task, TaskCameBack, Visit, VisitState
from wellplaced.people.models import Person
from wellplaced.placements.models import YoungPerson
from wellplaced.register.models import Provision


@transaction.atomic
def add_task(
    *,
    provision: Provision,
    what: str,
    owner: str,
    due_on: date | None = None,
    done_on: date | None = None,
    visit: Visit | None = None,
    finding: str = "",
    reference: str = "",
    young_person: YoungPerson | None = None,
    by: Person,
) -> Task:
    """Something that somebody must do; `finding`: what of the visit it comes from; `young_person`: whom it is about.

    Raises ValidationError for a visit that is closed, or of which nothing can be recorded.
    """
    if visit is not None:
        locked(visit)
    task = Task.objects.create(
        authority=by.own_authority,
        provision=provision,
        visit=visit,
        young_person=young_person,
        reference=reference,
        what=what,
        owner=owner,
        due_on=due_on,
        done_on=done_on,
        finding=finding,
    )
    history.record("task added", about=task, by=by)
    return task


@transaction.atomic
def change_task(*, task: Task, by: Person, seen_revision: int | None, **values: Any) -> Task:
    """Correct a task, record it done with its evidence, or that it was checked: `verified_on`, by whoever says so.

    Raises ValidationError, Conflict.
    """
    done_on = values.get("done_on", task.done_on)
    if "verified_on" in values:
        values["verified_by"] = _verifier(task, values["verified_on"], by)
    elif done_on is None and task.verified_on is not None:
        values |= {"verified_on": None, "verified_by": None}
    if values.get("verified_on") and done_on is None:
        raise ValidationError({"verified_on": "A task that is not done cannot have been checked"})
    lock_first(task.visit_id)  # the last of a return's tasks completes its round
    verb = "task done" if values.get("done_on") and task.done_on is None else "task changed"
    return history.amend(task, verb=verb, by=by, seen_revision=seen_revision, **values)


def _verifier(task: Task, verified_on: date | None, by: Person) -> Person | None:
    """Who checked stays the one who said so, until somebody gives another day."""
    if verified_on is None:
        return None
    return task.verified_by if task.verified_on == verified_on and task.verified_by else by


@transaction.atomic
def note_that_task_came_back(*, task: Task, visit: Visit, note: str = "", by: Person, on: date) -> TaskCameBack:
    """The matter of an earlier task was found again at a visit: it is the same task, counted, and open again.

    Said twice of one visit, it stands once. Raises ValidationError for a task of another place or of this very visit.
    """
    current_visit = locked(visit)
    current = Task.objects.select_for_update(no_key=True).get(pk=task.pk)
    before = TaskCameBack.objects.filter(task=current, visit=current_visit).first()
    if before is not None:
        return before
    if current.provision_id != current_visit.provision_id or current.authority_id != current_visit.authority_id:
        raise ValidationError("This task belongs to another provision.")
    if current.visit_id == current_visit.pk:
        raise ValidationError("This task was agreed at this very visit: it comes back at a later one.")
    noted_on = current_visit.visit_on if current_visit.state == VisitState.HELD else min(current_visit.visit_on, on)
    again = TaskCameBack.objects.create(
        authority_id=current.authority_id, task=current, visit=current_visit, noted_on=noted_on, note=note, noted_by=by
    )
    history.amend(
        current,
        verb="task came back",
        by=by,
        seen_revision=None,
        reason=note,
        happened_on=noted_on,
        also={"came_back_at_the_visit_of": [None, current_visit.visit_on]},
        done_on=None,
        verified_on=None,
        verified_by=None,
    )
    return again


@transaction.atomic
def take_back_that_task_came_back(*, again: TaskCameBack, by: Person) -> None:
    """It was noted by mistake. The task stays open: whoever knows that it is done records that."""
    current = TaskCameBack.objects.select_for_update(no_key=True).filter(pk=again.pk).first()
    if current is None:
        return
    locked(current.visit)
    task = current.task
    current.delete()
    history.record(
        "task did not come back",
        about=task,
        by=by,
        changes={"came_back_at_the_visit_of": [again.visit.visit_on, None]},
    )
