"""C10: whether a visit is the first at its provision; and last time's tasks, findings and dates for a subsequent one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from wellplaced.design.tags import Link
from wellplaced.design.words import day
from wellplaced.monitoring.models import Step, StepState, Task, Visit, VisitState
from wellplaced.monitoring.pages.tasks import TaskLine, task_line
from wellplaced.monitoring.words import STEP_NAMES
from wellplaced.people.models import Person

DATES = ("report_submitted", "report_returned", "sent_for_comment", "uploaded")


@dataclass(frozen=True)
class LastTime:
    """What a visit has before it. `rows`: the last visit in pairs of words; `findings`: what its tasks came from."""

    is_first: bool
    earlier: int
    rows: Sequence[tuple[Any, ...]]
    findings: Sequence[str]
    open_tasks: Sequence[TaskLine]


def last_time(visit: Visit, person: Person, today: date) -> LastTime:
    """The visits that the person's authority held there before, the last of them in full. At most four queries."""
    earlier = list(_earlier(visit, person))
    if not earlier:
        return LastTime(is_first=True, earlier=0, rows=(), findings=(), open_tasks=())
    last = earlier[0]
    tasks = _tasks(last, earlier, person)
    return LastTime(
        is_first=False,
        earlier=len(earlier),
        rows=_rows(last, person),
        findings=list(dict.fromkeys(task.finding for task in tasks if task.visit_id == last.pk and task.finding)),
        open_tasks=[task_line(task, visit, today) for task in tasks if task.done_on is None],
    )


def _earlier(visit: Visit, person: Person) -> Any:
    """Held before this one, the latest first; of two on one day, the one booked first is the earlier."""
    before = Q(visit_on__lt=visit.visit_on) | Q(visit_on=visit.visit_on, pk__lt=visit.pk)
    rows = Visit.objects.seen_by(person).filter(before, provision=visit.provision_id, state=VisitState.HELD)
    return rows.select_related("officer").order_by("-visit_on", "-pk")


def _tasks(last: Visit, earlier: Sequence[Visit], person: Person) -> list[Task]:
    """All of the last visit, and what is still open of the others and of what no visit agreed."""
    before = Q(visit=None) | Q(visit__in=[each.pk for each in earlier])
    rows = Task.objects.seen_by(person).filter(Q(visit=last) | before & Q(done_on=None), provision=last.provision_id)
    return list(rows.prefetch_related("came_back"))


def _rows(last: Visit, person: Person) -> list[tuple[Any, ...]]:
    done = {
        step.step: step.done_on
        for step in Step.objects.seen_by(person).filter(visit=last, step__in=DATES, state=StepState.DONE)
    }
    rows = [
        ("Last visit", Link(day(last.visit_on), last.get_absolute_url(), "the last visit")),
        ("Officer", last.by_whom),
        ("Outcome", last.get_outcome_display() or "It took place"),
        *((STEP_NAMES[name].done, done[name]) for name in DATES if name in done),
        ("Closed on", last.closed_on),
    ]
    return [row for row in rows if row[1]]
