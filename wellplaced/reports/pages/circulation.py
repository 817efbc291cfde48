"""Sending the document for comment: whom the facts propose, and who is missing from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wellplaced.design.tags import Link
from wellplaced.design.words import plural
from wellplaced.guidance import in_force
from wellplaced.monitoring.models import Visit
from wellplaced.monitoring.timeframes import closed_days_for, versions_for
from wellplaced.reports.circulating import Circulation
from wellplaced.reports.models import ReportState


@dataclass(frozen=True)
class Gap:
    """'No IRO recorded for AB (10234)', and where to record one."""

    sentence: str
    link: Link


@dataclass(frozen=True)
class CirculatePage:
    """What stands beside the form."""

    visit: Visit
    gaps: Sequence[Gap]
    closed: str
    again: bool
    is_with_reviewer: bool
    due_on: date | None


def circulate_page(visit: Visit, found: Circulation, state: str, today: date, *, again: bool) -> CirculatePage:
    """Everything that the page says about whom it goes to."""
    return CirculatePage(
        visit=visit,
        gaps=gaps(found),
        closed=closed_words(found.closed),
        again=again,
        is_with_reviewer=state == ReportState.WITH_REVIEWER,
        due_on=None if again else _due_on(visit, today),
    )


def _due_on(visit: Visit, today: date) -> date:
    """By when comments are due if it goes out today (C22)."""
    version = in_force(versions_for(visit.authority_id), visit.booked_on)
    return version.due("comment_received", today, closed_days_for(visit.authority_id))


def gaps(found: Circulation) -> list[Gap]:
    """Each role that nobody is recorded in."""
    return [
        Gap(
            f"No {each.role.upper()} recorded for {each.young_person}.",
            Link("Record them", each.young_person.get_absolute_url(), f"for {each.young_person}"),
        )
        for each in found.missing
    ]


def closed_words(closed: int) -> str:
    """That somebody named on a restricted record must add its recipients."""
    if not closed:
        return ""
    return (
        f"{plural(closed, 'young person', 'young people')} placed here on the day {'has' if closed == 1 else 'have'} "
        "a restricted record. Somebody who is named on it adds who gets the document for them, once it has gone out."
    )
