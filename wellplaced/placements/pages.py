"""Finished words for the pages of this room: a young person's page, their history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from markupsafe import Markup

from wellplaced.design import words
from wellplaced.design.components import Change, HistoryLine
from wellplaced.design.lists import Column, FilterForm
from wellplaced.design.panels import panels
from wellplaced.design.tags import Tag
from wellplaced.history.models import Event
from wellplaced.people.models import Person, ProvisionType
from wellplaced.people.pages import period_tag
from wellplaced.placements.listing import standing_of
from wellplaced.placements.models import Placement, Professional, ProfessionalRole, YoungPerson
from wellplaced.placements.warnings import ToKnow, warnings_of
from wellplaced.register.models import Premises, Provision

OPENED = "record opened"
LATEST = 20
ADULT = 18
SAID_BY_REASON = {"cancelled", "cancelled_because"}  # the event's own words and reason say it
FIELD_NAMES = {
    "born_on": "Date of birth",
    "has_ehc_plan": "EHC plan",
    "starts_on": "First day",
    "ends_on": "Last day",
    "named": "May see the record",
}


@dataclass(frozen=True)
class PlacementLine:
    """A placement on the young person's page, with what to know about it."""

    placement: Placement
    state: Tag
    warnings: Sequence[ToKnow]
    is_open: bool  # not cancelled and not over: it can be ended


@dataclass(frozen=True)
class ProfessionalLine:
    """Who is or was in a role."""

    professional: Professional
    state: Tag


@dataclass(frozen=True)
class YoungPersonPage:
    """Everything that the page of a young person says."""

    young_person: YoungPerson
    age: int
    banner: str
    placements: Sequence[PlacementLine]
    professionals: Sequence[ProfessionalLine]
    missing_roles: str
    named: Sequence[str]
    history: Sequence[HistoryLine]
    panels: Sequence[Markup]


def young_person_page(young_person: YoungPerson, person: Person, today: date) -> YoungPersonPage:
    """The page as the person sees it today."""
    placements = _placements(young_person, today)
    professionals = list(young_person.professionals.order_by("role", "-starts_on"))
    return YoungPersonPage(
        young_person=young_person,
        age=young_person.age_on(today),
        banner=_banner(young_person, placements, today),
        placements=placements,
        professionals=[
            ProfessionalLine(each, period_tag(each.starts_on, each.ends_on, today)) for each in professionals
        ],
        missing_roles=_missing_roles(young_person, professionals, placements, today),
        named=sorted(young_person.named.values_list("person__name", flat=True)) if young_person.restricted else (),
        history=history_lines(events_of(young_person).exclude(verb=OPENED)[:LATEST]),
        panels=panels("YOUNG_PERSON_PANELS", young_person, person, today),
    )


def _placements(young_person: YoungPerson, today: date) -> list[PlacementLine]:
    rows = Placement.objects.of(young_person.authority_id).filter(young_person=young_person)
    rows = rows.with_local_names(young_person.authority_id).select_related("premises").order_by("-starts_on", "-pk")
    lines = []
    for placement in rows:
        placement.young_person = young_person
        is_open = not placement.cancelled and (placement.ends_on is None or placement.ends_on >= today)
        state = standing_of(placement, today)
        lines.append(PlacementLine(placement, state, warnings_of(placement, today) if is_open else (), is_open))
    return lines


def _banner(young_person: YoungPerson, placements: Sequence[PlacementLine], today: date) -> str:
    """16+ supported accommodation ends with childhood: the page says when that is, or that it was."""
    there = [
        line.placement
        for line in placements
        if line.is_open and line.placement.provision.type == ProvisionType.SUPPORTED_ACCOMMODATION
    ]
    if not there:
        return ""
    birthday = young_person.turns(ADULT)
    if birthday > today:
        return f"{young_person.initials} turns {ADULT} on {words.day(birthday)}."
    return (
        f"{young_person.initials} turned {ADULT} on {words.day(birthday)} and is still placed in 16+ supported "
        "accommodation. End the placement if it is over."
    )


def _missing_roles(
    young_person: YoungPerson,
    professionals: Sequence[Professional],
    placements: Sequence[PlacementLine],
    today: date,
) -> str:
    """Who of CSW, IRO and, for an EHC plan or a SEN provision (R12), SENO is not on record today."""
    held = {
        each.role for each in professionals if each.starts_on <= today and (not each.ends_on or each.ends_on >= today)
    }
    in_sen = any(line.is_open and line.placement.provision.type == ProvisionType.SEN for line in placements)
    wanted = [ProfessionalRole.CSW, ProfessionalRole.IRO]
    if young_person.has_ehc_plan or in_sen:
        wanted.append(ProfessionalRole.SENO)
    return ", ".join(role.upper() for role in wanted if role not in held)


def events_of(young_person: YoungPerson) -> QuerySet[Event, Event]:
    """What happened to a young person's record, their placements and professionals, newest first."""
    own = Q(about_type=young_person._meta.label_lower, about_id=young_person.pk)
    events = Event.objects.filter(own | Q(young_person_id=young_person.pk), authority_id=young_person.authority_id)
    return events.order_by("-at", "-pk")


def history_lines(events: QuerySet[Event, Event]) -> list[HistoryLine]:
    """Events in words; provisions and premises by their names."""
    rows = list(events)
    names = _names(rows)
    return [_line(event, names) for event in rows]


def _names(events: Sequence[Event]) -> Mapping[tuple[str, int], str]:
    """What the numbers in the changes mean."""
    numbers: dict[str, set[int]] = {"provision": set(), "premises": set()}
    for event in events:
        for field, pair in event.changes.items():
            numbers.get(field, set()).update(number for number in pair if isinstance(number, int))
    named = Provision.objects.with_details_of(events[0].authority_id if events else None)
    homes = named.filter(pk__in=numbers["provision"]) if numbers["provision"] else ()
    places = Premises.objects.filter(pk__in=numbers["premises"]) if numbers["premises"] else ()
    return {("provision", home.pk): home.known_as for home in homes} | {
        ("premises", place.pk): place.label for place in places
    }


def _line(event: Event, names: Mapping[tuple[str, int], str]) -> HistoryLine:
    def said(field: str, value: Any) -> str:
        return names.get((field, value), "") if field in ("provision", "premises") else value_in_words(field, value)

    changes = [
        Change(FIELD_NAMES.get(field, words.words(field)), said(field, before), said(field, after))
        for field, (before, after) in event.changes.items()
        if field not in SAID_BY_REASON
    ]
    return HistoryLine(
        at=event.at,
        who=event.by_name or "The service",
        what=event.verb[:1].upper() + event.verb[1:],
        changes=[change for change in changes if change.before or change.after],
        reason=event.reason,
    )


def value_in_words(field: str, value: Any) -> str:
    """A value of the history: days in words, yes or no, lists with commas."""
    if isinstance(value, str) and field.endswith("_on"):
        return words.day(datetime.fromisoformat(value).date())
    if field == "role" and value:
        return str(value).upper()
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    return "" if value is None else str(words.shown(value))


class HistoryFilters(FilterForm):
    """Whether it was opened only, or changed."""

    kind = forms.ChoiceField(
        label="Show", choices=[("", "Everything"), ("opened", "Who opened it"), ("changed", "What was recorded")]
    )

    def narrow(self, rows: Any) -> Any:
        """Openings only, or everything else."""
        kind = self.answers().get("kind")
        if kind is None:
            return rows
        return rows.filter(verb=OPENED) if kind == "opened" else rows.exclude(verb=OPENED)


def _changes_in_words(event: Event) -> str:
    made = (
        Change(FIELD_NAMES.get(field, words.words(field)), value_in_words(field, before), value_in_words(field, after))
        for field, (before, after) in event.changes.items()
        if field not in {"provision", "premises", *SAID_BY_REASON}
    )
    return "; ".join(change.said for change in made if change.before or change.after)


HISTORY_COLUMNS = (
    Column("at", "When", sort="at"),
    Column("who", "Who", sort="by_name", cell=lambda event: event.by_name or "The service"),
    Column("what", "What", sort="verb", cell=lambda event: event.verb[:1].upper() + event.verb[1:]),
    Column("changes", "Recorded or changed", cell=_changes_in_words),
    Column("reason", "Why"),
)
