"""The moves of a report's review (C18 to C23), as a table that can be read aloud, and the one function that applies it.

Nothing here forces an order that life breaks: a report may go out for comment while the senior officer still has it, its
return may come after that, tasks may be done at any time, and a visit whose report went astray may be closed with a
reason. What a move needs besides, and who may make it, stands in its action.
"""

from collections.abc import Mapping

from django.core.exceptions import ValidationError

from wellplaced.monitoring.actions.locking import lock_first
from wellplaced.monitoring.models import Visit
from wellplaced.reports.models import Report, ReportState, Round

DRAFTING, WITH_REVIEWER = ReportState.DRAFTING, ReportState.WITH_REVIEWER
ACTIONS_NEEDED, ACTIONS_DONE = ReportState.ACTIONS_NEEDED, ReportState.ACTIONS_DONE
AGREED, OUT, CLOSED = ReportState.AGREED, ReportState.OUT_FOR_COMMENT, ReportState.CLOSED
AS_IT_STOOD = "as it stood"  # where the facts say that the report is, see `as_it_stood`

# move: {from where: to where}
MOVES: dict[str, Mapping[ReportState, ReportState | str]] = {
    "submit": dict.fromkeys((DRAFTING, ACTIONS_NEEDED, ACTIONS_DONE, AGREED), WITH_REVIEWER),
    "take_back": {WITH_REVIEWER: AS_IT_STOOD},
    "return_with_tasks": {WITH_REVIEWER: ACTIONS_NEEDED, OUT: OUT},
    "agree": {WITH_REVIEWER: AGREED, OUT: OUT},
    "complete_tasks": {ACTIONS_NEEDED: ACTIONS_DONE}
    | {each: each for each in (DRAFTING, WITH_REVIEWER, ACTIONS_DONE, AGREED, OUT)},
    "circulate": dict.fromkeys((WITH_REVIEWER, ACTIONS_NEEDED, ACTIONS_DONE, AGREED), OUT),
    "recall": {OUT: AS_IT_STOOD},
    "close": dict.fromkeys((DRAFTING, ACTIONS_NEEDED, ACTIONS_DONE, AGREED, OUT), CLOSED),
    "reopen": {CLOSED: AS_IT_STOOD},
}


def may_move(state: str, move: str) -> bool:
    """Whether the table knows this move from this state."""
    return state in MOVES[move]


def report_of(visit: Visit) -> Report:
    """The visit's report, locked; made where there is none yet. Inside an action's transaction."""
    lock_first(visit.pk)
    Report.objects.get_or_create(visit=visit, defaults={"authority_id": visit.authority_id})
    return Report.objects.select_for_update(no_key=True).get(visit=visit)


def move(report: Report, name: str) -> Report:
    """Apply a move to a locked report. Raises ValidationError where the table does not know it from here."""
    if not may_move(report.state, name):
        stands = ReportState(report.state).label.lower()
        raise ValidationError(f"The report is ‘{stands}’ by now: open the visit again to see what can be done.")
    to = MOVES[name][ReportState(report.state)]
    report.state = as_it_stood(report) if to == AS_IT_STOOD else ReportState(to)
    report.revision += 1
    report.save(update_fields=["state", "recalled_on", "revision"])
    return report


def as_it_stood(report: Report) -> ReportState:
    """Where the facts say that a report is: out if it was sent for comment and not recalled since; else where its last
    round left it, those left out that were taken back, as if they had never been sent.
    """
    sent = report.visit.step_records.filter(step="sent_for_comment", done_on__isnull=False)
    if report.recalled_on is None and sent.exists():
        return OUT
    last = Round.objects.filter(visit=report.visit_id).exclude(outcome=Round.Outcome.TAKEN_BACK).last()
    if last is None:
        return DRAFTING
    if not last.outcome:
        return WITH_REVIEWER
    if last.outcome == Round.Outcome.AGREED:
        return AGREED
    return ACTIONS_DONE if last.actions_completed_on else ACTIONS_NEEDED
