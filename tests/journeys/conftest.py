"""A browser, a server, and a small invented authority for each journey."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from playwright.sync_api import Browser, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.journeys.keys import Keys
from tests.journeys.walker import PASSWORD, Walker
from tests.monitoring.world import World, make_world
from wellplaced.monitoring import deadlines
from wellplaced.people import actions as people
from wellplaced.people.models import Person
from wellplaced.people.rights import Role

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]
NAMES = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 60_000  # milliseconds that a step may take on a machine that is busy with other things
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/journeys" in str(item.fspath):
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, without a window."""
    import shutil

    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    assert found, "the journeys need Chromium: run scripts/find-chromium"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield chromium
        chromium.close()


class Calendar:
    """What day it is for the service; the browser keeps its own time. Name it before `world` among the fixtures."""

    def __init__(self) -> None:
        self.traveller: time_machine.travel | None = None

    def turn_to(self, day: date, hour: int = 9) -> None:
        """Make it that day, and do what the worker does in the night before."""
        self.stop()
        self.traveller = time_machine.travel(datetime(day.year, day.month, day.day, hour, tzinfo=UTC), tick=True)
        self.traveller.start()
        deadlines.refresh_due(day)

    def stop(self) -> None:
        if self.traveller:
            self.traveller.stop()
            self.traveller = None


@pytest.fixture
def calendar(transactional_db: None) -> Iterator[Calendar]:
    """A calendar that begins on Monday 1 June 2026."""
    calendar = Calendar()
    calendar.turn_to(date(2026, 6, 1))
    yield calendar
    calendar.stop()


@pytest.fixture
def world(transactional_db: None) -> World:
    """An authority whose people have passwords."""
    world = make_world()
    for person in (world.officer, world.senior, world.manager, world.operator):
        people.set_password(person=person, password=PASSWORD, by=None)
    return world


@pytest.fixture
def administrator(world: World) -> Person:
    person = people.add_person(
        authority=world.authority,
        name="Ines Carrow",
        email="ines.carrow@fen.example",
        roles=[Role.ADMINISTRATOR],
        by=None,
    )
    people.set_password(person=person, password=PASSWORD, by=None)
    return person


@pytest.fixture
def walk(browser: Browser, live_server: LiveServer, world: World) -> Iterator[Callable[[Person], Walker]]:
    """`walk(person)` gives a browser window in which that person is signed in; axe needs JavaScript in it."""
    contexts = []

    def walk_as(person: Person, width: int = 1280, javascript: bool = True) -> Walker:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, locale="en-GB", java_script_enabled=javascript
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return Walker(context.new_page(), live_server.url, axe=javascript).sign_in(person.email)

    yield walk_as
    for context in contexts:
        context.close()


@pytest.fixture
def keys(browser: Browser, live_server: LiveServer) -> Iterator[Callable[[], Keys]]:
    """`keys()` gives a window without a mouse, in which nobody is signed in."""
    contexts = []

    def window() -> Keys:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return Keys(Walker(context.new_page(), live_server.url).open("/accounts/login/"))

    yield window
    for context in contexts:
        context.close()
