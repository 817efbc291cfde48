"""C23: uploaded onto Mosaic, for the provision and for each young person; nothing without a reference or a reason."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tests.monitoring.browsing import day_parts, signed_in, text_of
from tests.monitoring.world import World
from tests.reports.circulating import answered, out, placed_with, to
from wellplaced import history
from wellplaced.monitoring.actions import add_task
from wellplaced.monitoring.models import Step, Visit
from wellplaced.placements import actions as placements
from wellplaced.placements.models import YoungPerson
from wellplaced.reports.actions import mosaic
from wellplaced.reports.actions.closing import close_report
from wellplaced.reports.actions.comments import take_comment_back
from wellplaced.reports.models import MosaicUpload


def upload(world: World, visit: Visit, young_person: YoungPerson | None = None, **values: Any) -> MosaicUpload:
    told: dict[str, Any] = {"report": True, "reference": "MOS-1", "uploaded_on": world.today, "by": world.officer}
    return mosaic.record_upload(visit=visit, young_person=young_person, on=world.today, **told | values)


def whose(visit: Visit) -> YoungPerson:
    return to(visit, "csw").young_people.get()


def uploaded(visit: Visit) -> date | None:
    return Step.objects.get(visit=visit, step="uploaded").done_on


def page_of(world: World, visit: Visit) -> str:
    return text_of(signed_in(world.officer).get(f"/visits/{visit.pk}/mosaic/"))


def test_the_step_is_done_with_the_last_record_on_the_last_days_upload(world: World) -> None:
    visit = out(world)
    yesterday = world.today - timedelta(days=1)
    upload(world, visit)
    assert uploaded(visit) is None
    assert "1 of 2 records is still missing" in page_of(world, visit)
    upload(world, visit, whose(visit), uploaded_on=yesterday)
    assert uploaded(visit) == world.today
    assert "Everything is recorded" in page_of(world, visit)


def test_nothing_counts_as_uploaded_without_a_reference_or_a_reason(world: World) -> None:
    visit = out(world)
    with pytest.raises(ValidationError, match="reference"):
        upload(world, visit, reference="")
    with pytest.raises(ValidationError, match="reference"):
        upload(world, visit, none_because="Not ours")
    upload(world, visit)
    upload(world, visit, whose(visit), report=False, reference="", none_because="Has moved, record closed")
    assert uploaded(visit) == world.today


def test_comments_that_came_are_uploaded_too_or_there_is_a_reason_why_not(world: World) -> None:
    visit = out(world)
    answered(world, visit, "csw", world.today, "The garden")
    upload(world, visit, comments=True)
    kept = upload(world, visit, whose(visit))
    assert uploaded(visit) is None
    assert "Not uploaded, and no reason given: the comments" in page_of(world, visit)
    upload(world, visit, whose(visit), missing_because="They are about the garden alone", seen_revision=kept.revision)
    assert uploaded(visit) == world.today


def test_a_comment_that_comes_after_the_upload_opens_the_step_until_it_is_uploaded_too(world: World) -> None:
    visit = out(world)
    kept = [upload(world, visit), upload(world, visit, whose(visit))]
    assert uploaded(visit) == world.today
    late = answered(world, visit, "provider", world.today, "The gate")
    assert uploaded(visit) is None
    take_comment_back(comment=late, because="Of another visit", by=world.officer, on=world.today, seen_revision=None)
    assert uploaded(visit) == world.today, "nothing is left that is not on Mosaic"
    answered(world, visit, "provider", world.today, "The gate")
    for each in kept:
        upload(world, visit, each.young_person, comments=True, seen_revision=each.revision)
    assert uploaded(visit) == world.today


def test_a_comment_that_comes_after_the_close_opens_nothing(world: World) -> None:
    visit = out(world)
    upload(world, visit)
    upload(world, visit, whose(visit))
    close_report(visit=visit, closed_on=world.today, because="On paper", by=world.manager, on=world.today)
    answered(world, visit, "provider", world.today, "The gate")
    assert uploaded(visit) == world.today


def test_an_upload_corrected_to_missing_takes_the_step_back(world: World) -> None:
    visit = out(world)
    upload(world, visit)
    last = upload(world, visit, whose(visit))
    mosaic.take_upload_back(
        upload=last, because="Onto the wrong record", by=world.senior, on=world.today, seen_revision=0
    )
    assert uploaded(visit) is None
    upload(world, visit, whose(visit), reference="MOS-2", by=world.senior)
    assert uploaded(visit) == world.today


def test_the_senior_officer_may_upload_as_the_officer_may(world: World) -> None:
    visit = out(world)
    assert upload(world, visit, by=world.senior).uploaded_by == world.senior


@pytest.mark.parametrize(("ago", "said"), [(11, "before the visit"), (-1, "in the future")])
def test_no_upload_before_the_visit_or_in_the_future(world: World, ago: int, said: str) -> None:
    visit = out(world)
    with pytest.raises(ValidationError, match=said):
        upload(world, visit, uploaded_on=world.today - timedelta(days=ago))


def test_of_two_who_record_one_upload_the_second_is_told_and_the_same_twice_is_once(world: World) -> None:
    visit = out(world)
    upload(world, visit)
    upload(world, visit)
    with pytest.raises(history.Conflict):
        upload(world, visit, reference="MOS-9")
    assert MosaicUpload.objects.get().reference == "MOS-1"


def test_a_young_person_recorded_afterwards_as_placed_that_day_is_missing_too(world: World) -> None:
    visit = out(world)
    upload(world, visit)
    upload(world, visit, whose(visit))
    placed_with(world, visit.provision, "K99", csw="Cal Reed")
    assert "1 of 3 records is still missing" in page_of(world, visit)


def test_a_restricted_record_is_recorded_by_those_named_on_it_and_others_see_only_whether(world: World) -> None:
    visit = out(world)
    young_person = whose(visit)
    placements.restrict_record(
        young_person=young_person, named=[world.manager], reason="Family", by=world.manager, seen_revision=None
    )
    page = page_of(world, visit)
    assert young_person.reference not in page
    assert "A young person (restricted record)" in page
    address = f"/visits/{visit.pk}/mosaic/{young_person.pk}/"
    typed = {"is_uploaded": "yes", "reference": "MOS-7", "what": ["report"], "uploaded_by": world.manager.pk}
    typed |= day_parts("uploaded_on", world.today)
    assert signed_in(world.officer).post(address, typed).status_code == 404
    assert signed_in(world.manager).post(address, typed).status_code == 302
    page = page_of(world, visit)
    assert "MOS-7" not in page
    assert "Recorded" in page


def test_the_form_asks_for_the_reference_and_keeps_what_was_typed(world: World) -> None:
    visit = out(world)
    typed = {"is_uploaded": "yes", "what": ["report"], "missing_because": "Later", "uploaded_by": world.officer.pk}
    typed |= day_parts("uploaded_on", world.today)
    page = text_of(signed_in(world.officer).post(f"/visits/{visit.pk}/mosaic/provision/", typed))
    assert "without it nothing counts as uploaded" in page
    assert "Later" in page


def test_a_task_agreed_after_the_upload_opens_the_step_until_it_is_uploaded_too(world: World) -> None:
    """C23 uploads the completed form and the outstanding actions."""
    visit = out(world)
    for record in (None, whose(visit)):
        upload(world, visit, record)
    assert uploaded(visit) == world.today
    add_task(provision=visit.provision, what="Mend the gate", owner="provider", visit=visit, by=world.officer)
    assert uploaded(visit) is None
    assert "the outstanding tasks" in page_of(world, visit)
    for each in MosaicUpload.objects.filter(visit=visit):
        upload(world, visit, each.young_person, tasks=True, seen_revision=each.revision)
    assert uploaded(visit) == world.today


@pytest.mark.parametrize("part", ["comments", "tasks"])
def test_a_second_comment_or_task_after_the_upload_opens_the_step_too(part: str, world: World) -> None:
    visit, yesterday = out(world, sent_ago=3), world.today - timedelta(days=1)
    answered(world, visit, "csw", yesterday, "Settled")
    with_tasks = {"report": True, "comments": True, "tasks": True}
    for record in (None, whose(visit)):
        upload(world, visit, record, uploaded_on=yesterday, **with_tasks)
    assert uploaded(visit) == yesterday
    if part == "comments":
        answered(world, visit, "provider", world.today, "The gate is mended")
    else:
        add_task(provision=visit.provision, what="Mend the gate", owner="provider", visit=visit, by=world.officer)
    assert uploaded(visit) is None
    assert "after this upload" in page_of(world, visit)
    for each in MosaicUpload.objects.filter(visit=visit):
        upload(world, visit, each.young_person, seen_revision=each.revision, **with_tasks)
    assert uploaded(visit) == world.today


def test_a_task_of_a_closed_visit_or_of_no_visit_opens_nothing(world: World) -> None:
    visit = out(world)
    for record in (None, whose(visit)):
        upload(world, visit, record)
    add_task(provision=visit.provision, what="Mend the gate", owner="provider", by=world.officer)
    assert uploaded(visit) == world.today
