"""A visit before its day: booked at once, proposed, or recorded after the fact; confirmed; moved."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db.models import Q

from wellplaced import history
from wellplaced.design.bound import GovField
from wellplaced.design.fields import GovDateField, Radios
from wellplaced.design.forms import RevisionForm
from wellplaced.monitoring.forms.asking import VisitToComeForm, at, known_from_the_start, time_field
from wellplaced.monitoring.forms.asking_back import AddOnceForm
from wellplaced.monitoring.forms.offering import (
    discharges_field,
    earliest_due,
    look_at_premises,
    note_field,
    offer_officers,
    offer_premises,
    offer_requirements,
    officer_field,
    premises_field,
    premises_owed,
    usual_officer,
    whole_form_field,
)
from wellplaced.monitoring.forms.reviewing import offer_reviewers, reviewer_field, reviewers, suggested_reviewer
from wellplaced.monitoring.models import Requirement, Visit, VisitState
from wellplaced.monitoring.short_notice import is_short_notice
from wellplaced.monitoring.sight import Sight
from wellplaced.people.models import Person
from wellplaced.register.models import Premises, Provision

TO_COME, PROPOSE, HELD = "to_come", "propose", "held"
TOLD, NOT_TOLD = "yes", "no"
NOT_FOR = {  # answers that say nothing about a visit of this kind
    TO_COME: {"whole_form"},
    PROPOSE: {"whole_form", "late_because", "short_notice_because", "unannounced_because"},
    HELD: set(),
}


def told_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Is the provider told of the visit?",
        choices=[(TOLD, "Yes"), (NOT_TOLD, "No, it is unannounced")],
        widget=Radios(),
        initial=TOLD,
    )


def unannounced_field() -> forms.CharField:
    return forms.CharField(label="Why is the provider not told?", required=False, max_length=300)


class ToldForm(VisitToComeForm):
    """Asks whether the provider is told, and why not."""

    reveals: ClassVar = {"told": {NOT_TOLD: "unannounced_because"}}

    @property
    def shown_fields(self) -> list[GovField]:
        if "unannounced_because" in self.fields:
            self.fields["unannounced_because"].required = True  # of those who see it; nothing says '(optional)'
        return super().shown_fields

    def look_at_telling(self) -> bool:
        """Whether the provider is told; without a reason for not telling, an error stands under the question."""
        is_told = self.cleaned_data.get("told") != NOT_TOLD
        if is_told:
            self.cleaned_data["unannounced_because"] = ""
        elif not self.cleaned_data.get("unannounced_because"):
            self.add_error("unannounced_because", "Say why the provider is not told")
        return is_told


class BookVisitForm(AddOnceForm, ToldForm):
    """A visit to come, agreed or still to be agreed with the provider, or one that has taken place already."""

    when = forms.ChoiceField(
        label="Is this visit to come?",
        choices=[
            (TO_COME, "Yes, book it"),
            (PROPOSE, "Yes, propose the day to the provider first"),
            (HELD, "No, it has taken place: record it"),
        ],
        widget=Radios(),
        initial=TO_COME,
    )
    officer = officer_field()
    visit_on = GovDateField(label="On which day?")
    visit_at = time_field()
    premises = premises_field("Which premises are seen?")
    discharges = discharges_field()
    told = told_field()
    unannounced_because = unannounced_field()
    reviewer = reviewer_field()
    whole_form = whole_form_field()
    note = note_field()
    reveals: ClassVar = {"when": {HELD: "whole_form"}, **ToldForm.reveals}
    tucked = ("told", "reviewer", "note")  # rarely changed: folded away, under a line that says how they stand
    field_order = (
        *("when", "officer", "visit_on", "year_is_right", "visit_at", "late_because", "short_notice_because"),
        *("premises", "discharges", "told", "unannounced_because", "reviewer", "whole_form", "note"),
        "once_more",
    )

    def __init__(
        self,
        *args: Any,
        person: Person,
        provision: Provision,
        owed: Sequence[Requirement],
        ticked: Sequence[str],
        today: date,
        on: date | None = None,
        **kwargs: Any,
    ) -> None:
        offered = reviewers(person, today)
        initial = {"visit_on": on, "reviewer": suggested_reviewer(person, provision, offered)}
        known = known_from_the_start(person, owed, ticked, today)
        super().__init__(*args, initial={**initial, **known}, **kwargs)
        self.person, self.owed, self.today, self.provision = person, owed, today, provision
        offer_officers(self.fields["officer"], person, provision, today)
        self.initial["officer"] = usual_officer(person, provision, today)
        self.initial["premises"] = premises_owed(owed, ticked, Sight.of(person))
        offer_reviewers(self.fields["reviewer"], person, offered, today)
        there = Premises.objects.seen_by(person).filter(provision=provision)
        lived_in = premises_owed(owed, [each.key for each in owed], Sight.of(person))
        offer_premises(self, there.filter(Q(closed_on=None) | Q(pk__in=lived_in)))
        offer_requirements(self, owed, ticked, Sight.of(person))

    @property
    def shown_fields(self) -> list[GovField]:
        return [field for field in super().shown_fields if field.name not in self.tucked]

    @property
    def tucked_fields(self) -> list[GovField]:
        return [self[name] for name in self.tucked]  # type: ignore[misc]

    @property
    def opens_tucked(self) -> bool:
        """Whether what is folded away was answered otherwise than usual, or is wrong."""
        is_unusual = self.is_bound and (self.data.get("told") == NOT_TOLD or bool(self.data.get("note")))
        return is_unusual or any(name in self.errors for name in (*self.tucked, "unannounced_because"))

    @property
    def tucked_words(self) -> str:
        suggested = self.initial.get("reviewer")
        who = f"{suggested} reviews the report" if suggested else "nobody reviews the report yet"
        return f"Announced, {who}: change this, or add a note"

    @property
    def kind(self) -> str:
        return str(self.cleaned_data.get("when", ""))

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned, on = self.cleaned_data, self.cleaned_data.get("visit_on")
        is_told = self.look_at_telling()
        if on is None or not self.kind:
            return cleaned
        self.look_at_officer(cleaned.get("officer"), cleaned.get("reviewer"), on)
        self.ask_about_year("visit_on", self.today)
        if self.kind == HELD:
            self._look_at_past(on, is_told=is_told)
        elif on < self.today:
            self.add_error("visit_on", "The day is past. If the visit has taken place, answer ‘No’ above to record it")
        else:
            self._look_at_coming(on, is_told=is_told)
        if not self.errors:
            self.ask_about_same(self._same(on))
        return cleaned

    def _same(self, on: date) -> Visit | None:
        """A visit to the same place at the same time, by the same officer, that the person recorded today."""
        same = {name: self.cleaned_data.get(name) for name in ("officer", "visit_at")}
        rows = Visit.objects.seen_by(self.person).filter(provision=self.provision, visit_on=on, **same)
        standing = rows.exclude(state__in=[VisitState.CANCELLED, VisitState.NOT_HELD])
        return history.recorded_that_day(standing, by=self.person, on=self.today)

    def _look_at_past(self, on: date, *, is_told: bool) -> None:
        """Why it was late and at short notice may be said, and is kept where it was; nobody is asked after the fact."""
        if on > self.today:
            self.add_error("visit_on", "A visit that has taken place cannot have a day in the future")
        look_at_premises(self, self.person)
        keys = self.cleaned_data.get("discharges", ())
        governs = earliest_due(self.owed, keys)
        if governs is None or governs.due_on is None or on <= governs.due_on:
            self.cleaned_data["late_because"] = ""
        if not is_told or self._says_what_the_page_said_of_others(keys):
            self.cleaned_data["short_notice_because"] = ""

    def _says_what_the_page_said_of_others(self, keys: Sequence[str]) -> bool:
        """The reason stands as the page put it there, of a due date that this visit has nothing to do with."""
        said, put = self.cleaned_data.get("short_notice_because"), self.initial.get("short_notice_because")
        return said == put and put != known_from_the_start(self.person, self.owed, keys, self.today).get(
            "short_notice_because"
        )

    def _look_at_coming(self, on: date, *, is_told: bool) -> None:
        self.look_at_day(self.cleaned_data.get("officer"), on, self.cleaned_data.get("visit_at"))
        if self.kind == PROPOSE and not is_told:
            self.add_error("told", "A day that is proposed to the provider is known to them. Answer ‘Yes’, or book it")
        if self.kind == TO_COME:
            self.ask_why_late(on, self.cleaned_data.get("discharges", ()))
            self.ask_why_short(on, self.today, is_told=is_told)

    def values(self) -> dict[str, Any]:
        """What the action takes for a visit of this kind."""
        left_out = {"when", "told", "premises", *NOT_FOR[self.kind]}
        made = {name: value for name, value in self.cleaned_data.items() if name not in left_out}
        which = "premises" if self.kind == HELD else "to_see"  # what was seen, or what is to be
        return made | {which: list(self.cleaned_data.get("premises") or []), "discharges": made.get("discharges") or []}


class ConfirmVisitForm(RevisionForm, VisitToComeForm):
    """The provider agreed to the day that was proposed."""

    confirmed_on = GovDateField(label="On which day did the provider agree?")
    visit_at = time_field()
    field_order = ("confirmed_on", "year_is_right", "visit_at", "late_because", "short_notice_because")

    def __init__(
        self, *args: Any, person: Person, visit: Visit, owed: Sequence[Requirement], today: date, **kwargs: Any
    ) -> None:
        keys = [each.key for each in visit.discharges.all()]
        initial = {"revision": visit.revision, "confirmed_on": today, "visit_at": at(visit.visit_at)}
        known = known_from_the_start(person, owed, keys, today)
        self.is_short = is_short_notice(person.own_authority.pk, visit.visit_on, today)
        super().__init__(*args, initial={**initial, **(known if self.is_short else {})}, **kwargs)
        self.fields["confirmed_on"].latest = today  # type: ignore[attr-defined]
        self.person, self.besides, self.provision = person, visit, visit.provision
        self.owed, self.keys, self.today = owed, keys, today

    def asks(self, name: str) -> bool:
        """The day is known already, and so is what it needs."""
        governs = earliest_due(self.owed, self.keys)
        is_late = bool(governs and governs.due_on and self.besides and self.besides.visit_on > governs.due_on)
        return super().asks(name) or (is_late if name == "late_because" else self.is_short)

    def clean(self) -> dict[str, Any]:
        super().clean()
        visit, agreed = self.besides, self.cleaned_data.get("confirmed_on")
        self.ask_about_year("confirmed_on", self.today)
        if visit is None or agreed is None:
            return self.cleaned_data
        if visit.visit_on < self.today:
            self.add_error(None, "The day that was proposed is past. Propose another day, or cancel this visit")
        self.look_at_day(visit.officer, visit.visit_on, self.cleaned_data.get("visit_at"))
        self.ask_why_late(visit.visit_on, self.keys)
        self.ask_why_short(visit.visit_on, agreed)
        return self.cleaned_data

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}
