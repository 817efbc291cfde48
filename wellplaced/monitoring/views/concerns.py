"""Concerns (C6): the list, raising one, its page, correcting it, withdrawing it."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from wellplaced import history
from wellplaced.design import lists
from wellplaced.history import clock
from wellplaced.monitoring import actions
from wellplaced.monitoring.columns import at_place, concern_columns, with_officer, with_visit_due
from wellplaced.monitoring.forms.concerns import ConcernForm, CorrectConcernForm
from wellplaced.monitoring.forms.filters import ConcernFilters
from wellplaced.monitoring.forms.why import WhyForm
from wellplaced.monitoring.models import Concern
from wellplaced.monitoring.pages.concern import concern_page
from wellplaced.monitoring.refusing import say_saved, told_on
from wellplaced.monitoring.sight import Sight
from wellplaced.monitoring.timeframes import closed_days_for
from wellplaced.monitoring.views.finding import concern_of, provision_of
from wellplaced.people.access import Request, may
from wellplaced.people.models import ProvisionType
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
    """Record a concern; its visit is owed at once, but at a provision of a kind that is not monitored."""
    person, today = request.person, clock.today()
    provision = provision_of(person, provision_id)
    form = ConcernForm(request.POST or None, person=person, provision_id=provision_id, today=today)
    if form.is_valid():
        with told_on(form):
            values = form.values()
            concern = history.once(
                form.sent,
                lambda: actions.raise_concern(provision=provision, by=person, on=today, **values),
                by=person,
            )
            messages.success(request, "The concern is recorded")
            return redirect(concern)
    elif before := history.made_before(form.sent, by=person):
        return redirect(before)
    is_monitored = provision.type != ProvisionType.NOT_MONITORED
    context = {"form": form, "provision": provision, "is_monitored": is_monitored}
    return render(request, "monitoring/raise_concern.html", context)


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
    if found.withdrawn_because:
        return _settled(request, found)
    form = CorrectConcernForm.of(found, request.POST or None, person=person, today=clock.today())
    if form.is_valid():
        revision = form.cleaned_data["revision"]
        with told_on(form):
            stands = actions.change_concern(concern=found, by=person, seen_revision=revision, **form.values())
            say_saved(request, "The concern is corrected", found, stands)
            return redirect(found)
    context = {"form": form, "concern": found, "may_withdraw": person.may(Permission.WAIVE)}
    return render(request, "monitoring/correct_concern.html", context)


@may(Permission.WAIVE)
def withdraw(request: Request, concern_id: int) -> HttpResponse:
    """It was recorded by mistake. A manager says so, as of a waiver: a duty goes."""
    found = concern_of(request.person, concern_id)
    if found.withdrawn_because:
        return _settled(request, found)
    form = WhyForm(
        request.POST or None,
        question="Why is the concern withdrawn?",
        help_text="Only for what was recorded by mistake, such as at another home, or twice. It stays on record",
        revision=found.revision,
    )
    if form.is_valid():
        with told_on(form):
            because, revision = form.cleaned_data["because"], form.cleaned_data["revision"]
            actions.withdraw_concern(concern=found, because=because, by=request.person, seen_revision=revision)
            messages.success(request, "The concern is withdrawn. No visit is owed for it")
            return redirect(found)
    return render(request, "monitoring/withdraw_concern.html", {"form": form, "concern": found})


@may(Permission.WAIVE)
def reinstate(request: Request, concern_id: int) -> HttpResponse:
    """It was withdrawn by mistake: its visit is owed again."""
    found = concern_of(request.person, concern_id)
    if not found.withdrawn_because:
        return _settled(request, found)
    form = WhyForm(request.POST or None, question="Why does it stand after all?", revision=found.revision)
    if form.is_valid():
        with told_on(form):
            because, revision = form.cleaned_data["because"], form.cleaned_data["revision"]
            actions.reinstate_concern(concern=found, because=because, by=request.person, seen_revision=revision)
            messages.success(request, "The concern stands again: its visit is owed")
            return redirect(found)
    return render(request, "monitoring/reinstate_concern.html", {"form": form, "concern": found})


def _settled(request: Request, concern: Concern) -> HttpResponse:
    """Somebody was quicker, or the form came twice: say how it stands, and show it."""
    stands = "is withdrawn" if concern.withdrawn_because else "stands"
    messages.warning(request, f"Nothing was changed: this concern {stands}")
    return redirect(concern)
