"""Every move of a report's review, in every state: a written table, held against the moves as they are applied."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from wellplaced.monitoring.models import Visit
from wellplaced.reports.models import Report, ReportState
from wellplaced.reports.moves import MOVES, move, report_of

STATES = ("drafting", "with_reviewer", "actions_needed", "actions_done", "agreed", "out_for_comment", "closed")
NO = "refused"
# One row a move, one column a state in the order of STATES; 'as it stood' is by the rounds: here there is none.
TABLE = {
    "submit": ("with_reviewer", NO, "with_reviewer", "with_reviewer", "with_reviewer", NO, NO),
    "take_back": (NO, "drafting", NO, NO, NO, NO, NO),
    "return_with_tasks": (NO, "actions_needed", NO, NO, NO, "out_for_comment", NO),
    "agree": (NO, "agreed", NO, NO, NO, "out_for_comment", NO),
    "complete_tasks": ("drafting", "with_reviewer", "actions_done", "actions_done", "agreed", "out_for_comment", NO),
    "circulate": (NO, "out_for_comment", "out_for_comment", "out_for_comment", "out_for_comment", NO, NO),
    "recall": (NO, NO, NO, NO, NO, "drafting", NO),
    "close": ("closed", NO, "closed", "closed", "closed", "closed", NO),
    "reopen": (NO, NO, NO, NO, NO, NO, "drafting"),
}


@pytest.mark.parametrize("name", TABLE)
@pytest.mark.parametrize("state", STATES)
@pytest.mark.django_db
def test_a_move_leads_where_the_table_says_or_is_refused_and_writes_nothing(
    name: str, state: str, visit: Visit
) -> None:
    report = report_of(visit)
    Report.objects.filter(pk=report.pk).update(state=state)
    expected = TABLE[name][STATES.index(state)]
    if expected == NO:
        with pytest.raises(ValidationError, match=ReportState(state).label.lower()), transaction.atomic():
            move(report_of(visit), name)
    else:
        move(report_of(visit), name)
    stands = Report.objects.get(pk=report.pk)
    assert stands.state == (state if expected == NO else expected)
    assert stands.revision == report.revision + (expected != NO)


def test_the_table_is_of_every_move_and_every_state() -> None:
    assert set(TABLE) == set(MOVES)
    assert set(STATES) == set(ReportState.values)
