"""How many visits owed and how many steps of visits were in time, late, open, lapsed or set aside: counted in SQL."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from wellplaced.monitoring.counted import REQUIREMENT_DAY, STEP_DAY, requirements_counted, steps_counted
from wellplaced.monitoring.models import Assignment, Requirement, RequirementState, Step, StepState
from wellplaced.monitoring.models.owed import OWED
from wellplaced.people.models import Person

CLAUSE, MONTH, TYPE, OFFICER = "clause", "month", "type", "officer"  # by what the figures are set out
COUNTED = ("in_time", "late", "undated", "open", "overdue", "lapsed", "set_aside")
Key = tuple[Any, ...]
Counts = Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The figures that somebody asked for; `clause`, `type` and `officer` are empty where all count."""

    by: str
    start: date
    end: date
    clause: str = ""
    type: str = ""
    officer: str = ""


def requirements(person: Person, asked: Asked, today: date) -> dict[Key, Counts]:
    """C3 to C9: by (clause,), (day,), (type,) or (number of the officer who looks after the provision now,)."""
    current = Assignment.objects.filter(authority=OuterRef("authority"), provision=OuterRef("provision"), ends_on=None)
    rows = Requirement.objects.seen_by(person).filter(requirements_counted(asked.start, asked.end))
    rows = rows.annotate(officer=Subquery(current.values("officer")[:1]), day=REQUIREMENT_DAY)
    by = {CLAUSE: ("clause",), MONTH: ("day",), TYPE: ("provision__type",), OFFICER: ("officer",)}[asked.by]
    visited, owed = Q(state=RequirementState.DISCHARGED), Q(state__in=OWED)
    counts = {
        "in_time": visited & Q(in_time=True),
        "late": visited & Q(in_time=False),
        "undated": visited & Q(in_time=None),
        "open": owed,
        "overdue": owed & Q(due_on__lt=today),
        "lapsed": Q(state=RequirementState.LAPSED),
        "set_aside": Q(state=RequirementState.WAIVED),
    }
    return _counted(_narrowed(rows, asked), by, counts)


def steps(person: Person, asked: Asked, today: date) -> dict[Key, Counts]:
    """C12 to C23: by (clause, step), (day,), (type,) or (number of the officer who makes the visit,)."""
    rows = Step.objects.seen_by(person).filter(steps_counted(asked.start, asked.end)).annotate(day=STEP_DAY)
    by = {CLAUSE: ("clause", "step"), MONTH: ("day",), TYPE: ("provision__type",), OFFICER: ("visit__officer",)}[
        asked.by
    ]
    done, running = Q(state=StepState.DONE), Q(state=StepState.OPEN)
    counts = {
        "in_time": done & Q(in_time=True),
        "late": done & Q(in_time=False),
        "undated": done & Q(in_time=None),
        "open": running,
        "overdue": running & Q(due_on__lt=today),
        "set_aside": Q(state=StepState.SET_ASIDE),
    }
    return _counted(_narrowed(rows, asked, officer="visit__officer"), by, counts)


def _narrowed(rows: QuerySet[Any], asked: Asked, officer: str = "officer") -> QuerySet[Any]:
    given = {"clause": asked.clause, "provision__type": asked.type, officer: asked.officer}
    return rows.filter(**{name: value for name, value in given.items() if value})


def _counted(rows: QuerySet[Any], by: tuple[str, ...], counts: Mapping[str, Q]) -> dict[Key, Counts]:
    aggregates = {f"n_{name}": Count("pk", filter=wanted) for name, wanted in counts.items()}
    grouped = rows.order_by().values(*by).annotate(**aggregates)
    return {tuple(row[name] for name in by): {name: row.get(f"n_{name}", 0) for name in COUNTED} for row in grouped}
