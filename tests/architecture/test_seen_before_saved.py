"""Every form that changes a record says what its person saw of it; one that does not say so saves nothing, and says so."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction

from tests.architecture.filled_in import Box, Filled, controls, sensible
from tests.architecture.teams import World, make_world
from tests.architecture.test_nonsense import DECLARED, _door, _standing, _taken_back
from wellplaced.design.forms import NOT_SEEN

SAID = (NOT_SEEN, "while you had it open")
ANSWERED_ELSEWHERE = {"placements:load", "register:import"}  # the pages whose buttons post to a route of their own


@pytest.fixture(scope="module")
def teams(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture
def world(teams: World, db: None) -> World:
    return replace(teams, made={})


@pytest.mark.parametrize("name", [name for name in DECLARED if name not in ANSWERED_ELSEWHERE])
def test_what_does_not_say_what_it_saw_is_not_saved(name: str, world: World) -> None:
    address, browser = _door(name, world)
    with _taken_back():
        page = browser.get(address)
    boxes = controls(page.content.decode(errors="replace")) if page.status_code == 200 and not page.streaming else {}
    seen = [control for control, box in boxes.items() if _says_what_was_seen(control, box)]
    if not seen:
        pytest.skip("changes no record that is there already")
    typed: Filled = {control: value for control, value in sensible(boxes).items() if control not in seen}
    for sent in ({}, dict.fromkeys(seen, ""), dict.fromkeys(seen, "what I saw")):
        with _taken_back():
            before = _standing()
            answer = browser.post(address, typed | sent)
            assert answer.status_code == 200
            assert any(said in answer.content.decode() for said in SAID), sent
            assert _standing() == before


def _says_what_was_seen(control: str, box: Box) -> bool:
    return box.kind == "hidden" and bool(box.value) and (control == "revision" or control.startswith("seen_"))
