"""Somebody's first ten minutes by keyboard alone: every stop is seen, everything can be done (WCAG 2.1.1, 2.4.1, 2.4.7; C6)."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from tests.journeys.conftest import Calendar
from tests.journeys.walker import PASSWORD, Walker
from tests.monitoring.world import World
from wellplaced.monitoring import actions as monitoring
from wellplaced.monitoring.models import Requirement

MOST_STOPS = 80  # more would be no way to work
LOOK = """const label = (el) => el.labels && el.labels[0];
const paint = (style) => [style.outlineStyle, style.outlineWidth, style.boxShadow, style.backgroundColor].join();
const look = (el) => paint(getComputedStyle(el)) + (label(el) ? paint(getComputedStyle(label(el), "::before")) : "");"""
REMEMBER = f"""() => {{ {LOOK}
  const stops = document.querySelectorAll("a, button, input, select, textarea, summary, main");
  for (const el of stops) if (el !== document.activeElement) el.lookWithoutFocus ??= look(el);
}}"""
STOP = f"""() => {{ {LOOK}
  const at = document.activeElement;
  const words = at.getAttribute("aria-label") || (label(at) || at).innerText || at.value || "";
  const box = (["radio", "checkbox"].includes(at.type) ? label(at) : at).getBoundingClientRect();
  return {{
    name: at === document.body ? "" : words.replace(/\\s+/g, " ").trim(),
    focusIsSeen: look(at) !== at.lookWithoutFocus,
    isOnTheScreen: box.bottom > 0 && box.top < innerHeight && box.width > 0 && box.height > 0,
  }};
}}"""


class Keys:
    """A keyboard without a mouse."""

    def __init__(self, walker: Walker) -> None:
        self.walker, self.page = walker, walker.page

    def to(self, name: str) -> "Keys":
        """Press Tab until this has the focus; each stop on the way can be seen."""
        passed: list[str] = []
        self.page.evaluate(REMEMBER)
        for _ in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            stop = self.page.evaluate(STOP)
            if not stop["name"]:
                continue  # the window itself, after the last stop
            assert stop["focusIsSeen"], f"on {self.page.url} nothing shows that {stop['name']!r} has the focus"
            assert stop["isOnTheScreen"], f"on {self.page.url} {stop['name']!r} has the focus and is not on the screen"
            if name in stop["name"]:
                return self
            passed.append(stop["name"])
        raise AssertionError(f"{name!r} is not reached on {self.page.url}, only {passed}")

    def past_the_navigation(self) -> "Keys":
        """The first stop of every page leads to its content."""
        self.to("Skip to main content").press("Enter")
        expect(self.page.locator("main")).to_be_focused()
        return self

    def press(self, key: str) -> "Keys":
        self.page.keyboard.press(key)
        return self

    def type(self, name: str, text: str) -> "Keys":
        self.to(name)
        self.page.keyboard.type(text)
        return self

    def leave_by(self, key: str) -> "Keys":
        """Press a key that leads to another page."""
        with self.page.expect_navigation():
            self.page.keyboard.press(key)
        self.walker.arrived()
        return self

    def sees(self, *texts: str) -> "Keys":
        self.walker.sees(*texts)
        return self


@pytest.fixture
def keys(browser: Browser, live_server: LiveServer) -> Iterator[Callable[[], Keys]]:
    """A window in which nobody is signed in."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    context.set_default_timeout(15000)
    yield lambda: Keys(Walker(context.new_page(), live_server.url).open("/accounts/login/"))
    context.close()


def test_the_first_ten_minutes_by_keyboard_alone(calendar: Calendar, world: World, keys: Callable[[], Keys]) -> None:
    home = world.provision(name="Larkmere House")
    world.placed(home, date(2026, 5, 30))
    monitoring.assign(provision=home, officer=world.officer, reason="", by=world.manager, on=world.today)

    # sign in
    officer = keys().type("Email address", world.officer.email).type("Password", PASSWORD)
    officer.to("Sign in").leave_by("Space").sees("My work", "Larkmere House")

    # the first line of my work, and why it is due on that day
    officer.past_the_navigation().to("Initial visit").leave_by("Enter").sees("2 June 2026", "Book a visit")
    officer.past_the_navigation().to("Why this date?").leave_by("Enter")
    officer.sees("30 May 2026 + 3 days = 2 June 2026", "C3").to("Back").leave_by("Enter").sees("Book a visit")

    # a concern: the provision, the form with an error first, then everything in it
    officer.past_the_navigation().to("Larkmere House").leave_by("Enter")
    officer.past_the_navigation().to("Raise a concern").leave_by("Space")
    officer.past_the_navigation().to("Record the concern").leave_by("Enter").sees("There is a problem")
    expect(officer.page.get_by_role("alert")).to_be_visible()
    officer.to("Day")
    for box in ("1", "6", "2026"):
        officer.page.keyboard.type(box)
        officer.press("Tab")
    officer.page.keyboard.type("Neighbour")
    officer.to("By telephone").press("Space").type("What is the concern?", "Shouting at night")
    officer.to("AB").press("Space").to("Record the concern").leave_by("Enter")
    officer.sees("The concern is recorded", "11 June 2026")

    concern = Requirement.objects.get(kind="concern")
    assert (concern.clause, concern.due_on, concern.state) == ("C6", date(2026, 6, 11), "open")


def test_the_watch_sees_a_stop_that_nothing_shows(calendar: Calendar, world: World, keys: Callable[[], Keys]) -> None:
    """Else the journey above would prove little."""
    keyboard = keys()
    keyboard.page.evaluate(
        """() => { const plain = new CSSStyleSheet();
        plain.replaceSync("*:focus { outline: none !important; box-shadow: none !important }");
        document.adoptedStyleSheets = [plain]; }"""
    )
    with pytest.raises(AssertionError, match="nothing shows that 'Email address'"):
        keyboard.to("Sign in")
