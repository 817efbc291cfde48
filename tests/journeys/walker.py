"""Somebody in a browser: signs in, opens pages, fills in by label, presses buttons by name; axe looks at each page."""

import re
from datetime import date
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

PASSWORD = "wooden-teapot-harbour"
AXE = Axe()
CHANGING = re.compile(r'(nonce|value)="\w{20,}"')  # what differs between two answers of one page
LOOKED_AT: set[tuple[int, str]] = set()


class Walker:
    """One person at one browser window."""

    def __init__(self, page: Page, address: str, *, axe: bool = True) -> None:
        self.page, self.address, self.axe = page, address, axe

    def sign_in(self, email: str) -> "Walker":
        return self.open("/accounts/login/").sign_in_here(email)

    def sign_in_here(self, email: str) -> "Walker":
        """On the page that asks for it."""
        self.page.get_by_label("Email").fill(email)
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.page.get_by_role("main").get_by_role("button", name="Sign in").click()
        self.arrived()
        return self

    def open(self, path: str) -> "Walker":
        response = self.page.goto(self.address + path)
        assert response is not None
        assert response.status < 400, f"{path} answered {response.status}"
        return self.arrived()

    def cannot_open(self, path: str, answer: int) -> "Walker":
        """A page that is refused (403) or not there (404) for this person, and says so on a page that axe likes."""
        response = self.page.goto(self.address + path)
        assert response is not None
        assert response.status == answer, f"{path} answered {response.status}"
        return self.arrived()

    def follow(self, name: str, *, exact: bool = False, nth: int = 0) -> "Walker":
        """Click a link in the page (not the navigation)."""
        self.main.get_by_role("link", name=name, exact=exact).nth(nth).click()
        return self.arrived()

    def go(self, name: str) -> "Walker":
        """Click a link of the navigation."""
        self.page.get_by_role("navigation").get_by_role("link", name=name, exact=True).first.click()
        return self.arrived()

    def search(self, words: str) -> "Walker":
        """The search box that stands on every page."""
        self.page.get_by_label("Find a provision or a young person").first.fill(words)
        self.page.get_by_role("banner").get_by_role("button", name="Search").click()
        return self.arrived()

    def press(self, name: str, *, nth: int = 0) -> "Walker":
        """Press a button, or a link that looks like one."""
        self.main.get_by_role("button", name=name).nth(nth).click()
        return self.arrived()

    def type(self, label: str, text: str) -> "Walker":
        self.main.get_by_label(label, exact=False).first.fill(text)
        return self

    def choose(self, label: str) -> "Walker":
        """Choose a radio or tick a box."""
        self.main.get_by_label(label, exact=False).first.check()
        return self

    def answer(self, question: str, answer: str) -> "Walker":
        """Choose a radio of the question asked, where other questions offer the same answers."""
        asked = self.main.get_by_role("group", name=question, exact=True)
        asked.get_by_label(answer, exact=True).check()
        return self

    def unfold(self, summary: str) -> "Walker":
        """Open what is folded away under a line."""
        self.main.get_by_text(summary).first.click()
        return self

    def untick(self, label: str) -> "Walker":
        self.main.get_by_label(label, exact=False).first.uncheck()
        return self

    def select(self, label: str, option: str) -> "Walker":
        self.main.get_by_label(label, exact=False).first.select_option(label=option)
        return self

    def date(self, legend: str, day: date) -> "Walker":
        group = self.main.get_by_role("group", name=legend, exact=False).first
        group.get_by_label("Day").fill(str(day.day))
        group.get_by_label("Month").fill(str(day.month))
        group.get_by_label("Year").fill(str(day.year))
        return self

    def upload(self, label: str, name: str, content: bytes) -> "Walker":
        kind = "text/csv" if name.endswith("csv") else "application/octet-stream"
        self.main.get_by_label(label, exact=False).first.set_input_files(
            {"name": name, "mimeType": kind, "buffer": content}
        )
        return self

    def sees(self, *texts: str) -> "Walker":
        for text in texts:
            expect(self.page.locator("body")).to_contain_text(text)
        return self

    def sees_times(self, times: int, text: str) -> "Walker":
        expect(self.main.get_by_text(text)).to_have_count(times)
        return self

    def is_ticked(self, label: str) -> "Walker":
        """A box or a radio is ticked already."""
        expect(self.main.get_by_label(label, exact=False).first).to_be_checked()
        return self

    def holds(self, label: str, text: str) -> "Walker":
        """A field holds what was typed."""
        expect(self.main.get_by_label(label, exact=False).first).to_have_value(text)
        return self

    def does_not_see(self, *texts: str) -> "Walker":
        for text in texts:
            expect(self.page.locator("body")).not_to_contain_text(text)
        return self

    def arrived(self) -> "Walker":
        """A new page: it has come, it has a title, and axe finds nothing on it."""
        self.page.wait_for_load_state()
        sending = self.page.locator("[aria-busy=true]")  # a form that a script is sending
        expect(sending).to_have_count(0)
        self.page.wait_for_load_state()
        title = self.page.title()
        assert title, "every page has a title"
        if not self.axe:
            return self
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{self.page.url} ({title}) runs off the side of the window by {wide} pixels"
        shape = (self.page.viewport_size["width"], CHANGING.sub("", self.page.content()))
        if shape in LOOKED_AT:
            return self
        LOOKED_AT.add(shape)
        found: Any = AXE.run(self.page, options={"resultTypes": ["violations"]})
        problems = [
            f"{violation['id']}: {violation['help']}: {[node['html'][:160] for node in violation['nodes'][:3]]}"
            for violation in found.response["violations"]
        ]
        assert not problems, f"axe on {self.page.url} ({title}): " + "\n".join(problems)
        return self

    @property
    def main(self) -> Any:
        return self.page.get_by_role("main")
