"""Concerns (C6): the list, raising one, its page, correcting it."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from wellplaced.design import lists
from wellplaced.history import clock
from wellplaced.monitoring import actions
from wellplaced.monitoring.columns import at_place, concern_columns, with_officer, with_visit_due
from wellplaced.monitoring.forms.concerns import ConcernForm, CorrectConcernForm
from wellplaced.monitoring.forms.filters import ConcernFilters
from wellplaced.monitoring.models import Concern
from wellplaced.monitoring.pages.concern import concern_page
from wellplaced.monitoring.refusing import told_on
from wellplaced.monitoring.sight import Sight
from wellplaced.monitoring.timeframes import closed_days_for
from wellplaced.monitoring.views.finding import concern_of, provision_of
from wellplaced.people.access import Request, may
from wellplaced.people.rights import Permission


@may(Permission.SEE)
def concerns(request: Request) -> HttpResponseBase:
    """Every concern of the authority, the latest first."""
    person, today = request.person, clock.today()
    rows = Concern.objects.seen_by(person).prefetch_related("young_people")
    return lists.answer(
        request,
        "monitoring/concerns.html",
        with_visit_due(with_officer(at_place(rows))),
        columns=concern_columns(today, Sight.of(person)),
        filters=ConcernFilters(request.GET, person=person, today=today),
        order=["-raised_on"],
        name="concerns",
        noun="concern",
    )


@may(Permission.RAISE_CONCERN)
def raise_concern(request: Request, provision_id: int) -> HttpResponse:
    """Record a concern; its visit is owed at once."""
    person, today = request.person, clock.today()
    provision = provision_of(person, provision_id)
    form = ConcernForm(request.POST or None, person=person, provision_id=provision_id, today=today)
    if form.is_valid():
        with told_on(form):
            concern = actions.raise_concern(provision=provision, by=person, on=today, **form.values())
            messages.success(request, "The concern is recorded")
            return redirect(concern)
    return render(request, "monitoring/raise_concern.html", {"form": form, "provision": provision})


@may(Permission.SEE)
def concern(request: Request, concern_id: int) -> HttpResponse:
    """One concern, and the visit that is owed for it."""
    found = concern_of(request.person, concern_id)
    page = concern_page(found, request.person, clock.today(), closed_days_for(found.authority_id))
    return render(request, "monitoring/concern.html", {"page": page})


@may(Permission.RAISE_CONCERN)
def correct(request: Request, concern_id: int) -> HttpResponse:
    """Correct the day, the words or the young people; not by somebody to whom its words are closed."""
    person, found = request.person, concern_of(request.person, concern_id)
    if not Sight.of(person).may_read(found):
        raise Http404
    form = CorrectConcernForm.of(found, request.POST or None, person=person, today=clock.today())
    if form.is_valid():
        revision = form.cleaned_data["revision"]
        with told_on(form):
            actions.change_concern(concern=found, by=person, seen_revision=revision, **form.values())
            messages.success(request, "The concern is corrected")
            return redirect(found)
    return render(request, "monitoring/correct_concern.html", {"form": form, "concern": found})
