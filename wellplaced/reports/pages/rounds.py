"""What the forms of a round start from: days that can be, the due date of tasks; and how the report stands, in words."""

from datetime import date
from typing import Any

from wellplaced.design.tags import Link
from wellplaced.design.words import day
from wellplaced.guidance import Refusal
from wellplaced.monitoring.models import Visit, VisitState
from wellplaced.reports.actions.rounds import COMPLETED, returned_rounds
from wellplaced.reports.models import Report, Round
from wellplaced.reports.reviewing import due_on


def earliest_submission(visit: Visit) -> date:
    """The first day on which the report can have been sent: that of the visit, or of its last return."""
    days = [each.returned_on for each in returned_rounds(visit) if each.returned_on]
    return max([visit.visit_on, *days])


def return_terms(visit: Visit, round_: Round, today: date) -> dict[str, Any]:
    """Between which days a round can have been returned, and by when its tasks would be due, were it returned today."""
    start = max(today, round_.submitted_on)
    try:
        counted = due_on(visit, COMPLETED, submitted_on=round_.submitted_on, returned_on=start)
    except Refusal:  # the closed days are not known so far ahead: the action says so where the day is needed
        counted = None
    return {"earliest": round_.submitted_on, "today": today, "due_on": counted}


def terms_of(round_: Round, *, is_open: bool) -> list[tuple[str, Any]]:
    """What the senior officer has before them: the version, from whom, since when, with which note."""
    version = round_.document and Link(str(round_.document), round_.document.get_absolute_url())
    rows: list[tuple[str, Any]] = [
        ("Round", str(round_.number)),
        ("Sent", f"{day(round_.submitted_on)}, by {round_.submitted_by}"),
        ("Version", version or ""),
        ("Not sent by here because", round_.sent_otherwise_because),
        ("Note", round_.submitted_note if is_open else ""),
        ("Due back by", day(round_.due_on)),
    ]
    return [row for row in rows if row[1]]


def stands(visit: Visit, report: Report) -> str:
    """That nothing was changed, and how the report stands."""
    if visit.state != VisitState.HELD:
        return "Nothing was changed: this visit is not recorded as held"
    return f"Nothing was changed: the report is ‘{report.get_state_display().lower()}’"
