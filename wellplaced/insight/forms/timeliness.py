"""What the figures of timeliness are narrowed to: a period, a type, an officer, a clause."""

from datetime import date
from typing import Any

from django import forms

from wellplaced.design.fields import GovDateField
from wellplaced.design.lists import FilterForm
from wellplaced.monitoring.sight import months_before
from wellplaced.people.models import Person, ProvisionType

OF_REQUIREMENTS = ("C3", "C5", "C6", "C7", "C8", "C9")
OF_STEPS = ("C12", "C13", "C14", "C15", "C16", "C17", "C18", "C19", "C20", "C21", "C22", "C23")
MONTHS = 12  # of the period, where nobody asks for another


class TimelinessFilters(FilterForm):
    """A period, by default the last 12 months, and what to narrow the figures to."""

    clause = forms.ChoiceField(
        label="Clause", choices=[("", "All clauses"), *((each, each) for each in (*OF_REQUIREMENTS, *OF_STEPS))]
    )
    type = forms.ChoiceField(label="Type of provision", choices=[("", "All types"), *ProvisionType.monitored()])
    officer = forms.ChoiceField(label="Officer")
    start = GovDateField(label="From", help_text="Left empty: 12 months before the end")
    end = GovDateField(label="To", help_text="Left empty: today")

    def __init__(self, *args: Any, person: Person, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.people = {str(each.pk): each.name for each in Person.objects.seen_by(person).order_by("name", "pk")}
        self.fields["officer"].choices = [("", "All officers"), *self.people.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end < start:
            self.add_error("end", "The end of the period must be on or after its start")
        return cleaned

    @property
    def period(self) -> tuple[date, date]:
        """The days asked for; an end that is not given is today, a start 12 months before the end."""
        answers = self.answers()
        start = answers.get("start")
        end = answers.get("end") or max(self.today, start or self.today)
        return start or months_before(end, MONTHS), end
