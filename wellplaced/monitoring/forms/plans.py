"""Ofsted's action plan (C8, R14): requested, chased, received; and its days corrected."""

from datetime import date
from typing import Any

from django import forms

from wellplaced.design.fields import GovDateField, TextBox
from wellplaced.design.forms import OnceForm, RevisionForm
from wellplaced.monitoring.models import JudgementFollowUp
from wellplaced.register.models import Judgement


class PlanForm(OnceForm):
    """One day, not before the judgement and not to come. `name` is that of the day's field; each form has a prefix."""

    question = ""

    def __init__(self, *args: Any, judgement: Judgement, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, GovDateField):
                field.latest, field.earliest = today, judgement.published_on


class RequestPlanForm(PlanForm):
    requested_on = GovDateField(label="When was the plan asked for?")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, initial={"requested_on": today}, **kwargs)


class ChasePlanForm(PlanForm):
    chased_on = GovDateField(label="When was the provider reminded?")
    note = forms.CharField(label="Note", max_length=300, required=False, widget=TextBox(rows=2))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, initial={"chased_on": today}, **kwargs)


class ReceivePlanForm(PlanForm):
    received_on = GovDateField(
        label="When did the plan arrive?", help_text="The visit is due counted from this day. For example, 27 3 2026"
    )


class CorrectPlanForm(RevisionForm, PlanForm):
    """The recorded days; an empty one is taken back."""

    plan_requested_on = GovDateField(label="Asked for on", required=False)
    plan_received_on = GovDateField(label="Received on", required=False)

    def __init__(self, *args: Any, follow_up: JudgementFollowUp, today: date, **kwargs: Any) -> None:
        names = ("plan_requested_on", "plan_received_on", "revision")
        initial = {name: getattr(follow_up, name) for name in names}
        super().__init__(*args, initial=initial, judgement=follow_up.judgement, today=today, **kwargs)

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}
