"""Tasks agreed ('outstanding actions'): added, changed, done, checked, come back; the follow-up of a visit (C17)."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet

from wellplaced import history
from wellplaced.design.fields import GovDateField, Radios, TextBox
from wellplaced.design.forms import Form, RevisionForm
from wellplaced.monitoring.forms.asking_back import AddOnceForm, AskBackForm
from wellplaced.monitoring.models import StepRecord, Task, Visit
from wellplaced.people.models import Person
from wellplaced.placements.models import YoungPerson
from wellplaced.register.models import Provision

SENT, NOT_NEEDED = "sent", "not_needed"


class TaskFields(AskBackForm):
    """What every task says."""

    what = forms.CharField(
        label="What must be done?",
        max_length=2000,
        widget=TextBox(rows=3),
        help_text="Use initials, not names, for young people",
    )
    finding = forms.CharField(
        label="From which finding?",
        max_length=300,
        required=False,
        help_text="For example, ‘two fire doors were wedged open’",
    )
    owner = forms.ChoiceField(label="Who must do it?", choices=Task.Owner.choices, widget=Radios())
    due_on = GovDateField(label="By when?", required=False)
    young_person = forms.ModelChoiceField(
        label="Which young person is it about?",
        queryset=YoungPerson.objects.none(),
        required=False,
        empty_label="Nobody in particular",
        help_text="Everybody in your authority reads a task. One about somebody whose record is restricted is read only by "
        "those named on it, once you choose them here",
    )

    field_order = ("what", "finding", "owner", "due_on", "year_is_right", "young_person")

    def __init__(self, *args: Any, about: "QuerySet[YoungPerson]", today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["young_person"].queryset = about  # type: ignore[attr-defined]
        if not about:
            del self.fields["young_person"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.ask_about_year("due_on", self.today)
        return cleaned

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}


class TaskForm(TaskFields, AddOnceForm):
    """A new task at a provision; `visit`: where it is agreed at one."""

    def __init__(self, *args: Any, person: Person, provision: Provision, visit: Visit | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person, self.provision, self.visit = person, provision, visit

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors:
            same = {name: cleaned[name] for name in ("what", "owner", "due_on")}
            rows = Task.objects.seen_by(self.person).filter(provision=self.provision, visit=self.visit, **same)
            self.ask_about_same(history.recorded_that_day(rows, by=self.person, on=self.today))
        return cleaned


class ChangeTaskForm(TaskFields, RevisionForm):
    """A task as it stands; a day in 'done' closes it."""

    done_on = GovDateField(label="When was it done?", required=False, help_text="Leave it empty while it is not done")
    evidence = forms.CharField(
        label="What shows that it was done?", max_length=2000, required=False, widget=TextBox(rows=3)
    )
    verified_on = GovDateField(
        label="When did you check that it was done?",
        required=False,
        help_text="Leave it empty while nobody of the authority has checked. Your name is kept with the day",
    )

    def __init__(self, *args: Any, task: Task, today: date, **kwargs: Any) -> None:
        names = ("what", "finding", "owner", "due_on", "done_on", "evidence", "verified_on", "revision")
        initial = {name: getattr(task, name) for name in names} | {"young_person": task.young_person_id}
        super().__init__(*args, initial=initial, today=today, **kwargs)
        for name in ("done_on", "verified_on"):
            self.fields[name].latest = today  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        done, checked = cleaned.get("done_on"), cleaned.get("verified_on")
        if done and not cleaned.get("evidence"):
            self.add_error("evidence", "Enter what shows that it was done, such as ‘certificate seen’")
        if checked and not done and "done_on" not in self.errors:
            self.add_error("verified_on", "A task that is not done cannot have been checked: enter when it was done")
        if checked and done and checked < done:
            self.add_error("verified_on", "It cannot have been checked before it was done")
        return cleaned


class CameBackForm(Form):
    """The matter was found again."""

    note = forms.CharField(label="What was found this time?", max_length=300, required=False, widget=TextBox(rows=2))


class FollowUpForm(RevisionForm):
    """C17: the email after the visit with what was agreed, or that none is needed."""

    went = forms.ChoiceField(
        label="Did a follow-up email go to the provider?",
        choices=[(SENT, "Yes, it was sent"), (NOT_NEEDED, "No, it is not needed")],
        widget=Radios(),
    )
    done_on = GovDateField(label="When was it sent?", required=False)
    because = forms.CharField(label="Why is it not needed?", max_length=300, required=False)
    reveals: ClassVar = {"went": {SENT: "done_on", NOT_NEEDED: "because"}}

    def __init__(self, *args: Any, record: StepRecord | None, today: date, **kwargs: Any) -> None:
        initial: dict[str, Any] = {"done_on": today}
        if record is not None:
            went = SENT if record.done_on else NOT_NEEDED
            because = record.set_aside_because
            initial = {"went": went, "done_on": record.done_on, "because": because, "revision": record.revision}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["done_on"].latest = today  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("went") == SENT and not cleaned.get("done_on") and "done_on" not in self.errors:
            self.add_error("done_on", "Enter when it was sent")
        if cleaned.get("went") == NOT_NEEDED:
            self.errors.pop("done_on", None)
            if not cleaned.get("because"):
                self.add_error("because", "Enter why no follow-up is needed")
        return cleaned
