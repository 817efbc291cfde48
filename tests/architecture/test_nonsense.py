"""Every form × nonsense: what nobody means is answered on the page, never by a fault of ours, and writes nothing.

A fault shows as an exception of the test's browser. An answer that does not lead on to another page must have left every
table as it was.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client

from tests.architecture.doors import EVERYBODY, Route, routes, table
from tests.architecture.filled_in import BOXES, Box, Filled, controls, sensible
from tests.architecture.teams import World
from wellplaced.history.models import Event
from wellplaced.people.rights import Role
from wellplaced.placements.pages import OPENED

ROUTES = routes()
TABLE = table()
DECLARED = sorted(set(ROUTES) & set(TABLE) - {"design:gallery"})  # the gallery only shows what forms look like
TOO_LARGE = "99999999999999999999"  # more than a database's whole numbers
NONSENSE = (
    "nonsense",
    "9" * 5_000,
    "a\0b",
    "-1",
    TOO_LARGE,
    "3000000000",
    "<b>'\"%s{{7*7}}",
    "😀\u202eעב",
    "x" * 5_000,
)
EVERYWHERE = ("a\0b", TOO_LARGE)
DAYS = (("31", "2", "2026"), ("1", "1", "0000"), ("1", "1", "1900"), ("1", "1", "2199"))
BY_ITSELF = {"sessions.session", "history.event", "axes.accessattempt", "axes.accessfailurelog", "axes.accesslog"}


@pytest.mark.parametrize("name", DECLARED)
def test_nonsense_is_answered(name: str, world: World) -> None:
    address, browser = _door(name, world)
    for filled in _filled(browser, address):
        _send(browser, address, filled)
    once = sensible(_boxes(browser, address))
    with _taken_back():  # and what was sent twice
        for _ in range(2):
            assert browser.post(address, once).status_code < 500


def _numbers(name: str) -> list[str]:
    """The parts of the address that are numbers of records."""
    return [param for param in ROUTES[name].params if param.endswith("_id")]


@pytest.mark.parametrize("name", [name for name in DECLARED if "=" not in "".join(TABLE[name].args) and _numbers(name)])
def test_a_number_beyond_all_records_is_not_found(name: str, world: World) -> None:
    numbers = _numbers(name)
    _, browser = _door(name, world)
    values = [TOO_LARGE if param in numbers else "initial:1" for param in ROUTES[name].params]
    for method in (browser.get, browser.post):
        assert method(ROUTES[name].address(values)).status_code in (404, 405)


@pytest.mark.parametrize("name", [name for name in DECLARED if not TABLE[name].names_records])
def test_an_address_of_nonsense_is_answered(name: str, world: World) -> None:
    address, browser = _door(name, world)
    asked = (
        "q",
        "page",
        "sort",
        "type",
        "state",
        "officer",
        "provision",
        "young_person",
        "requirement",
        "visit",
        "next",
    )
    for value in NONSENSE:
        with _taken_back():
            answer = browser.get(address, dict.fromkeys(asked, value))
            assert answer.status_code < 500
            _read(answer)


def test_a_key_with_a_nul_is_refused(world: World) -> None:
    """PostgreSQL cannot look for one."""
    place = world.record("provision", world.own)
    assert world.browser(Role.MANAGER).get(f"/provisions/{place.pk}/owed/initial:%00/").status_code == 400
    assert world.browser(Role.MANAGER).get("/search?q=%00").status_code in (301, 400)


def _door(name: str, world: World) -> tuple[str, Client]:
    """The route's address with records of the own authority, and the browser of somebody who may open it."""
    route, row = ROUTES[name], TABLE[name]
    role = next(role for role in (Role.MANAGER, *Role) if row.admits(role))
    world.asker = world.person(role)
    address = _address(route, row.args, world)
    return address, Client() if row.who == EVERYBODY else world.browser(role)


def _address(route: Route, kinds: tuple[str, ...], world: World) -> str:
    found = [kind[1:] if kind.startswith("=") else world.record(kind, world.own) for kind in kinds]
    return route.address([getattr(each, "pk", each) for each in found])


def _boxes(browser: Client, address: str) -> dict[str, Box]:
    with _taken_back():
        page = browser.get(address)
    typed = getattr(page, "content", b"").decode(errors="replace") if page.status_code == 200 else ""
    return controls(typed) or {"revision": Box("hidden", "0")}


def _filled(browser: Client, address: str) -> Iterator[Filled]:
    """Nothing; the same nonsense everywhere; dates that cannot be; one control of nonsense among sensible ones."""
    boxes = _boxes(browser, address)
    yield {}
    yield from (dict.fromkeys(boxes, nonsense) for nonsense in EVERYWHERE)
    if any(name.endswith(BOXES) for name in boxes):
        yield from (sensible(boxes, day) for day in DAYS)
    for name, nonsense in zip(boxes, cycle(NONSENSE), strict=False):
        yield sensible(boxes) | {name: nonsense}


def _send(browser: Client, address: str, filled: Filled) -> None:
    with _taken_back():
        before = _standing()
        answer = browser.post(address, filled)
        assert answer.status_code < 500, filled
        if answer.status_code not in (302, 303):
            assert _standing() == before, f"half of it was written: {filled}"


def _standing() -> dict[str, int]:
    """How many rows every table has, and how much happened, openings of records apart."""
    tables = [model._meta.db_table for model in apps.get_models() if model._meta.label_lower not in BY_ITSELF]
    counts = ", ".join(f'(SELECT COUNT(*) FROM "{table}")' for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}")
        counted = dict(zip(tables, cursor.fetchone(), strict=True))
    return counted | {"history": Event.objects.exclude(verb=OPENED).count()}


def _read(answer: HttpResponseBase) -> None:
    if answer.streaming:
        b"".join(answer.streaming_content)  # type: ignore[attr-defined]


@contextmanager
def _taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
