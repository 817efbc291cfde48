"""What stands around a visit, in a few words each, with the page where the whole of it is."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import NoReverseMatch, reverse

from wellplaced.design.tags import Link
from wellplaced.design.words import day, plural
from wellplaced.desk.queries.visit import Found
from wellplaced.monitoring.models import StepState, VisitState
from wellplaced.monitoring.sight import Sight
from wellplaced.monitoring.words import RESTRICTED
from wellplaced.reports.models import MosaicUpload, Round

TASKS_SHOWN = 5


@dataclass(frozen=True)
class Section:
    """A heading, what is known in a few lines, and where the rest stands."""

    heading: str
    lines: Sequence[Any]
    links: Sequence[Link]


def sections(found: Found, sight: Sight, today: date) -> list[Section]:
    """The sections that apply to the visit as it stands, in the order of the guidance."""
    visit = found.visit
    if visit.loaded or visit.state in (VisitState.PROPOSED, VisitState.CANCELLED):
        return [_tasks(found)] if found.tasks else []
    made = [_before(found)]
    if visit.state == VisitState.NOT_HELD:
        return [*made, _tasks(found)] if found.tasks else made
    if visit.state == VisitState.HELD or visit.visit_on <= today:
        made += [_the_day(found), _tasks(found)]
    if visit.state == VisitState.HELD:
        made += [_report(found), _comments(found, today), _mosaic(found, sight)]
    return made


def _to(found: Found, *named: tuple[str, str, str]) -> list[Link]:
    """Links by the name of their address, for those that the service has."""
    links = []
    for name, text, hidden in named:
        with suppress(NoReverseMatch):
            links.append(Link(text, reverse(name, args=[found.visit.pk]), hidden))
    return links


def _before(found: Found) -> Section:
    """C13, C14: the feedback and the pre-visit form."""
    visit, form = found.visit, _related(found.visit, "pre_visit_form")
    asked, gave = visit.asked_for_feedback, visit.gave_feedback
    feedback = f"Feedback: {gave} of {plural(asked, 'person', 'people')} asked have answered" if asked else ""
    lines: list[Any] = [feedback or "Feedback: nobody is recorded as asked"]
    if form is None:
        told = "nothing is recorded of it" if visit.is_announced else "not asked for, since the visit is unannounced"
        lines.append(f"Pre-visit form: {told}")
    else:
        there = sum(value == "there" for value in form.sections.values())
        promised = "ready on the day" if form.ready_on_the_day else "received in advance"
        lines.append(f"Pre-visit form: {promised}, {plural(there, 'section')} there")
    links = _to(
        found,
        ("monitoring:feedback", "Feedback", "ahead of the visit"),
        ("monitoring:pre_visit_form", "Pre-visit form", ""),
    )
    return Section("Before the visit", lines, links)


def _related(visit: Any, name: str) -> Any:
    """A record of which a visit has one or none."""
    return getattr(visit, name, None)


def _the_day(found: Found) -> Section:
    """C16: the checklist, who was seen, the questionnaires."""
    visit = found.visit
    left = f", {visit.questionnaires_out} left on paper and not back" if visit.questionnaires_out else ""
    asked = visit.questionnaires_in or visit.questionnaires_out
    lines = [
        visit.get_outcome_display() if visit.outcome else "",
        _seen(visit),
        f"Questionnaires: {visit.questionnaires_in} done{left}" if asked else "",
    ]
    links = _to(
        found,
        ("monitoring:checklist", "Checklist", "of the day"),
        ("monitoring:questionnaires", "Questionnaires", ""),
    )
    return Section("The day", [line for line in lines if line], links)


def _seen(visit: Any) -> str:
    """Of those whom the reader may see; that there are others is told as on every page, and nothing of them."""
    placed = plural(visit.placed_on_the_day, "young person", "young people")
    besides = ", besides restricted records" if visit.closed_on_the_day else ""
    if not (visit.recorded_seen or visit.not_seen):
        return f"Who was seen is not recorded yet: {placed} of ours placed there{besides}"
    missed = f"; {visit.not_seen} not seen, with the reason" if visit.not_seen else ""
    return f"{visit.recorded_seen} of {placed} seen{missed}{besides}"


def _tasks(found: Found) -> Section:
    """C17: what was agreed at the end of the visit."""
    rows = found.tasks
    still = sum(task.done_on is None for task in rows)
    named: list[Any] = [Link(_short(task.what), task.get_absolute_url()) for task in rows[:TASKS_SHOWN]]
    counted = f"{plural(len(rows), 'task')}, {still} not done" if rows else "No task was agreed"
    again = found.visit.tasks_come_back_here
    back = f"{plural(again, 'task')} of an earlier visit came back" if again else ""
    lines = [counted, *named, back]
    links = _to(found, ("monitoring:visit_tasks", "Tasks", "of this visit"))
    return Section("Tasks agreed", [line for line in lines if line], links)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 90 else f"{line[:88].rstrip()} …"


def _report(found: Found) -> Section:
    """C18 to C20: the versions of the form and the rounds of review."""
    report, version = _related(found.visit, "report"), found.visit.newest_version
    lines: list[Any] = [report.get_state_display() if report else "No report yet"]
    if version:
        lines.append(f"{plural(version, 'version')} of the completed form uploaded")
    lines += [_round(each) for each in found.rounds]
    return Section("Report and review", lines, _to(found, ("reports:report", "Report", "and its review")))


def _round(each: Round) -> str:
    sent = f"Round {each.number}: sent on {day(each.submitted_on)} to {each.reviewer.name}"
    if not each.outcome or each.returned_on is None:
        return f"{sent}, not returned yet"
    returned = f"{each.get_outcome_display()[:1].lower()}{each.get_outcome_display()[1:]}"
    named = f" ({plural(each.named, 'task')})" if each.outcome == Round.Outcome.ACTIONS else ""  # type: ignore[attr-defined]
    done = f", done on {day(each.actions_completed_on)}" if each.actions_completed_on else ""
    return f"{sent}; {returned}{named} on {day(each.returned_on)}{done}"


def _comments(found: Found, today: date) -> Section:
    """C21, C22: each recipient's comment, 'no comment', or silence."""
    due = {step.recipient: step for step in found.steps if step.recipient}
    lines = [_comment(each, due.get(each.key), today) for each in found.recipients.values()]
    return Section("Comments", lines or ["Not sent for comment yet"], _to(found, ("reports:comments", "Comments", "")))


def _comment(recipient: Any, step: Any, today: date) -> str:
    name = f"{recipient.shown_name[:1].upper()}{recipient.shown_name[1:]}"
    if recipient.left_out_because:
        return f"{name}: left out" + ("" if recipient.some_closed else f", {recipient.left_out_because}")
    if recipient.answered_on:
        said = "answered" if recipient.some_closed else "no comment" if recipient.said == "no_comment" else "commented"
        late = ", late" if step and step.in_time is False else ""
        reply = ", waits for our reply" if recipient.to_reply else ""
        return f"{name}: {said} on {day(recipient.answered_on)}{late}{reply}"
    if step is None or step.state == StepState.WAITING:
        return f"{name}: not sent yet"
    return f"{name}: silence, which is not agreement" if step.is_overdue(today) else f"{name}: has not answered yet"


def _mosaic(found: Found, sight: Sight) -> Section:
    """C23: what went to Mosaic, for the provision and for each young person."""
    lines = [_uploaded(each, sight) for each in found.uploads]
    return Section(
        "Mosaic", lines or ["Nothing uploaded yet"], _to(found, ("reports:mosaic", "Uploads", "onto Mosaic"))
    )


def _uploaded(each: MosaicUpload, sight: Sight) -> str:
    young_person = each.young_person
    if young_person is not None and not sight.sees(young_person):
        return f"{RESTRICTED}: recorded on {day(each.uploaded_on)}"
    whom = str(young_person or "The provision")
    if each.none_because:
        return f"{whom}: nothing to upload, {each.none_because}"
    return f"{whom}: {each.reference}, on {day(each.uploaded_on)} by {each.uploaded_by.name}"
