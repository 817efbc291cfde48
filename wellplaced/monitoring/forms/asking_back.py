"""Asked back before it is saved: a day whose year looks mistyped, and what is on record word for word already.

Neither is refused for good. The first time an error stands at a box that says so; whoever ticks it means what they typed.
The boxes stand on the page only then.
"""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db import models
from markupsafe import Markup

from wellplaced.design.bound import GovField
from wellplaced.design.forms import Form, OnceForm
from wellplaced.design.words import day

YEAR, AGAIN = "year_is_right", "once_more"


class AskBackForm(Form):
    """Asks whether a year is right, where a day lies more than a year away."""

    year_is_right = forms.BooleanField(label="Yes, the year is right", required=False)
    boxes: ClassVar[tuple[str, ...]] = (YEAR,)
    asked: frozenset[str] = frozenset()  # of the boxes, those that this page asks
    ticked: frozenset[str] = frozenset()

    @property
    def shown_fields(self) -> list[GovField]:
        return [field for field in super().shown_fields if field.name not in set(self.boxes) - self.asked]

    def clean(self) -> dict[str, Any]:
        """The boxes are no answers that an action takes."""
        cleaned = super().clean() or self.cleaned_data
        self.ticked = frozenset(name for name in self.boxes if cleaned.pop(name, False))
        return cleaned

    def ask_about_year(self, name: str, today: date) -> None:
        """A day more than a year ahead or ago is rarely meant; one that stands as it was is asked about no more."""
        on = self.cleaned_data.get(name)
        if on is None or on == self.get_initial_for_field(self.fields[name], name):
            return
        away = _more_than_a_year(on, today)
        if away:
            self.ask_back(YEAR, f"Is the year right? {day(on)} is more than a year {away}. Correct it, or tick the box")

    def ask_back(self, name: str, why: str) -> None:
        """Show a box, with an error while it is not ticked."""
        self.asked |= {name}
        if name not in self.ticked:
            self.add_error(name, why)


class AddOnceForm(OnceForm, AskBackForm):
    """A new record; what says the same as one that the same person made today is asked about."""

    once_more = forms.BooleanField(label="Yes, record it once more", required=False)
    boxes = (YEAR, AGAIN)

    def ask_about_same(self, before: models.Model | None) -> None:
        """`before`: what is on record already, word for word."""
        if before is None:
            return
        where = Markup('On record: <a class="govuk-link" href="{}">{}</a>')
        self[AGAIN].help_text = where.format(before.get_absolute_url(), before)  # type: ignore[attr-defined]
        self.ask_back(AGAIN, "This is on record already: you recorded the same today. Look at it, or tick the box")


def _more_than_a_year(on: date, today: date) -> str:
    """'ahead' or 'ago'; nothing for a day within a year of today."""
    year, *of_year = on.timetuple()[:3]
    if [year - 1, *of_year] > [today.year, today.month, today.day]:
        return "ahead"
    return "ago" if [year + 1, *of_year] < [today.year, today.month, today.day] else ""
