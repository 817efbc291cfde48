"""The lines of my work around visits: the visit on its day, and its steps, those of one day together."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from wellplaced.design import words
from wellplaced.design.tags import Due, Link, Tag, state_tag
from wellplaced.desk.pages import sentences as say
from wellplaced.desk.pages.lines import COLOURS, FAR_OFF, Line, Wording, where
from wellplaced.desk.pages.visit_steps import UNSAID
from wellplaced.desk.queries.around_visits import REVIEW, VISIT, WAITED_FOR, Around
from wellplaced.desk.queries.horizon import OVERDUE
from wellplaced.guidance.steps import VISIT_HELD
from wellplaced.monitoring.models import Step, Visit, VisitState
from wellplaced.monitoring.words import KINDS, STEP_NAMES, in_a_sentence
from wellplaced.people.models import Person


def of_around(found: Around, wording: Wording) -> Line:
    """A visit on its day, or to be closed; or its steps of one day."""
    if found.kind == VISIT and found.visit.state == VisitState.HELD:
        return _to_close(found.visit, wording)
    return _of_visit(found.visit, wording) if found.kind == VISIT else _of_steps(found, wording)


def _of_visit(visit: Visit, wording: Wording) -> Line:
    title, tag = _stands(visit, past=visit.visit_on < wording.today)
    clock = f" at {visit.visit_at:%H:%M}" if visit.visit_at else ""
    verb = "Proposed" if visit.state == VisitState.PROPOSED else "Booked"
    return Line(
        title=title,
        href=visit.get_absolute_url(),
        where=where(visit.provision),
        warning=visit.provision.standing_warning,
        notes=(
            _for_whom(visit.officer, wording),
            f"{verb} for {words.weekday_day(visit.visit_on)}{clock}",
            _discharging(visit),
        ),
        tag=tag,
        due=_due_of_visit(visit),
        button=_checklist(visit, wording),
        colour="red" if visit.visit_on < wording.today else "",
        on=visit.visit_on,
    )


def _to_close(visit: Visit, wording: Wording) -> Line:
    """C23: nothing of it is left, and yet it stands open."""
    return Line(
        title="Close the visit",
        href=visit.get_absolute_url(),
        where=where(visit.provision),
        warning=visit.provision.standing_warning,
        notes=(
            _for_whom(visit.officer, wording),
            f"Visit of {words.weekday_day(visit.visit_on)}",
            "Nothing else is left",
        ),
        tag=state_tag("open"),
        on=FAR_OFF,
    )


def _for_whom(person: Person | None, wording: Wording) -> str:
    """Whose it is, where that is not the reader: somebody whom they cover, or who left."""
    if person is not None and not person.is_active:
        return f"Left by {person.name}, who no longer works here"
    return wording.for_whom(person.pk if person else None)


def _stands(visit: Visit, *, past: bool) -> tuple[str, Tag]:
    """What is to be done about a visit, and how it stands."""
    if visit.state == VisitState.PROPOSED:
        return "Confirm the visit, or propose another day", state_tag("proposed")
    if past:
        return UNSAID, Tag("To be recorded", "red")
    return "Visit", state_tag("booked")


def _discharging(visit: Visit) -> str:
    """What the visit is to discharge, and that it comes late where it does."""
    counts, due_on = visit.discharging or {}, visit.step_due_on  # type: ignore[attr-defined]
    named = [_of_kind(kind, counts[kind]) for kind in KINDS if counts.get(kind)]
    if not named:
        return "" if visit.state == VisitState.PROPOSED else "Discharges nothing that is owed yet"
    late = ", after the due date" if due_on and visit.visit_on > due_on else ""
    return f"For {say.in_a_row(named)}{late}"


def _of_kind(kind: str, count: int) -> str:
    """'annual visit', '2 visits about a concern'."""
    said = in_a_sentence(kind)
    return said if count == 1 else f"{count} {said.replace('visit', 'visits')}"


def _due_of_visit(visit: Visit) -> Due | None:
    """The earliest due date of what the visit is to discharge; its own day stands in words."""
    due_on = visit.step_due_on  # type: ignore[attr-defined]
    if due_on is None:
        return None
    why = reverse("monitoring:step", args=[visit.pk, VISIT_HELD])
    return Due(on=due_on, why=f"{why}#why", what=f"visit, {visit.provision}", before="Due by")


def _checklist(visit: Visit, wording: Wording) -> Link | None:
    """On the day, and until somebody says what became of it: where to record what is seen (C16)."""
    if visit.state != VisitState.BOOKED or visit.visit_on > wording.today:
        return None
    return Link("Checklist of the day", reverse("monitoring:checklist", args=[visit.pk]), f"at {visit.provision}")


def _of_steps(found: Around, wording: Wording) -> Line:
    visit, first, today = found.visit, found.steps[0], wording.today
    alone = len(found.steps) == 1
    href = first.get_absolute_url() if alone else visit.get_absolute_url()
    whom = visit.reviewer if found.kind == REVIEW else visit.officer
    late = found.on is not None and found.on < today
    return Line(
        title=_title(found),
        href=href,
        where=where(visit.provision),
        warning=visit.provision.standing_warning,
        notes=(
            _for_whom(whom, wording),
            f"{'Visit of' if visit.state == VisitState.HELD else 'Visit on'} {words.weekday_day(visit.visit_on)}",
            *_said(found, wording),
        ),
        tag=say.waiting_tag(found.on, today) if found.kind == WAITED_FOR else say.day_tag(found.on, today),
        due=_due(found, wording, f"{href}#why" if alone else href),
        colour="red" if late else COLOURS.get(found.section, ""),
        on=found.on or FAR_OFF,
        stands_for=len(found.steps),
    )


def _due(found: Around, wording: Wording, href: str) -> Due | None:
    if found.on is None:
        return None
    what = f"{say.first_small(_title(found))}, {found.provision}"
    if found.kind == WAITED_FOR or found.on < wording.today:
        return Due(on=found.on, why=href, what=what)  # nobody here can act by the working day before
    return say.due(found.on, wording.today, wording.horizon.closed_days, why=href, what=what)


def _title(found: Around) -> str:
    """What to do; of several at once what they are called: 'Letter, feedback requests and confirmation'."""
    names = list(dict.fromkeys(step.step for step in found.steps))
    if found.kind == WAITED_FOR:
        return "Comments" if names == ["comment_received"] else say.in_a_row([STEP_NAMES[each].name for each in names])
    if len(names) == 1:
        return STEP_NAMES[names[0]].to_do
    return say.in_a_row([STEP_NAMES[each].name for each in names])


def _said(found: Around, wording: Wording) -> Sequence[str]:
    """On whom it waits and since when; for the reviewer, who sent it."""
    visit: Any = found.visit
    if found.kind == REVIEW:
        return [f"Sent by {visit.by_whom} on {words.weekday_day(visit.sent_on)}"]  # R17 may count from the next day
    if found.kind == WAITED_FOR:
        return list(dict.fromkeys(_waiting(visit, step, found.steps, wording) for step in found.steps))
    return ["Booked at short notice"] if found.section != OVERDUE and found.steps[0].short_notice else []


def _waiting(visit: Visit, step: Step, steps: Sequence[Step], wording: Wording) -> str:
    """'Waiting for comments from the provider and 2 social workers: 4 days, since 3 June 2026'."""
    since = say.waited(step.clock_on, wording.today)
    return f"Waiting for {_whom(visit, step, steps)}{': ' + since if since else ''}"


def _whom(visit: Visit, step: Step, steps: Sequence[Step]) -> str:
    if step.step == "comment_received":
        return f"comments from {say.recipients([each.recipient for each in steps if each.recipient])}"
    if step.step == "pre_visit_form_received":
        return "the provider to send the pre-visit form"
    reviewer = visit.reviewer.name if visit.reviewer else "a senior officer"
    return f"{reviewer} to return the report"
