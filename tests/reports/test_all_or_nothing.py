"""A version, a submission, a return or its tasks stopped at any statement, or at commit: all of it is there, or none."""

from collections.abc import Callable

import pytest
from django.db import OperationalError, connection

from tests.monitoring.test_all_or_nothing import StopAt, Stopped, everything
from tests.monitoring.world import World, make_world
from tests.reports.making import completed, held_visit, returned, submitted, uploaded
from wellplaced import history
from wellplaced.monitoring.models import Visit
from wellplaced.reports.actions.rounds import submit_report, take_back_report

Act = Callable[[], object]


def _upload(world: World, visit: Visit) -> Act:
    return lambda: uploaded(world, visit, "Another")


def _submit(world: World, visit: Visit) -> Act:
    """With its token, as the page does: a submission that failed keeps no token either."""
    document = uploaded(world, visit)

    def sent() -> object:
        return history.once(
            "token",
            lambda: submit_report(
                visit=visit, reviewer=world.senior, submitted_on=world.today, document=document, by=world.officer,
                on=world.today,
            ),
            by=world.officer,
        )  # fmt: skip

    return sent


def _take_back(world: World, visit: Visit) -> Act:
    submitted(world, visit)
    return lambda: take_back_report(visit=visit, because="Wrong file", by=world.officer, on=world.today)


def _return(world: World, visit: Visit) -> Act:
    submitted(world, visit)
    return lambda: returned(world, visit, tasks=1)


def _complete(world: World, visit: Visit) -> Act:
    submitted(world, visit)
    round_ = returned(world, visit, tasks=1)
    return lambda: completed(world, round_)


ACTS = [_upload, _submit, _take_back, _return, _complete]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("prepare", ACTS)
def test_an_action_stopped_anywhere_leaves_nothing_half_done(prepare: Callable[[World, Visit], Act]) -> None:
    world = make_world()
    act = prepare(world, held_visit(world))
    before, number = everything(), 1
    while True:
        try:
            with connection.execute_wrapper(StopAt(number)):
                act()
        except Stopped:
            assert everything() == before, f"something was left after a stop at statement {number}"
            number += 1
            continue
        break
    assert number > 5, "an action writes a fact, the history and what is owed"
    assert everything()["history.Event"] != before["history.Event"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("prepare", ACTS)
def test_an_action_stopped_at_commit_leaves_nothing(
    prepare: Callable[[World, Visit], Act], monkeypatch: pytest.MonkeyPatch
) -> None:
    world = make_world()
    act = prepare(world, held_visit(world))
    before = everything()

    def full() -> None:
        raise OperationalError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "_commit", full)
        with pytest.raises(OperationalError):
            act()
    assert everything() == before
    act()
    assert everything() != before
