"""The line of a visit's steps: the next one first, then what is open, what waits, and at the end what is done."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.urls import reverse

from wellplaced.design.tags import Due, Tag
from wellplaced.design.words import plural, weekday_day
from wellplaced.desk.queries.visit import Found
from wellplaced.guidance import ClosedDays
from wellplaced.guidance.steps import VISIT_HELD
from wellplaced.monitoring.models import Step, StepState, Visit, VisitState
from wellplaced.monitoring.pages import steps as say
from wellplaced.monitoring.pages.step import ELSEWHERE, is_live
from wellplaced.monitoring.words import from_today
from wellplaced.people.models import Person
from wellplaced.people.rights import Permission
from wellplaced.reports.models import Round
from wellplaced.reports.reviewing import refusal_to_review

FAR_OFF = date.max
REPORT_RETURNED = "report_returned"
RECORD_DONE = "Record it done"
UNSAID = "Say whether the visit took place"
NO_TASK = "no task is recorded: say so if there is nothing to follow up"


@dataclass(frozen=True)
class StepLine:
    """One step: what (a link to where it is done), whose and how it stands, its state, its date."""

    title: str
    href: str
    notes: Sequence[str]
    tag: Tag
    due: Due | None


@dataclass(frozen=True)
class Next:
    """The step that comes next, with its one button; without `href` somebody else has it."""

    title: str
    lines: Sequence[str]
    tag: Tag
    due: Due | None
    colour: str
    button: str
    href: str


@dataclass(frozen=True)
class StepsPart:
    """What the page says of the steps."""

    next: Next | None
    first: Sequence[StepLine]  # open, ours
    others: Sequence[StepLine]  # open, with others
    waiting: Sequence[StepLine]
    left_open: Sequence[StepLine]  # of the time before a visit that is over
    settled: Sequence[StepLine]
    counted: str

    @property
    def waits_for_closing(self) -> bool:
        """Whether nothing of ours is left: answers that never came keep no visit open."""
        return not (self.next or self.first or self.waiting or self.left_open)

    @property
    def is_all_settled(self) -> bool:
        """Whether nothing is open and nothing waits any more."""
        return self.waits_for_closing and not self.others


@dataclass(frozen=True)
class Wording:
    """What the lines need to know."""

    found: Found
    person: Person
    today: date
    closed: ClosedDays

    def line(self, step: Step) -> StepLine:
        recipient = self.found.recipients.get(step.recipient)
        return StepLine(
            title=say.title_of(step, recipient),
            href=self.where(step),
            notes=[each for each in self.notes(step) if each],
            tag=say.tag_of(step, self.today),
            due=say.due_of(step, self.today, self.closed),
        )

    def where(self, step: Step) -> str:
        """Where this person does it; a step that is settled, or not to be done yet, leads to its own page."""
        is_for_later = step.step == VISIT_HELD and self.found.visit.visit_on > self.today
        if step.state != StepState.OPEN or is_for_later or not is_live(self.found.visit):
            return step.get_absolute_url()
        if step.step == REPORT_RETURNED:
            return say.where_done(step) if self.may_do(step) else step.get_absolute_url()
        return self._tasks_of_return(step) or say.where_done_by(step, self.person)

    def may_do(self, step: Step) -> bool:
        """Whether this person may record the step; who acts for a senior officer today may return a report."""
        if step.step == REPORT_RETURNED:
            return not refusal_to_review(self.person, self.found.visit, self.today)
        return self.person.may(say.OWN_PAGES.get(step.step, ("", Permission.RECORD_STEP))[1])

    def _tasks_of_return(self, step: Step) -> str:
        """The page of the tasks that the first return named."""
        named = [each.number for each in self.found.rounds if each.outcome == Round.Outcome.ACTIONS]
        if step.step != "actions_completed" or not named or not self.may_do(step):
            return ""
        return reverse("reports:complete_tasks", args=[step.visit_id, named[0]])

    def notes(self, step: Any) -> list[str]:
        owner = say.owner_of(step, self.found.visit, self.found.recipients.get(step.recipient))
        if step.state == StepState.DONE:
            by = step.done_by or owner
            return [say.how_it_stands(step, self.today), f"by {by}" if step.step not in say.OF_OTHERS else ""]
        if step.state == StepState.SET_ASIDE:
            return [step.set_aside_because or ""]
        short = "short notice" if step.short_notice and step.state == StepState.OPEN else ""
        none = step.step == "actions_followed_up" and step.state == StepState.OPEN and not self.found.tasks
        return [owner, self.stands(step), short, NO_TASK if none else ""]

    def stands(self, step: Step) -> str:
        visit = self.found.visit
        if step.step == VISIT_HELD and step.state == StepState.OPEN:
            after = (visit.visit_on - step.due_on).days if step.due_on else 0
            booked = f"booked for {weekday_day(visit.visit_on)}, {from_today(visit.visit_on, self.today)}"
            return f"{booked}, {plural(after, 'day')} after the due date" if after > 0 else booked
        return say.how_it_stands(step, self.today)


def steps_part(found: Found, person: Person, today: date, closed: ClosedDays) -> StepsPart:
    """The steps of a visit that has any."""
    wording = Wording(found, person, today, closed)
    if found.visit.state == VisitState.NOT_HELD:
        return _what_was_done(wording)
    upcoming = next_step(found, person, today)
    left = [step for step in found.steps if _is_left_open(step, found, today) and step is not upcoming]
    beside = [upcoming, *left]
    still = [step for step in found.steps if step.state == StepState.OPEN and step not in beside]
    return StepsPart(
        next=_next(upcoming, wording) if upcoming else None,
        first=[wording.line(step) for step in by_date(still) if say.is_ours(step)],
        others=[wording.line(step) for step in by_date(still) if not say.is_ours(step)],
        waiting=[wording.line(step) for step in found.steps if step.state == StepState.WAITING],
        left_open=[wording.line(step) for step in left],
        settled=[wording.line(step) for step in found.steps if _is_settled(step)],
        counted=_counted(found.steps, today),
    )


def _what_was_done(wording: Wording) -> StepsPart:
    """Of a visit that could not be held nothing is owed any more; what was done ahead of it stays."""
    settled = [wording.line(step) for step in wording.found.steps if _is_settled(step)]
    return StepsPart(next=None, first=[], others=[], waiting=[], left_open=[], settled=settled, counted="")


def _is_settled(step: Step) -> bool:
    return step.state in (StepState.DONE, StepState.SET_ASIDE)


def _counted(steps: Sequence[Step], today: date) -> str:
    """'6 of 13 settled, 1 overdue'."""
    settled = sum(_is_settled(step) for step in steps)
    overdue = sum(step.is_overdue(today) and say.is_ours(step) for step in steps)
    late = f", {overdue} overdue" if overdue else ""
    return f"{settled} of {plural(len(steps), 'step')} settled{late}"


def by_date(steps: Sequence[Step]) -> list[Step]:
    """The earliest due first; those without a date at the end."""
    return sorted(steps, key=lambda step: (step.due_on or FAR_OFF, step.position))


def next_step(found: Found, person: Person, today: date) -> Step | None:
    """The step that somebody can do now: the visit itself once its day is there, else what of ours is due first.

    The senior officer sees the return first, and the officer what is theirs. What was to be done ahead of a visit that is
    over comes last: it can only be recorded, or set aside.
    """
    visit = found.visit
    if not is_live(visit):
        return None
    is_day = visit.state == VisitState.BOOKED and visit.visit_on <= today
    open_steps = [step for step in found.steps if step.state == StepState.OPEN]
    if is_day:
        return next((step for step in open_steps if step.step == VISIT_HELD), None)
    ours = [step for step in open_steps if say.is_ours(step) and step.step != VISIT_HELD]
    still = [step for step in ours if not _is_left_open(step, found, today)]
    theirs = [step for step in still if _is_for(step, visit, person)]
    return next(iter(by_date(theirs or still or ours)), None)


def _is_for(step: Step, visit: Visit, person: Person) -> bool:
    """Whether the step is this very person's."""
    who = {"sqao": visit.reviewer_id, "la_representative": visit.officer_id}
    return who.get(step.owner) == person.pk


def _is_left_open(step: Step, found: Found, today: date) -> bool:
    """Whether a step was for the time before a visit that is over by now."""
    is_over = found.visit.state == VisitState.HELD or found.visit.visit_on < today
    return is_over and step.state == StepState.OPEN and step.step in say.BEFORE_THE_VISIT


def _next(step: Step, wording: Wording) -> Next:
    line = wording.line(step)
    has_page = bool(say.own_page(step.step, step.visit_id))
    button = ELSEWHERE[step.step] if has_page else RECORD_DONE
    overdue = step.is_overdue(wording.today)
    is_past = step.step == VISIT_HELD and wording.found.visit.visit_on < wording.today
    return Next(
        title=UNSAID if is_past else line.title,
        lines=[f"{note[:1].upper()}{note[1:]}" for note in line.notes],
        tag=line.tag,
        due=replace(line.due, before="Due by") if line.due and step.step == VISIT_HELD else line.due,
        colour="red" if overdue else "amber" if step.due_on == wording.today else "",
        button=button if wording.may_do(step) else "",
        href=line.href,
    )


__all__ = ["Next", "StepLine", "StepsPart", "next_step", "steps_part"]
