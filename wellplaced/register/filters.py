"""What the list of provisions is narrowed by. Each word of a search is looked for in the public and in one's own names."""

from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string

from wellplaced.design.fields import Checkboxes
from wellplaced.design.lists import FilterForm
from wellplaced.people.models import Person, ProvisionType
from wellplaced.register.actions.judgements import SUPPORTED
from wellplaced.register.models import (
    CLOSED_STATUSES,
    GRADED,
    Inspectorate,
    LocalDetails,
    Outcome,
    Provision,
    RegistrationStatus,
)
from wellplaced.register.naming import searchable

Rows = QuerySet[Any, Any]
STATUSES = {
    "active": ("Active", Q(status=RegistrationStatus.ACTIVE)),
    "suspended": ("Suspended", Q(status=RegistrationStatus.SUSPENDED)),
    "ended": ("Resigned, cancelled or closed", Q(status__in=CLOSED_STATUSES)),
    "unregistered": (
        "Not registered with Ofsted",
        Q(urn="", inspectorate=Inspectorate.OFSTED) & ~Q(type=ProvisionType.SEN),
    ),
    "by_hand": ("Entered by hand", Q(entered_by__isnull=False)),
}
OUTCOMES = [*GRADED, *SUPPORTED, Outcome.NOT_JUDGED]
PLACED, CONTRACT = "placed", "contract"


class ProvisionFilters(FilterForm):
    """Search, type, judgement, standing, owner, place, and what concerns one's own authority."""

    q = forms.CharField(label="Search")
    ours = forms.MultipleChoiceField(
        label="Ours",
        choices=[(PLACED, "Where we have somebody placed now"), (CONTRACT, "Under contract with us")],
        widget=Checkboxes(),
    )
    type = forms.MultipleChoiceField(label="Type", choices=ProvisionType.choices, widget=Checkboxes())
    judgement = forms.MultipleChoiceField(
        label="Judgement", choices=[(outcome.value, outcome.label) for outcome in OUTCOMES], widget=Checkboxes()
    )
    standing = forms.MultipleChoiceField(
        label="Registration", choices=[(code, text) for code, (text, _) in STATUSES.items()], widget=Checkboxes()
    )
    owner = forms.CharField(label="Owner")
    place = forms.CharField(label="Place", help_text="Local authority, town or postcode")

    def __init__(self, *args: Any, person: Person, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person, self.today = person, today
        if person.authority_id is None:
            del self.fields["ours"]

    @property
    def panel(self) -> list[Any]:
        """The fields of the panel: all but the search, which has its own place."""
        return [field for field in self.shown_fields if field.name != "q"]

    @property
    def panel_asked(self) -> bool:
        """Whether anything besides the search is asked for."""
        return bool(self.errors) or bool(set(self.answers()) - {"q"})

    def narrow(self, rows: Rows) -> Rows:
        """The provisions that match every answer."""
        narrowing: dict[str, Callable[[Rows, Any], Rows]] = {
            "q": self._search,
            "ours": self._ours,
            "type": lambda rows, types: rows.filter(type__in=types),
            "judgement": self._judged,
            "standing": self._standing,
            "owner": lambda rows, owner: rows.filter(provider__name__icontains=owner),
            "place": self._at,
        }
        for name, value in self.answers().items():
            rows = narrowing[name](rows, value)
        return rows

    def _search(self, rows: Rows, words: str) -> Rows:
        for word in searchable(words).split():
            own = self._details.filter(search_text__contains=word)
            rows = rows.filter(Q(search_text__contains=word) | Q(pk__in=own.values("provision")))
        return rows

    def _at(self, rows: Rows, place: str) -> Rows:
        own = self._details.filter(Q(address__icontains=place) | Q(postcode__istartswith=place))
        public = Q(local_authority__icontains=place) | Q(address__icontains=place) | Q(postcode__istartswith=place)
        return rows.filter(public | Q(region__icontains=place) | Q(pk__in=own.values("provision")))

    def _ours(self, rows: Rows, kinds: list[str]) -> Rows:
        wanted = Q(pk__in=[])
        if PLACED in kinds:
            wanted |= Q(pk__in=in_use(self.person, self.today))
        if CONTRACT in kinds:
            wanted |= Q(pk__in=self._details.filter(under_contract_from__lte=self.today).values("provision"))
        return rows.filter(wanted)

    def _judged(self, rows: Rows, outcomes: list[str]) -> Rows:
        blank = [""] if Outcome.NOT_JUDGED in outcomes else []
        return rows.filter(outcome__in=[*outcomes, *blank])

    def _standing(self, rows: Rows, codes: list[str]) -> Rows:
        wanted = Q(pk__in=[])
        for code in codes:
            wanted |= STATUSES[code][1]
        return rows.filter(wanted)

    @property
    def _details(self) -> QuerySet[LocalDetails, LocalDetails]:
        return LocalDetails.objects.seen_by(self.person)


def in_use(person: Person, day: date) -> Rows:
    """The numbers of the provisions where the person's authority has somebody placed on a day.

    Placements stand above this room: the function that knows is named by `settings.PROVISIONS_IN_USE`.
    """
    name: str | None = getattr(settings, "PROVISIONS_IN_USE", None)
    if not name:
        return Provision.objects.none().values("pk")
    found: Callable[[Person, date], Rows] = import_string(name)
    return found(person, day)


class LeftFilters(FilterForm):
    """Registrations that a later file no longer lists, by type and place."""

    type = forms.MultipleChoiceField(label="Type", choices=ProvisionType.choices, widget=Checkboxes())
    place = forms.CharField(label="Place")
    lookups: ClassVar = {"type": "provision__type__in", "place": "provision__local_authority__icontains"}
