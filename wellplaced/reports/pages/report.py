"""The page of a visit's report: how it stands, its versions, its rounds, and what to do next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse

from wellplaced.design.components import HistoryLine
from wellplaced.design.tags import Due, Link, Tag
from wellplaced.design.words import day, plural
from wellplaced.history.models import Event
from wellplaced.monitoring.models import Step, Task, Visit, VisitState
from wellplaced.monitoring.pages.requirement import Action
from wellplaced.monitoring.past import lines_of
from wellplaced.people.models import Person
from wellplaced.people.rights import Permission
from wellplaced.reports.actions.documents import DOWNLOADED
from wellplaced.reports.models import Document, Report, ReportState, ReviewComment, Round
from wellplaced.reports.moves import may_move
from wellplaced.reports.reviewing import deputies_of, due_on, may_read, refusal_to_review

COLOURS = {
    ReportState.DRAFTING: "grey",
    ReportState.WITH_REVIEWER: "blue",
    ReportState.ACTIONS_NEEDED: "amber",
    ReportState.ACTIONS_DONE: "purple",
    ReportState.AGREED: "green",
    ReportState.OUT_FOR_COMMENT: "blue",
    ReportState.CLOSED: "grey",
}
NEXT_STEP = {  # the step that is due next, by the state of the report, and what is to be done
    ReportState.DRAFTING: ("report_submitted", "To be sent to the senior officer by"),
    ReportState.WITH_REVIEWER: ("report_returned", "To be returned by"),
    ReportState.ACTIONS_NEEDED: ("actions_completed", "Tasks to be done by"),
    ReportState.ACTIONS_DONE: ("sent_for_comment", "To go out for comment by"),
    ReportState.AGREED: ("sent_for_comment", "To go out for comment by"),
}


@dataclass(frozen=True)
class RoundPart:
    """One round as the page tells it."""

    round: Round
    heading: str
    outcome: Tag
    rows: Sequence[tuple[Any, ...]]
    comments: Sequence[ReviewComment]
    tasks: Sequence[Task]
    tasks_due: Due | None
    complete: Action | None


@dataclass(frozen=True)
class ReportPage:
    """What the template prints. `is_open`: whether the reader may read what was written."""

    visit: Visit
    state: Tag
    sentence: str
    deputy: str
    due_words: str
    due: Due | None
    primary: Action | None
    others: Sequence[Action]
    versions: Sequence[Document]
    rounds: Sequence[RoundPart]
    is_held: bool
    is_open: bool
    may_upload: bool
    history: Sequence[HistoryLine]


def report_page(visit: Visit, person: Person, today: date) -> ReportPage:
    """Everything that the page says about one report."""
    report = Report.objects.seen_by(person).filter(visit=visit).first() or Report(visit=visit)
    versions = list(visit.documents.select_related("uploaded_by"))
    rounds = list(
        visit.rounds.select_related("document", "reviewer", "submitted_by", "returned_by")
        .prefetch_related("comments", Prefetch("tasks", queryset=Task.objects.seen_by(person)))
        .order_by("number")
    )
    steps = {each.step: each for each in Step.objects.seen_by(person).filter(visit=visit, recipient="")}
    is_open = may_read(person, visit)
    primary, others = _actions(visit, report, rounds, person, today)
    return ReportPage(
        visit=visit,
        state=state_of(report.state),
        sentence=_sentence(report, rounds),
        deputy=_deputy(rounds, today),
        due_words=NEXT_STEP.get(ReportState(report.state), ("", ""))[1],
        due=_due(report, rounds, steps),
        primary=primary,
        others=others,
        versions=versions,
        rounds=[_part(each, visit, steps, person, is_open=is_open) for each in reversed(rounds)],
        is_held=visit.state == VisitState.HELD,
        is_open=is_open,
        may_upload=person.may(Permission.RECORD_STEP)
        and visit.state == VisitState.HELD
        and report.state != ReportState.CLOSED,
        history=_history(report, versions, person) if is_open else (),
    )


def state_of(state: str) -> Tag:
    """The tag of a report's state."""
    known = ReportState(state)
    return Tag(str(known.label), COLOURS[known])


def _sentence(report: Report, rounds: Sequence[Round]) -> str:
    """How the report stands, in words."""
    last = rounds[-1] if rounds else None
    if last is None:
        return "It has not gone to the senior officer yet." if report.state == ReportState.DRAFTING else ""
    if not last.outcome:
        return f"{last.reviewer} has had it since {day(last.submitted_on)}."
    if last.outcome == Round.Outcome.TAKEN_BACK:
        return f"{last.returned_by} took it back on {day(last.returned_on)}."
    if last.outcome == Round.Outcome.AGREED:
        return f"{last.returned_by} agreed it on {day(last.returned_on)}."
    tasks = list(last.tasks.all())
    left = sum(task.done_on is None for task in tasks)
    count = plural(len(tasks), "task") if tasks else "tasks"
    named = f"{last.returned_by} returned it on {day(last.returned_on)} with {count}"
    if left:
        return f"{named}, of which {left} {'is' if left == 1 else 'are'} left."
    return f"{named}, all done." if last.actions_completed_on else f"{named}."


def _deputy(rounds: Sequence[Round], today: date) -> str:
    """Who acts today for the senior officer who has it."""
    if not rounds or rounds[-1].outcome:
        return ""
    return deputies_of([rounds[-1].reviewer], today).get(rounds[-1].reviewer_id, "")


def _due(report: Report, rounds: Sequence[Round], steps: dict[str, Step]) -> Due | None:
    """By when what comes next is due: the step's day, and in a later round the round's own."""
    name, _ = NEXT_STEP.get(ReportState(report.state), ("", ""))
    step = steps.get(name)
    if step is not None and step.state == "open" and step.due_on:
        return Due(on=step.due_on, why=step.get_absolute_url(), what="of the report")
    if name == "report_returned" and rounds and not rounds[-1].outcome:
        return Due(on=rounds[-1].due_on)
    return None


def _actions(
    visit: Visit, report: Report, rounds: Sequence[Round], person: Person, today: date
) -> tuple[Action | None, list[Action]]:
    """The one thing to do next, and what may be done besides, by the table of moves and the person's rights."""
    if visit.state != VisitState.HELD:
        return None, []
    is_out = bool(rounds) and not rounds[-1].outcome and may_move(report.state, "agree")
    if is_out and not refusal_to_review(person, visit, today):
        return to_return(visit), []
    found = _of_the_officer(visit, report, rounds) if person.may(Permission.RECORD_STEP) else []
    if may_move(report.state, "take_back") or not found:
        return None, found
    return found[0], found[1:]


def to_return(visit: Visit) -> Action:
    return Action("Return the report", reverse("reports:return", args=[visit.pk]))


def _of_the_officer(visit: Visit, report: Report, rounds: Sequence[Round]) -> list[Action]:
    """What the officer can do by the table of moves; the first is the usual one."""

    def to(name: str, text: str) -> Action:
        return Action(text, reverse(f"reports:{name}", args=[visit.pk]))

    found = []
    if report.state == ReportState.ACTIONS_NEEDED:
        found.append(complete_action(rounds[-1], "Record tasks done"))
    if may_move(report.state, "submit"):
        found.append(to("submit", f"Send it {'again ' if rounds else ''}to the senior officer"))
    if may_move(report.state, "take_back"):
        found.append(to("take_back", "Take it back"))
    if may_move(report.state, "circulate"):
        found.append(to("circulate", "Send it out for comment"))
    if report.state == ReportState.OUT_FOR_COMMENT:
        found.append(to("comments", "See who has answered"))
    return found[::-1] if report.state == ReportState.AGREED else found


def complete_action(round_: Round, text: str) -> Action:
    """The way to record tasks of a round done."""
    return Action(text, reverse("reports:complete_tasks", args=[round_.visit_id, round_.number]))


def _part(round_: Round, visit: Visit, steps: dict[str, Step], person: Person, *, is_open: bool) -> RoundPart:
    tasks = list(round_.tasks.all())
    is_left = bool(tasks) and round_.actions_completed_on is None
    may_complete = is_left and person.may(Permission.RECORD_STEP) and visit.closed_on is None
    return RoundPart(
        round=round_,
        heading=f"Round {round_.number}",
        outcome=_outcome(round_),
        rows=[row for row in _rows(round_, is_open=is_open, is_theirs=person.pk == round_.reviewer_id) if row[1]],
        comments=list(round_.comments.all()),
        tasks=tasks,
        tasks_due=_tasks_due(round_, visit, steps) if is_left else None,
        complete=complete_action(round_, "Record tasks done") if may_complete else None,
    )


def _outcome(round_: Round) -> Tag:
    colours = {"agreed": "green", "actions": "amber", "taken_back": "grey"}
    return (
        Tag(round_.get_outcome_display(), colours[round_.outcome])
        if round_.outcome
        else Tag("Not returned yet", "blue")
    )


def _rows(round_: Round, *, is_open: bool, is_theirs: bool) -> list[tuple[Any, ...]]:
    version: Any = round_.document and Link(str(round_.document), round_.document.get_absolute_url())
    taken_back = round_.outcome == Round.Outcome.TAKEN_BACK
    returned = f"{day(round_.returned_on)}, by {round_.returned_by}" if round_.outcome else ""
    return [
        ("Sent", f"{day(round_.submitted_on)}, by {round_.submitted_by}"),
        ("To", str(round_.reviewer)),
        ("Version", version or ""),
        ("Not sent by here because", round_.sent_otherwise_because if is_open or is_theirs else ""),
        ("Note", round_.submitted_note if is_open else ""),
        ("Due back by", "" if round_.outcome else day(round_.due_on)),
        ("Taken back" if taken_back else "Returned", returned),
        ("Tasks done on", day(round_.actions_completed_on) if round_.actions_completed_on else ""),
    ]


def _tasks_due(round_: Round, visit: Visit, steps: dict[str, Step]) -> Due | None:
    """By when the tasks of a return are due (C20): of the first the visit's step says why, of a later one its own return."""
    step = steps.get("actions_completed")
    if step is not None and step.clock_on == round_.returned_on:
        return Due(on=step.due_on, why=step.get_absolute_url(), what="of the tasks")
    if round_.returned_on is None:
        return None
    counted = due_on(visit, "actions_completed", submitted_on=round_.submitted_on, returned_on=round_.returned_on)
    return Due(on=counted)


def _history(report: Report, versions: Sequence[Document], person: Person) -> list[HistoryLine]:
    if report.pk is None:
        return []
    told = Event.objects.of(report)
    uploads = Event.objects.filter(about_type=Document._meta.label_lower, about_id__in=[each.pk for each in versions])
    events = (told | uploads).exclude(verb=DOWNLOADED).order_by("-at", "-pk")
    return lines_of(list(events), person)
