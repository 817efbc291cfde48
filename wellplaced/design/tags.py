"""Small finished pieces that a list's cell or a template prints: state tags, links, due dates.

Each knows its HTML (`__html__`, for pages) and its text (`__str__`, for CSV files).
"""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from wellplaced.design import words

# the words and the colour of each state's code
STATES: dict[str, tuple[str, str]] = {
    "overdue": ("Overdue", "red"),
    "due": ("Due", "amber"),
    "due_today": ("Due today", "amber"),
    "due_soon": ("Due soon", "amber"),
    "open": ("Open", "blue"),
    "waiting": ("Waiting", "purple"),
    "held_back": ("Waiting", "purple"),
    "booked": ("Booked", "blue"),
    "held": ("Held", "green"),
    "discharged": ("Discharged", "green"),
    "done": ("Done", "green"),
    "received": ("Received", "green"),
    "current": ("Current", "green"),
    "lapsed": ("Lapsed", "grey"),
    "waived": ("Waived", "grey"),
    "set_aside": ("Set aside", "grey"),
    "cancelled": ("Cancelled", "grey"),
    "ended": ("Ended", "grey"),
    "upcoming": ("Not yet due", "grey"),
    "superseded": ("Superseded", "grey"),
    "suspended": ("Suspended", "red"),
    "closed": ("Closed", "red"),
    "unregistered": ("Unregistered", "red"),
    "restricted": ("Restricted record", "purple"),
    "outstanding": ("Outstanding", "green"),
    "good": ("Good", "green"),
    "requires_improvement": ("Requires improvement", "amber"),
    "inadequate": ("Inadequate", "red"),
    "consistently_strong": ("Consistently strong", "green"),
    "inconsistent": ("Inconsistent", "amber"),
    "serious_weaknesses": ("Serious weaknesses", "red"),
}


@dataclass(frozen=True)
class Tag:
    """Words in a coloured tag. `colour`: red, amber, blue, green, purple or grey."""

    text: str
    colour: str = "grey"

    def __str__(self) -> str:
        return self.text

    def __html__(self) -> Markup:
        return Markup('<strong class="wp-tag wp-tag--{}">{}</strong>').format(self.colour, self.text)


def state_tag(code: object, text: str = "") -> Tag:
    """The tag of a state by its code (see STATES); an unknown code is shown in words, grey. `text` replaces the words."""
    written, colour = STATES.get(str(code or ""), (words.words(code), "grey"))
    return Tag(text or written, colour)


@dataclass(frozen=True)
class Link:
    """A link; `hidden` is read out after the text by screen readers, where 'Change' alone would say too little."""

    text: str
    href: str
    hidden: str = ""

    def __str__(self) -> str:
        return self.text

    def __html__(self) -> Markup:
        hidden = Markup('<span class="govuk-visually-hidden"> {}</span>').format(self.hidden) if self.hidden else ""
        return Markup('<a class="govuk-link" href="{}">{}{}</a>').format(self.href, self.text, hidden)


@dataclass(frozen=True, kw_only=True)
class Due:
    """A due date with the page that says why, and the day by which to act where it falls on a closed day.

    `what` completes 'Why this date?' for screen readers ('initial visit to Alder House'); `before` are words ahead of the
    day, where it is not plain what falls due. In a CSV file: the ISO day.
    """

    on: date | None
    why: str = ""
    what: str = ""
    act_by: date | None = None
    before: str = ""

    def __str__(self) -> str:
        return self.on.isoformat() if self.on else ""

    def __html__(self) -> Markup:
        if self.on is None:
            return Markup("No date yet")
        return Markup('<span class="wp-due">{}</span>').format(
            Markup(" ").join(filter(None, (self._day(), self._act(), self._why())))
        )

    def _day(self) -> Markup:
        before = f"{self.before} " if self.before else ""
        return Markup('{}<time class="wp-due__day" datetime="{}">{}</time>').format(
            before, self.on, words.weekday_day(self.on)
        )

    def _act(self) -> Markup | str:
        if self.on is None or self.act_by is None or self.act_by == self.on:
            return ""
        sentence = f"Falls on a {self.on:%A}: act by {self.act_by:%A} {self.act_by.day} {self.act_by:%B}"
        return Markup('<span class="wp-due__act">{}</span>').format(sentence)

    def _why(self) -> Markup | str:
        if not self.why:
            return ""
        hidden = Markup('<span class="govuk-visually-hidden"> {}</span>').format(self.what) if self.what else ""
        return Markup('<span class="wp-due__why"><a class="govuk-link" href="{}">Why this date?{}</a></span>').format(
            self.why, hidden
        )
