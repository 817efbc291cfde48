"""Tasks agreed ('outstanding actions'): added, changed, done."""

from datetime import date
from typing import Any

from django import forms

from wellplaced.design.fields import GovDateField, Radios, TextBox
from wellplaced.design.forms import Form, RevisionForm
from wellplaced.monitoring.models import Task


class TaskForm(Form):
    """A new task."""

    what = forms.CharField(
        label="What must be done?",
        max_length=2000,
        widget=TextBox(rows=3),
        help_text="Use initials, not names, for young people",
    )
    owner = forms.ChoiceField(label="Who must do it?", choices=Task.Owner.choices, widget=Radios())
    due_on = GovDateField(label="By when?", required=False)

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}


class ChangeTaskForm(TaskForm, RevisionForm):
    """A task as it stands; a day in 'done' closes it."""

    done_on = GovDateField(label="When was it done?", required=False, help_text="Leave it empty while it is not done")
    evidence = forms.CharField(
        label="What shows that it was done?", max_length=2000, required=False, widget=TextBox(rows=3)
    )

    def __init__(self, *args: Any, task: Task, today: date, **kwargs: Any) -> None:
        names = ("what", "owner", "due_on", "done_on", "evidence", "revision")
        super().__init__(*args, initial={name: getattr(task, name) for name in names}, **kwargs)
        self.fields["done_on"].latest = today  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("done_on") and not cleaned.get("evidence"):
            self.add_error("evidence", "Enter what shows that it was done, such as ‘certificate seen’")
        return cleaned
