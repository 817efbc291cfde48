"""Tasks agreed before going live (the guidance's outstanding actions), from a CSV file. The reference says which is which."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from wellplaced import history
from wellplaced.monitoring.models import Task
from wellplaced.people.models import Person
from wellplaced.placements.loading import PROVISION, Change, Comparison, Line, LoadKind, rows_at, said
from wellplaced.placements.loading.writing import Changed, change, create, event, from_nothing
from wellplaced.register.models import Provision
from wellplaced.sheets.columns import Column, Kind
from wellplaced.sheets.reading import Problem, Row

FACTS = ("owner", "due_on", "done_on")  # what the preview says of a new task, besides what and where
# Said of a reference whose task is about a restricted record that the loader may not see: not that there is one
HELD_BACK = "This reference cannot be used here. Check it. If it is right, ask your manager what to do."
LABELS = {
    "provision": "Provision",
    "what": "What must be done",
    "owner": "Who does it",
    "due_on": "Due",
    "done_on": "Done",
}


@dataclass
class Plan:
    """Tasks that are new, and those that change."""

    new: list[Task] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)


def compare(rows: Sequence[Row], by: Person, today: date) -> Comparison:
    """What these rows would add and change; nothing is written."""
    found, problems = rows_at(rows, by)
    references = {str(row.values["reference"]) for row in rows}
    tasks = Task.objects.of(by.authority_id).filter(reference__in=references).select_related("provision")
    known = {task.reference: task for task in tasks}
    seen = set(Task.objects.seen_by(by).filter(reference__in=references).values_list("reference", flat=True))
    plan, lines, first = Plan(), [], dict[str, int]()
    for row, provision in found:
        before = first.setdefault(str(row.values["reference"]), row.number)
        wrong = list(_wrong(row, before, today))
        if row.values["reference"] in known.keys() - seen:
            wrong.append(("reference", HELD_BACK))
        problems += [Problem(row.number, column, said(row.values[column]), why) for column, why in wrong]
        line = None if wrong else _line(row, provision, known, by, plan)
        if line:
            lines.append(line)
    bad = {problem.row for problem in problems}
    unchanged = len([row for row in rows if row.number not in bad]) - len(lines)
    return Comparison(lines=tuple(lines), unchanged=unchanged, problems=tuple(problems), plan=plan)


def _wrong(row: Row, first: int, today: date) -> Iterator[tuple[str, str]]:
    if first != row.number:
        yield "reference", f"Row {first} has the same reference. Give each task a reference of its own."
    yield from _wrong_alone(row, today)


def _wrong_alone(row: Row, today: date) -> Iterator[tuple[str, str]]:
    done_on = cast("date | None", row.values.get("done_on"))
    if done_on and done_on > today:
        yield "done_on", "It is in the future."


def _line(row: Row, provision: Provision, known: dict[str, Task], by: Person, plan: Plan) -> Line | None:
    values = _values(row, provision)
    reference = str(row.values["reference"])
    what = f"{reference}: {str(values['what'])[:80]}, at {provision.known_as}"
    task = known.get(reference)
    if task is None:
        plan.new.append(Task(authority=by.authority, reference=reference, **values))
        facts = tuple(Change(LABELS[name], "", _said(name, values[name])) for name in FACTS if values.get(name))
        return Line(row=row.number, what=what, is_new=True, changes=facts)
    fresh = {name: value for name, value in values.items() if getattr(task, name) != value}
    if not fresh:
        return None
    verb = "task done" if fresh.get("done_on") and task.done_on is None else "task changed"
    changes = tuple(Change(LABELS[name], _said(name, getattr(task, name)), _said(name, fresh[name])) for name in fresh)
    plan.changed.append(Changed(task, verb, fresh))
    return Line(row=row.number, what=what, is_new=False, changes=changes)


def _values(row: Row, provision: Provision) -> dict[str, Any]:
    days = {name: row.values[name] for name in ("due_on", "done_on") if name in row.values}
    return {"provision": provision, "what": row.values["what"], "owner": row.values["owner"], **days}


def _said(name: str, value: Any) -> str:
    return str(Task.Owner(value).label) if name == "owner" else said(value)


def apply(plan: Plan, by: Person, on: date) -> None:
    """Write it all, with one call of the history."""
    changed = change(plan.changed)
    create(Task, plan.new)
    added = [event("task added", each, from_nothing(each, "what", "owner", "due_on", "done_on")) for each in plan.new]
    history.record_many([*changed, *added], by=by)


TASKS = LoadKind(
    code="tasks",
    title="Open tasks",
    noun="task",
    about="What was agreed at earlier visits and is still to be done: the guidance’s outstanding actions.",
    columns=(
        Column(
            name="reference",
            required=True,
            longest=60,
            help="Your own number of the task. A row with the same reference changes the task.",
            example="T-2025-114",
        ),
        PROVISION,
        Column(name="what", required=True, longest=2000, help="What must be done.", example="Repair the back door"),
        Column(
            name="owner",
            kind=Kind.CHOICE,
            required=True,
            choices={value: str(label) for value, label in Task.Owner.choices},
            help="Who does it.",
            example="provider",
        ),
        Column(name="due_on", kind=Kind.DATE, help="By when. Blank: no day was agreed.", example="30/04/2026"),
        Column(name="done_on", kind=Kind.DATE, help="When it was done. Blank: it is still open."),
    ),
    compare=compare,
    apply=apply,
    alone=_wrong_alone,
)
