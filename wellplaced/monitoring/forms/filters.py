"""The filters of this room's lists."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q

from wellplaced.design.fields import GovDateField
from wellplaced.design.lists import FilterForm
from wellplaced.monitoring.models import Assignment, Concern, RequirementState, Task, VisitState
from wellplaced.monitoring.models.owed import OWED
from wellplaced.monitoring.words import CLAUSES, KINDS
from wellplaced.people.models import Person, ProvisionType
from wellplaced.register.models import LocalDetails

ANY = [("", "Any")]
NOBODY = "none"
STATES = [("", "Still owed"), ("overdue", "Overdue"), *RequirementState.choices, ("all", "Everything, settled too")]


class OwnFilters(FilterForm):
    """Filters by provision, its type and who looks after it, for one person on one day."""

    q = forms.CharField(label="Provision", help_text="Name, URN, owner or place")
    type = forms.ChoiceField(label="Type", choices=[*ANY, *ProvisionType.monitored()])
    officer = forms.ChoiceField(label="Looked after by")

    def __init__(self, *args: Any, person: Person, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person, self.today = person, today
        if "officer" in self.fields:
            self.fields["officer"].choices = self._officers  # type: ignore[attr-defined]

    def _officers(self) -> list[tuple[str, str]]:
        people = [(str(each.pk), each.name) for each in Person.objects.seen_by(self.person)]
        return [("", "Anybody"), (NOBODY, "Nobody yet"), *people]

    def narrow(self, rows: Any) -> Any:
        for name, value in self.answers().items():
            rows = rows.filter(getattr(self, f"by_{name}")(value))
        return rows

    def by_q(self, text: str) -> Q:
        wanted = " ".join(text.lower().split())
        own = LocalDetails.objects.filter(
            provision=OuterRef("provision"), authority=OuterRef("authority"), search_text__contains=wanted
        )
        return Q(provision__search_text__contains=wanted) | Q(Exists(own))

    def by_type(self, value: str) -> Q:
        return Q(provision__type=value)

    def by_officer(self, value: str) -> Q:
        current = Assignment.objects.filter(
            provision=OuterRef("provision"), authority=OuterRef("authority"), ends_on=None
        )
        return ~Q(Exists(current)) if value == NOBODY else Q(Exists(current.filter(officer=int(value))))


class OwedFilters(OwnFilters):
    """Filters of everything owed."""

    state = forms.ChoiceField(label="State", choices=STATES)
    kind = forms.ChoiceField(label="Kind of visit", choices=[*ANY, *KINDS.items()])
    clause = forms.ChoiceField(label="Clause", choices=[*ANY, *((each, each) for each in CLAUSES)])
    due_from = GovDateField(label="Due from")
    due_to = GovDateField(label="Due to")
    field_order = ("q", "state", "kind", "clause", "type", "officer", "due_from", "due_to")

    def narrow(self, rows: Any) -> Any:
        asked = super().narrow(rows)
        return asked if "state" in self.answers() else asked.filter(state__in=OWED)

    def by_state(self, value: str) -> Q:
        if value == "all":
            return Q()
        if value == "overdue":
            return Q(state__in=OWED, due_on__lt=self.today)
        return Q(state=value)

    def by_kind(self, value: str) -> Q:
        return Q(kind=value)

    def by_clause(self, value: str) -> Q:
        return Q(clause=value)

    def by_due_from(self, day: date) -> Q:
        return Q(due_on__gte=day)

    def by_due_to(self, day: date) -> Q:
        return Q(due_on__lte=day)


class VisitFilters(OwnFilters):
    """Filters of visits."""

    whose = forms.ChoiceField(label="Whose visits", choices=[("", "Everybody’s"), ("mine", "Mine")])
    state = forms.ChoiceField(label="State", choices=[*ANY, *VisitState.choices])
    visit_from = GovDateField(label="From")
    visit_to = GovDateField(label="To")
    field_order = ("q", "whose", "state", "type", "officer", "visit_from", "visit_to")

    def by_whose(self, value: str) -> Q:
        return Q(officer=self.person)

    def by_state(self, value: str) -> Q:
        return Q(state=value)

    def by_visit_from(self, day: date) -> Q:
        return Q(visit_on__gte=day)

    def by_visit_to(self, day: date) -> Q:
        return Q(visit_on__lte=day)


class ConcernFilters(OwnFilters):
    """Filters of concerns."""

    how = forms.ChoiceField(label="How it was raised", choices=[*ANY, *Concern.How.choices])
    raised_from = GovDateField(label="Raised from")
    raised_to = GovDateField(label="Raised to")
    field_order = ("q", "how", "type", "officer", "raised_from", "raised_to")

    def by_how(self, value: str) -> Q:
        return Q(how=value)

    def by_raised_from(self, day: date) -> Q:
        return Q(raised_on__gte=day)

    def by_raised_to(self, day: date) -> Q:
        return Q(raised_on__lte=day)


class TaskFilters(OwnFilters):
    """Filters of tasks."""

    state = forms.ChoiceField(
        label="State",
        choices=[("", "Not done"), ("overdue", "Overdue"), ("done", "Done"), ("all", "Everything, done too")],
    )
    owner = forms.ChoiceField(label="Who must do it", choices=[*ANY, *Task.Owner.choices])
    due_from = GovDateField(label="Due from")
    due_to = GovDateField(label="Due to")
    field_order = ("q", "state", "owner", "type", "officer", "due_from", "due_to")

    def narrow(self, rows: Any) -> Any:
        asked = super().narrow(rows)
        return asked if "state" in self.answers() else asked.filter(done_on=None)

    def by_state(self, value: str) -> Q:
        return {
            "all": Q(),
            "overdue": Q(done_on=None, due_on__lt=self.today),
            "done": Q(done_on__isnull=False),
        }[value]

    def by_owner(self, value: str) -> Q:
        return Q(owner=value)

    def by_due_from(self, day: date) -> Q:
        return Q(due_on__gte=day)

    def by_due_to(self, day: date) -> Q:
        return Q(due_on__lte=day)
