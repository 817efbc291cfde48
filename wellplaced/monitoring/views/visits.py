"""Visits: the list, booking one, its page, and what becomes of it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from wellplaced.design import lists
from wellplaced.history import clock
from wellplaced.monitoring import actions
from wellplaced.monitoring.actions.moves import MOVES
from wellplaced.monitoring.columns import at_place, visit_columns, with_officer
from wellplaced.monitoring.forms.filters import VisitFilters
from wellplaced.monitoring.forms.visits import (
    BecauseForm,
    BookVisitForm,
    CorrectVisitForm,
    HoldVisitForm,
    RebookVisitForm,
)
from wellplaced.monitoring.models import Visit, VisitState
from wellplaced.monitoring.pages.booking import booking_page, keys_in_words
from wellplaced.monitoring.refusing import told_on
from wellplaced.monitoring.views.finding import owed_at, provision_of, visit_of
from wellplaced.people.access import Request, may
from wellplaced.people.rights import Permission


@may(Permission.SEE)
def visits(request: Request) -> HttpResponseBase:
    """Every visit of the authority, the latest first."""
    person, today = request.person, clock.today()
    return lists.answer(
        request,
        "monitoring/visits.html",
        with_officer(at_place(Visit.objects.seen_by(person).select_related("officer"))),
        columns=visit_columns(today),
        filters=VisitFilters(request.GET, person=person, today=today),
        order=["-visit_on"],
        name="visits",
        noun="visit",
    )


@may(Permission.BOOK_VISIT)
def book(request: Request, provision_id: int) -> HttpResponse:
    """C11, C12: book a visit for a day to come, or record one that has taken place (R13: several requirements at once)."""
    person, today = request.person, clock.today()
    provision = provision_of(person, provision_id)
    asked = request.GET.getlist("discharges")
    owed = owed_at(person, provision, asked)
    ticked = [each.key for each in owed]
    form = BookVisitForm(
        request.POST or None, person=person, provision=provision, owed=owed, ticked=ticked, today=today
    )
    if form.is_valid():
        with told_on(form):
            return redirect(_book(request, form, provision))
    page = booking_page(provision, owed, today)
    return render(request, "monitoring/book_visit.html", {"form": form, "provision": provision, "page": page})


def _book(request: Request, form: BookVisitForm, provision: Any) -> Visit:
    values = {"provision": provision, "by": request.person, **form.values()}
    visit = actions.record_past_visit(**values) if form.is_held else actions.book_visit(on=clock.today(), **values)
    messages.success(request, "The visit is recorded" if form.is_held else "The visit is booked")
    return visit


@may(Permission.BOOK_VISIT)
def hold(request: Request, visit_id: int) -> HttpResponse:
    """The visit took place."""
    person, found = request.person, visit_of(request.person, visit_id)
    if found.state not in MOVES["hold"]:
        return _settled(request, found)
    owed = owed_at(person, found.provision, [each.key for each in found.discharges.all()])
    form = HoldVisitForm(request.POST or None, person=person, visit=found, owed=owed, today=clock.today())
    if form.is_valid():
        revision = form.cleaned_data["revision"]
        with told_on(form, keys_in_words()):
            actions.hold_visit(visit=found, by=person, seen_revision=revision, **form.values())
            messages.success(request, "The visit is recorded as held")
            return redirect(found)
    return render(request, "monitoring/hold_visit.html", {"form": form, "visit": found})


@may(Permission.BOOK_VISIT)
def correct(request: Request, visit_id: int) -> HttpResponse:
    """What is recorded of a visit that took place was wrong."""
    person, found = request.person, visit_of(request.person, visit_id)
    if found.state != VisitState.HELD:
        return _settled(request, found)
    owed = owed_at(person, found.provision, [each.key for each in found.discharges.all()])
    form = CorrectVisitForm(request.POST or None, person=person, visit=found, owed=owed, today=clock.today())
    if form.is_valid():
        revision = form.cleaned_data["revision"]
        with told_on(form, keys_in_words()):
            actions.correct_visit(visit=found, by=person, seen_revision=revision, **form.values())
            messages.success(request, "The visit is corrected")
            return redirect(found)
    return render(request, "monitoring/correct_visit.html", {"form": form, "visit": found})


@may(Permission.BOOK_VISIT)
def rebook(request: Request, visit_id: int) -> HttpResponse:
    """Another day, time or officer."""
    person, today, found = request.person, clock.today(), visit_of(request.person, visit_id)
    if found.state not in MOVES["rebook"]:
        return _settled(request, found)
    form = RebookVisitForm(request.POST or None, person=person, visit=found, today=today)
    if form.is_valid():
        revision = form.cleaned_data["revision"]
        with told_on(form):
            actions.rebook_visit(visit=found, by=person, on=today, seen_revision=revision, **form.values())
            messages.success(request, "The visit is moved")
            return redirect(found)
    named = {each.key for each in found.discharges.all()}
    owed = [each for each in owed_at(person, found.provision) if each.key in named]
    page = booking_page(found.provision, owed, today)
    return render(request, "monitoring/rebook_visit.html", {"form": form, "visit": found, "page": page})


@may(Permission.BOOK_VISIT)
def not_held(request: Request, visit_id: int) -> HttpResponse:
    """Refused at the door, nobody there, or recorded as held by mistake: what it was to discharge is owed again."""
    return _because(
        request,
        visit_id,
        MOVES["not_held"],
        actions.record_not_held,
        {
            "question": "Why did it not take place?",
            "heading": "This visit did not take place",
            "submit": "Save",
            "done": "Recorded. What the visit was to discharge stays owed",
        },
    )


@may(Permission.BOOK_VISIT)
def cancel(request: Request, visit_id: int) -> HttpResponse:
    """The booking is given up."""
    return _because(
        request,
        visit_id,
        MOVES["cancel"],
        actions.cancel_visit,
        {
            "question": "Why is it cancelled?",
            "heading": "Cancel this visit",
            "submit": "Cancel the visit",
            "done": "The visit is cancelled. What it was to discharge stays owed",
        },
    )


def _because(
    request: Request, visit_id: int, states: set[VisitState], act: Callable[..., Visit], words: dict[str, str]
) -> HttpResponse:
    found = visit_of(request.person, visit_id)
    if found.state not in states:
        return _settled(request, found)
    form = BecauseForm(request.POST or None, visit=found, question=words["question"])
    if form.is_valid():
        because, revision = form.cleaned_data["because"], form.cleaned_data["revision"]
        with told_on(form):
            act(visit=found, because=because, by=request.person, seen_revision=revision)
            messages.success(request, words["done"])
            return redirect(found)
    return render(request, "monitoring/visit_because.html", {"form": form, "visit": found, **words})


def _settled(request: Request, visit: Visit) -> HttpResponse:
    """Somebody was quicker: say how the visit stands, and show it."""
    messages.warning(
        request, f"Nothing was changed: this visit is recorded as ‘{visit.get_state_display().lower()}’ already"
    )
    return redirect(visit)
