"""What the forms of a visit to come look at before they are saved: approval, clashes, lateness (C4), notice (R8)."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, time
from typing import Any

from django import forms

from wellplaced.design.bound import GovField
from wellplaced.design.fields import TextBox, width
from wellplaced.design.words import day
from wellplaced.monitoring.actions.refusals import clash_words, own_review
from wellplaced.monitoring.forms.asking_back import YEAR, AskBackForm
from wellplaced.monitoring.forms.offering import earliest_due
from wellplaced.monitoring.models import Requirement, Visit
from wellplaced.monitoring.officer_days import clashing
from wellplaced.monitoring.short_notice import book_by, is_short_notice
from wellplaced.monitoring.words import KINDS, days_late
from wellplaced.people.approvals import approval_problem
from wellplaced.people.models import Person
from wellplaced.register.models import Provision


def time_field() -> forms.TimeField:
    formats = ["%H:%M", "%H.%M", "%I:%M%p", "%I.%M%p", "%I%p", "%H:%M:%S"]
    return forms.TimeField(
        label="At what time?",
        required=False,
        input_formats=formats,
        help_text="For example, 14:30 or 2:30pm",
        widget=forms.TimeInput(format="%H:%M", attrs=width(5)),
    )


class VisitToComeForm(AskBackForm):
    """A visit to come. Questions that only some visits need are asked once it is known that this one needs them."""

    late_because = forms.CharField(
        label="Why can it not be sooner?",
        required=False,
        max_length=300,
        widget=TextBox(rows=2),
        help_text="Only for a visit that is booked past its due date",
    )
    short_notice_because = forms.CharField(
        label="Why at short notice?",
        required=False,
        max_length=300,
        widget=TextBox(rows=2),
        help_text="Only where the confirmation cannot go as far ahead as the guidance asks (C15, R8)",
    )
    asked_where_needed = ("late_because", "short_notice_because")

    person: Person
    provision: Provision
    owed: Sequence[Requirement]
    today: date
    besides: Visit | None = None  # the visit itself, where it exists already
    clash: Visit | None = None  # another visit of the officer at that time, once it is found

    @property
    def shown_fields(self) -> list[GovField]:
        unasked = {name for name in self.asked_where_needed if not self.asks(name)}
        for name in {*self.asked_where_needed} & {*self.fields} - unasked:
            self.fields[name].required = True  # nothing says '(optional)' beside what this visit needs
        return [field for field in super().shown_fields if field.name not in unasked]

    def asks(self, name: str) -> bool:
        """Whether a question is asked on this page: it was answered, it is missing, or the page knew from the start."""
        is_overdue = name == "late_because" and any(each.due_on and each.due_on < self.today for each in self.owed)
        answered = self.data.get(name) or self.get_initial_for_field(self.fields[name], name)
        return bool(is_overdue or answered) or name in self.errors

    def look_at_officer(self, officer: Person | None, reviewer: Person | None, on: date) -> None:
        problem = approval_problem(officer, self.provision.type, on) if officer else ""
        if problem:
            self.add_error("officer", problem)
        if officer is not None and officer == reviewer:
            self.add_error("reviewer" if "reviewer" in self.fields else "officer", own_review(officer))

    def look_at_day(self, officer: Person | None, on: date, at: time | None) -> None:
        """No two visits of one officer at one time."""
        self.clash = clashing(officer, on, at, besides=self.besides) if officer else None
        if self.clash is not None:
            self.add_error("visit_at", clash_words(self.clash))

    def ask_why_late(self, on: date, keys: Iterable[str]) -> None:
        """Past the due date that governs a reason is needed; in time none is kept."""
        if YEAR in self.errors:
            return  # how late it would be in another century is not worth an answer
        governs = earliest_due(self.owed, keys)
        if governs is None or governs.due_on is None or on <= governs.due_on:
            self.cleaned_data["late_because"] = ""
        elif not self.cleaned_data.get("late_because"):
            late, what = days_late(governs.due_on, on), f"‘{KINDS[governs.kind]}’ is due by {day(governs.due_on)}"
            self.add_error(
                "late_because", f"This day is {late}: {what}. Say why it cannot be sooner, or choose another day"
            )

    def ask_why_short(self, on: date, booked_on: date, *, is_told: bool = True) -> None:
        """R8: at short notice a reason is needed, unless nobody tells the provider; with full notice none is kept."""
        if YEAR in self.errors:
            return
        if not is_told or not is_short_notice(self.person.own_authority.pk, on, booked_on):
            self.cleaned_data["short_notice_because"] = ""
        elif not self.cleaned_data.get("short_notice_because"):
            last = day(book_by(self.person.own_authority.pk, on, booked_on))
            self.add_error(
                "short_notice_because",
                f"For full notice this day had to be booked by {last}. Say why it is at short notice, "
                "or choose a later day",
            )


def at(time_: time | None) -> str | None:
    """A time as the form's box shows it."""
    return f"{time_:%H:%M}" if time_ else None


def known_from_the_start(
    person: Person, owed: Sequence[Requirement], keys: Collection[str], today: date
) -> dict[str, Any]:
    """What the page can answer by itself: a due date so near that no day in time leaves full notice."""
    governs = earliest_due(owed, keys)
    if governs is None or governs.due_on is None:
        return {}
    if governs.due_on >= today and not is_short_notice(person.own_authority.pk, governs.due_on, today):
        return {}
    what = f"{KINDS[governs.kind]} ({governs.clause})"
    return {"short_notice_because": f"{what} {'was' if governs.due_on < today else 'is'} due by {day(governs.due_on)}"}
