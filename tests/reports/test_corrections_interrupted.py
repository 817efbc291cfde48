"""What puts a record right, stopped at any statement: all of it is there, or none. Around the visit and its report."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from tests.monitoring.test_all_or_nothing import StopAt, Stopped, everything
from tests.monitoring.world import World, make_world
from tests.reports.circulating import answered, out, to
from tests.reports.making import days_ago
from wellplaced.monitoring import actions as monitoring
from wellplaced.monitoring.actions.steps import NewRecipient
from wellplaced.monitoring.models import Feedback, TaskCameBack, Visit
from wellplaced.monitoring.whom_to_ask import whom_to_ask
from wellplaced.reports.actions import circulation, comments, mosaic
from wellplaced.reports.models import Comment, MosaicUpload

Act = Callable[[World, Visit], object]


def usual(world: World) -> dict[str, Any]:
    return {"by": world.officer, "on": world.today}


def _add_recipients(world: World, visit: Visit) -> object:
    new = [NewRecipient(key=f"iro:{number}", role="iro", name="Hazel Moor") for number in (91, 92)]
    return circulation.add_recipients(visit=visit, recipients=new, **usual(world))


def _correct_sending(world: World, visit: Visit) -> object:
    return circulation.correct_sending(
        visit=visit, sent_on=days_ago(world, 2), note="", seen_revision=None, **usual(world)
    )


def _include(world: World, visit: Visit) -> object:
    return circulation.include(recipient=to(visit, "csw"), seen_revision=None, **usual(world))


def _take_comment_back(world: World, visit: Visit) -> object:
    return comments.take_comment_back(
        comment=Comment.objects.get(), because="Of another visit", seen_revision=None, **usual(world)
    )


def _reply(world: World, visit: Visit) -> object:
    return comments.reply_to_comment(
        comment=Comment.objects.get(), reply=Comment.Reply.ACCEPTED, seen_revision=None, **usual(world)
    )


def _take_upload_back(world: World, visit: Visit) -> object:
    """The step is open again."""
    return mosaic.take_upload_back(
        upload=MosaicUpload.objects.all()[0], because="Of another visit", seen_revision=None, **usual(world)
    )


def _correct_visit(world: World, visit: Visit) -> object:
    return monitoring.correct_visit(
        visit=visit, discharges=[], visit_on=days_ago(world, 11), by=world.officer, seen_revision=None
    )


def _record_step(world: World, visit: Visit) -> object:
    return monitoring.record_step(visit=visit, step="letter_sent", done_on=days_ago(world, 15), **usual(world))


def _take_down_feedback(world: World, visit: Visit) -> object:
    """Its correction moves the step's day."""
    return monitoring.take_down_feedback(
        feedback=Feedback.objects.get(role="csw"), asked_on=days_ago(world, 14), not_asked_because="",
        answered_on=days_ago(world, 12), how="telephone", said="Settled", seen_revision=None, **usual(world),
    )  # fmt: skip


def _did_not_come_back(world: World, visit: Visit) -> object:
    return monitoring.take_back_that_task_came_back(again=TaskCameBack.objects.get(), by=world.officer)


def _with_everything(world: World) -> Visit:
    """Out for comment, one left out, one answered, asked for feedback, a task that came back, everything on Mosaic."""
    visit = out(world)
    circulation.leave_out(recipient=to(visit, "csw"), because="Away", seen_revision=None, **usual(world))
    answered(world, visit, "provider", world.today, "The gate")
    asked = [line.key for line in whom_to_ask(visit) if not line.is_missing]
    monitoring.ask_for_feedback(visit=visit, whom=asked, asked_on=days_ago(world, 13), **usual(world))
    task = monitoring.add_task(provision=visit.provision, what="Gate", owner="provider", by=world.officer)
    monitoring.note_that_task_came_back(task=task, visit=visit, **usual(world))
    young_person = to(visit, "csw").young_people.get()
    for whose in (None, young_person):
        mosaic.record_upload(
            visit=visit, young_person=whose, none_because="On paper", uploaded_on=world.today, **usual(world)
        )
    visit.refresh_from_db()
    return visit


ACTS: list[Act] = [
    _add_recipients, _correct_sending, _include, _take_comment_back, _reply, _take_upload_back, _correct_visit,
    _record_step, _take_down_feedback, _did_not_come_back,
]  # fmt: skip


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", ACTS, ids=lambda each: each.__name__)
def test_a_correction_stopped_at_any_statement_leaves_nothing_half_done(act: Act) -> None:
    world = make_world()
    visit = _with_everything(world)
    stands, number = everything(), 1
    while True:
        try:
            with connection.execute_wrapper(StopAt(number)):
                act(world, visit)
        except Stopped:
            assert everything() == stands, f"something was left after a stop at statement {number}"
            number += 1
            continue
        break
    assert number > 5
    assert everything()["history.Event"] != stands["history.Event"]
