"""What each page costs in process: queries, median and 95th percentile of milliseconds, bytes."""

import statistics
import time
from collections.abc import Callable

from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wellplaced.history import clock
from wellplaced.monitoring.models import Requirement
from wellplaced.people.models import Person
from wellplaced.register.models import Provision

TIMES = 30
Ask = Callable[[], HttpResponseBase]


def measure() -> None:
    """Print the table of pages."""
    print("| page | queries | median ms | 95 % ms | kB |")
    print("|---|---:|---:|---:|---:|")
    for name, ask in asks().items():
        queries, times, size = cost(ask, TIMES if "CSV" not in name else 3)
        late = statistics.quantiles(times, n=20)[-1] if len(times) > 3 else max(times)
        print(f"| {name} | {queries} | {statistics.median(times):.1f} | {late:.1f} | {size / 1000:.1f} |", flush=True)
    print()


def asks() -> dict[str, Ask]:
    """The pages of the benchmark, as somebody of the fitting role asks for them."""
    officer, manager = client_of("officer1"), client_of("manager")
    provision = Requirement.objects.owed().order_by("-pk")[0].provision
    concern = reverse("monitoring:raise_concern", args=[provision.pk])
    return {
        "my work (officer)": lambda: officer.get(reverse("desk:my_work")),
        "my work (manager)": lambda: manager.get(reverse("desk:my_work")),
        "team": lambda: manager.get(reverse("desk:team")),
        "provisions": lambda: officer.get(reverse("register:provisions")),
        "search with hits": lambda: officer.get(reverse("desk:search"), {"q": "alder house 1"}),
        "provision": lambda: officer.get(reverse("desk:provision", args=[provision.pk])),
        "everything owed": lambda: officer.get(reverse("monitoring:owed")),
        "a form (raise a concern)": lambda: officer.get(concern),
        "a save (raise a concern)": lambda: saved(officer.post(concern, a_concern())),
        "CSV of everything owed": lambda: officer.get(reverse("monitoring:owed"), {"format": "csv"}),
    }


def cost(ask: Ask, times: int) -> tuple[int, list[float], int]:
    """Queries of one request, milliseconds of several, bytes of the last."""
    _read(ask())
    with CaptureQueriesContext(connection) as queries:
        size = _read(ask())
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        size = _read(ask())
        taken.append((time.perf_counter() - started) * 1000)
    return len(queries), taken, size


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
