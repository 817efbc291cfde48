"""Somebody without a mouse: Tab from stop to stop, each of which can be seen, and keys that press, choose and type."""

from datetime import date

from playwright.sync_api import expect

from tests.journeys.walker import PASSWORD, Walker

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
    question: at.closest("fieldset")?.querySelector("legend")?.innerText.trim() ?? "",
    focusIsSeen: look(at) !== at.lookWithoutFocus,
    isOnTheScreen: box.bottom > 0 && box.top < innerHeight && box.width > 0 && box.height > 0,
  }};
}}"""


class Keys:
    """A keyboard without a mouse."""

    def __init__(self, walker: Walker) -> None:
        self.walker, self.page = walker, walker.page

    def to(self, name: str, *, called: str = "name") -> "Keys":
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
            if name in stop[called]:
                return self
            passed.append(stop["name"])
        raise AssertionError(f"{name!r} is not reached on {self.page.url}, only {passed}")

    def content(self) -> "Keys":
        """Past the navigation: the first stop of every page leads to its content."""
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

    def save(self, button: str = "Save") -> "Keys":
        return self.to(button).leave_by("Enter")

    def open(self, path: str) -> "Keys":
        """Type an address, or open a bookmark."""
        self.page.goto(self.walker.address + path)
        return self

    def sees(self, *texts: str) -> "Keys":
        self.walker.sees(*texts)
        return self

    def sign_in(self, email: str) -> "Keys":
        """On the page that asks for it."""
        self.type("Email address", email).type("Password", PASSWORD).to("Sign in").leave_by("Space")
        return self

    def follow(self, name: str) -> "Keys":
        """A link, or one that looks like a button, past the navigation."""
        return self.content().to(name).leave_by("Enter")

    def tick(self, name: str) -> "Keys":
        return self.to(name).press("Space")

    def answer(self, question: str, answer: str) -> "Keys":
        """Tab stops at one of the radios of a question; from there arrows lead to the others."""
        self.to(question, called="question").press("Space")
        for _ in range(MOST_STOPS):
            if self.page.evaluate(STOP)["name"].startswith(answer):
                return self
            self.press("ArrowDown")
        raise AssertionError(f"{answer!r} is not among the answers on {self.page.url}")

    def day(self, question: str, day: date) -> "Keys":
        """A date, box by box."""
        self.to(question, called="question")
        for number in (day.day, day.month):
            self.page.keyboard.type(str(number))
            self.press("Tab")
        self.page.keyboard.type(str(day.year))
        return self

    def upload(self, name: str, file: str, content: bytes) -> "Keys":
        """The window of the system in which one chooses a file, opened from the keyboard.

        The window is awaited before the way to the button: the browser takes keys and 'catch that window' by two
        roads, and only an answer of the page between them says that it knows of the second.
        """
        with self.page.expect_file_chooser() as opened:
            self.to(name).press("Enter")
        opened.value.set_files({"name": file, "mimeType": "application/octet-stream", "buffer": content})
        return self
