"""Recording a placement: find the young person, find the provision, then the days; step by step, with plain links."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.html import format_html, format_html_join

from wellplaced.design.panels import panels
from wellplaced.design.words import day as in_words
from wellplaced.history import clock
from wellplaced.people.access import Request, may
from wellplaced.people.models import Person, ProvisionType
from wellplaced.people.rights import Permission
from wellplaced.placements import actions
from wellplaced.placements.forms import PlacementForm
from wellplaced.placements.listing import YoungPeopleFilters, provisions_matching, young_people_for
from wellplaced.placements.models import Placement, YoungPerson
from wellplaced.placements.views.finding import MOST_MATCHES, chosen, provisions_of
from wellplaced.placements.views.telling import told_on
from wellplaced.placements.warnings import ToKnow, warnings_about
from wellplaced.register.models import Provision


@dataclass(frozen=True)
class Match:
    """One thing that a search found, to be chosen."""

    number: int
    label: str
    hint: str


@may(Permission.RECORD_PLACEMENT)
def record(request: Request, provision_id: int | None = None) -> HttpResponseBase:
    """The step that comes next, by what the address carries already: `young_person`, `provision`."""
    young_person = chosen(YoungPerson.objects.seen_by(request.person), request.GET.get("young_person"))
    provision = chosen(provisions_of(request), provision_id or request.GET.get("provision"))
    if young_person is None:
        return _find_young_person(request, provision)
    if provision is None:
        return find_provision(request, "placements/find_provision.html", {"young_person": young_person})
    return _days(request, young_person, provision)


def _find_young_person(request: Request, provision: Provision | None) -> HttpResponseBase:
    """Search, then choose among the matches."""
    words, today = request.GET.get("q", "").strip(), clock.today()
    rows: list[Any] = []
    if words:
        matching = YoungPeopleFilters({"q": words}, today=today).narrow(young_people_for(request.person, today))
        rows = list(matching.order_by("reference")[: MOST_MATCHES + 1])
    found = [Match(row.pk, str(row), _since(row.place_since)) for row in rows[:MOST_MATCHES]]
    context = {"provision": provision, "found": found, "more": len(rows) > MOST_MATCHES, "q": words}
    return render(request, "placements/find_young_person.html", context)


def _since(day: date | None) -> str:
    return f"Placed since {in_words(day)}" if day else "Not placed today"


def find_provision(request: Request, template: str, context: dict[str, Any]) -> HttpResponseBase:
    """Search by name, alias, URN, owner or place; then choose among the matches."""
    words = request.GET.get("q", "").strip()
    rows: list[Provision] = []
    if words:
        matching = provisions_matching(request.person, words, clock.today()).order_by().values("pk")
        seen = provisions_of(request).filter(pk__in=matching).exclude(type=ProvisionType.NOT_MONITORED)
        rows = list(seen.order_by("name", "urn")[: MOST_MATCHES + 1])
    found = [Match(row.pk, row.known_as, _described(row)) for row in rows[:MOST_MATCHES]]
    return render(request, template, {**context, "found": found, "more": len(rows) > MOST_MATCHES, "q": words})


def _described(provision: Provision) -> str:
    urn = f"URN {provision.urn}" if provision.urn else ""
    parts = (provision.get_type_display(), urn, provision.local_authority, provision.standing_warning)
    return ", ".join(part for part in parts if part)


def _days(request: Request, young_person: YoungPerson, provision: Provision) -> HttpResponseBase:
    """The premises and the days; what is to be known is shown before it is saved."""
    form = PlacementForm(request.POST or None, provision=provision, person=request.person)
    shown: list[ToKnow] = []
    if form.is_valid():
        shown = to_know(form, young_person, provision)
        if not must_be_shown(form, shown):
            with told_on(form):
                placement = actions.record_placement(
                    young_person=young_person, provision=provision, by=request.person, on=clock.today(), **form.values()
                )
                messages.success(request, _recorded(placement, request.person))
                return redirect(young_person)
    context = {"form": form, "young_person": young_person, "provision": provision, "shown": shown}
    return render(request, "placements/record_placement.html", context)


def to_know(
    form: PlacementForm, young_person: YoungPerson, provision: Provision, but: Placement | None = None
) -> list[ToKnow]:
    """What to know about what was entered."""
    values = form.values()
    return warnings_about(
        young_person=young_person,
        provision=provision,
        premises=values.get("premises"),
        starts_on=values["starts_on"],
        ends_on=values["ends_on"],
        recorded_on=but.recorded_on if but else clock.today(),
        today=clock.today(),
        but=but,
    )


def must_be_shown(form: PlacementForm, warnings: list[ToKnow]) -> bool:
    """Whether there is a warning that the person has not seen yet; the form then carries that they have seen it."""
    codes = [warning.code for warning in warnings if warning.asks]
    unseen = set(codes) - set(form.cleaned_data["known"].split())
    form.data = {**form.data.dict(), "known": " ".join(codes)}  # type: ignore[attr-defined]
    return bool(unseen)


def _recorded(placement: Placement, person: Person) -> str:
    """That it is recorded, and what the rooms above say follows from it."""
    follows = panels("PLACEMENT_RECORDED", placement, person, clock.today())
    first = format_html("The placement at {} is recorded.", placement.provision.known_as)
    return format_html_join(" ", "{}", ((each,) for each in [first, *follows]))
