"""Circulation to the close: stopped anywhere, all or nothing; two at once, neither loses silently. On both databases."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection

from tests.monitoring.test_all_or_nothing import StopAt, Stopped, everything
from tests.monitoring.test_two_people import at_once
from tests.monitoring.world import World, make_world
from tests.reports.circulating import agreed, answered, out, sent, to
from wellplaced.history import Conflict
from wellplaced.history.models import Event
from wellplaced.monitoring.models import Recipient, Step, StepRecord, Visit
from wellplaced.reports.actions import circulation, closing, comments, mosaic
from wellplaced.reports.models import Comment, MosaicUpload

Act = Callable[[World, Visit], object]


def _circulate(world: World, visit: Visit) -> object:
    return sent(world, visit, world.today)


def _recall(world: World, visit: Visit) -> object:
    return circulation.recall(visit=visit, because="The wrong version", by=world.officer, on=world.today)


def _leave_out(world: World, visit: Visit) -> object:
    return circulation.leave_out(
        recipient=to(visit, "csw"), because="Has left", by=world.officer, on=world.today, seen_revision=None
    )


def _answer(world: World, visit: Visit) -> object:
    return answered(world, visit, "csw", world.today, "The garden")


def _correct(world: World, visit: Visit) -> object:
    return comments.correct_comment(
        comment=Comment.objects.get(), recipient=to(visit, "csw"), kind="no_comment", text="",
        received_on=world.today - timedelta(days=1), by=world.officer, on=world.today, seen_revision=None,
    )  # fmt: skip


def _upload(world: World, visit: Visit) -> object:
    """The last record: the step is done with it."""
    return mosaic.record_upload(
        visit=visit, young_person=None, reference="MOS-1", report=True, comments=True, uploaded_on=world.today,
        by=world.officer, on=world.today,
    )  # fmt: skip


def _close(world: World, visit: Visit) -> object:
    return closing.close_report(
        visit=visit, closed_on=world.today, because="On paper", by=world.manager, on=world.today
    )


def _reopen(world: World, visit: Visit) -> object:
    record = StepRecord.objects.get(visit=visit, step="letter_sent")
    visit.refresh_from_db()
    return closing.reopen_report(visit=visit, because="Forgotten", owed_again=[record], by=world.senior)


def _to_send(world: World) -> Visit:
    return agreed(world)[0]


def _with_comment(world: World) -> Visit:
    visit = out(world)
    answered(world, visit, "provider", world.today, "The gate")
    return visit


def _almost_uploaded(world: World) -> Visit:
    visit = out(world)
    mosaic.record_upload(
        visit=visit, young_person=to(visit, "csw").young_people.get(), none_because="Has left", uploaded_on=world.today,
        by=world.officer, on=world.today,
    )  # fmt: skip
    return visit


def _closed(world: World) -> Visit:
    visit = out(world)
    _close(world, visit)
    return visit


ACTS: list[Any] = [
    (_to_send, _circulate), (out, _recall), (out, _leave_out), (out, _answer), (_with_comment, _correct),
    (_almost_uploaded, _upload), (out, _close), (_closed, _reopen),
]  # fmt: skip


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("before", "act"), ACTS, ids=lambda each: each.__name__)
def test_stopped_at_any_statement_it_leaves_nothing_half_done(before: Callable[[World], Visit], act: Act) -> None:
    world = make_world()
    visit = before(world)
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


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("before", "act"), [(_to_send, _circulate), (out, _close)], ids=lambda each: each.__name__)
def test_stopped_at_commit_it_leaves_nothing(
    before: Callable[[World], Visit], act: Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = make_world()
    visit = before(world)
    stands = everything()

    def full() -> None:
        raise OperationalError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "_commit", full)
        with pytest.raises(OperationalError):
            act(world, visit)
    assert everything() == stands


def _told(act: Callable[[], object]) -> Callable[[], object]:
    """The act, with what it refuses given back."""

    def run() -> object:
        try:
            return act()
        except ValidationError as problem:
            return problem

    return run


@pytest.mark.django_db(transaction=True)
def test_two_who_send_one_report_send_it_once() -> None:
    world = make_world()
    visit = _to_send(world)
    outcomes = at_once(_told(lambda: _circulate(world, visit)), _told(lambda: _circulate(world, visit)))
    assert sorted(type(each).__name__ for each in outcomes) == ["Report", "ValidationError"]
    assert Event.objects.filter(verb="report sent for comment").count() == 1
    assert Recipient.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_somebody_who_answers_while_they_are_left_out_is_one_of_both() -> None:
    world = make_world()
    visit = out(world)
    outcomes = at_once(_told(lambda: _leave_out(world, visit)), _told(lambda: _answer(world, visit)))
    assert [type(each).__name__ for each in outcomes].count("ValidationError") == 1
    csw = to(visit, "csw")
    assert (csw.answered_on is None) == bool(csw.left_out_because)
    assert Comment.objects.exists() == (csw.answered_on is not None)


@pytest.mark.django_db(transaction=True)
def test_two_who_record_one_upload_otherwise_are_told() -> None:
    world = make_world()
    visit = out(world)

    def upload(reference: str) -> Callable[[], object]:
        return lambda: mosaic.record_upload(
            visit=visit, young_person=None, reference=reference, report=True, uploaded_on=world.today,
            by=world.officer, on=world.today,
        )  # fmt: skip

    outcomes = at_once(upload("MOS-1"), upload("MOS-2"))
    assert sorted(type(each).__name__ for each in outcomes) == ["Conflict", "MosaicUpload"]
    told = next(each for each in outcomes if isinstance(each, Conflict))
    assert "reference" in told.theirs
    assert MosaicUpload.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_record_the_last_two_uploads_leave_the_step_done() -> None:
    world = make_world()
    visit = out(world)
    young_person = to(visit, "csw").young_people.get()

    def upload(whose: Any) -> Callable[[], object]:
        return lambda: mosaic.record_upload(
            visit=visit, young_person=whose, reference="MOS-1", report=True, uploaded_on=world.today,
            by=world.officer, on=world.today,
        )  # fmt: skip

    at_once(upload(None), upload(young_person))
    assert Step.objects.get(visit=visit, step="uploaded").done_on == world.today


@pytest.mark.django_db(transaction=True)
def test_two_who_close_one_visit_close_it_once() -> None:
    world = make_world()
    visit = out(world)
    at_once(_told(lambda: _close(world, visit)), _told(lambda: _close(world, visit)))
    assert Event.objects.filter(verb="visit closed").count() == 1
    assert Visit.objects.get(pk=visit.pk).closed_on == world.today
