"""The lists of young people and of placements: what they show, by what they are narrowed, in two queries each."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from wellplaced.design.fields import Checkboxes, GovDateField
from wellplaced.design.lists import Column, FilterForm
from wellplaced.design.tags import Link, Tag, state_tag
from wellplaced.design.words import short_day
from wellplaced.people.models import Person, ProvisionType
from wellplaced.placements.models import Placement, YoungPerson
from wellplaced.placements.references import as_kept
from wellplaced.register.filters import ProvisionFilters
from wellplaced.register.models import LocalDetails, Provision
from wellplaced.register.pages import named

PLACE_FACTS = ("name", "type", "urn", "status", "inspectorate")  # by which a provision is named, with its standing
Rows = QuerySet[Any, Any]


def provisions_matching(person: Person, words: str, today: date) -> Rows:
    """The provisions whose public name, own name, alias, URN, owner or place has every word."""
    return ProvisionFilters({"q": words}, person=person, today=today).narrow(Provision.objects.seen_by(person))


def _own_name(person: Person, provision: str) -> Subquery:
    """What the person's authority calls a provision."""
    own = LocalDetails.objects.seen_by(person).filter(provision=OuterRef(provision))
    return Subquery(own.values("name")[:1])


def young_people_for(person: Person, today: date) -> Rows:
    """The young people whom the person sees, each with the provision of today's placement (`place_…`)."""
    now = Placement.objects.current_on(today).filter(young_person=OuterRef("pk")).order_by("-starts_on", "-pk")
    now = now.annotate(own=_own_name(person, "provision"))
    columns = {
        "place_id": "provision",
        "place_own": "own",
        "place_since": "starts_on",
        **{f"place_{name}": f"provision__{name}" for name in PLACE_FACTS},
    }
    places = {name: Subquery(now.values(column)[:1]) for name, column in columns.items()}
    return YoungPerson.objects.seen_by(person).annotate(**places)


def placements_for(person: Person) -> Rows:
    """The placements that the person sees, each with what the authority calls the provision (`own`)."""
    rows = Placement.objects.seen_by(person).select_related("young_person", "provision", "premises")
    return rows.annotate(own=_own_name(person, "provision"))


def standing_of(placement: Placement, today: date) -> Tag:
    """Where a placement stands on a day."""
    if placement.cancelled:
        return state_tag("cancelled")
    if placement.starts_on > today:
        return Tag("To come", "blue")
    return state_tag("ended" if placement.ends_on and placement.ends_on < today else "current")


STANDINGS: dict[str, tuple[str, Callable[[date], Q]]] = {
    "current": (
        "Current",
        lambda day: Q(cancelled=False, starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day)),
    ),
    "to_come": ("To come", lambda day: Q(cancelled=False, starts_on__gt=day)),
    "ended": ("Ended", lambda day: Q(cancelled=False, ends_on__lt=day)),
    "cancelled": ("Cancelled", lambda _day: Q(cancelled=True)),
}


class YoungPeopleFilters(FilterForm):
    """Search by reference or initials; whether placed today, where; restricted records."""

    q = forms.CharField(label="Reference or initials")
    placed = forms.ChoiceField(
        label="Placed today", choices=[("", "Whether or not"), ("yes", "Placed today"), ("no", "Not placed today")]
    )
    type = forms.MultipleChoiceField(
        label="Type of provision today", choices=ProvisionType.monitored(), widget=Checkboxes()
    )
    restricted = forms.ChoiceField(
        label="Record", choices=[("", "Any"), ("yes", "Restricted"), ("no", "Not restricted")]
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def narrow(self, rows: Rows) -> Rows:
        """The young people who match every answer."""
        asked = self.answers()
        for word in as_kept(asked.get("q", "")).split():
            rows = rows.filter(Q(reference__icontains=word) | Q(initials__iexact=word))
        now = Placement.objects.current_on(self.today).filter(young_person=OuterRef("pk"))
        if "placed" in asked:
            rows = rows.filter(Exists(now) if asked["placed"] == "yes" else ~Exists(now))
        if "type" in asked:
            rows = rows.filter(Exists(now.filter(provision__type__in=asked["type"])))
        if "restricted" in asked:
            rows = rows.filter(restricted=asked["restricted"] == "yes")
        return rows


class PlacementFilters(FilterForm):
    """Search by young person or provision; how it stands, the type, when it starts."""

    q = forms.CharField(label="Search", help_text="Reference, initials, or the name, alias or URN of the provision")
    state = forms.MultipleChoiceField(
        label="State", choices=[(code, text) for code, (text, _) in STANDINGS.items()], widget=Checkboxes()
    )
    type = forms.MultipleChoiceField(label="Type of provision", choices=ProvisionType.monitored(), widget=Checkboxes())
    starts_from = GovDateField(label="Starts on or after")
    starts_to = GovDateField(label="Starts on or before")
    lookups: ClassVar = {
        "type": "provision__type__in",
        "starts_from": "starts_on__gte",
        "starts_to": "starts_on__lte",
    }

    def __init__(self, *args: Any, person: Person, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person, self.today = person, today

    def narrow(self, rows: Rows) -> Rows:
        """The placements that match every answer."""
        asked = self.answers()
        if words := asked.get("q"):
            whose = Q(young_person__reference__icontains=words) | Q(young_person__initials__iexact=words)
            at = provisions_matching(self.person, words, self.today).order_by().values("pk")
            rows = rows.filter(whose | Q(provision__in=at))
        if states := asked.get("state"):
            wanted = Q(pk__in=[])
            for code in states:
                wanted |= STANDINGS[code][1](self.today)
            rows = rows.filter(wanted)
        for name, lookup in self.lookups.items():
            if name in asked:
                rows = rows.filter(**{lookup: asked[name]})
        return rows


def _place(row: Any) -> Any:
    if row.place_id is None:
        return "Not placed today"
    return named(_home(row), row.place_own)


def _place_in_words(row: Any) -> str:
    return "Not placed today" if row.place_id is None else row.place_own or _home(row).known_as


def _home(row: Any) -> Provision:
    """The provision of a row of the list of young people, with what names it only."""
    return Provision(pk=row.place_id, **{name: getattr(row, f"place_{name}") for name in PLACE_FACTS})


def young_people_columns(today: date) -> Sequence[Column]:
    """The columns of the list of young people; ages as they are today."""
    return (
        Column(
            "reference",
            "Reference",
            sort="reference",
            cell=lambda row: Link(row.reference, row.get_absolute_url(), hidden=row.initials),
            csv=lambda row: row.reference,
        ),
        Column("initials", "Initials", sort="initials"),
        Column("age", "Age", sort="-born_on", cell=lambda row: row.age_on(today), numeric=True),
        Column("has_ehc_plan", "EHC plan", sort="has_ehc_plan"),
        Column("place", "Placed today at", cell=_place, csv=_place_in_words),
        _day("place_since", "Since"),
        Column("restricted", "Record", sort="restricted", cell=_restricted),
    )


def _day(name: str, heading: str) -> Column:
    """A day, short enough for one line; in full in the download."""
    return Column(
        name,
        heading,
        sort=name,
        nulls_last=True,
        cell=lambda row: short_day(getattr(row, name)),
        csv=lambda row: getattr(row, name),
    )


def _restricted(row: Any) -> Tag | str:
    return state_tag("restricted") if row.restricted else ""


def placement_columns(today: date) -> Sequence[Column]:
    """The columns of the list of placements."""
    return (
        Column(
            "young_person",
            "Young person",
            sort=("young_person__reference", "starts_on"),
            cell=lambda row: Link(str(row.young_person), row.young_person.get_absolute_url()),
        ),
        Column(
            "provision",
            "Provision",
            sort="provision__name",
            cell=lambda row: named(row.provision, row.own),
            csv=_provision_of,
        ),
        Column("type", "Type", sort="provision__type", cell=lambda row: row.provision.get_type_display()),
        Column("urn", "URN", cell=lambda row: row.provision.urn, csv_only=True),
        Column("premises", "Premises", sort="premises__label", nulls_last=True, cell=lambda row: row.premises or ""),
        _day("starts_on", "First day"),
        _day("ends_on", "Last day"),
        Column("state", "State", cell=lambda row: standing_of(row, today)),
        Column("recorded_on", "Recorded on", csv_only=True),
    )


def _provision_of(row: Any) -> str:
    return str(row.own or row.provision.known_as)
