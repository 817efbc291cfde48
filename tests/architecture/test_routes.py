"""Every route × every role × own authority, another's, signed out: the answer that `routes.toml` expects.

Somebody without the right gets 403, another authority's record is 404 even with the right, somebody signed out is sent to
sign in, and none of these requests writes anything. A new route fails `test_every_route_is_declared` until a row of the
table says who may open it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client

from tests.architecture.doors import EVERYBODY, Route, Row, routes, row_to_add, table, who_by_code
from tests.architecture.teams import Team, World
from wellplaced.people.rights import Role

ROUTES = routes()
TABLE = table()
DECLARED = sorted(set(ROUTES) & set(TABLE))
LOGIN = "/accounts/login/"
METHODS = ("get", "post")
ANSWERED = {200, 302, 303, 400, 405, 409}  # 400: a form sent without its fields
SESSION = "django_session"  # a request may note in its session when it was


def test_every_route_is_declared() -> None:
    missing = [row_to_add(name, ROUTES[name]) for name in sorted(set(ROUTES) - set(TABLE))]
    assert not missing, "Say in tests/architecture/routes.toml who may open:\n" + "\n".join(missing)


def test_no_row_speaks_of_a_route_that_is_gone() -> None:
    assert not set(TABLE) - set(ROUTES)


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_every_view_says_who_may_open_it(name: str) -> None:
    route = ROUTES[name]
    assert route.permissions != "nothing", f"{name}: put @may, @signed_in or @open_to_all on its view"


@pytest.mark.parametrize("name", DECLARED)
def test_the_view_and_the_table_agree(name: str) -> None:
    row, by_code = TABLE[name], who_by_code(ROUTES[name])
    assert row.who == by_code or set(row.who) == set(by_code), f"{name}: the view lets in {by_code}"
    assert len(row.args) == len(ROUTES[name].params), f"{name}: its address names {ROUTES[name].params}"


@pytest.mark.parametrize("name", DECLARED)
def test_who_gets_in(name: str, world: World) -> None:
    route, row = ROUTES[name], TABLE[name]
    for role in Role:
        own = _address(route, row, world, world.own, role)
        for method in METHODS:
            if row.admits(role):
                _expect(_knock(world.browser(role), method, own), ANSWERED, name, role, method)
            else:
                _expect(_refused(world.browser(role), method, own), {403}, name, role, method)


@pytest.mark.parametrize("name", [name for name in DECLARED if TABLE[name].names_records])
def test_another_authoritys_record_is_not_there(name: str, world: World) -> None:
    route, row = ROUTES[name], TABLE[name]
    if _address(route, row, world, world.other, Role.MANAGER) is None:
        pytest.skip("every authority may see it: the record is shared")
    for role in Role:
        theirs = _address(route, row, world, world.other, role)
        for method in METHODS:
            expected = {404, 405} if row.admits(role) else {403}
            _expect(_refused(world.browser(role), method, theirs), expected, name, role, method)


@pytest.mark.parametrize("name", DECLARED)
def test_who_is_signed_out_is_sent_to_sign_in(name: str, world: World) -> None:
    row = TABLE[name]
    address = _address(ROUTES[name], row, world, world.own, Role.MANAGER)
    for method in METHODS:
        if row.who == EVERYBODY:
            _expect(_knock(Client(), method, address), ANSWERED, name, None, method)
            continue
        response = _refused(Client(), method, address)
        _expect(response, {302}, name, None, method)
        assert response.headers["Location"].startswith(f"{LOGIN}?next=")


def test_the_watch_sees_a_write(world: World) -> None:
    """Else the refusals above would prove nothing."""
    with _taken_back(), pytest.raises(AssertionError, match="UPDATE"), _nothing_written():
        world.own.viewer.save()


def test_the_table_is_in_order() -> None:
    assert list(TABLE) == sorted(TABLE), "keep the rows in alphabetical order, so that nobody adds one twice"


def _address(route: Route, row: Row, world: World, team: Team, role: Role) -> str:
    """The route's address with records of the team; None where there is nothing of another authority's."""
    world.asker = world.person(role)
    values = [_value(kind, world, team) for kind in row.args]
    return None if None in values else route.address(values)  # type: ignore[return-value]


def _value(kind: str, world: World, team: Team) -> Any:
    if kind.startswith("="):
        return kind[1:]
    found = world.record(kind, team)
    return getattr(found, "pk", found)


def _knock(browser: Client, method: str, address: str) -> HttpResponseBase:
    with _taken_back():
        return getattr(browser, method)(address)  # type: ignore[no-any-return]


def _refused(browser: Client, method: str, address: str) -> HttpResponseBase:
    with _taken_back(), _nothing_written():
        return getattr(browser, method)(address)  # type: ignore[no-any-return]


@contextmanager
def _taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def _nothing_written() -> Iterator[None]:
    """Fail where a statement writes to any table but the sessions'."""
    written: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")) and SESSION not in sql:
            written.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield
    assert not written, f"a refused request wrote: {written}"


def _expect(response: HttpResponseBase, expected: set[int], name: str, role: Role | None, method: str) -> None:
    who = role or "somebody signed out"
    assert response.status_code in expected, f"{name}: {who} by {method} got {response.status_code}, not {expected}"
    if expected == ANSWERED and role is not None and response.status_code in (302, 303):
        assert not response.headers["Location"].startswith(f"{LOGIN}?next="), f"{name}: {who} was sent to sign in"
