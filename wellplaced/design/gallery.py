"""What the gallery at /design shows: made-up places and people in every component and every state."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from typing import Any, ClassVar

from django import forms

from wellplaced.design.components import Change, HistoryLine
from wellplaced.design.fields import Checkboxes, GovDateField, Radios, TextBox, YesNoField, width
from wellplaced.design.forms import Form, Overtaken, RevisionForm
from wellplaced.design.lists import Column, Due, FilterForm, Link, ListPage, state_tag
from wellplaced.design.lists.pages import Heading
from wellplaced.design.tags import STATES
from wellplaced.design.timeline import Lane, Mark, Span, Timeline

TODAY = date(2027, 1, 4)
SUNDAY = date(2027, 1, 3)
ERROR_PAGES = ("400", "403", "404", "500", "csrf", "locked_out")
TYPES = [("residential", "Residential home"), ("supported", "16+ supported accommodation"), ("sen", "SEN provision")]
HOW = [("phone", "By telephone"), ("email", "By email"), ("other", "Another way")]


class SampleForm(Form):
    """One field of each kind."""

    reference = forms.CharField(
        label="Reference", help_text="As it stands in the case system", widget=forms.TextInput(attrs=width(10))
    )
    email = forms.EmailField(label="Email address", widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    number = forms.IntegerField(label="Number of bedrooms", widget=forms.NumberInput(attrs=width(3)))
    raised_on = GovDateField(label="When was it raised?", latest=TODAY)
    ended_on = GovDateField(label="Last day", required=False)
    how = forms.ChoiceField(
        label="How did it reach you?", choices=HOW, widget=Radios(hints={"phone": "Say who called in the summary"})
    )
    how_other = forms.CharField(label="Which other way?", required=False)
    plan = YesNoField(label="Is there an EHC plan?")
    type = forms.ChoiceField(label="Type", choices=[("", "Choose a type"), *TYPES])
    seen = forms.MultipleChoiceField(
        label="Premises seen", choices=[("a", "Flat A"), ("b", "Flat B")], widget=Checkboxes()
    )
    summary = forms.CharField(
        label="Summary", max_length=300, widget=TextBox(rows=4), help_text="Initials only, no names"
    )
    notes = forms.CharField(label="Notes", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    file = forms.FileField(label="CSV file", help_text="Up to 5 MB")
    password = forms.CharField(label="Password", widget=forms.PasswordInput)
    agree = forms.BooleanField(label="I have read the file’s problems")
    reveals: ClassVar = {"how": {"other": "how_other"}}


class NameForm(RevisionForm):
    """The form that a Conflict happens to."""

    name = forms.CharField(label="Name of the home")
    type = forms.ChoiceField(label="Type", choices=TYPES)


class SampleFilters(FilterForm):
    """The filters of the sample list."""

    q = forms.CharField(label="Name or URN")
    type = forms.ChoiceField(label="Type", choices=[("", "Any type"), *TYPES])
    since = GovDateField(label="Due on or after")


@dataclass(frozen=True)
class Home:
    """A row of the sample list."""

    name: str
    type: str
    state: str
    due: Due
    bedrooms: int


HOMES = (
    Home(
        "Alder House",
        "Residential home",
        "overdue",
        Due(on=date(2026, 12, 24), why="#why", what="visit to Alder House"),
        6,
    ),
    Home(
        "Bracken Flats",
        "16+ supported accommodation",
        "waiting",
        Due(on=SUNDAY, why="#why", act_by=date(2027, 1, 1)),
        12,
    ),
    Home("Cedar Fostering", "Independent fostering agency", "booked", Due(on=date(2027, 2, 8), why="#why"), 0),
    Home("Dunlin School", "SEN provision", "discharged", Due(on=None), 48),
)
COLUMNS = (
    Column("name", "Provision", sort="name", cell=lambda home: Link(home.name, "#list")),
    Column("type", "Type", sort="type"),
    Column("state", "State", cell=lambda home: state_tag(home.state)),
    Column("due", "Next due", sort="due"),
    Column("bedrooms", "Places", numeric=True),
)


def sample_list(homes: Sequence[Home], filters: SampleFilters, *, total: int) -> ListPage:
    """A list as a view would make it from a queryset."""
    directions = {"name": "ascending"}
    headings = [
        Heading(each, f"?sort={each.key}" if each.sort else "", directions.get(each.key, "")) for each in COLUMNS
    ]
    return ListPage(
        columns=COLUMNS,
        headings=headings,
        rows=homes,
        total=total,
        first=26 if total else 0,
        last=50 if total else 0,
        page=2,
        pages=-(-total // 25),
        filters=filters,
        filtered=bool(filters.answers()),
        query={"sort": ["name"]},
        noun="provision",
    )


def wrong_form() -> SampleForm:
    """The form sent back with everything wrong that can be; nothing typed is lost."""
    typed = {
        "wrong-reference": "",
        "wrong-email": "not an address",
        "wrong-number": "six",
        "wrong-raised_on-day": "31",
        "wrong-raised_on-month": "Febuary",
        "wrong-raised_on-year": "2026",
        "wrong-ended_on-day": "3",
        "wrong-how": "other",
        "wrong-how_other": "A note through the door",
        "wrong-summary": "Two lines were typed here.\n    The second is indented and has <angle brackets>.",
    }
    return SampleForm(typed, prefix="wrong")


def overtaken_form() -> NameForm:
    """The form after somebody else saved first."""
    form = NameForm({"over-name": "Alder House (north)", "over-type": "supported", "over-revision": "4"}, prefix="over")
    form.conflicts = (
        Overtaken("Name of the home", "Alder House (north)", "Alder Lodge"),
        Overtaken("Type", "16+ supported accommodation", "Residential home"),
    )
    form.conflict_heading = "Robin Ashdown saved this first"
    form.add_error(None, "Somebody else saved this record while you had it open. Nothing of yours is saved yet.")
    return form


def picture() -> Timeline:
    """Eighteen months of one home."""
    placements = [
        Span(date(2025, 9, 15), date(2026, 6, 30), "AB (1041)", "blue"),
        Span(date(2026, 8, 3), None, "CD (2230)", "blue"),
    ]
    visits = [
        Mark(date(2025, 9, 29), "Initial visit", "green", "circle"),
        Mark(date(2026, 3, 18), "Visit after a judgement", "green", "circle"),
        Mark(date(2026, 3, 20), "Visit after a concern", "green", "circle"),
        Mark(date(2027, 2, 8), "Annual visit, booked", "blue", "diamond"),
    ]
    due = [
        Mark(date(2026, 9, 20), "Annual visit due", "red", "triangle"),
        Mark(SUNDAY, "Concern visit due", "amber", "triangle"),
    ]
    return Timeline(
        title="What happened at Alder House",
        start=date(2025, 8, 1),
        end=date(2027, 3, 31),
        today=TODAY,
        lanes=(
            Lane("Placements", spans=placements),
            Lane("Judgements", [Mark(date(2026, 3, 4), "Requires improvement", "amber", "square")]),
            Lane("Concerns", [Mark(date(2026, 12, 20), "Concern raised", "purple", "diamond")]),
            Lane("Visits", visits),
            Lane("Due", due),
        ),
    )


def history_lines() -> list[HistoryLine]:
    """A record that was made, changed and changed again."""
    return [
        HistoryLine(datetime(2026, 12, 20, 9, 5, tzinfo=UTC), "Robin Ashdown", "Concern raised"),
        HistoryLine(
            datetime(2026, 12, 21, 16, 40, tzinfo=UTC),
            "Sam Fenwick, for Robin Ashdown",
            "Concern corrected",
            (Change("Raised on", "21 December 2026", "20 December 2026"), Change("How", "By email", "By telephone")),
            "The call came in the evening before",
        ),
    ]


def everything() -> dict[str, Any]:
    """All that the gallery's template needs."""
    made = partial(sample_list, HOMES, total=412)
    return {
        "today": TODAY,
        "states": [state_tag(code) for code in STATES],
        "dues": [home.due for home in HOMES],
        "sunday": Due(on=SUNDAY, why="#why", what="concern visit to Alder House", act_by=date(2027, 1, 1)),
        "untouched": SampleForm(prefix="new"),
        "wrong": wrong_form(),
        "overtaken": overtaken_form(),
        "full_list": made(SampleFilters(prefix="full")),
        "nothing_found": sample_list((), SampleFilters({"none-q": "Zebra"}, prefix="none"), total=0),
        "empty_list": sample_list((), SampleFilters(prefix="empty"), total=0),
        "picture": picture(),
        "history_lines": history_lines(),
        "error_pages": ERROR_PAGES,
    }
