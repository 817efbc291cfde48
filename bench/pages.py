"""What each page costs in process: queries, median and 95th percentile of milliseconds, bytes."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wellplaced.history import clock
from wellplaced.monitoring.models import Concern, Recipient, Requirement, Task, Visit
from wellplaced.people.models import Person
from wellplaced.placements.models import YoungPerson
from wellplaced.register.models import Provision
from wellplaced.reports.models import Round

TIMES = 30
NIGHTS = count(1)
Ask = Callable[[], HttpResponseBase]
OFFICER, SENIOR, MANAGER, OPERATOR, ALL_ROLES = "officer1", "senior", "manager", "operator", "everything"

LISTS = {  # lists and work pages: who asks for it, its route, what is asked
    "my work (officer)": (OFFICER, "desk:my_work", {}),
    "my work (senior officer)": (SENIOR, "desk:my_work", {}),
    "my work (manager)": (MANAGER, "desk:my_work", {}),
    "my work (all roles in one person)": (ALL_ROLES, "desk:my_work", {}),
    "team": (MANAGER, "desk:team", {}),
    "reassign": (MANAGER, "desk:reassign", {"whose": "none"}),
    "provisions": (OFFICER, "register:provisions", {}),
    "provisions, filtered": (OFFICER, "register:provisions", {"type": "residential", "page": "1"}),
    "search with hits": (OFFICER, "desk:search", {"q": "alder house 1"}),
    "everything owed": (OFFICER, "monitoring:owed", {}),
    "everything owed, last page": (OFFICER, "monitoring:owed", {"page": "2"}),
    "concerns": (OFFICER, "monitoring:concerns", {}),
    "visits": (OFFICER, "monitoring:visits", {}),
    "steps of visits": (OFFICER, "monitoring:steps", {"state": "all"}),
    "tasks": (OFFICER, "monitoring:tasks", {}),
    "queue of reviews (senior officer)": (SENIOR, "reports:queue", {}),
    "queue of reviews, everybody's": (MANAGER, "reports:queue", {"state": "all"}),
    "notices": (SENIOR, "monitoring:notices", {}),
    "calendar of the team": (MANAGER, "insight:calendar", {"whose": "team"}),
    "calendar of the team, a week": (MANAGER, "insight:calendar", {"whose": "team", "view": "week"}),
    "calendar of the team, a day": (MANAGER, "insight:calendar", {"whose": "team", "view": "day"}),
    "calendar (officer)": (OFFICER, "insight:calendar", {}),
    "calendar in other programs": (OFFICER, "insight:feed_settings", {}),
    "flow chart": (MANAGER, "insight:flow_chart", {}),
    "overview": (MANAGER, "insight:overview", {}),
    "timeliness": (MANAGER, "insight:timeliness", {}),
    "timeliness by month": (MANAGER, "insight:timeliness", {"by": "month"}),
    "timeliness by officer": (MANAGER, "insight:timeliness", {"by": "officer"}),
    "young people": (OFFICER, "placements:young_people", {}),
    "placements": (OFFICER, "placements:placements", {}),
    "files loaded": (ALL_ROLES, "placements:loads", {}),
    "staff": (MANAGER, "people:staff", {}),
    "cover": (MANAGER, "people:cover", {}),
    "closure days": (MANAGER, "people:closure_days", {}),
    "timeframes": (MANAGER, "monitoring:timeframes", {}),
    "authorities": (OPERATOR, "people:authorities", {}),
    "register imports": (OPERATOR, "register:imports", {}),
    "standing of the register": (OPERATOR, "register:standing_of_register", {}),
}
Found = Callable[[], list[Any]]
THINGS: dict[str, tuple[str, str, Found]] = {  # pages about one thing: who asks, the route, what its address names
    "provision": (OFFICER, "desk:provision", lambda: [a_provision().pk]),
    "history of a provision": (OFFICER, "desk:provision_history", lambda: [a_provision().pk]),
    "record in the register": (OFFICER, "register:record", lambda: [a_provision().pk]),
    "a visit": (OFFICER, "desk:visit", lambda: [a_visit().pk]),
    "history of a visit": (OFFICER, "desk:visit_history", lambda: [a_visit().pk]),
    "a report": (OFFICER, "reports:report", lambda: [_round().visit_id]),
    "comments on a report": (OFFICER, "reports:comments", lambda: [_sent().visit_id]),
    "Mosaic": (OFFICER, "reports:mosaic", lambda: [_sent().visit_id]),
    "an owed visit": (OFFICER, "monitoring:requirement", lambda: [_owed().provision_id, _owed().key]),
    "why this date": (OFFICER, "monitoring:why", lambda: [_owed().provision_id, _owed().key]),
    "a concern": (OFFICER, "monitoring:concern", lambda: [_concern().pk]),
    "a task": (OFFICER, "monitoring:task", lambda: [Task.objects.order_by("pk")[0].pk]),
    "feedback on a visit": (OFFICER, "monitoring:feedback", lambda: [a_visit().pk]),
    "tasks of a visit": (OFFICER, "monitoring:visit_tasks", lambda: [a_visit().pk]),
    "visits near by": (OFFICER, "monitoring:nearby", lambda: [a_visit().pk]),
    "a young person": (OFFICER, "placements:young_person", lambda: [_young_person().pk]),
    "history of a young person": (OFFICER, "placements:young_person_history", lambda: [_young_person().pk]),
    "a member of staff": (MANAGER, "people:person", lambda: [Person.objects.get(email="officer1@bench.example").pk]),
    "a form (raise a concern)": (OFFICER, "monitoring:raise_concern", lambda: [a_provision().pk]),
    "a form (book a visit)": (OFFICER, "monitoring:book_visit", lambda: [a_provision().pk]),
    "a form (record a placement)": (OFFICER, "placements:record_placement", lambda: [a_provision().pk]),
    "a form (record steps)": (OFFICER, "monitoring:record_steps", lambda: [a_visit().pk]),
}
DOWNLOADS = (
    "provisions",
    "everything owed",
    "concerns",
    "visits",
    "steps of visits",
    "tasks",
    "young people",
    "placements",
)


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
    """The pages of the benchmark, as somebody of the fitting role asks for them; a save; downloads."""
    browsers = {who: client_of(who) for who in (OFFICER, SENIOR, MANAGER, OPERATOR, ALL_ROLES)}
    officer = browsers[OFFICER]

    def page(who: str, route: str, named: list[Any], query: dict[str, str]) -> Ask:
        address = reverse(route, args=named)
        return lambda: browsers[who].get(address, query)

    concern = reverse("monitoring:raise_concern", args=[a_provision().pk])
    everything = {"state": "all", "format": "csv"}
    return {
        **{name: page(who, route, [], query) for name, (who, route, query) in LISTS.items()},
        **{name: page(who, route, found(), {}) for name, (who, route, found) in THINGS.items()},
        "a save (raise a concern)": lambda: saved(officer.post(concern, a_concern())),
        "CSV of everything owed or once owed": page(OFFICER, "monitoring:owed", [], everything),
        "CSV of all visits with their steps": page(OFFICER, "monitoring:steps", [], everything),
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
    """What is typed; each says something else, for the same once more would be asked back."""
    today = clock.today()
    return {
        "raised_on-day": today.day,
        "raised_on-month": today.month,
        "raised_on-year": today.year,
        "raised_by": "Neighbour",
        "how": "telephone",
        "summary": f"Noise in night {next(NIGHTS)}",
    }


def client_of(mailbox: str) -> Client:
    client = Client()
    client.force_login(
        Person.objects.get(email=f"{mailbox}@bench.example"),
        backend="wellplaced.people.sign_in.Backend",
    )
    return client


def a_provision() -> Provision:
    """One where a concern was raised and an initial visit is or was owed."""
    return _concern().provision


def a_visit() -> Visit:
    """One that was held and whose report is not finished."""
    return Visit.objects.filter(state="held", closed_on=None).order_by("pk")[0]


def _owed() -> Requirement:
    return Requirement.objects.owed().filter(authority__code="bench", kind="initial").order_by("-pk")[0]


def _concern() -> Concern:
    return Concern.objects.filter(provision__requirements__kind="initial").order_by("pk")[0]


def _round() -> Round:
    return Round.objects.order_by("pk")[0]


def _sent() -> Recipient:
    return Recipient.objects.order_by("-pk")[0]


def _young_person() -> YoungPerson:
    return YoungPerson.objects.filter(restricted=False, placements__isnull=False).order_by("pk")[0]
