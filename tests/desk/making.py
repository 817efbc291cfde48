"""What several tests of the desk make: homes that are looked after, pages as people read them, many things owed."""

import re
from datetime import date, timedelta
from html import unescape
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.monitoring.world import World
from wellplaced.monitoring import actions
from wellplaced.people.models import Person
from wellplaced.register import actions as register
from wellplaced.register.models import Judgement, Provision

DAY = timedelta(days=1)


def home(world: World, officer: Person | None = None, **values: Any) -> Provision:
    """A residential home that the officer looks after since the beginning of the year."""
    provision = world.provision(**values)
    since = date(2026, 1, 5)
    actions.assign(provision=provision, officer=officer or world.officer, by=world.manager, on=since)
    return provision


def concern(world: World, provision: Provision, raised_on: date, **values: Any) -> Any:
    """A concern that a social worker telephoned about."""
    return actions.raise_concern(
        provision=provision,
        raised_on=raised_on,
        raised_by="Social worker",
        how="telephone",
        summary="Staff changed three times in a month",
        by=world.officer,
        on=world.today,
        **values,
    )


def read(client: Client, address: str) -> str:
    """A page as one reads it: the words of its main part, in single spaces."""
    answer = client.get(address)
    assert answer.status_code == 200, (answer.status_code, address)
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def in_order(text: str, *pieces: str) -> bool:
    """Whether the pieces stand in the text one after the other."""
    at = 0
    for piece in pieces:
        found = text.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return True


def judged(world: World, provision: Provision, outcome: str, published_on: date) -> Judgement:
    """What Ofsted concluded, two weeks after it inspected."""
    return register.add_judgement(
        provision=provision,
        outcome=outcome,
        published_on=published_on,
        inspected_on=published_on - 14 * DAY,
        by=world.operator,
        on=world.today,
    )


def queries(client: Client, address: str) -> int:
    """How many queries a page takes, session and person included, once the session is known."""
    read(client, address)
    with CaptureQueriesContext(connection) as captured:
        read(client, address)
    return len(captured)
