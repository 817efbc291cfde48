"""The lines of my work: each says what, where, by when, and goes to the one page where it is done.

Those around visits stand in `visit_lines.py`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.urls import reverse

from wellplaced.design import words
from wellplaced.design.tags import Due, Link, Tag
from wellplaced.desk.pages import sentences as say
from wellplaced.desk.queries.horizon import OVERDUE, TODAY, Horizon
from wellplaced.monitoring.models import Notice, PlanStep, Requirement, RequirementState, Task
from wellplaced.register.models import Provision

COLOURS = {OVERDUE: "red", TODAY: "amber"}
FAR_OFF = date.max
PLACED = {
    Notice.Kind.AGE: "Outside 16 to 17 on the first day in 16+ supported accommodation",
    Notice.Kind.STANDING: "Placed at a provision that is suspended, closed or not registered",
    Notice.Kind.UNASSIGNED: "Placed at a provision that nobody looks after, so that no officer finds what is owed there",
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """What to do, where, by when, and the one page where it is done; `stands_for` how many things that are counted."""

    title: str
    href: str
    where: Link
    warning: str = ""
    notes: Sequence[str] = ()
    tag: Tag | None = None
    due: Due | None = None
    button: Link | None = None
    colour: str = ""
    on: date = FAR_OFF
    stands_for: int = 1
    plan: int | None = None  # the judgement whose action plan it waits for

    @property
    def said(self) -> Sequence[Any]:
        """The lines under the title."""
        return [self.where, *(note for note in self.notes if note)]


@dataclass(frozen=True, kw_only=True)
class Told:
    """A notice: what happened, where, and the one page where to look at it."""

    pk: int
    text: str
    href: str
    where: Link
    on: date


@dataclass(frozen=True)
class Wording:
    """What the making of lines needs to know: the day, and for whom the reader stands in."""

    horizon: Horizon
    covered: Mapping[int, str] = field(default_factory=dict)
    asks: bool = False  # whether asking for an action plan is the reader's to do (C8)

    @property
    def today(self) -> date:
        return self.horizon.today

    def for_whom(self, officer: int | None) -> str:
        """'for Jo Bloggs', where the reader stands in for the officer."""
        absent = self.covered.get(officer) if officer else None
        return f"For {absent}, whom you cover" if absent else ""


def of_requirement(owed: Requirement, wording: Wording) -> Line:
    today = wording.today
    return Line(
        title=say.requirement_title(owed),
        href=owed.get_absolute_url(),
        where=where(owed.provision),
        warning=owed.provision.standing_warning,
        notes=(
            wording.for_whom(owed.officer),  # type: ignore[attr-defined]
            say.waiting_sentence(owed, today, asks=wording.asks),
            say.escalation_sentence(owed, today),
            say.fallback_sentence(owed, today),
            say.book_by_sentence(owed, today),
        ),
        tag=say.requirement_tag(owed, today),
        due=say.requirement_due(owed, today, wording.horizon.closed_days) if owed.due_on else None,
        colour="red" if owed.is_overdue(today) else "",
        on=owed.due_on or FAR_OFF,
        plan=owed.deciding_judgement_id if owed.state == RequirementState.WAITING else None,
    )


def by_plan(lines: Iterable[Line]) -> list[Line]:
    """The lines, those that wait for one action plan as one."""
    together: dict[object, list[Line]] = {}
    for line in lines:
        together.setdefault(line.plan or object(), []).append(line)
    return [found[0] if len(found) == 1 else _of_one_plan(found) for found in together.values()]


def _of_one_plan(found: Sequence[Line]) -> Line:
    first = found[0]
    return replace(
        first,
        title=f"{len(found)} visits that wait for one action plan",
        href=reverse("monitoring:action_plan", args=[first.plan]),
        notes=(*first.notes, say.in_a_row([line.title for line in found])),
        stands_for=len(found),
    )


def of_plan_step(step: PlanStep, wording: Wording) -> Line:
    href = reverse("monitoring:action_plan", args=[step.judgement_id])
    what = f"{say.first_small(say.plan_step_title(step.step))}, {step.provision}"
    return Line(
        title=say.plan_step_title(step.step),
        href=href,
        where=where(step.provision),
        warning=step.provision.standing_warning,
        notes=(
            f"{step.judgement.get_outcome_display()}, published on {words.weekday_day(step.judgement.published_on)}",
        ),
        tag=say.day_tag(step.due_on, wording.today),
        due=say.due(step.due_on, wording.today, wording.horizon.closed_days, why=f"{href}#why", what=what),
        colour=COLOURS.get(step.section, ""),  # type: ignore[attr-defined]
        on=step.due_on,
    )


def of_task(task: Task, wording: Wording) -> Line:
    return Line(
        title=say.short(task.what).rstrip("."),
        href=task.get_absolute_url(),
        where=where(task.provision),
        warning=task.provision.standing_warning,
        notes=(wording.for_whom(task.officer), f"For {_owner(task)} to do"),  # type: ignore[attr-defined]
        tag=say.day_tag(task.due_on, wording.today),
        due=say.task_due(task, task.provision, wording.today, wording.horizon.closed_days) if task.due_on else None,
        colour=COLOURS.get(task.section, ""),  # type: ignore[attr-defined]
        on=task.due_on or FAR_OFF,
    )


def _owner(task: Task) -> str:
    label: str = task.get_owner_display()
    return label[:1].lower() + label[1:]


def of_notice(notice: Notice) -> Told:
    return Told(
        pk=notice.pk,
        text=_told(notice),
        href=_about(notice),
        where=where(notice.provision),
        on=notice.raised_on,
    )


def _told(notice: Notice) -> str:
    if notice.kind == Notice.Kind.JUDGEMENT and notice.judgement:
        judged = (
            f"{notice.judgement.get_outcome_display()}, published on {words.weekday_day(notice.judgement.published_on)}"
        )
        return f"New Ofsted judgement where a young person is placed: {judged}"
    placement = notice.placement
    whom = say.who(placement.young_person, notice.seen) if placement else say.UNNAMED  # type: ignore[attr-defined]
    return f"{PLACED[Notice.Kind(notice.kind)]}: {whom}"


def _about(notice: Notice) -> str:
    """The page where to look at it or to mend it: who looks after the provision, its judgements, else its placements."""
    if notice.kind == Notice.Kind.UNASSIGNED:
        return reverse("monitoring:assign", args=[notice.provision_id])
    if notice.judgement_id:
        return f"{notice.provision.get_absolute_url()}#judgements"
    return f"{notice.provision.get_absolute_url()}#placements"


def where(provision: Provision) -> Link:
    return Link(provision.known_as, provision.get_absolute_url())
