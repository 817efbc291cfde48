"""A visit that is booked or proposed: what it is for and what it is to see, another day, time or officer."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q

from wellplaced.design.fields import GovDateField, TextBox
from wellplaced.design.forms import RevisionForm
from wellplaced.monitoring.forms.asking import VisitToComeForm, at, time_field
from wellplaced.monitoring.forms.booking import NOT_TOLD, TOLD, ToldForm, told_field, unannounced_field
from wellplaced.monitoring.forms.offering import (
    discharges_field,
    note_field,
    offer_officers,
    offer_premises,
    offer_requirements,
    officer_field,
    premises_field,
)
from wellplaced.monitoring.models import Requirement, Visit, VisitState
from wellplaced.monitoring.short_notice import is_short_notice
from wellplaced.monitoring.sight import Sight
from wellplaced.people.models import Person
from wellplaced.register.models import Premises


class PlanVisitForm(RevisionForm, VisitToComeForm):
    """What a visit to come is for, and what it is to see; its day stays."""

    discharges = discharges_field()
    premises = premises_field("Which premises are to be seen?")
    note = note_field()
    field_order = ("discharges", "late_because", "premises", "note")

    def __init__(
        self, *args: Any, person: Person, visit: Visit, owed: Sequence[Requirement], today: date, **kwargs: Any
    ) -> None:
        named = [each.key for each in visit.discharges.all()]
        to_see = list(visit.to_see.values_list("pk", flat=True))
        initial = {"premises": to_see, **{name: getattr(visit, name) for name in ("revision", "note", "late_because")}}
        super().__init__(*args, initial=initial, **kwargs)
        del self.fields["short_notice_because"]
        self.besides, self.owed, self.today = visit, owed, today
        in_use = Premises.objects.seen_by(person).filter(Q(closed_on=None) | Q(pk__in=to_see))
        offer_premises(self, in_use.filter(provision=visit.provision_id))
        offer_requirements(self, owed, named, Sight.of(person))

    def asks(self, name: str) -> bool:
        """Only once a requirement is named that the visit comes too late for."""
        return name in self.fields and (bool(self.data.get(name) or self.initial.get(name)) or name in self.errors)

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.besides is not None and self.besides.state == VisitState.BOOKED:
            self.ask_why_late(self.besides.visit_on, self.cleaned_data.get("discharges", ()))
        return self.cleaned_data

    def values(self) -> dict[str, Any]:
        made = {name: value for name, value in self.cleaned_data.items() if name not in {"revision", "premises"}}
        to_see = list(self.cleaned_data.get("premises") or [])
        return made | {"to_see": to_see, "discharges": made.get("discharges") or []}


class RebookVisitForm(RevisionForm, ToldForm):
    """Another day, time or officer. The reason for the move says, too, why it is at short notice."""

    visit_on = GovDateField(label="On which day?")
    visit_at = time_field()
    officer = officer_field()
    told = told_field()
    unannounced_because = unannounced_field()
    reason = forms.CharField(
        label="Why is it moved?",
        max_length=300,
        widget=TextBox(rows=2),
        help_text="Moving a visit does not move the date by which it is due",
    )
    field_order = (
        *("visit_on", "year_is_right", "visit_at", "officer", "reason", "late_because"),
        *("told", "unannounced_because"),
    )

    def __init__(
        self, *args: Any, person: Person, visit: Visit, owed: Sequence[Requirement], today: date, **kwargs: Any
    ) -> None:
        initial = {
            "revision": visit.revision,
            "visit_on": visit.visit_on if visit.visit_on >= today and visit.state != VisitState.NOT_HELD else None,
            "visit_at": at(visit.visit_at),
            "officer": visit.officer_id,
            "told": TOLD if visit.is_announced else NOT_TOLD,
            "unannounced_because": visit.unannounced_because,
            "late_because": visit.late_because,
            "reason": visit.state_because if visit.state == VisitState.NOT_HELD else "",  # told once is enough
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["visit_on"].earliest = today  # type: ignore[attr-defined]
        del self.fields["short_notice_because"]
        self.person, self.besides, self.provision, self.owed, self.today = person, visit, visit.provision, owed, today
        self.is_proposal = visit.state == VisitState.PROPOSED
        if self.is_proposal:
            for name in ("told", "unannounced_because", "late_because"):
                del self.fields[name]
        offer_officers(self.fields["officer"], person, visit.provision, today)

    def asks(self, name: str) -> bool:
        return name in self.fields and super().asks(name)  # a proposal has no such questions

    def clean(self) -> dict[str, Any]:
        super().clean()
        visit, on, officer = self.besides, self.cleaned_data.get("visit_on"), self.cleaned_data.get("officer")
        if not self.is_proposal:
            self.look_at_telling()
        if visit is None or on is None:
            return self.cleaned_data
        self.ask_about_year("visit_on", self.today)
        self.look_at_officer(officer, visit.reviewer, on)
        self.look_at_day(officer, on, self.cleaned_data.get("visit_at"))
        self._refuse_what_stands(visit)
        if not self.is_proposal:
            self.ask_why_late(on, [each.key for each in visit.discharges.all()])
        return self.cleaned_data

    def _refuse_what_stands(self, visit: Visit) -> None:
        """Nothing moves where nothing is changed; the same move sent twice, by an older revision, is none of this."""
        names = [name for name in ("visit_on", "visit_at", "officer", "unannounced_because") if name in self.fields]
        stands = all(self.cleaned_data.get(name) == getattr(visit, name) for name in names)
        was_seen = self.cleaned_data.get("revision") in (None, visit.revision)
        if stands and was_seen and visit.state != VisitState.NOT_HELD and not self.errors:
            self.add_error("visit_on", "The visit stands so already. Change the day, the time or the officer")

    def values(self) -> dict[str, Any]:
        made = {name: value for name, value in self.cleaned_data.items() if name not in {"revision", "told"}}
        return made | ({} if self.is_proposal else {"short_notice_because": self._why_short()})

    def _why_short(self) -> str:
        """R8 is counted anew for a new day; a reason that is on record already still says why, beside that of the move."""
        visit, on = self.besides, self.cleaned_data["visit_on"]
        if visit is None or self.cleaned_data.get("unannounced_because"):
            return ""
        if on == visit.visit_on:
            return visit.short_notice_because
        is_short = is_short_notice(self.person.own_authority.pk, on, self.today)
        return (visit.short_notice_because or str(self.cleaned_data["reason"])) if is_short else ""
