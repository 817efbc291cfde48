"""Visits: booked or recorded after the fact, held, not held, rebooked, cancelled, corrected."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms

from wellplaced.design.bound import GovField
from wellplaced.design.fields import Checkboxes, GovDateField, Radios, RecordsField, TextBox, width
from wellplaced.design.forms import Form, RevisionForm
from wellplaced.design.words import day
from wellplaced.monitoring.forms.offering import earliest_due, offer_officers, offer_premises, offer_requirements
from wellplaced.monitoring.models import Requirement, Visit
from wellplaced.monitoring.sight import Sight
from wellplaced.monitoring.words import KINDS, days_late
from wellplaced.people.approvals import approval_problem
from wellplaced.people.models import Person
from wellplaced.register.models import Premises, Provision

TO_COME, HELD = "to_come", "held"


def officer_field() -> forms.ModelChoiceField[Person]:
    return forms.ModelChoiceField(label="Who makes the visit?", queryset=Person.objects.none())


def time_field() -> forms.TimeField:
    formats = ["%H:%M", "%H.%M", "%I:%M%p", "%I.%M%p", "%I%p", "%H:%M:%S"]
    return forms.TimeField(
        label="At what time?",
        required=False,
        input_formats=formats,
        help_text="For example, 14:30 or 2:30pm",
        widget=forms.TimeInput(format="%H:%M", attrs=width(5)),
    )


def premises_field() -> RecordsField[Premises]:
    return RecordsField(
        label="Which premises are seen?", queryset=Premises.objects.none(), required=False, widget=Checkboxes()
    )


def discharges_field() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label="What does this visit discharge?",
        required=False,
        help_text="The earliest due date governs. Untick what this visit does not cover",
    )


def whole_form_field() -> forms.BooleanField:
    return forms.BooleanField(
        label="The visit covered the whole monitoring form",
        required=False,
        help_text="Tick this for a visit about a concern that also covered everything else: the 12 months start again",
    )


def note_field() -> forms.CharField:
    return forms.CharField(label="Note", required=False, max_length=2000, widget=TextBox(rows=3))


class BookVisitForm(Form):
    """A visit to come, or one that has taken place already."""

    when = forms.ChoiceField(
        label="Is this visit to come?",
        choices=[(TO_COME, "Yes, book it"), (HELD, "No, it has taken place: record it")],
        widget=Radios(),
        initial=TO_COME,
    )
    officer = officer_field()
    visit_on = GovDateField(label="On which day?")
    visit_at = time_field()
    premises = premises_field()
    discharges = discharges_field()
    late_because = forms.CharField(
        label="Why can it not be sooner?",
        required=False,
        max_length=300,
        widget=TextBox(rows=2),
        help_text="Only for a visit that is booked past its due date",
    )
    whole_form = whole_form_field()
    note = note_field()
    reveals: ClassVar = {"when": {HELD: "whole_form"}}

    def __init__(
        self,
        *args: Any,
        person: Person,
        provision: Provision,
        owed: Sequence[Requirement],
        ticked: Sequence[str],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.owed, self.today, self.provision = owed, today, provision
        offer_officers(self.fields["officer"], person, provision, today)
        offer_premises(self, Premises.objects.seen_by(person).filter(provision=provision, closed_on=None))
        offer_requirements(self, owed, ticked, Sight.of(person))

    @property
    def shown_fields(self) -> list[GovField]:
        """Why it is late is asked once it is known to be late."""
        fields = super().shown_fields
        return fields if self.asks_why_late else [field for field in fields if field.name != "late_because"]

    @property
    def asks_why_late(self) -> bool:
        governs = earliest_due(self.owed, [each.key for each in self.owed])
        is_past = bool(governs and governs.due_on and governs.due_on < self.today)
        return is_past or bool(self.data.get("late_because")) or "late_because" in self.errors

    @property
    def is_held(self) -> bool:
        return self.cleaned_data.get("when") == HELD

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        on, officer = cleaned.get("visit_on"), cleaned.get("officer")
        if on is None:
            return cleaned
        problem = approval_problem(officer, self.provision.type, on) if officer else ""
        if problem:
            self.add_error("officer", problem)
        if self.is_held and on > self.today:
            self.add_error("visit_on", "A visit that has taken place cannot have a day in the future")
        elif not self.is_held and on < self.today:
            self.add_error("visit_on", "The day is past. If the visit has taken place, answer ‘No’ above to record it")
        elif not self.is_held:
            self._ask_why_late(on, cleaned)
        return cleaned

    def _ask_why_late(self, on: date, cleaned: dict[str, Any]) -> None:
        governs = earliest_due(self.owed, cleaned.get("discharges", ()))
        if governs is None or governs.due_on is None or on <= governs.due_on or cleaned.get("late_because"):
            return
        late = days_late(governs.due_on, on)
        what = f"‘{KINDS[governs.kind]}’ is due by {day(governs.due_on)}"
        self.add_error(
            "late_because", f"This day is {late}: {what}. Say why it cannot be sooner, or choose another day"
        )

    def values(self) -> dict[str, Any]:
        """What the action takes; a visit already held has no reason for being booked late."""
        left_out = {"when", *(("late_because", "visit_at") if self.is_held else ("whole_form",))}
        made = {name: value for name, value in self.cleaned_data.items() if name not in left_out}
        return made | {"premises": list(made.get("premises") or []), "discharges": made.get("discharges") or []}


class HoldVisitForm(RevisionForm):
    """The visit took place."""

    visit_on = GovDateField(label="On which day did it take place?")
    premises = premises_field()
    discharges = discharges_field()
    whole_form = whole_form_field()
    note = note_field()

    def __init__(
        self, *args: Any, person: Person, visit: Visit, owed: Sequence[Requirement], today: date, **kwargs: Any
    ) -> None:
        named = [each.key for each in visit.discharges.all()]
        known = kwargs.pop("initial", None) or {}
        kwargs["initial"] = {
            "revision": visit.revision,
            "visit_on": visit.visit_on,
            "whole_form": visit.whole_form,
            "premises": list(visit.premises.values_list("pk", flat=True)),
            "note": visit.note,
            **known,
        }
        super().__init__(*args, **kwargs)
        self.fields["visit_on"].latest = today  # type: ignore[attr-defined]
        offer_premises(self, Premises.objects.seen_by(person).filter(provision=visit.provision_id))
        offer_requirements(self, owed, named, Sight.of(person))

    def values(self) -> dict[str, Any]:
        """What the action takes, the revision apart."""
        made = {name: value for name, value in self.cleaned_data.items() if name != "revision"}
        return made | {"premises": list(made.get("premises") or []), "discharges": made.get("discharges") or []}


class CorrectVisitForm(HoldVisitForm):
    """A visit that is recorded as held: its day, officer, premises, or what it discharges was wrong."""

    officer = officer_field()
    reason = forms.CharField(label="Why is it corrected?", max_length=300, widget=TextBox(rows=2))
    field_order = ("visit_on", "officer", "premises", "discharges", "whole_form", "note", "reason")

    def __init__(
        self, *args: Any, person: Person, visit: Visit, owed: Sequence[Requirement], today: date, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {"officer": visit.officer_id}
        super().__init__(*args, person=person, visit=visit, owed=owed, today=today, **kwargs)
        offer_officers(self.fields["officer"], person, visit.provision, visit.visit_on)
        if visit.officer is None:
            del self.fields["officer"]


class RebookVisitForm(RevisionForm):
    """Another day, time or officer."""

    visit_on = GovDateField(label="On which day?")
    visit_at = time_field()
    officer = officer_field()
    reason = forms.CharField(
        label="Why is it moved?",
        max_length=300,
        widget=TextBox(rows=2),
        help_text="Moving a visit does not move the date by which it is due",
    )

    def __init__(self, *args: Any, person: Person, visit: Visit, today: date, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "revision": visit.revision,
            "visit_on": visit.visit_on if visit.visit_on >= today else None,
            "visit_at": visit.visit_at,
            "officer": visit.officer_id,
        }
        super().__init__(*args, **kwargs)
        self.fields["visit_on"].earliest = today  # type: ignore[attr-defined]
        offer_officers(self.fields["officer"], person, visit.provision, today)

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}


class BecauseForm(RevisionForm):
    """Why a visit is cancelled, or could not be held."""

    because = forms.CharField(label="Why?", max_length=300, widget=TextBox(rows=3))

    def __init__(self, *args: Any, visit: Visit, question: str, **kwargs: Any) -> None:
        super().__init__(*args, initial={"revision": visit.revision}, **kwargs)
        self.fields["because"].label = question
