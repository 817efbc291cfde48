"""The gallery in a real browser: accessible, within the width of a phone, and working without scripts."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from wellplaced.design import views

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
BUILT = Path(views.__file__).parent / "static" / "built" / "wellplaced.css"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]
pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.design.urls"),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: install Debian's package chromium"),
    pytest.mark.skipif(not BUILT.exists(), reason="the style sheet is not built: run `make setup`"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


def open_gallery(browser: Browser, live_server: LiveServer, **options: Any) -> tuple[Page, list[str]]:
    page = browser.new_page(**options)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{live_server.url}/design/")
    return page, said


@pytest.mark.parametrize("width", [1280, 375])
def test_it_is_accessible_fits_and_breaks_no_policy(browser: Browser, live_server: LiveServer, width: int) -> None:
    page, said = open_gallery(browser, live_server, viewport={"width": width, "height": 900})
    found = Axe().run(page).response["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert [text for text in said if "favicon" not in text] == []
    page.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_choice_reveals_its_field_with_and_without_scripts(
    browser: Browser, live_server: LiveServer, scripts: bool
) -> None:
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"{live_server.url}/design/")
    form = page.locator("section", has=page.get_by_role("heading", name="Untouched"))
    other = form.get_by_label("Which other way?")
    assert not other.is_visible()
    form.get_by_label("Another way").check()
    assert other.is_visible()
    form.get_by_label("By email").check()
    assert not other.is_visible()
    context.close()


def test_the_first_error_is_one_step_away_for_the_keyboard(browser: Browser, live_server: LiveServer) -> None:
    page, _ = open_gallery(browser, live_server)
    page.get_by_role("link", name="The month of ‘When was it raised?’").click()
    assert page.evaluate("document.activeElement.id") == "id_wrong-raised_on-month"
    page.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_where_rows_are_cards_their_order_is_chosen_above_them(
    browser: Browser, live_server: LiveServer, scripts: bool
) -> None:
    context = browser.new_context(java_script_enabled=scripts, viewport={"width": 375, "height": 900})
    page = context.new_page()
    page.goto(f"{live_server.url}/design/")
    page.get_by_text("Sorted by ‘Provision’, ascending").click()
    assert page.get_by_role("link", name="Sort by Provision, descending").is_visible()
    if scripts:
        assert Axe().run(page).response["violations"] == []
        assert page.evaluate("document.documentElement.scrollWidth") == 375
    page.get_by_role("link", name="Sort by Next due").click()
    assert page.url.endswith("?sort=due")
    page.set_viewport_size({"width": 1280, "height": 900})
    assert not page.get_by_text("Sorted by ‘Provision’").is_visible()
    context.close()


def test_whoever_comes_by_keyboard_sees_which_order_they_are_on(browser: Browser, live_server: LiveServer) -> None:
    page, _ = open_gallery(browser, live_server, viewport={"width": 375, "height": 900})
    first = page.locator("thead a").first
    first.focus()
    box = first.bounding_box()
    assert box is not None
    assert box["width"] > 20
    page.close()
