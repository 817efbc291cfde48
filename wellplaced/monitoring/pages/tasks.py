"""Tasks on a page: those of a visit beside those of earlier visits at the same place, each with how often it came back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from wellplaced.design.tags import Due, Link, Tag
from wellplaced.design.words import day, plural
from wellplaced.monitoring.columns import task_state
from wellplaced.monitoring.models import StepRecord, Task, TaskCameBack, Visit
from wellplaced.monitoring.pages.checklist import is_open_for
from wellplaced.monitoring.past import CLOSED, once_about_somebody_closed
from wellplaced.people.models import Person

FOLLOW_UP = "actions_followed_up"


@dataclass(frozen=True)
class TaskLine:
    """One task, in finished words. `came_back_here`: at the visit that the page is about."""

    task: Task
    what: Link
    finding: str
    owner: str
    due: Due | str
    state: Tag
    came_back: str
    came_back_here: TaskCameBack | None


@dataclass(frozen=True)
class VisitTasksPage:
    """What the template prints."""

    visit: Visit
    agreed: Sequence[TaskLine]
    earlier_open: Sequence[TaskLine]
    earlier_done: Sequence[TaskLine]
    follow_up: str
    record: StepRecord | None
    may_write: bool


def visit_tasks_page(visit: Visit, person: Person, today: date) -> VisitTasksPage:
    """C17: what was agreed at a visit, and what stands from earlier ones."""
    lines = [task_line(task, visit, today) for task in tasks_around(visit, person)]
    earlier = [line for line in lines if line.task.visit_id != visit.pk]
    record = StepRecord.objects.seen_by(person).filter(visit=visit, step=FOLLOW_UP).first()
    return VisitTasksPage(
        visit=visit,
        agreed=[line for line in lines if line.task.visit_id == visit.pk],
        earlier_open=[line for line in earlier if line.task.done_on is None],
        earlier_done=[line for line in earlier if line.task.done_on is not None],
        follow_up=_follow_up(record),
        record=record,
        may_write=is_open_for(visit, person),
    )


def tasks_around(visit: Visit, person: Person) -> "QuerySet[Task]":
    """The tasks of a visit and of earlier visits there; of later visits none."""
    rows = Task.objects.seen_by(person).filter(provision=visit.provision_id)
    before = Q(visit=None) | Q(visit=visit) | Q(visit__visit_on__lte=visit.visit_on)
    found: QuerySet[Task] = rows.filter(before).annotate(times_back=Count("came_back"))
    return found.prefetch_related("came_back").select_related("verified_by")


def task_line(task: Task, visit: Visit, today: date) -> TaskLine:
    """One task as the page of a visit shows it."""
    times: list[TaskCameBack] = list(task.came_back.all())
    return TaskLine(
        task=task,
        what=Link(task.what, task.get_absolute_url()),
        finding=task.finding,
        owner=task.get_owner_display(),
        due=Due(on=task.due_on, why=f"{task.get_absolute_url()}#why", what=str(task)) if task.due_on else "No date",
        state=task_state(task, today),
        came_back=came_back_words(len(times)),
        came_back_here=next((each for each in times if each.visit_id == visit.pk), None),
    )


def came_back_words(times: int) -> str:
    """'Came back once', 'Came back 3 times'; nothing for never."""
    if times == 0:
        return ""
    return "Came back once" if times == 1 else f"Came back {plural(times, 'time')}"


def _follow_up(record: StepRecord | None) -> str:
    if record is None:
        return "Not recorded yet."
    if record.done_on:
        return f"Sent on {day(record.done_on)}."
    return f"Not needed: {record.set_aside_because}"


def came_back_rows(task: Task, person: Person) -> list[tuple[Any, ...]]:
    """At which visits a task came back, the latest first; what was found is closed with whom the task was about."""
    closed = once_about_somebody_closed([(Task._meta.label_lower, task.pk)], person)
    rows = TaskCameBack.objects.seen_by(person).filter(task=task).select_related("visit", "noted_by")
    return [
        (
            Link(f"Visit on {day(each.visit.visit_on)}", each.visit.get_absolute_url()),
            CLOSED if closed else each.note or "Found again",
            each.noted_by.name,
        )
        for each in rows.order_by("-noted_on", "-pk")
    ]
