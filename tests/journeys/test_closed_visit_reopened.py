"""A closed visit is opened again with a reason: a comment that came late, uploaded and closed once more (C22, C23)."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.journeys.conftest import Calendar
from tests.journeys.walker import Walker
from tests.monitoring.world import World
from tests.reports.circulating import answered, out
from wellplaced.history.models import Event
from wellplaced.monitoring.models import Step, Visit
from wellplaced.placements.models import YoungPerson
from wellplaced.reports.actions.closing import close_report
from wellplaced.reports.actions.mosaic import record_upload
from wellplaced.reports.models import Comment, MosaicUpload, Report

CLOSED_ON, REOPENED_ON = date(2026, 6, 5), date(2026, 6, 9)
BECAUSE = "Ash Grove wrote after all, and says that KL wants to move"


@pytest.fixture
def visit(calendar: Calendar, world: World) -> Visit:
    """Sent for comment on 31 May 2026, answered by the provider alone, uploaded and closed on 5 June."""
    visit = out(world)
    answered(world, visit, "provider", world.today)
    calendar.turn_to(CLOSED_ON)
    for reference, young_person in (("PRV-88", None), ("M-1", YoungPerson.objects.get())):
        record_upload(
            visit=visit,
            young_person=young_person,
            report=True,
            comments=True,
            tasks=True,
            reference=reference,
            uploaded_on=CLOSED_ON,
            by=world.officer,
            on=CLOSED_ON,
        )
    close_report(visit=visit, because="Done on paper", closed_on=CLOSED_ON, by=world.manager, on=CLOSED_ON)
    return visit


def test_a_closed_visit_is_opened_again_for_a_late_comment(
    calendar: Calendar, world: World, visit: Visit, walk: Callable[..., Walker]
) -> None:
    calendar.turn_to(REOPENED_ON)
    address = visit.get_absolute_url()
    officer = walk(world.officer)
    closed_to_the_officer(officer, address)
    opened_by_the_manager(walk(world.manager), address)
    added_and_uploaded(officer, address)
    closed_again(officer)
    as_the_rows_say(visit)


def closed_to_the_officer(officer: Walker, address: str) -> None:
    """What is on Mosaic stays as it is, and only a senior officer or a manager opens the visit again."""
    officer.open(address).sees("Closed on 5 June 2026.", "silence, which is not agreement")
    officer.does_not_see("Reopen the visit").cannot_open(f"{address}reopen/", 403)
    officer.open(f"{address}mosaic/").does_not_see("Correct Larkmere House")


def opened_by_the_manager(manager: Walker, address: str) -> None:
    manager.open(address).follow("Reopen the visit").sees("closed since 5 June 2026").press("Reopen the visit")
    manager.sees("There is a problem", "Say why the visit is opened again")
    manager.type("Why is it opened again?", BECAUSE).press("Reopen the visit").sees("The visit is open again")


def added_and_uploaded(officer: Walker, address: str) -> None:
    """C22, C23: the late comment, its reply, and Mosaic once more."""
    officer.go("My work").sees("Waiting for comments from a social worker")
    officer.open(f"{address}comments/").sees("Silence, which is not agreement: 6 days late.")
    officer.press("Take down an answer of Ash Grove").choose("They have a comment")
    officer.type("What did they say?", "KL wants to move").press("Save").sees(
        "Answered late", "9 June 2026, 6 days late"
    )
    officer.follow("Reply to the comment of Ash Grove").choose("Accepted").press("Save")
    officer.follow("Upload onto Mosaic").sees("A comment came on 9 June 2026, after this upload")
    for whom in ("Alder House", "KL"):
        officer.follow(f"Correct {whom}").date("On which day?", REOPENED_ON).press("Save")
    officer.does_not_see("after this upload")


def closed_again(officer: Walker) -> None:
    """Until somebody closes it, it stands in the officer's work."""
    officer.go("My work").sees("Nothing else is left").follow("Close the visit").press("Close the visit").does_not_see(
        "has not answered"
    ).press("Close the visit")
    officer.sees("The visit is closed", "Closed on 9 June 2026.").follow("Who recorded what about this visit")
    officer.sees("Reply: Accepted").does_not_see("Replied by")
    officer.sees("Visit reopened", BECAUSE, "Marcus Fell", "Upload corrected", "Comment taken down")
    officer.sees_times(2, "Visit closed")


def as_the_rows_say(visit: Visit) -> None:
    visit.refresh_from_db()
    assert visit.closed_on == REOPENED_ON
    assert Report.objects.get(visit=visit).state == "closed"
    late = Step.objects.get(visit=visit, step="comment_received", in_time=False)
    assert (late.due_on, late.done_on) == (date(2026, 6, 3), REOPENED_ON)
    assert Comment.objects.get(text="KL wants to move").reply == "accepted"
    assert {each.uploaded_on for each in MosaicUpload.objects.filter(visit=visit)} == {REOPENED_ON}
    told = Event.objects.filter(about_type="monitoring.visit", about_id=visit.pk, verb__contains="visit")
    assert [each.verb for each in told.order_by("pk")][-3:] == ["visit closed", "visit reopened", "visit closed"]
