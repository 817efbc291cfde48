"""C14: who was asked for feedback, who was left out, who else was asked, and what somebody said."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django import forms

from wellplaced.design.fields import Checkboxes, GovDateField, Radios, RecordsField, TextBox
from wellplaced.design.forms import Form, OnceForm, RevisionForm
from wellplaced.monitoring.models import Feedback
from wellplaced.monitoring.whom_to_ask import PARENT, ToAsk
from wellplaced.placements.models import YoungPerson


def whom_field(label: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label)


def offer_lines(field: forms.Field, lines: Sequence[ToAsk], settled: Collection[str]) -> None:
    """Each with role and name, and about whom and where as a hint.

    `settled`: who was asked or left out meanwhile. They are not shown, but the same form sent twice may name them.
    """
    field.widget = Checkboxes(hints={line.key: hint_of(line) for line in lines})
    shown = [(line.key, name_of(line)) for line in lines]
    field.choices = [*shown, *((key, key) for key in settled)]  # type: ignore[attr-defined]
    field.widget.choices = shown


def name_of(line: ToAsk) -> str:
    return line.name if line.role == PARENT else f"{line.name}, {line.role_name}"


def hint_of(line: ToAsk) -> str:
    about = f"About {', '.join(str(each) for each in line.young_people)}"
    return f"{about}. {line.email}" if line.email else about


class AskForm(Form):
    """Who was asked, all on one day."""

    whom = whom_field("Who was asked?")
    asked_on = GovDateField(label="On which day?")

    def __init__(
        self, *args: Any, lines: Sequence[ToAsk], settled: Collection[str], today: date, **kwargs: Any
    ) -> None:
        kwargs.setdefault("initial", {"asked_on": today})
        super().__init__(*args, **kwargs)
        offer_lines(self.fields["whom"], [line for line in lines if not line.is_missing], settled)
        self.fields["asked_on"].latest = today  # type: ignore[attr-defined]


class LeaveOutForm(Form):
    """Who is not asked, and why; also where nobody is recorded in a role."""

    whom = whom_field("Who is not asked?")
    because = forms.CharField(
        label="Why?",
        max_length=300,
        widget=TextBox(rows=2),
        help_text="For example, ‘not looked after: there is no IRO’. The reason stays on record",
    )

    def __init__(self, *args: Any, lines: Sequence[ToAsk], settled: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_lines(self.fields["whom"], lines, settled)


class AskElseForm(OnceForm):
    """Somebody whom the records do not name."""

    role = forms.ChoiceField(label="What are they to the young person?", choices=Feedback.Role.choices, widget=Radios())
    name = forms.CharField(label="Name", max_length=120)
    young_people = RecordsField(label="About whom?", queryset=YoungPerson.objects.none(), widget=Checkboxes())
    asked_on = GovDateField(label="When were they asked?")

    def __init__(self, *args: Any, young_people: Sequence[YoungPerson], today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"asked_on": today}, **kwargs)
        offered = YoungPerson.objects.filter(pk__in=[each.pk for each in young_people])
        self.fields["young_people"].queryset = offered  # type: ignore[attr-defined]
        self.fields["asked_on"].latest = today  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        return self.cleaned_data | {"young_people": list(self.cleaned_data["young_people"])}


class AnswerForm(RevisionForm):
    """What somebody said, or a correction."""

    answered_on = GovDateField(
        label="When did they answer?", required=False, help_text="Leave it empty while they have not"
    )
    how = forms.ChoiceField(label="How?", choices=Feedback.How.choices, required=False, widget=Radios())
    said = forms.CharField(label="What did they say?", required=False, max_length=8000, widget=TextBox(rows=8))
    asked_on = GovDateField(label="When were they asked?", required=False)
    not_asked_because = forms.CharField(label="If they were not asked after all: why?", required=False, max_length=300)

    def __init__(self, *args: Any, feedback: Feedback, today: date, **kwargs: Any) -> None:
        names = ("asked_on", "not_asked_because", "answered_on", "how", "said", "revision")
        super().__init__(*args, initial={name: getattr(feedback, name) for name in names}, **kwargs)
        for name in ("asked_on", "answered_on"):
            self.fields[name].latest = today  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        answered, asked = cleaned.get("answered_on"), cleaned.get("asked_on")
        if answered:
            self._clean_answer(cleaned)
        elif "answered_on" not in self.errors and (cleaned.get("said") or cleaned.get("how")):
            self.add_error("answered_on", "Enter when they answered")
        if answered and asked and answered < asked:
            self.add_error("answered_on", "They cannot have answered before they were asked")
        if asked and cleaned.get("not_asked_because"):
            self.add_error(
                "not_asked_because", "They were asked: take the reason away, or the day on which they were asked"
            )
        if not asked and not cleaned.get("not_asked_because") and not answered and "asked_on" not in self.errors:
            self.add_error("asked_on", "Enter when they were asked")
        return cleaned

    def _clean_answer(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("how"):
            self.add_error("how", "Select how they answered")
        if not cleaned.get("said"):
            self.add_error("said", "Enter what they said, if only that they have nothing to say")

    def values(self) -> dict[str, Any]:
        """What the action takes, the revision apart."""
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}
