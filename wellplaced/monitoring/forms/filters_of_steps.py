"""The filters of the list of all steps of all visits; other pages link into it by their names (see views/steps.py)."""

import calendar
import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from wellplaced.design.fields import GovDateField
from wellplaced.monitoring.counted import steps_counted
from wellplaced.monitoring.forms.filters import ANY, NOBODY, CountedFilters
from wellplaced.monitoring.models import StepState, VisitState
from wellplaced.monitoring.words import STEP_NAMES
from wellplaced.people.models import Person

OPEN, OVERDUE, EVERYTHING = "open", "overdue", "all"
STATES = [
    (OPEN, "Open, overdue ones too"),
    (OVERDUE, "Overdue"),
    *[(code, label) for code, label in StepState.choices if code != OPEN],
    (EVERYTHING, "Everything"),
]
IN_TIME = [*ANY, ("yes", "Done in time"), ("no", "Done late"), ("none", "Done, had no date")]
CLAUSES = ("C12", "C13", "C14", "C15", "C16", "C17", "C18", "C19", "C20", "C21", "C22", "C23")
LIVE = Q(visit__state__in=[VisitState.BOOKED, VisitState.HELD], visit__closed_on=None)
MONTH = re.compile(r"^(\d{4})-(0[1-9]|1[0-2])$")


class MonthField(forms.CharField):
    """A month as it stands in addresses, such as 2026-11; cleaned to its first day."""

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None
        found = MONTH.match(typed)
        if found is None or int(found[1]) == 0:
            raise ValidationError("Enter a month like 2026-11")
        return date(int(found[1]), int(found[2]), 1)


class StepFilters(CountedFilters):
    """Filters of steps. Without a state: what is open, unless it is asked what was in time."""

    step = forms.ChoiceField(label="Step", choices=[*ANY, *((code, known.name) for code, known in STEP_NAMES.items())])
    state = forms.ChoiceField(label="State", choices=[("", "Open, overdue ones too"), *STATES[1:]])
    in_time = forms.ChoiceField(label="In time", choices=IN_TIME)
    clause = forms.ChoiceField(label="Clause", choices=[*ANY, *((each, each) for each in CLAUSES)])
    officer = forms.ChoiceField(label="Officer who makes the visit")
    reviewer = forms.ChoiceField(label="Senior officer who reviews")
    month = MonthField(label="Due in the month", help_text="For example, 2026-11")
    due_from = GovDateField(label="Due from")
    due_to = GovDateField(label="Due to")
    field_order = (
        "q", "step", "state", "in_time", "type", "officer", "reviewer", "clause", "month", "due_from", "due_to",
        "counted_from", "counted_to",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [("", "Open, overdue ones too"), *STATES]  # type: ignore[attr-defined]
        people = [(str(each.pk), each.name) for each in Person.objects.seen_by(self.person)]
        chosen = [("", "Anybody"), (NOBODY, "Nobody yet"), *people]
        self.fields["officer"].choices = chosen  # type: ignore[attr-defined]
        self.fields["reviewer"].choices = chosen  # type: ignore[attr-defined]

    def narrow(self, rows: Any) -> Any:
        asked = super().narrow(rows)
        is_open = not {"state", "in_time"} & self.answers().keys()
        asked = asked.filter(self.by_state(OPEN)) if is_open else asked
        return asked.filter(steps_counted(*self.period)) if self.is_counted else asked

    def by_step(self, value: str) -> Q:
        return Q(step=value)

    def by_state(self, value: str) -> Q:
        if value == EVERYTHING:
            return Q()
        live = Q() if self.is_counted else LIVE  # the figures count what was never done and the visit closed, too
        if value == OVERDUE:
            return live & Q(state=StepState.OPEN, due_on__lt=self.today)
        return live & Q(state=value) if value in (StepState.OPEN, StepState.WAITING) else Q(state=value)

    def by_in_time(self, value: str) -> Q:
        return Q(state=StepState.DONE, in_time={"yes": True, "no": False, "none": None}[value])

    def by_clause(self, value: str) -> Q:
        return Q(clause=value)

    def by_officer(self, value: str) -> Q:
        return Q(visit__officer=None) if value == NOBODY else Q(visit__officer=int(value))

    def by_reviewer(self, value: str) -> Q:
        return Q(visit__reviewer=None) if value == NOBODY else Q(visit__reviewer=int(value))

    def by_month(self, first: date) -> Q:
        return Q(due_on__gte=first, due_on__lte=first.replace(day=calendar.monthrange(first.year, first.month)[1]))

    def by_due_from(self, day: date) -> Q:
        return Q(due_on__gte=day)

    def by_due_to(self, day: date) -> Q:
        return Q(due_on__lte=day)
