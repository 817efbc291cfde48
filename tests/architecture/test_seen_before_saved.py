"""Every form that changes a record says what its person saw of it; one that does not say so saves nothing, and says so."""

import pytest
from django.test import Client

from tests.architecture.filled_in import Box, Filled, controls, sensible
from tests.architecture.teams import World
from tests.architecture.test_nonsense import DECLARED, _door, _standing, _taken_back
from wellplaced.design.forms import NOT_SEEN

SAID = (NOT_SEEN, "while you had it open")
# The forms that change a record, by room: one that loses what it saw fails, and so does a new one that is not written down.
CHANGE_A_RECORD = {
    "monitoring": """
        assign cancel_visit change_check choose_reviewer confirm_visit correct_concern correct_plan
        feedback_answer hold_visit plan_visit pre_visit_form rebook_visit reinstate_concern set_step_aside
        step take_check_back take_step_back task visit_not_held withdraw_concern withdraw_waiver
    """,
    "people": """
        change_authority change_person correct_approval deactivate_person end_approval end_cover set_roles
    """,
    "placements": """
        cancel_placement change_placement change_professional change_young_person end_placement lift
        reinstate_placement restrict
    """,
    "register": """
        change_entered change_premises correct_judgement correct_registration details left
    """,
    "reports": """
        change_recipient close complete_tasks correct_comment correct_sending reopen reply submit take_back
        take_comment_back take_upload_back
    """,
}
CHANGING = [f"{room}:{each}" for room, names in CHANGE_A_RECORD.items() for each in names.split()]
ANSWERED_ELSEWHERE = {"placements:load", "register:import"}  # the pages whose buttons post to a route of their own


@pytest.mark.parametrize("name", CHANGING)
def test_what_does_not_say_what_it_saw_is_not_saved(name: str, world: World) -> None:
    address, browser, boxes = _form(name, world)
    seen = [control for control, box in boxes.items() if _says_what_was_seen(control, box)]
    assert seen
    typed: Filled = {control: value for control, value in sensible(boxes).items() if control not in seen}
    for sent in ({}, dict.fromkeys(seen, ""), dict.fromkeys(seen, "what I saw")):
        with _taken_back():
            before = _standing()
            answer = browser.post(address, typed | sent)
            assert answer.status_code == 200
            assert any(said in answer.content.decode() for said in SAID), sent
            assert _standing() == before


@pytest.mark.parametrize("name", [name for name in DECLARED if name not in {*CHANGING, *ANSWERED_ELSEWHERE}])
def test_a_form_that_says_what_it_saw_is_written_down_above(name: str, world: World) -> None:
    _, _, boxes = _form(name, world)
    assert not [control for control, box in boxes.items() if _says_what_was_seen(control, box)]


def _form(name: str, world: World) -> tuple[str, Client, dict[str, Box]]:
    """Where the form is, somebody who may open it, and its controls."""
    address, browser = _door(name, world)
    with _taken_back():
        page = browser.get(address)
    found = page.status_code == 200 and not page.streaming
    return address, browser, controls(page.content.decode(errors="replace")) if found else {}


def _says_what_was_seen(control: str, box: Box) -> bool:
    return box.kind == "hidden" and bool(box.value) and (control == "revision" or control.startswith("seen_"))
