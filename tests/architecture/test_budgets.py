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
from bench.pages import client_of
from wellplaced.monitoring.models import Concern, Requirement, Task, Visit
from wellplaced.reports.models import Round

pytestmark = pytest.mark.django_db  # else pytest makes no test database

FEW, MANY = 300, 1_000
LIST_QUERIES, PROVISION_QUERIES = 12, 20
BYTES = 150_000
CSV_QUERIES, ROWS_A_QUERY = 5, 1_000
OFFICER, MANAGER = "officer1", "manager"

LISTS = {  # who asks for it, its name, what is asked
    "my work of an officer": (OFFICER, "desk:my_work", {}),
    "my work of a senior officer": ("senior", "desk:my_work", {}),
    "my work of a manager": (MANAGER, "desk:my_work", {}),
    "team": (MANAGER, "desk:team", {}),
    "timeliness by clause": (MANAGER, "insight:timeliness", {}),
    "timeliness by month": (MANAGER, "insight:timeliness", {"by": "month"}),
    "timeliness by officer": (MANAGER, "insight:timeliness", {"by": "officer"}),
    "search with hits": (OFFICER, "desk:search", {"q": "alder house 1"}),
    "provisions": (OFFICER, "register:provisions", {}),
    "provisions, filtered": (OFFICER, "register:provisions", {"type": "residential", "page": "1"}),
    "everything owed": (OFFICER, "monitoring:owed", {}),
    "everything owed, last page": (OFFICER, "monitoring:owed", {"page": "2"}),
    "concerns": (OFFICER, "monitoring:concerns", {}),
    "visits": (OFFICER, "monitoring:visits", {}),
    "tasks": (OFFICER, "monitoring:tasks", {}),
    "steps of visits": (OFFICER, "monitoring:steps", {"state": "all"}),
    "reviews of a senior officer": ("senior", "reports:queue", {}),
    "reviews, everybody's": (MANAGER, "reports:queue", {"state": "all"}),
    "notices": (MANAGER, "monitoring:notices", {}),
    "young people": (OFFICER, "placements:young_people", {}),
    "placements": (OFFICER, "placements:placements", {}),
    "going live": (MANAGER, "placements:loads", {}),
    "staff": (MANAGER, "people:staff", {}),
    "cover": (MANAGER, "people:cover", {}),
    "timeframes": (MANAGER, "monitoring:timeframes", {}),
    "calendar of the team, a month": (MANAGER, "insight:calendar", {"whose": "team"}),
    "calendar of the team, a week": (MANAGER, "insight:calendar", {"whose": "team", "view": "week"}),
    "calendar of the team, a day": (MANAGER, "insight:calendar", {"whose": "team", "view": "day"}),
    "flow chart": (MANAGER, "insight:flow_chart", {}),
}
DOWNLOADS = {
    name: LISTS[name]
    for name in (
        "provisions",
        "everything owed",
        "concerns",
        "visits",
        "steps of visits",
        "tasks",
        "young people",
        "placements",
    )
}
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


@pytest.mark.parametrize("name", [*LISTS, "a provision", "an owed visit", "a concern", "a visit", "a report", "a task"])
def test_a_page_costs_as_many_queries_at_1000_visits_as_at_300(
    name: str, few: dict[str, Cost], many: dict[str, Cost]
) -> None:
    assert many[name][0] == few[name][0]


@pytest.mark.parametrize(
    "name", ["a provision", "an owed visit", "why this date", "a concern", "a visit", "a report", "a task"]
)
def test_a_page_about_one_thing_costs_at_most_twenty_queries(name: str, many: dict[str, Cost]) -> None:
    queries, _, _ = many[name]
    assert queries <= PROVISION_QUERIES


@pytest.mark.parametrize(
    "name", [*LISTS, "a provision", "an owed visit", "why this date", "a concern", "a visit", "a report"]
)
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
    browsers = {name: client_of(name) for name in (OFFICER, "senior", MANAGER)}
    for name, (who, view, query) in LISTS.items():
        yield name, _cost(browsers[who], reverse(view), query)
    for name, (who, view, _) in DOWNLOADS.items():
        yield f"{name}, CSV", _cost(browsers[who], reverse(view), {"format": "csv"})
    for name, address in _pages_about_one_thing().items():
        yield name, _cost(browsers[OFFICER], address, {})


def _pages_about_one_thing() -> dict[str, str]:
    owed = Requirement.objects.owed().filter(kind="initial").order_by("-pk")[0]
    here = [owed.provision_id, owed.key]
    concern = Concern.objects.filter(provision__requirements__kind="initial").order_by("pk")[0]
    return {
        "a provision": reverse("desk:provision", args=[concern.provision_id]),
        "an owed visit": reverse("monitoring:requirement", args=here),
        "why this date": reverse("monitoring:why", args=here),
        "a concern": reverse("monitoring:concern", args=[concern.pk]),
        "a visit": reverse("desk:visit", args=[Visit.objects.order_by("-pk")[0].pk]),
        "a report": reverse("reports:report", args=[Round.objects.order_by("pk")[0].visit_id]),
        "a task": reverse("monitoring:task", args=[Task.objects.order_by("pk")[0].pk]),
    }


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
