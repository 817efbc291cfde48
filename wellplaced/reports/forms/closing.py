"""Closing a visit (C23), and opening it again."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from wellplaced.design.fields import Checkboxes, GovDateField, TextBox
from wellplaced.design.forms import RevisionForm
from wellplaced.monitoring.models import StepRecord, Visit
from wellplaced.monitoring.words import STEP_NAMES


class CloseForm(RevisionForm):
    """The day; and where steps are left, why nobody will do them."""

    because = forms.CharField(
        label="Why will the steps that are left not be done?",
        max_length=300,
        widget=TextBox(rows=3),
        error_messages={"required": "Say why the steps that are left will not be done"},
    )
    closed_on = GovDateField(label="From which day is the visit closed?")

    def __init__(self, *args: Any, visit: Visit, asks_why: bool, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"closed_on": today, "revision": visit.revision}, **kwargs)
        self.fields["closed_on"].earliest, self.fields["closed_on"].latest = visit.visit_on, today  # type: ignore[attr-defined]
        if not asks_why:
            del self.fields["because"]


class ReopenForm(RevisionForm):
    """The reason; and which steps that were set aside are to be done after all."""

    because = forms.CharField(
        label="Why is it opened again?",
        max_length=300,
        widget=TextBox(rows=3),
        error_messages={"required": "Say why the visit is opened again"},
    )
    owed_again = forms.MultipleChoiceField(
        label="Which steps that were set aside are to be done after all?", required=False, widget=Checkboxes()
    )

    def __init__(self, *args: Any, visit: Visit, set_aside: Sequence[StepRecord], **kwargs: Any) -> None:
        super().__init__(*args, initial={"revision": visit.revision}, **kwargs)
        self.set_aside = {str(record.pk): record for record in set_aside}
        field = self.fields["owed_again"]
        field.widget = Checkboxes(hints={number: each.set_aside_because for number, each in self.set_aside.items()})
        field.choices = [(number, STEP_NAMES[each.step].to_do) for number, each in self.set_aside.items()]  # type: ignore[attr-defined]
        if not set_aside:
            del self.fields["owed_again"]

    @property
    def chosen(self) -> list[StepRecord]:
        return [self.set_aside[number] for number in self.cleaned_data.get("owed_again", [])]
