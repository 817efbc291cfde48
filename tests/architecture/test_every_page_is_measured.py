"""No page escapes its budget: each is asked for here, and what only shows something is measured at volume or says why not."""

import pytest
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.pages import LISTS, THINGS
from tests.architecture.doors import EVERYBODY, routes, table
from tests.architecture.teams import World
from tests.architecture.test_budgets import BYTES, PAGE_QUERIES
from wellplaced.people.rights import Role

ROUTES, TABLE = routes(), table()
DECLARED = sorted(set(ROUTES) & set(TABLE))
MEASURED = {route for _, route, _ in [*LISTS.values(), *THINGS.values()]}
SHOWN_TO = (Role.MANAGER, Role.OPERATOR, Role.PLACEMENT_OFFICER, *Role)  # who sees most comes first
NOT_AT_VOLUME = {  # shows something, and is not measured at volume: why
    "design:gallery": "the components, without records",
    "desk:accessibility": "words",
    "desk:help": "words",
    "account_inactive": "words",
    "account_reset_password_done": "words",
    "account_reset_password_from_key_done": "words",
    "account_reset_password_from_key": "words, without a good key",
    "live": "a word for the machine",
    "ready": "a word for the machine",
    "insight:feed": "one person's visits of the last months, two queries",
    "monitoring:action_plan": "one plan of one judgement",
    "monitoring:checklist": "one visit",
    "monitoring:pre_visit_form": "one visit",
    "monitoring:questionnaires": "one visit",
    "monitoring:step": "one step of one visit",
    "people:account": "one person",
    "people:rights": "the table of rights, without records",
    "people:typed": "one form that was kept",
    "placements:load": "one file, a hundred rows at a time",
    "placements:mend": "a file to download",
    "placements:move_placement": "a form, which is empty where there is nowhere to move to",
    "placements:template": "a file to download",
    "register:import": "one file, a page of changes at a time",
    "register:import_progress": "a line about one import",
    "register:premises": "the premises of one provision",
    "reports:add_recipients": "a form, which is empty where nobody is missing",
    "reports:document": "a file to download",
}


@pytest.mark.parametrize("name", DECLARED)
def test_a_page_stays_within_its_budget(name: str, world: World) -> None:
    queries, response = _asked_for(name, world)
    if response.status_code != 200:
        return  # it is only sent to, or leads on
    assert queries <= PAGE_QUERIES
    if not response.streaming:
        assert len(response.content) < BYTES  # type: ignore[attr-defined]
        shows = b'method="post"' not in response.content.partition(b"<main")[2]  # type: ignore[attr-defined]
        known = ROUTES[name].name in MEASURED or name in NOT_AT_VOLUME
        assert known or not shows, f"{name}: measure it in bench/pages.py, or say here why not"


def test_no_reason_speaks_of_a_route_that_is_gone_or_measured() -> None:
    assert not set(NOT_AT_VOLUME) - set(DECLARED)
    assert not set(NOT_AT_VOLUME) & MEASURED


def _asked_for(name: str, world: World) -> tuple[int, HttpResponseBase]:
    """How many queries it takes somebody who may, the second time they ask."""
    route, row = ROUTES[name], TABLE[name]
    role = next(role for role in SHOWN_TO if row.admits(role))
    world.asker = world.person(role)
    browser = Client() if row.who == EVERYBODY else world.browser(role)
    records = [kind[1:] if kind.startswith("=") else world.record(kind, world.own) for kind in row.args]
    address = route.address([getattr(each, "pk", each) for each in records])
    browser.get(address)
    with CaptureQueriesContext(connection) as asked:
        response = browser.get(address)
    return len([row for row in asked if "SAVEPOINT" not in row["sql"]]), response
