"""Closing a visit after its upload (C23), and opening it again with a reason."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from wellplaced.history import clock
from wellplaced.monitoring.models import StepRecord
from wellplaced.monitoring.refusing import told_on
from wellplaced.monitoring.views.finding import visit_of
from wellplaced.people.access import Request, may
from wellplaced.people.rights import Permission
from wellplaced.reports.actions import closing as actions
from wellplaced.reports.forms.closing import CloseForm, ReopenForm
from wellplaced.reports.pages.closing import close_page


@may(Permission.RECORD_STEP)
def close(request: Request, visit_id: int) -> HttpResponse:
    """What is still open is listed; steps that are left are set aside with one reason."""
    person, today = request.person, clock.today()
    visit = visit_of(person, visit_id)
    if visit.closed_on is not None:
        messages.warning(request, "Nothing was changed: this visit is closed already")
        return redirect(visit)
    page = close_page(visit, person, today)
    form = CloseForm(request.POST or None, visit=visit, asks_why=bool(page.left), today=today)
    if not page.refused and form.is_valid():
        values = dict(form.cleaned_data)
        revision = values.pop("revision")
        with told_on(form):
            actions.close_report(visit=visit, by=person, on=today, seen_revision=revision, **values)
            messages.success(request, "The visit is closed")
            return redirect(visit)
    return render(request, "reports/close.html", {"form": form, "page": page})


@may(Permission.REOPEN_VISIT)
def reopen(request: Request, visit_id: int) -> HttpResponse:
    """Everything can be done again; the history says why."""
    person, visit = request.person, visit_of(request.person, visit_id)
    if visit.closed_on is None:
        messages.warning(request, "Nothing was changed: this visit is open")
        return redirect(visit)
    set_aside = list(StepRecord.objects.seen_by(person).filter(visit=visit, done_on=None).order_by("pk"))
    form = ReopenForm(request.POST or None, visit=visit, set_aside=set_aside)
    if form.is_valid():
        because, revision = form.cleaned_data["because"], form.cleaned_data["revision"]
        with told_on(form):
            actions.reopen_report(
                visit=visit, because=because, owed_again=form.chosen, by=person, seen_revision=revision
            )
            messages.success(request, "The visit is open again")
            return redirect(visit)
    return render(request, "reports/reopen.html", {"form": form, "visit": visit})
