"""Visits: the list, and what became of one: held, not held, cancelled, corrected."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from wellplaced.design import lists
from wellplaced.history import clock
from wellplaced.monitoring import actions
from wellplaced.monitoring.absence import away_on
from wellplaced.monitoring.actions.moves import may_move
from wellplaced.monitoring.columns import at_place, visit_columns, with_officer
from wellplaced.monitoring.forms.filters import VisitFilters
from wellplaced.monitoring.forms.visits import CorrectVisitForm, HoldVisitForm, NotHeldForm
from wellplaced.monitoring.forms.why import WhyForm
from wellplaced.monitoring.models import Visit
from wellplaced.monitoring.pages.booking import keys_in_words, whose_visit
from wellplaced.monitoring.refusing import say_saved, told_on
from wellplaced.monitoring.views.booking import settled
from wellplaced.monitoring.views.finding import owed_at, visit_of
from wellplaced.people.access import Request, may
from wellplaced.people.rights import Permission


@may(Permission.SEE)
def visits(request: Request) -> HttpResponseBase:
    """Every visit of the authority, the latest first."""
    person, today = request.person, clock.today()
    return lists.answer(
        request,
        "monitoring/visits.html",
        with_officer(at_place(Visit.objects.seen_by(person).select_related("officer", "reviewer"))),
        columns=visit_columns(today, away_on(person, today)),
        filters=VisitFilters(request.GET, person=person, today=today),
        order=["-visit_on"],
        name="visits",
        noun="visit",
    )


@may(Permission.BOOK_VISIT)
def hold(request: Request, visit_id: int) -> HttpResponse:
    """The visit took place."""
    person, found = request.person, visit_of(request.person, visit_id)
    if not may_move(found, "hold"):
        return settled(request, found)
    owed = owed_at(person, found.provision, [each.key for each in found.discharges.all()])
    form = HoldVisitForm(request.POST or None, person=person, visit=found, owed=owed, today=clock.today())
    if form.is_valid():
        revision = form.cleaned_data["revision"]
        with told_on(form, keys_in_words()):
            actions.hold_visit(visit=found, by=person, seen_revision=revision, **form.values())
            messages.success(request, "The visit is recorded as held")
            return redirect(found)
    context = {"form": form, "visit": found, "for_whom": whose_visit(person, found, clock.today())}
    return render(request, "monitoring/hold_visit.html", context)


@may(Permission.BOOK_VISIT)
def correct(request: Request, visit_id: int) -> HttpResponse:
    """What is recorded of a visit that took place was wrong."""
    person, found = request.person, visit_of(request.person, visit_id)
    if not may_move(found, "correct"):
        return settled(request, found)
    owed = owed_at(person, found.provision, [each.key for each in found.discharges.all()])
    form = CorrectVisitForm(request.POST or None, person=person, visit=found, owed=owed, today=clock.today())
    if form.is_valid():
        revision = form.cleaned_data["revision"]
        with told_on(form, keys_in_words()):
            stands = actions.correct_visit(visit=found, by=person, seen_revision=revision, **form.values())
            say_saved(request, "The visit is corrected", found, stands)
            return redirect(found)
    return render(request, "monitoring/correct_visit.html", {"form": form, "visit": found})


@may(Permission.BOOK_VISIT)
def not_held(request: Request, visit_id: int) -> HttpResponse:
    """Refused at the door, broken off, or recorded as held by mistake: what it was to discharge is owed as before."""
    found = visit_of(request.person, visit_id)
    if not may_move(found, "not_held"):
        return settled(request, found)
    form = NotHeldForm(request.POST or None, visit=found)
    if form.is_valid():
        revision = form.cleaned_data["revision"]
        with told_on(form):
            actions.record_not_held(visit=found, by=request.person, seen_revision=revision, **form.values())
            messages.success(
                request, "Recorded. What the visit was to discharge stays owed. Book another day now if you can"
            )
            return redirect("monitoring:rebook_visit", found.pk)
    return render(request, "monitoring/not_held.html", {"form": form, "visit": found})


@may(Permission.BOOK_VISIT)
def cancel(request: Request, visit_id: int) -> HttpResponse:
    """The booking, or the proposal, is given up."""
    found = visit_of(request.person, visit_id)
    if not may_move(found, "cancel"):
        return settled(request, found)
    form = WhyForm(request.POST or None, question="Why is it cancelled?", revision=found.revision)
    if form.is_valid():
        because, revision = form.cleaned_data["because"], form.cleaned_data["revision"]
        with told_on(form):
            actions.cancel_visit(visit=found, because=because, by=request.person, seen_revision=revision)
            messages.success(request, "The visit is cancelled. What it was to discharge stays owed")
            return redirect(found)
    return render(request, "monitoring/cancel_visit.html", {"form": form, "visit": found})
