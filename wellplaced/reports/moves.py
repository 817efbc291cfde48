"""The moves of a report's review (C18 to C23), as a table that can be read aloud, and the one function that applies it.

Nothing here forces an order that life breaks: a report may go out for comment while the senior officer still has it, and
a visit whose report went astray may be closed with a reason. What a move needs besides stands in its action.
"""

from django.core.exceptions import ValidationError

from wellplaced.monitoring.models import Visit
from wellplaced.reports.models import Report, ReportState

DRAFTING, WITH_REVIEWER = ReportState.DRAFTING, ReportState.WITH_REVIEWER
ACTIONS_NEEDED, ACTIONS_DONE = ReportState.ACTIONS_NEEDED, ReportState.ACTIONS_DONE
AGREED, OUT, CLOSED = ReportState.AGREED, ReportState.OUT_FOR_COMMENT, ReportState.CLOSED

# what: (from where, to where). 'circulate' from 'with_reviewer': the three weeks of C21 do not wait for a late return.
MOVES: dict[str, tuple[frozenset[ReportState], ReportState]] = {
    "submit": (frozenset({DRAFTING, ACTIONS_NEEDED, ACTIONS_DONE, AGREED}), WITH_REVIEWER),
    "take_back": (frozenset({WITH_REVIEWER}), DRAFTING),
    "return_with_tasks": (frozenset({WITH_REVIEWER}), ACTIONS_NEEDED),
    "agree": (frozenset({WITH_REVIEWER}), AGREED),
    "complete_tasks": (frozenset({ACTIONS_NEEDED}), ACTIONS_DONE),
    "circulate": (frozenset({WITH_REVIEWER, ACTIONS_NEEDED, ACTIONS_DONE, AGREED}), OUT),
    "recall": (frozenset({OUT}), DRAFTING),
    "close": (frozenset({DRAFTING, ACTIONS_NEEDED, ACTIONS_DONE, AGREED, OUT}), CLOSED),
    "reopen": (frozenset({CLOSED}), AGREED),
}


def may_move(state: str, move: str) -> bool:
    """Whether the table knows this move from this state."""
    return state in MOVES[move][0]


def report_of(visit: Visit) -> Report:
    """The visit's report, locked; made where there is none yet. Inside an action's transaction."""
    Report.objects.get_or_create(visit=visit, defaults={"authority_id": visit.authority_id})
    return Report.objects.select_for_update(no_key=True).get(visit=visit)


def move(report: Report, name: str) -> Report:
    """Apply a move to a locked report. Raises ValidationError where the table does not know it from here."""
    if not may_move(report.state, name):
        stands = ReportState(report.state).label.lower()
        raise ValidationError(f"The report is ‘{stands}’ by now: open the visit again to see what can be done.")
    report.state = MOVES[name][1]
    report.revision += 1
    report.save(update_fields=["state", "revision"])
    return report
