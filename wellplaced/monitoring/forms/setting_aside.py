"""A waiver with its reason, and its withdrawal; C4's check with other authorities."""

from datetime import date
from typing import Any, ClassVar

from django import forms

from wellplaced.design.bound import GovField
from wellplaced.design.fields import GovDateField, Radios, TextBox
from wellplaced.design.forms import Form, OnceForm, RevisionForm
from wellplaced.monitoring.models import OtherAuthorityCheck

NAMED, NONE = "named", "none"


class WaiveForm(Form):
    """A manager's reason for setting a requirement aside."""

    reason = forms.CharField(
        label="Why is this visit not needed?",
        max_length=1000,
        widget=TextBox(rows=4),
        help_text="The reason stays on record. Waiving moves no other date",
    )


class WithdrawForm(RevisionForm):
    """The requirement is owed again."""

    reason = forms.CharField(label="Why is it owed again?", max_length=1000, widget=TextBox(rows=3))


class CheckFields(Form):
    """C4: which other authority, when it was asked, what it said."""

    provider_asked_on = GovDateField(
        label="When was the provider asked?",
        help_text="Ask which other local authorities have, or lately had, a young person there. For example, 27 3 2026",
    )
    answer = forms.ChoiceField(
        label="What did the provider say?",
        choices=[(NAMED, "It named a local authority"), (NONE, "It named none")],
        widget=Radios(hints={NAMED: "If it named several, record each by itself"}),
    )
    named = forms.CharField(label="Which local authority?", max_length=120, required=False)
    asked_on = GovDateField(
        label="When was that authority asked?",
        required=False,
        help_text="Leave it empty if it has not been asked yet. For example, 27 3 2026",
    )
    answered_on = GovDateField(
        label="When did it answer?",
        required=False,
        help_text="Leave it empty until it has answered. For example, 27 3 2026",
    )
    said = forms.CharField(
        label="What did it say?",
        required=False,
        max_length=4000,
        widget=TextBox(rows=5),
        help_text="Leave it empty until it has answered; then write it down, if only that it has no concerns",
    )
    reveals: ClassVar = {"answer": {NAMED: "named"}}

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("provider_asked_on", "asked_on", "answered_on"):
            self.fields[name].latest = today  # type: ignore[attr-defined]

    @property
    def shown_fields(self) -> list[GovField]:
        for name in ("named", "asked_on", "answered_on", "said"):
            self.fields[
                name
            ].required = True  # '(optional)' beside what one answer makes the form ask for would mislead
        return super().shown_fields

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("answer") == NAMED:
            self._clean_named(cleaned)
        elif cleaned.get("answer") == NONE:
            cleaned.update(named="", asked_on=None, answered_on=None, said="")
        return cleaned

    def _clean_named(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("named"):
            self.add_error("named", "Enter the local authority that the provider named")
        asked, answered = cleaned.get("asked_on"), cleaned.get("answered_on")
        provider = cleaned.get("provider_asked_on")
        if asked and provider and asked < provider:
            self.add_error("asked_on", "The authority cannot have been asked before the provider named it")
        if answered and not asked and "asked_on" not in self.errors:
            self.add_error("asked_on", "Enter when the authority was asked")
        if asked and answered and answered < asked:
            self.add_error("answered_on", "The answer cannot have come before the authority was asked")
        if answered and not cleaned.get("said"):
            self.add_error("said", "Enter what the authority said, if only that it has no concerns")
        if cleaned.get("said") and not answered and "answered_on" not in self.errors:
            self.add_error("answered_on", "Enter when the authority answered")

    def values(self) -> dict[str, Any]:
        """What the action takes, the revision apart."""
        left_out = ("answer", "revision")
        made = {name: value for name, value in self.cleaned_data.items() if name not in left_out}
        return made | {"none_named": self.cleaned_data["answer"] == NONE}


class CheckForm(CheckFields, OnceForm):
    """A new check."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, initial={"provider_asked_on": today}, **kwargs)


class ChangeCheckForm(CheckFields, RevisionForm):
    """An answer that came, or a correction."""

    def __init__(self, *args: Any, check: OtherAuthorityCheck, **kwargs: Any) -> None:
        names = ("provider_asked_on", "named", "asked_on", "answered_on", "said", "revision")
        initial = {name: getattr(check, name) for name in names} | {"answer": NONE if check.none_named else NAMED}
        super().__init__(*args, initial=initial, **kwargs)
