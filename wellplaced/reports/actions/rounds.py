"""The rounds of a report's review (C18 to C20): submitted, taken back, returned with or without tasks, tasks done.

The visit's steps are of the first round: the first submission, the first return, the completion of its tasks. Later
rounds keep their own days here and leave the steps as they are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from wellplaced import history
from wellplaced.design.words import day
from wellplaced.monitoring.actions import add_task, change_task
from wellplaced.monitoring.actions.steps import record_return, record_step, take_step_back
from wellplaced.monitoring.models import StepRecord, Task, Visit
from wellplaced.people.models import Person
from wellplaced.placements.models import YoungPerson
from wellplaced.reports.actions.documents import refuse_unheld
from wellplaced.reports.models import Document, Report, ReviewComment, Round
from wellplaced.reports.moves import may_move, move, report_of
from wellplaced.reports.reviewing import acts_for, due_on, refusal_to_review

SUBMITTED, RETURNED, COMPLETED = "report_submitted", "report_returned", "actions_completed"


@dataclass(frozen=True, kw_only=True)
class NewComment:
    """What the senior officer says under a heading."""

    heading: str
    text: str


@dataclass(frozen=True, kw_only=True)
class NewTask:
    """A task that the return names; without a day it is due by the time that C20 gives from the return."""

    what: str
    owner: str
    due_on: date | None = None
    young_person: YoungPerson | None = None


@dataclass(frozen=True, kw_only=True)
class Done:
    """That a task was done: on which day, what shows it, and the revision of the task as the person saw it."""

    on: date
    evidence: str
    seen_revision: int | None = None


@transaction.atomic
def submit_report(
    *,
    visit: Visit,
    reviewer: Person,
    submitted_on: date,
    document: Document | None = None,
    sent_otherwise_because: str = "",
    note: str = "",
    by: Person,
    on: date,
    seen_revision: int | None = None,
) -> Round:
    """C18: the completed form goes to the senior officer, or says why it goes another way than by here.

    The first submission is the visit's step, on its real day. Raises ValidationError, Conflict, Refusal.
    """
    report = report_of(visit)
    if not may_move(report.state, "submit"):
        raise ValidationError(_stands(visit, "Nothing of yours was sent"))
    _refuse_changed(report, visit, seen_revision)
    _refuse_submission(visit, reviewer, submitted_on, on)
    made = Round.objects.create(
        authority_id=visit.authority_id,
        visit=visit,
        number=visit.rounds.count() + 1,
        document=document,
        reviewer=reviewer,
        submitted_on=submitted_on,
        submitted_by=by,
        submitted_note=note,
        sent_otherwise_because=sent_otherwise_because,
        due_on=due_on(visit, RETURNED, submitted_on=submitted_on),
    )
    move(report, "submit")
    history.amend(visit, verb="reviewer chosen", by=by, seen_revision=None, reviewer=reviewer)
    _record(report, made, "report sent to the senior officer", by=by, happened_on=submitted_on, note=note)
    if not _step(visit, SUBMITTED):
        record_step(visit=visit, step=SUBMITTED, done_on=submitted_on, by=by, on=on)
    return made


@transaction.atomic
def take_back_report(*, visit: Visit, because: str, by: Person, on: date, seen_revision: int | None = None) -> Round:
    """The officer takes the report back before anybody has returned it.

    What was taken back before any return was never received, so that it starts no clock of C19: where no earlier round
    was returned, the step is taken back, too, and recorded anew by the next submission. 'The first submission' of the
    contract is then the first that stayed. After a return the steps stand as they are. Raises ValidationError, Conflict.
    """
    report = report_of(visit)
    round_ = _open_round(visit, "Nothing was taken back")
    if not may_move(report.state, "take_back"):
        raise ValidationError(_stands(visit, "Nothing was taken back"))
    _refuse_changed(report, visit, seen_revision)
    _finish(round_, Round.Outcome.TAKEN_BACK, max(on, round_.submitted_on), by)
    move(report, "take_back")
    _record(report, round_, "report taken back", by=by, happened_on=on, note=because)
    first = _step(visit, SUBMITTED)
    if first is not None and first.done_on == round_.submitted_on and not returned_rounds(visit):
        take_step_back(record=first, because="The report was taken back", by=by)  # why is told with the report
    return round_


@transaction.atomic
def return_report(
    *,
    visit: Visit,
    returned_on: date,
    comments: Sequence[NewComment] = (),
    tasks: Sequence[NewTask] = (),
    by: Person,
    on: date,
    seen_revision: int | None = None,
) -> Round:
    """C19: the report comes back, with tasks or agreed. The first return is the visit's step and names its actions.

    Raises ValidationError, also for whoever may not review it, Conflict, Refusal.
    """
    refusal = refusal_to_review(by, visit, on)
    if refusal:
        raise ValidationError(refusal)
    refuse_unheld(visit)
    report = report_of(visit)
    round_ = _open_round(visit, "Nothing of yours was saved")
    _refuse_changed(report, visit, seen_revision)
    _refuse_return_on(round_, returned_on, on)
    _finish(round_, Round.Outcome.ACTIONS if tasks else Round.Outcome.AGREED, returned_on, by)
    ReviewComment.objects.bulk_create(
        ReviewComment(round=round_, heading=each.heading, text=each.text) for each in comments
    )
    round_.tasks.set(_named(visit, round_, tasks, by))
    move(report, "return_with_tasks" if tasks else "agree")
    _record(report, round_, "report returned", by=by, happened_on=returned_on, tasks=len(tasks))
    record_return(visit=visit, returned_on=returned_on, actions_named=len(tasks), by=by, on=on)
    return round_


@transaction.atomic
def complete_tasks(*, round_: Round, done: Mapping[int, Done], by: Person, on: date) -> Round:
    """C20: tasks of a return are done, each with its evidence; `done` by the task's number, and may be some of them.

    With the last of them the round's tasks are complete, on the latest of their days: for the first return that is the
    visit's step, and the report moves on. Raises ValidationError, Conflict.
    """
    report = report_of(round_.visit)
    if not may_move(report.state, "complete_tasks"):
        raise ValidationError("This visit is closed. Reopen it to record what was done.")
    current = Round.objects.select_for_update(no_key=True).get(pk=round_.pk)
    _refuse_future(done, on)
    for task in current.tasks.all():
        if task.pk in done and task.done_on is None:
            new = done[task.pk]
            change_task(task=task, by=by, seen_revision=new.seen_revision, done_on=new.on, evidence=new.evidence)
    current.refresh_from_db()  # the listener of tasks done may have completed it
    days = list(current.tasks.values_list("done_on", flat=True))
    if days and None not in days and current.actions_completed_on is None:
        _complete(report, current, [each for each in days if each], by, on)
    return current


def returned_rounds(visit: Visit) -> list[Round]:
    """The rounds that came back, taken back ones left out, the first one first."""
    return list(visit.rounds.exclude(outcome__in=["", Round.Outcome.TAKEN_BACK]).order_by("number"))


def _complete(report: Report, round_: Round, days: Sequence[date], by: Person, on: date) -> None:
    round_.actions_completed_on = completed_on = max(each for each in (round_.returned_on, *days) if each)
    round_.revision += 1
    round_.save(update_fields=["actions_completed_on", "revision"])
    returned = returned_rounds(round_.visit)
    if round_ == returned[-1]:
        move(report, "complete_tasks")
    _record(report, round_, "tasks of the return done", by=by, happened_on=completed_on)
    if round_ == returned[0] and not _step(round_.visit, COMPLETED):
        record_step(visit=round_.visit, step=COMPLETED, done_on=completed_on, by=by, on=on)


def _named(visit: Visit, round_: Round, tasks: Sequence[NewTask], by: Person) -> list[Task]:
    if not tasks:
        return []
    by_guidance = due_on(visit, COMPLETED, submitted_on=round_.submitted_on, returned_on=round_.returned_on)
    return [
        add_task(
            provision=visit.provision,
            visit=visit,
            what=each.what,
            owner=each.owner,
            due_on=each.due_on or by_guidance,
            young_person=each.young_person,
            by=by,
        )
        for each in tasks
    ]


def _finish(round_: Round, outcome: Round.Outcome, on: date, by: Person) -> None:
    round_.outcome, round_.returned_on, round_.returned_by = outcome, on, by
    round_.revision += 1
    round_.save(update_fields=["outcome", "returned_on", "returned_by", "revision"])


def _record(
    report: Report, round_: Round, verb: str, *, by: Person, happened_on: date, note: str = "", tasks: int = 0
) -> None:
    """In the history of the report; `for_id` says for whom a deputy acted."""
    changes: dict[str, list[object]] = {"round": [None, round_.number]}
    if not round_.outcome:
        changes["sent to"] = [None, round_.reviewer.name]
        changes["version"] = [None, round_.document.number if round_.document else None]
    if tasks:
        changes["tasks named"] = [None, tasks]
    acted_for = round_.reviewer_id if acts_for(by, round_.reviewer, happened_on) else None
    history.record(verb, about=report, by=by, happened_on=happened_on, reason=note, for_id=acted_for, changes=changes)


def _step(visit: Visit, step: str) -> StepRecord | None:
    return StepRecord.objects.filter(visit=visit, step=step, done_on__isnull=False).first()


def _open_round(visit: Visit, nothing: str) -> Round:
    """The round that the senior officer has, locked. Raises ValidationError that tells what became of it, where there is none."""
    found = Round.objects.select_for_update(no_key=True).filter(visit=visit, outcome="").first()
    if found is None:
        raise ValidationError(_stands(visit, nothing))
    return found


def _stands(visit: Visit, nothing: str) -> str:
    """Who was quicker and what they did, in a sentence; and that nothing was written."""
    last = visit.rounds.select_related("reviewer", "submitted_by", "returned_by").last()
    state = Report.objects.get(visit=visit).get_state_display().lower()
    if last is None:
        return f"The report is ‘{state}’. {nothing}."
    if not last.outcome:
        told = f"{last.submitted_by} sent the report to {last.reviewer} on {day(last.submitted_on)}"
    else:
        did = "took it back" if last.outcome == Round.Outcome.TAKEN_BACK else "returned it"
        told = f"{last.returned_by} {did} on {day(last.returned_on)}"
    return f"{told}, and the report is ‘{state}’. {nothing}."


def _refuse_changed(report: Report, visit: Visit, seen_revision: int | None) -> None:
    """Somebody moved the report since the page was opened, and it may be another version by now. Raises Conflict."""
    if seen_revision is None or report.revision == seen_revision:
        return
    last = visit.rounds.select_related("document").last()
    stands = f"Round {last.number}, {last.document or 'without a document'}" if last else "Nothing sent"
    raise history.Conflict(report, {"what you had open": ("An earlier round", stands)})


def _refuse_submission(visit: Visit, reviewer: Person, submitted_on: date, on: date) -> None:
    refuse_unheld(visit)
    if reviewer.pk == visit.officer_id:
        raise ValidationError(f"{reviewer} made this visit. Choose somebody else to review its report.")
    if submitted_on > on:
        raise ValidationError("The report cannot have been sent in the future.")
    if submitted_on < visit.visit_on:
        raise ValidationError(f"This is before the visit, which took place on {day(visit.visit_on)}.")
    returned = returned_rounds(visit)
    if returned and returned[-1].returned_on and submitted_on < returned[-1].returned_on:
        raise ValidationError(f"This is before the report came back, on {day(returned[-1].returned_on)}.")


def _refuse_return_on(round_: Round, returned_on: date, on: date) -> None:
    if returned_on > on:
        raise ValidationError("The report cannot have been returned in the future.")
    if returned_on < round_.submitted_on:
        raise ValidationError(f"This is before the report was sent, on {day(round_.submitted_on)}.")


def _refuse_future(done: Mapping[int, Done], on: date) -> None:
    if any(each.on > on for each in done.values()):
        raise ValidationError("A task cannot have been done in the future.")
