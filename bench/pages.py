"""What each page costs in process: queries, median and 95th percentile of milliseconds, bytes."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wellplaced.history import clock
from wellplaced.monitoring.models import Requirement, Visit
from wellplaced.people.models import Person
from wellplaced.register.models import Provision

TIMES = 30
Ask = Callable[[], HttpResponseBase]


def measure() -> None:
    """Print the table of pages."""
    print("| page | queries | median ms | 95 % ms | processor ms | kB |")
    print("|---|---:|---:|---:|---:|---:|")
    for name, ask in asks().items():
        it = cost(ask, TIMES if "CSV" not in name else 3)
        numbers = f"{statistics.median(it.times):.1f} | {it.late:.1f} | {it.worked:.1f} | {it.size / 1000:.1f}"
        print(f"| {name} | {it.queries} | {numbers} |", flush=True)
    print()


def asks() -> dict[str, Ask]:
    """The pages of the benchmark, as somebody of the fitting role asks for them."""
    officer, senior, manager = client_of("officer1"), client_of("senior"), client_of("manager")
    visit = Visit.objects.filter(state="held", closed_on=None).order_by("pk")[0]
    provision = Requirement.objects.owed().order_by("-pk")[0].provision
    concern = reverse("monitoring:raise_concern", args=[provision.pk])
    return {
        "my work (officer)": lambda: officer.get(reverse("desk:my_work")),
        "my work (manager)": lambda: manager.get(reverse("desk:my_work")),
        "team": lambda: manager.get(reverse("desk:team")),
        "provisions": lambda: officer.get(reverse("register:provisions")),
        "search with hits": lambda: officer.get(reverse("desk:search"), {"q": "alder house 1"}),
        "provision": lambda: officer.get(reverse("desk:provision", args=[provision.pk])),
        "a visit": lambda: officer.get(reverse("desk:visit", args=[visit.pk])),
        "queue of reviews": lambda: senior.get(reverse("reports:queue")),
        "calendar of the team": lambda: manager.get(reverse("insight:calendar"), {"whose": "team"}),
        "flow chart": lambda: manager.get(reverse("insight:flow_chart")),
        "timeliness": lambda: manager.get(reverse("insight:timeliness")),
        "everything owed": lambda: officer.get(reverse("monitoring:owed")),
        "a form (raise a concern)": lambda: officer.get(concern),
        "a save (raise a concern)": lambda: saved(officer.post(concern, a_concern())),
        "CSV of everything owed or once owed": lambda: officer.get(
            reverse("monitoring:owed"), {"state": "all", "format": "csv"}
        ),
        "CSV of all visits with their steps": lambda: officer.get(
            reverse("monitoring:steps"), {"state": "all", "format": "csv"}
        ),
    }


@dataclass(frozen=True)
class Cost:
    """Queries of one request; milliseconds of each of several, and of processor time on average; bytes of the last."""

    queries: int
    times: list[float]
    worked: float
    size: int

    @property
    def late(self) -> float:
        return statistics.quantiles(self.times, n=20)[-1] if len(self.times) > 3 else max(self.times)


def cost(ask: Ask, times: int) -> Cost:
    """Ask several times."""
    _read(ask())
    with CaptureQueriesContext(connection) as captured:
        size = _read(ask())
    queries = len(captured)  # before another request empties the log
    taken, worked = [], time.process_time()
    for _ in range(times):
        started = time.perf_counter()
        size = _read(ask())
        taken.append((time.perf_counter() - started) * 1000)
    return Cost(queries, taken, (time.process_time() - worked) * 1000 / times, size)


def _read(response: HttpResponseBase) -> int:
    if "/accounts/" in response.headers.get("Location", "") or response.status_code not in (200, 302):
        raise SystemExit(f"{response.status_code} instead of a page: {getattr(response, 'content', b'')[:300]!r}")
    if response.streaming:
        return sum(len(part) for part in response)  # type: ignore[attr-defined]
    return len(response.content)  # type: ignore[attr-defined]


def saved(response: HttpResponseBase) -> HttpResponseBase:
    if response.status_code != 302:
        raise SystemExit("the concern was not saved: the form has changed")
    return response


def a_concern() -> dict[str, object]:
    today = clock.today()
    return {
        "raised_on-day": today.day,
        "raised_on-month": today.month,
        "raised_on-year": today.year,
        "raised_by": "Neighbour",
        "how": "telephone",
        "summary": "Noise at night",
    }


def client_of(mailbox: str) -> Client:
    client = Client()
    client.force_login(
        Person.objects.get(email=f"{mailbox}@bench.example"),
        backend="wellplaced.people.sign_in.Backend",
    )
    return client


def a_provision() -> Provision:
    return Requirement.objects.owed().order_by("pk")[0].provision
