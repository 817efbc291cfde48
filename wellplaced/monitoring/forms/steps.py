"""A step of a visit recorded done, set aside, or taken back; several steps of one visit at once."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django import forms

from wellplaced.design.fields import Checkboxes, GovDateField, TextBox
from wellplaced.design.forms import Form, RevisionForm
from wellplaced.design.words import day
from wellplaced.monitoring.models import Step, StepRecord, StepState
from wellplaced.monitoring.words import STEP_NAMES

NOT_RECORDED = -1  # the revision of a step that nobody had recorded when the page was opened


def revision_of(record: StepRecord | None) -> int:
    return record.revision if record else NOT_RECORDED


class RecordStepForm(RevisionForm):
    """The real day, who did it, and a note."""

    done_on = GovDateField(label="When was it done?")
    done_by = forms.CharField(
        label="Who did it?", max_length=120, required=False, help_text="Leave this empty if it was you"
    )
    note = forms.CharField(label="Note", max_length=2000, required=False, widget=TextBox(rows=3))

    def __init__(self, *args: Any, record: StepRecord | None, today: date, **kwargs: Any) -> None:
        initial: dict[str, Any] = {"revision": revision_of(record), "done_on": today}
        if record is not None and record.done_on:
            initial |= {name: getattr(record, name) for name in ("done_on", "done_by", "note")}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["done_on"].latest = today  # type: ignore[attr-defined]


class RecordStepsForm(Form):
    """Several steps of one visit: a day for each that was done, and which do not apply, with one reason.

    Sent again, it also takes what it recorded the first time, and records that once.
    """

    says_optional = False

    done_by = forms.CharField(
        label="Who did them?", max_length=120, required=False, help_text="Leave this empty if it was you"
    )
    set_aside = forms.MultipleChoiceField(label="Which steps do not apply?", required=False, widget=Checkboxes())
    because = forms.CharField(label="Why do they not apply?", max_length=300, required=False, widget=TextBox(rows=3))

    def __init__(
        self,
        *args: Any,
        steps: Sequence[Step],
        by_hand: Collection[str],
        not_to_drop: Collection[str],  # whose duty it is somebody else's to set aside
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        dropped = {StepState.OPEN, StepState.WAITING, *([StepState.SET_ASIDE] if self.is_bound else [])}
        self.to_record = [each for each in steps if each.step in by_hand and self._takes(each)]
        self.to_drop = [each for each in steps if each.state in dropped and each.step not in not_to_drop]
        for each in self.to_record:
            label = f"{STEP_NAMES[each.step].done} on"
            self.fields[each.step] = GovDateField(label=label, required=False, latest=today)
        choices = [(each.step, STEP_NAMES[each.step].name) for each in self.to_drop]
        self.fields["set_aside"].choices = choices  # type: ignore[attr-defined]
        self.order_fields([*(each.step for each in self.to_record), "done_by", "set_aside", "because"])

    def _takes(self, step: Step) -> bool:
        """One that is done already only where this form itself recorded it, and is sent again."""
        is_sent = any(self.data.get(f"{step.step}{part}") for part in ("", "-day", "-month", "-year"))
        return step.state == StepState.OPEN or (step.state == StepState.DONE and is_sent)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        ticked = cleaned.get("set_aside") or []
        for each in self.to_record:
            self._clean_step(each, cleaned.get(each.step), is_ticked=each.step in ticked)
        if ticked and not (cleaned.get("because") or "").strip() and "because" not in self.errors:
            self.add_error("because", "Say why these steps do not apply")
        if not ticked and not self.errors and not any(cleaned.get(each.step) for each in self.to_record):
            self.add_error(None, "Enter the date of a step that was done, or tick one that does not apply")
        return cleaned

    def _clean_step(self, step: Step, typed: date | None, *, is_ticked: bool) -> None:
        name = STEP_NAMES[step.step].name
        if typed and is_ticked:
            self.add_error(step.step, f"{name}: give a date, or tick that it does not apply, not both")
        elif typed and step.done_on and typed != step.done_on:
            said = f"{name}: it is recorded already, as done on {day(step.done_on)}. Correct it on its own page"
            self.add_error(step.step, said)

    def done(self) -> dict[str, date]:
        """The steps with a day that nobody had recorded, in the order of the guidance."""
        still = [each.step for each in self.to_record if each.state != StepState.DONE]
        return {name: self.cleaned_data[name] for name in still if self.cleaned_data.get(name)}

    def dropped(self) -> list[str]:
        """The steps that are now set aside."""
        ticked = self.cleaned_data["set_aside"]
        return [each.step for each in self.to_drop if each.step in ticked and each.state != StepState.SET_ASIDE]
