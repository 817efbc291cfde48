"""A concern (C6): raised, and corrected later."""

from datetime import date
from typing import Any

from django import forms

from wellplaced import history
from wellplaced.design.fields import Checkboxes, GovDateField, Radios, RecordsField, TextBox
from wellplaced.design.forms import RevisionForm
from wellplaced.monitoring.forms.asking_back import AddOnceForm, AskBackForm
from wellplaced.monitoring.models import Concern
from wellplaced.monitoring.sight import offered_young_people
from wellplaced.people.models import Person
from wellplaced.placements.models import YoungPerson


class ConcernFields(AskBackForm):
    """What a concern says."""

    raised_on = GovDateField(
        label="When was it raised?", help_text="The visit is due counted from this day. For example, 27 3 2026"
    )
    raised_by = forms.CharField(
        label="Who raised it?",
        max_length=120,
        help_text="Say what they are, such as ‘social worker’ or ‘neighbour’. Do not write a young person’s name",
    )
    how = forms.ChoiceField(label="How was it raised?", choices=Concern.How.choices, widget=Radios())
    summary = forms.CharField(
        label="What is the concern?",
        max_length=4000,
        widget=TextBox(rows=6),
        help_text="Use initials, not names, for young people",
    )
    young_people = RecordsField(
        label="Which young people is it about?",
        queryset=YoungPerson.objects.none(),
        required=False,
        widget=Checkboxes(),
        help_text="Those placed here now or in the last 12 months. Leave it empty if it is about the place itself",
    )

    field_order = ("raised_on", "year_is_right", "raised_by", "how", "summary", "young_people", "once_more")

    def __init__(
        self, *args: Any, person: Person, provision_id: int, today: date, also: "list[int] | None" = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["raised_on"].latest = today  # type: ignore[attr-defined]
        offered = [*offered_young_people(person, provision_id, today), *(also or [])]
        queryset = YoungPerson.objects.seen_by(person).filter(pk__in=offered)
        self.fields["young_people"].queryset = queryset  # type: ignore[attr-defined]
        if not offered:
            del self.fields["young_people"]
        self.person, self.provision_id, self.today = person, provision_id, today

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.ask_about_year("raised_on", self.today)
        return cleaned

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        made = {name: value for name, value in self.cleaned_data.items() if name != "revision"}
        return made | {"young_people": list(made.get("young_people") or [])}


class ConcernForm(ConcernFields, AddOnceForm):
    """A new concern."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors:
            same = {name: cleaned[name] for name in ("raised_on", "how", "summary")}
            rows = Concern.objects.seen_by(self.person).standing().filter(provision=self.provision_id, **same)
            self.ask_about_same(history.recorded_that_day(rows, by=self.person, on=self.today))
        return cleaned


class CorrectConcernForm(ConcernFields, RevisionForm):
    """A concern that is recorded already."""

    @classmethod
    def of(cls, concern: Concern, data: Any, *, person: Person, today: date) -> "CorrectConcernForm":
        """The form with what is recorded; whoever is on the concern stays on offer."""
        named = [each.pk for each in concern.young_people.all()]
        names = ("raised_on", "raised_by", "how", "summary", "revision")
        initial = {name: getattr(concern, name) for name in names} | {"young_people": named}
        return cls(data, initial=initial, person=person, provision_id=concern.provision_id, today=today, also=named)
