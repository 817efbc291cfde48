"""A browser, a server, and a small invented authority for each journey."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.journeys.walker import PASSWORD, Walker
from tests.monitoring.world import World, make_world
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
    """`walk(person)` gives a browser window in which that person is signed in."""
    contexts = []

    def walk_as(person: Person, width: int = 1280) -> Walker:
        context = browser.new_context(viewport={"width": width, "height": 900}, locale="en-GB")
        context.set_default_timeout(8000)
        contexts.append(context)
        return Walker(context.new_page(), live_server.url).sign_in(person.email)

    yield walk_as
    for context in contexts:
        context.close()
