"""The filters of this room's lists."""

from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q

from wellplaced.design.fields import GovDateField
from wellplaced.design.lists import FilterForm
from wellplaced.monitoring.counted import requirements_counted
from wellplaced.monitoring.models import Assignment, Concern, RequirementState, Task, VisitState
from wellplaced.monitoring.models.owed import OWED
from wellplaced.monitoring.words import CLAUSES, KINDS
from wellplaced.people.covering import acting_for
from wellplaced.people.models import Person, ProvisionType
from wellplaced.register.models import LocalDetails

ANY = [("", "Any")]
NOBODY = "none"
WHOSE = [("", "Everybody’s"), ("mine", "Mine"), ("covered", "Those of colleagues whom I cover")]
IN_TIME = [*ANY, ("yes", "Visited in time"), ("no", "Visited late"), ("none", "Visited, had no date")]
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

    @cached_property
    def people(self) -> list[tuple[str, str]]:
        """The authority's staff, as choices."""
        return [(str(each.pk), each.name) for each in Person.objects.seen_by(self.person)]

    def _officers(self) -> list[tuple[str, str]]:
        return [("", "Anybody"), (NOBODY, "Nobody yet"), *self.people]

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


class CountedFilters(OwnFilters):
    """Filters of what the figures of timeliness count in a period (counted.py), to whose numbers they lead."""

    counted_from = GovDateField(label="Counted from", help_text="As the figures of timeliness count")
    counted_to = GovDateField(label="Counted to")

    @property
    def period(self) -> tuple[date | None, date | None]:
        return self.answers().get("counted_from"), self.answers().get("counted_to")

    @property
    def is_counted(self) -> bool:
        return any(self.period)

    def by_counted_from(self, day: date) -> Q:
        return Q()

    def by_counted_to(self, day: date) -> Q:
        return Q()


class OwedFilters(CountedFilters):
    """Filters of everything owed."""

    state = forms.ChoiceField(label="State", choices=STATES)
    kind = forms.ChoiceField(label="Kind of visit", choices=[*ANY, *KINDS.items()])
    clause = forms.ChoiceField(label="Clause", choices=[*ANY, *((each, each) for each in CLAUSES)])
    in_time = forms.ChoiceField(label="In time", choices=IN_TIME)
    due_from = GovDateField(label="Due from")
    due_to = GovDateField(label="Due to")
    field_order = (
        "q", "state", "in_time", "kind", "clause", "type", "officer", "due_from", "due_to",
        "counted_from", "counted_to",
    )  # fmt: skip

    def narrow(self, rows: Any) -> Any:
        asked = super().narrow(rows)
        asked = asked if {"state", "in_time"} & self.answers().keys() else asked.filter(state__in=OWED)
        return asked.filter(requirements_counted(*self.period)) if self.is_counted else asked

    def by_state(self, value: str) -> Q:
        if value == "all":
            return Q()
        if value == "overdue":
            return Q(state__in=OWED, due_on__lt=self.today)
        return Q(state=value)

    def by_in_time(self, value: str) -> Q:
        in_time = {"yes": True, "no": False, "none": None}[value]
        return Q(state=RequirementState.DISCHARGED, in_time=in_time)

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

    whose = forms.ChoiceField(label="Whose visits")
    state = forms.ChoiceField(label="State", choices=[*ANY, *VisitState.choices])
    announced = forms.ChoiceField(label="Announced", choices=[*ANY, ("yes", "Announced"), ("no", "Unannounced")])
    visit_from = GovDateField(label="From")
    visit_to = GovDateField(label="To")
    field_order = ("q", "whose", "state", "announced", "type", "officer", "visit_from", "visit_to")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["whose"].choices = [*WHOSE, *self.people]  # type: ignore[attr-defined]

    def by_whose(self, value: str) -> Q:
        if value == "covered":
            return Q(officer__in=acting_for(self.person, self.today))
        return Q(officer=self.person if value == "mine" else int(value))

    def by_announced(self, value: str) -> Q:
        return Q(unannounced_because="") if value == "yes" else ~Q(unannounced_because="")

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
    came_back = forms.ChoiceField(
        label="Came back", choices=[*ANY, ("once", "At least once"), ("often", "More than once"), ("never", "Never")]
    )
    due_from = GovDateField(label="Due from")
    due_to = GovDateField(label="Due to")
    field_order = ("q", "state", "owner", "came_back", "type", "officer", "due_from", "due_to")

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

    def by_came_back(self, value: str) -> Q:
        return {"once": Q(times_back__gte=1), "often": Q(times_back__gt=1), "never": Q(times_back=0)}[value]

    def by_due_from(self, day: date) -> Q:
        return Q(due_on__gte=day)

    def by_due_to(self, day: date) -> Q:
        return Q(due_on__lte=day)
