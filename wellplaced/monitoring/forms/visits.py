"""What became of a visit: held, corrected, not held, cancelled."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from wellplaced.design.fields import GovDateField, Radios, TextBox
from wellplaced.design.forms import RevisionForm
from wellplaced.monitoring.actions.refusals import own_review, unseen_before
from wellplaced.monitoring.forms.asking_back import AskBackForm
from wellplaced.monitoring.forms.offering import (
    discharges_field,
    look_at_premises,
    note_field,
    offer_officers,
    offer_premises,
    offer_requirements,
    officer_field,
    premises_field,
    whole_form_field,
)
from wellplaced.monitoring.models import Outcome, Requirement, Visit, VisitState
from wellplaced.monitoring.sight import Sight
from wellplaced.people.models import Person
from wellplaced.register.models import Premises

TOOK_PLACE = (Outcome.HELD, Outcome.NOBODY_LIVING_THERE)
DID_NOT = (Outcome.REFUSED, Outcome.ABORTED)
BY_MISTAKE = "by_mistake"


class HoldVisitForm(RevisionForm, AskBackForm):
    """The visit took place."""

    outcome = forms.ChoiceField(
        label="What happened?",
        choices=[(each.value, each.label) for each in TOOK_PLACE],
        widget=Radios(hints={Outcome.NOBODY_LIVING_THERE: "This counts as held: the home was seen"}),
    )
    visit_on = GovDateField(label="On which day did it take place?")
    premises = premises_field("Which premises were seen?")
    discharges = discharges_field()
    whole_form = whole_form_field()
    note = note_field()
    field_order: tuple[str, ...] = ("outcome", "visit_on", "year_is_right")

    def __init__(
        self, *args: Any, person: Person, visit: Visit, owed: Sequence[Requirement], today: date, **kwargs: Any
    ) -> None:
        named = [each.key for each in visit.discharges.all()]
        known = kwargs.pop("initial", None) or {}
        kwargs["initial"] = {
            "revision": visit.revision,
            "outcome": visit.outcome if visit.outcome in TOOK_PLACE else Outcome.HELD,
            "visit_on": visit.visit_on,
            "whole_form": visit.whole_form,
            "premises": _seen_or_to_see(visit),
            "note": visit.note,
            **known,
        }
        super().__init__(*args, **kwargs)
        self.fields["visit_on"].latest = today  # type: ignore[attr-defined]
        self.person, self.visit, self.today = person, visit, today
        offer_premises(self, Premises.objects.seen_by(person).filter(provision=visit.provision_id))
        offer_requirements(self, owed, named, Sight.of(person))

    def clean(self) -> dict[str, Any]:
        """R7: what is recorded already as discharged without having been seen stays; nothing is added to it."""
        cleaned = super().clean()
        self.ask_about_year("visit_on", self.today)
        look_at_premises(self, self.person, besides=unseen_before(self.visit, self.person))
        return cleaned

    def values(self) -> dict[str, Any]:
        """What the action takes, the revision apart."""
        made = {name: value for name, value in self.cleaned_data.items() if name != "revision"}
        return made | {"premises": list(made.get("premises") or []), "discharges": made.get("discharges") or []}


def _seen_or_to_see(visit: Visit) -> list[int]:
    """What the day's checklist says was seen; until anybody says so, and of a visit still to be held, the plan."""
    seen = list(visit.premises.values_list("pk", flat=True))
    is_held = visit.state == VisitState.HELD
    return seen if seen or is_held else list(visit.to_see.values_list("pk", flat=True))


class CorrectVisitForm(HoldVisitForm):
    """A visit that is recorded as held: its day, officer, premises, or what it discharges was wrong."""

    officer = officer_field()
    reason = forms.CharField(label="Why is it corrected?", max_length=300, widget=TextBox(rows=2))
    field_order = (
        "outcome",
        "visit_on",
        "year_is_right",
        "officer",
        "premises",
        "discharges",
        "whole_form",
        "note",
        "reason",
    )

    def __init__(
        self, *args: Any, person: Person, visit: Visit, owed: Sequence[Requirement], today: date, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {"officer": visit.officer_id}
        super().__init__(*args, person=person, visit=visit, owed=owed, today=today, **kwargs)
        offer_officers(self.fields["officer"], person, visit.provision, visit.visit_on)
        if visit.officer is None:
            del self.fields["officer"]

    def clean_officer(self) -> Person:
        officer: Person = self.cleaned_data["officer"]
        if officer.pk == self.visit.reviewer_id:
            raise forms.ValidationError(own_review(officer))
        return officer


class NotHeldForm(RevisionForm):
    """The visit did not take place: in which way, and why."""

    outcome = forms.ChoiceField(label="What happened?", widget=Radios())
    because = forms.CharField(label="Why did it not take place?", max_length=300, widget=TextBox(rows=3))

    def __init__(self, *args: Any, visit: Visit, **kwargs: Any) -> None:
        super().__init__(*args, initial={"revision": visit.revision}, **kwargs)
        mistake = [(BY_MISTAKE, "It was recorded by mistake that it took place")]
        choices = [(each.value, each.label) for each in DID_NOT]
        self.fields["outcome"].choices = [*choices, *(mistake if visit.state == VisitState.HELD else [])]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What the action takes; held by mistake has no outcome at all."""
        outcome = self.cleaned_data["outcome"]
        return {"because": self.cleaned_data["because"], "outcome": "" if outcome == BY_MISTAKE else outcome}
