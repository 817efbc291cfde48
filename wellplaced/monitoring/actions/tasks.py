"""Tasks agreed: what the guidance calls outstanding actions."""

from datetime import date
from typing import Any

from django.db import transaction

from wellplaced import history
from wellplaced.monitoring.models import Task, Visit
from wellplaced.people.models import Person
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
    reference: str = "",
    by: Person,
) -> Task:
    """Something that somebody must do."""
    task = Task.objects.create(
        authority=by.own_authority,
        provision=provision,
        visit=visit,
        reference=reference,
        what=what,
        owner=owner,
        due_on=due_on,
        done_on=done_on,
    )
    history.record("task added", about=task, by=by)
    return task


@transaction.atomic
def change_task(*, task: Task, by: Person, seen_revision: int | None, **values: Any) -> Task:
    """Correct a task, or record it done with its evidence."""
    verb = "task done" if values.get("done_on") and task.done_on is None else "task changed"
    return history.amend(task, verb=verb, by=by, seen_revision=seen_revision, **values)
