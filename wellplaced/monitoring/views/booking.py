"""A visit before its day: booked, proposed, confirmed, moved; who reviews it; what else is owed nearby."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html

from wellplaced import history
from wellplaced.design.dates import LATEST_YEAR
from wellplaced.design.words import plural
from wellplaced.history import clock
from wellplaced.monitoring import actions
from wellplaced.monitoring.actions.moves import may_move, why_not
from wellplaced.monitoring.forms.asking import VisitToComeForm
from wellplaced.monitoring.forms.booking import (
    HELD,
    PROPOSE,
    BookVisitForm,
    ConfirmVisitForm,
)
from wellplaced.monitoring.forms.moving import PlanVisitForm, RebookVisitForm
from wellplaced.monitoring.forms.reviewing import ReviewerForm
from wellplaced.monitoring.models import Requirement, Visit
from wellplaced.monitoring.pages.booking import (
    ThatDay,
    booking_page,
    keys_in_words,
    suggested,
    that_day,
    whose_place,
    whose_visit,
)
from wellplaced.monitoring.pages.nearby import nearby
from wellplaced.monitoring.pages.requirement import NEEDS_CHECK
from wellplaced.monitoring.refusing import say_saved, told_on
from wellplaced.monitoring.views.finding import owed_at, provision_of, visit_of
from wellplaced.people.access import Request, may
from wellplaced.people.models import Person
from wellplaced.people.rights import Permission
from wellplaced.register.models import Provision

DONE = {
    HELD: "The visit is recorded",
    PROPOSE: "The day is proposed. Record the provider’s answer on this page",
}


@may(Permission.BOOK_VISIT)
def book(request: Request, provision_id: int) -> HttpResponse:
    """C11, C12: book or propose a day to come, or record a visit that has taken place (R13: several requirements at once)."""
    person, today = request.person, clock.today()
    provision = provision_of(person, provision_id)
    asked = request.GET.getlist("discharges")
    owed, on = owed_at(person, provision, asked), _asked_day(request)
    ticked = suggested(owed, asked, today)
    form = BookVisitForm(
        request.POST or None, person=person, provision=provision, owed=owed, ticked=ticked, today=today, on=on
    )
    if form.is_valid():
        with told_on(form):
            visit = history.once(form.sent, lambda: _book(person, form, provision), by=person)
            _say_done(request, visit, DONE.get(form.kind, "The visit is booked"))
            return redirect(visit)
    elif before := history.made_before(form.sent, by=person):
        return redirect(before)
    page = booking_page(
        provision,
        owed,
        today,
        covered=whose_place(person, provision, today),
        that_day=_that_day(form),
        nearby=nearby(person, provision, _typed(form, "visit_on") or on),
    )
    return render(request, "monitoring/book_visit.html", {"form": form, "provision": provision, "page": page})


def _book(person: Person, form: BookVisitForm, provision: Provision) -> Visit:
    values: dict[str, Any] = {"provision": provision, "by": person, **form.values()}
    if form.kind == HELD:
        return actions.record_past_visit(**values)
    act = actions.propose_visit if form.kind == PROPOSE else actions.book_visit
    return act(on=clock.today(), **values)


def _asked_day(request: Request) -> date | None:
    """The day in the address; nothing where it is none, past, or later than any that can be typed."""
    try:
        on = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return None
    return on if on >= clock.today() and on.year <= LATEST_YEAR else None


def _typed(form: VisitToComeForm, name: str) -> Any:
    return form.cleaned_data.get(name) if form.is_bound and form.errors is not None else None


def _that_day(form: VisitToComeForm) -> ThatDay | None:
    """Once officer and day are typed: what else the officer has then."""
    return that_day(_typed(form, "officer"), _typed(form, "visit_on"), form.besides)


def _say_done(request: Request, visit: Visit, done: str) -> None:
    """What is done; and what follows: C4's check where the visit comes too late, others on the way."""
    messages.success(request, done)
    for requirement in _to_check(request.person, visit):
        address = reverse("monitoring:check", args=[requirement.provision_id, requirement.key])
        words = "The day is after the due date of the initial visit (C4). "
        messages.warning(request, _linked(words, address, "Ask about other authorities"))
    if visit.state in ("booked", "proposed"):
        _say_others(request, visit)


def _to_check(person: Person, visit: Visit) -> list[Requirement]:
    if not person.may(Permission.CHECK_OTHER_AUTHORITIES):
        return []
    late = Requirement.objects.seen_by(person).filter(booked_by=visit, fallback=NEEDS_CHECK)
    return list(late[:1])


def _say_others(request: Request, visit: Visit) -> None:
    others = that_day(visit.officer, visit.visit_on, visit)
    if others and visit.visit_at is None:
        count = plural(len(others.visits), "other visit")
        messages.info(request, f"{visit.by_whom} has {count} on that day. Give this one a time once it is agreed.")
    found = nearby(request.person, visit.provision, visit.visit_on)
    if found.neighbours:
        address = reverse("monitoring:nearby", args=[visit.pk])
        words = f"{plural(len(found.neighbours), 'other visit')} owed in {found.district}. "
        messages.info(request, _linked(words, address, "See whether the same day would do"))


def _linked(words: str, address: str, text: str) -> str:
    return format_html('{}<a class="govuk-notification-banner__link" href="{}">{}</a>', words, address, text)


@may(Permission.BOOK_VISIT)
def confirm(request: Request, visit_id: int) -> HttpResponse:
    """The provider agreed to the day that was proposed: the visit is booked."""
    person, today, found = request.person, clock.today(), visit_of(request.person, visit_id)
    if not may_move(found, "confirm"):
        return settled(request, found)
    owed = _named(person, found)
    form = ConfirmVisitForm(request.POST or None, person=person, visit=found, owed=owed, today=today)
    if form.is_valid():
        revision = form.cleaned_data["revision"]
        with told_on(form):
            visit = actions.confirm_visit(visit=found, by=person, on=today, seen_revision=revision, **form.values())
            _say_done(request, visit, "The visit is booked")
            return redirect(visit)
    page = booking_page(found.provision, owed, today, covered=whose_visit(person, found, today))
    return render(request, "monitoring/confirm_visit.html", {"form": form, "visit": found, "page": page})


@may(Permission.BOOK_VISIT)
def plan(request: Request, visit_id: int) -> HttpResponse:
    """R13: what the visit is for, and what it is to see. Its day stays."""
    person, today, found = request.person, clock.today(), visit_of(request.person, visit_id)
    if not may_move(found, "plan"):
        return settled(request, found)
    owed = owed_at(person, found.provision, [each.key for each in found.discharges.all()])
    form = PlanVisitForm(request.POST or None, person=person, visit=found, owed=owed, today=today)
    if form.is_valid():
        revision = form.cleaned_data["revision"]
        with told_on(form, keys_in_words()):
            visit = actions.plan_visit(visit=found, by=person, seen_revision=revision, **form.values())
            say_saved(request, "Saved. The day of the visit stays as it is", found, visit)
            return redirect(visit)
    return render(request, "monitoring/plan_visit.html", {"form": form, "visit": found})


@may(Permission.BOOK_VISIT)
def rebook(request: Request, visit_id: int) -> HttpResponse:
    """Another day, time or officer."""
    person, today, found = request.person, clock.today(), visit_of(request.person, visit_id)
    if not may_move(found, "rebook"):
        return settled(request, found)
    owed = _named(person, found)
    form = RebookVisitForm(request.POST or None, person=person, visit=found, owed=owed, today=today)
    if form.is_valid():
        revision = form.cleaned_data["revision"]
        with told_on(form):
            visit = actions.rebook_visit(visit=found, by=person, on=today, seen_revision=revision, **form.values())
            _say_done(request, visit, "The visit is moved")
            return redirect(visit)
    page = booking_page(
        found.provision, owed, today, covered=whose_visit(person, found, today), that_day=_that_day(form)
    )
    return render(request, "monitoring/rebook_visit.html", {"form": form, "visit": found, "page": page})


def _named(person: Person, visit: Visit) -> list[Requirement]:
    """What is owed of that which the visit names."""
    named = {each.key for each in visit.discharges.all()}
    return [each for each in owed_at(person, visit.provision) if each.key in named]


@may(Permission.BOOK_VISIT)
def reviewer(request: Request, visit_id: int) -> HttpResponse:
    """C19: who reviews the report; the officer who visits is no choice."""
    person, found = request.person, visit_of(request.person, visit_id)
    if not may_move(found, "choose_reviewer"):
        return settled(request, found)
    form = ReviewerForm(request.POST or None, person=person, visit=found, today=clock.today())
    if form.is_valid():
        revision, chosen = form.cleaned_data["revision"], form.cleaned_data["reviewer"]
        with told_on(form):
            actions.choose_reviewer(visit=found, reviewer=chosen, by=person, seen_revision=revision)
            messages.success(request, f"{chosen} reviews the report" if chosen else "Nobody reviews the report yet")
            return redirect(found)
    return render(request, "monitoring/choose_reviewer.html", {"form": form, "visit": found})


@may(Permission.BOOK_VISIT)
def visits_nearby(request: Request, visit_id: int) -> HttpResponse:
    """What else is owed in the same postcode district, to be booked for the same day."""
    found = visit_of(request.person, visit_id)
    on = found.visit_on if found.visit_on >= clock.today() else None
    page = nearby(request.person, found.provision, on)
    return render(request, "monitoring/nearby.html", {"visit": found, "page": page})


def settled(request: Request, visit: Visit) -> HttpResponse:
    """Somebody was quicker, or the visit is closed: say how it stands, and show it."""
    messages.warning(request, f"Nothing was changed. {why_not(visit)}")
    return redirect(visit)
