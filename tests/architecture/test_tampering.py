"""A form sent with the number of somebody else's record: every control that offers records refuses another authority's."""

import re
from typing import Any

import pytest
from django.http import HttpResponse

from tests.architecture.doors import routes, table
from tests.architecture.filled_in import controls, sensible
from tests.architecture.teams import World
from wellplaced.people.rights import Role

ROUTES, TABLE = routes(), table()
ERRORS = re.compile(r'<a href="#id_[^"]*">[^<]*</a>|<p id="id_[^"]*-error".*?</p>', re.DOTALL)
NOBODYS = "987654321"  # the number of no record
FOREIGN = {  # the control and the kind of record (records.py) that it names
    "officer": "colleague",
    "absent": "colleague",
    "covering": "colleague",
    "named": "colleague",
    "premises": "premises",
    "young_people": "young_person",
    "young_person": "young_person",
    "discharges": "requirement_key",
}
FORMS = {  # the forms that offer records → the controls with which they do
    "monitoring:add_task": {"young_person"},
    "monitoring:assign": {"officer"},
    "monitoring:book_visit": {"officer", "discharges"},
    "monitoring:feedback_ask_else": {"young_people"},
    "monitoring:hold_visit": {"discharges"},
    "monitoring:plan_visit": {"discharges"},
    "monitoring:raise_concern": {"young_people"},
    "monitoring:rebook_visit": {"officer"},
    "monitoring:task": {"young_person"},
    "monitoring:visit_tasks": {"young_person"},
    "people:arrange_cover": {"absent", "covering"},
    "placements:restrict": {"named"},
}


@pytest.mark.parametrize("name", sorted(FORMS))
def test_another_authoritys_record_is_no_choice(name: str, world: World) -> None:
    world.record("placement", world.own)
    foreign = {control: _number(world.record(FOREIGN[control], world.other)) for control in FORMS[name]}
    address = ROUTES[name].address([_number(world.record(kind, world.own)) for kind in TABLE[name].args])
    browser = world.browser(Role.MANAGER)
    boxes = controls(browser.get(address).content.decode())
    assert set(foreign) <= set(boxes)
    for control, number in foreign.items():
        assert str(number) not in boxes[control].options
        answer = browser.post(address, sensible(boxes) | {control: str(number)})
        assert answer.status_code == 200
        assert f'id="id_{control}-error"' in answer.content.decode() or "There is a problem" in answer.content.decode()
        nowhere = str(number).replace(str(number).rpartition(":")[2], NOBODYS)
        assert (said := _said(answer))
        assert said == _said(browser.post(address, sensible(boxes) | {control: nowhere}))


@pytest.mark.parametrize("name", ["placements:record_placement ()", "placements:move_placement"])
def test_another_authoritys_record_in_the_address_is_not_there(name: str, world: World) -> None:
    address = ROUTES[name].address([_number(world.record(kind, world.own)) for kind in TABLE[name].args])
    browser = world.browser(Role.MANAGER)
    own = world.record("young_person", world.own).pk
    theirs = {"young_person": "young_person", "provision": "entered_provision"}
    for control, kind in theirs.items():
        asked = {"young_person": own} | {control: world.record(kind, world.other).pk}
        if name.endswith("move_placement") and control == "young_person":
            continue
        assert browser.get(address, asked).status_code == 404
        assert (
            browser.post(f"{address}?{control}={asked[control]}&young_person={asked['young_person']}").status_code
            == 404
        )


def _said(answer: HttpResponse) -> list[str]:
    """The errors of a page, without the numbers that were sent."""
    return [re.sub(r"\d+", "", each) for each in ERRORS.findall(answer.content.decode())]


def _number(record: Any) -> Any:
    return getattr(record, "pk", record)
