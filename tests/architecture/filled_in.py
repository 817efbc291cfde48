"""Reads the forms of a page as a browser does, and fills them in: sensibly, or with nonsense."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from wellplaced.history import clock

BOXES = ("-day", "-month", "-year")
Filled = dict[str, str | list[str]]
NOT_TYPED = {"csrfmiddlewaretoken", "once"}


@dataclass
class Box:
    """One named control of a form: its kind, what stands in it, what may be chosen."""

    kind: str
    value: str = ""
    options: list[str] = field(default_factory=list)


class Controls(HTMLParser):
    """Every control of the page's forms that are sent by POST, by name."""

    def __init__(self) -> None:
        super().__init__()
        self.boxes: dict[str, Box] = {}
        self._posts = False
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._posts = given.get("method", "").lower() == "post"
        elif self._posts and tag == "option":
            self.boxes[self._select].options.append(given.get("value", ""))
        elif self._posts and tag in ("input", "select", "textarea") and given.get("name") not in (None, *NOT_TYPED):
            self._control(tag, given)

    def _control(self, tag: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text") if tag == "input" else tag
        box = self.boxes.setdefault(given["name"], Box(kind, given.get("value", "")))
        if tag == "select":
            self._select = given["name"]
        elif kind in ("radio", "checkbox"):
            box.options.append(given.get("value", "on"))


def controls(page: str) -> dict[str, Box]:
    """The controls of the page's POST forms."""
    parser = Controls()
    parser.feed(page)
    return parser.boxes


def sensible(boxes: dict[str, Box], day: tuple[str, str, str] | None = None) -> Filled:
    """Something that could be meant in every control; every date is `day`, else today."""
    today = clock.today()
    date_boxes = dict(zip(BOXES, day or (str(today.day), str(today.month), str(today.year)), strict=True))
    return {name: _sensible(name, box, date_boxes) for name, box in boxes.items() if box.kind != "file"}


def _sensible(name: str, box: Box, day: dict[str, str]) -> str | list[str]:
    for end, typed in day.items():
        if name.endswith(end):
            return typed
    if box.kind == "checkbox":
        return box.options
    if box.options:
        return next((option for option in box.options if option), "")
    if box.value:
        return box.value
    return "somebody@care.example" if "email" in name else "7" if box.kind == "hidden" else "Ash"
