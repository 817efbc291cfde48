"""Every move of a report's review, in every state, by every role: a written table, held against the actions."""

from tests.monitoring.world import World
from wellplaced.monitoring.models import Visit
from wellplaced.reports.models import ReportState
from wellplaced.reports.moves import report_of


def test_the_report_of_a_visit_begins_as_being_written(world: World, visit: Visit) -> None:
    assert report_of(visit).state == ReportState.DRAFTING
