"""Closing a visit after its upload (C23), with what is left set aside; opening it again with a reason."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tests.monitoring.browsing import day_parts, signed_in, text_of
from tests.monitoring.world import World
from tests.reports.circulating import answered, out, ready
from tests.reports.making import submitted
from wellplaced.history.models import Event
from wellplaced.monitoring.actions import add_task
from wellplaced.monitoring.actions.steps import record_step
from wellplaced.monitoring.models import Step, StepRecord, Task, Visit
from wellplaced.reports.actions import closing
from wellplaced.reports.actions.closing import steps_left
from wellplaced.reports.models import Report, ReportState


def close(world: World, visit: Visit, because: str = "Done on paper", **values: Any) -> Report:
    told = {"closed_on": world.today, "by": world.manager, "on": world.today} | values
    return closing.close_report(visit=visit, because=because, **told)


def reopen(world: World, visit: Visit, **values: Any) -> Report:
    visit.refresh_from_db()
    return closing.reopen_report(visit=visit, because="A comment was forgotten", by=world.senior, **values)


def test_a_closed_visit_leaves_everybodys_work(world: World) -> None:
    visit = out(world)
    assert Step.objects.seen_by(world.officer).live().filter(visit=visit).exists()
    close(world, visit)
    assert not Step.objects.seen_by(world.officer).live().filter(visit=visit).exists()
    assert Visit.objects.get(pk=visit.pk).closed_on == world.today
    assert Report.objects.get(visit=visit).state == ReportState.CLOSED


def test_what_is_left_is_set_aside_with_one_reason_and_silence_stays_silence(world: World) -> None:
    visit = out(world)
    answered(world, visit, "provider", world.today)
    left = {step.step for step in steps_left(visit)}
    assert {"letter_sent", "uploaded"} <= left
    with pytest.raises(ValidationError, match="why"):
        close(world, visit, because="")
    close(world, visit)
    assert set(StepRecord.objects.filter(set_aside_because="Done on paper").values_list("step", flat=True)) == left
    silent = Step.objects.get(visit=visit, step="comment_received", done_on=None)
    assert silent.state == "open"


def test_open_tasks_live_on(world: World) -> None:
    visit = out(world)
    task = add_task(provision=visit.provision, what="Mend the gate", owner="provider", visit=visit, by=world.officer)
    page = text_of(signed_in(world.officer).get(f"/visits/{visit.pk}/close/"))
    assert "Open tasks, which live on" in page
    assert "Mend the gate" in page
    close(world, visit)
    assert Task.objects.get(pk=task.pk).done_on is None


def test_while_the_report_is_with_the_senior_officer_the_visit_is_not_closed(world: World) -> None:
    visit, _ = ready(world)
    submitted(world, visit)
    with pytest.raises(ValidationError, match="with the senior officer"):
        close(world, visit)
    assert not StepRecord.objects.filter(done_on=None).exists()
    page = text_of(signed_in(world.officer).get(f"/visits/{visit.pk}/close/"))
    assert "The report is with the senior officer" in page


def test_c19_whoever_made_the_visit_does_not_close_it_without_its_review(world: World) -> None:
    visit, _ = ready(world)
    with pytest.raises(ValidationError, match="‘Return the report’ is left"):
        close(world, visit, by=world.officer)
    assert Visit.objects.get(pk=visit.pk).closed_on is None
    page = text_of(signed_in(world.officer).get(f"/visits/{visit.pk}/close/"))
    assert "but not whoever made the visit. Ask one of them to close the visit." in page
    assert close(world, visit, by=world.senior).state == ReportState.CLOSED


def test_a_visit_closed_twice_is_closed_once(world: World) -> None:
    visit = out(world)
    browser = signed_in(world.officer)
    typed = {"because": "Done on paper", "revision": visit.revision} | day_parts("closed_on", world.today)
    assert browser.post(f"/visits/{visit.pk}/close/", typed).status_code == 302
    answer = browser.post(f"/visits/{visit.pk}/close/", typed, follow=True)
    assert "closed already" in text_of(answer)
    assert Event.objects.filter(verb="visit closed").count() == 1


@pytest.mark.parametrize(("ago", "said"), [(11, "before the visit"), (-1, "in the future")])
def test_the_close_has_a_possible_day(world: World, ago: int, said: str) -> None:
    visit = out(world)
    with pytest.raises(ValidationError, match=said):
        close(world, visit, closed_on=world.today - timedelta(days=ago))
    assert Visit.objects.get(pk=visit.pk).closed_on is None


def test_nothing_is_recorded_about_a_closed_visit_until_it_is_opened_again(world: World) -> None:
    visit = out(world)
    close(world, visit)

    def send_letter() -> object:
        return record_step(visit=visit, step="letter_sent", done_on=world.today, by=world.officer, on=world.today)

    with pytest.raises(ValidationError, match="closed"):
        send_letter()
    reopen(world, visit)
    send_letter()
    assert Step.objects.get(visit=visit, step="letter_sent").state == "done"
    assert Report.objects.get(visit=visit).state == ReportState.OUT_FOR_COMMENT


def test_opened_again_what_was_set_aside_may_be_owed_again(world: World) -> None:
    visit = out(world)
    close(world, visit)
    record = StepRecord.objects.get(visit=visit, step="uploaded")
    reopen(world, visit, owed_again=[record])
    assert Step.objects.get(visit=visit, step="uploaded").state != "set_aside"
    assert Step.objects.get(visit=visit, step="letter_sent").state == "set_aside"
    assert Event.objects.get(verb="visit reopened").reason == "A comment was forgotten"


def test_an_officer_does_not_open_a_closed_visit(world: World) -> None:
    visit = out(world)
    close(world, visit)
    assert signed_in(world.officer).get(f"/visits/{visit.pk}/reopen/").status_code == 403
    browser = signed_in(world.senior)
    visit.refresh_from_db()
    typed = {"because": "A comment was forgotten", "revision": visit.revision}
    assert browser.post(f"/visits/{visit.pk}/reopen/", typed).status_code == 302
    assert Visit.objects.get(pk=visit.pk).closed_on is None


def test_a_closed_and_reopened_visit_is_closed_again(world: World) -> None:
    visit = out(world)
    close(world, visit)
    reopen(world, visit)
    visit.refresh_from_db()
    close(world, visit, because="")
    assert Report.objects.get(visit=visit).state == ReportState.CLOSED
