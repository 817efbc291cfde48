"""What a page may cost: queries (as many at 1,000 visits as at 300) and bytes. Queries, not time: a count does not waver."""

from collections.abc import Iterator
from math import ceil
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.fill import fill_prepared
from bench.pages import DOWNLOADS, LISTS, THINGS, client_of

pytestmark = pytest.mark.django_db  # else pytest makes no test database

FEW, MANY = 300, 1_000
LIST_QUERIES, PROVISION_QUERIES = 12, 20
PAGE_QUERIES = 24  # a form that offers who, when and where reads more than a page that shows
BYTES = 150_000
CSV_QUERIES, ROWS_A_QUERY = 5, 1_000
Cost = tuple[int, int, int]  # queries, bytes, rows


@pytest.fixture(scope="module")
def few(django_db_setup: None, django_db_blocker: Any) -> dict[str, Cost]:
    return _measured(FEW, django_db_blocker)


@pytest.fixture(scope="module")
def many(django_db_setup: None, django_db_blocker: Any) -> dict[str, Cost]:
    return _measured(MANY, django_db_blocker)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_costs_at_most_twelve_queries(name: str, many: dict[str, Cost]) -> None:
    queries, _, _ = many[name]
    assert queries <= LIST_QUERIES


@pytest.mark.parametrize("name", [*LISTS, *THINGS])
def test_a_page_costs_as_many_queries_at_1000_visits_as_at_300(
    name: str, few: dict[str, Cost], many: dict[str, Cost]
) -> None:
    assert many[name][0] == few[name][0]


@pytest.mark.parametrize("name", THINGS)
def test_a_page_about_one_thing_costs_at_most_twenty_queries(name: str, many: dict[str, Cost]) -> None:
    queries, _, _ = many[name]
    assert queries <= (PAGE_QUERIES if name.startswith("a form") else PROVISION_QUERIES)


@pytest.mark.parametrize("name", [*LISTS, *THINGS])
def test_a_page_is_under_150_kilobytes(name: str, many: dict[str, Cost]) -> None:
    _, size, _ = many[name]
    assert size < BYTES


@pytest.mark.parametrize("name", DOWNLOADS)
def test_a_download_costs_five_queries_and_one_for_each_thousand_rows(name: str, many: dict[str, Cost]) -> None:
    queries, _, rows = many[f"{name}, CSV"]
    assert rows >= 20, "a measure of an empty file says nothing"
    assert queries <= CSV_QUERIES + ceil(rows / ROWS_A_QUERY)


def _measured(visits: int, blocker: Any) -> dict[str, Cost]:
    """The cost of every page in a world of so many visits, which is taken back afterwards."""
    with blocker.unblock(), transaction.atomic():
        fill_prepared(visits)
        costs = dict(_costs())
        transaction.set_rollback(True)
    return costs


def _costs() -> Iterator[tuple[str, Cost]]:
    browsers = {name: client_of(name) for name in {who for who, *_ in [*LISTS.values(), *THINGS.values()]}}
    for name, (who, route, query) in LISTS.items():
        yield name, _cost(browsers[who], reverse(route), query)
    for name in DOWNLOADS:
        who, route, _ = LISTS[name]
        yield f"{name}, CSV", _cost(browsers[who], reverse(route), {"format": "csv"})
    for name, (who, route, found) in THINGS.items():
        yield name, _cost(browsers[who], reverse(route, args=found()), {})


def _cost(browser: Client, address: str, query: dict[str, str]) -> Cost:
    _read(browser.get(address, query))  # the first request fills caches and says in its session that it was here
    with CaptureQueriesContext(connection) as asked:
        body = _read(browser.get(address, query))
    queries = [row["sql"] for row in asked if "SAVEPOINT" not in row["sql"]]
    return len(queries), len(body), body.count(b"\n") - 1


def _read(response: HttpResponseBase) -> bytes:
    assert response.status_code == 200, response.headers.get("Location", response.status_code)
    if response.streaming:
        return b"".join(response)
    return response.content  # type: ignore[attr-defined, no-any-return]
