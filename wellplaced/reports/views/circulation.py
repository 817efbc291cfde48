"""Sending the report for comment (C21), putting right who gets it, recalling it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wellplaced import history
from wellplaced.history import clock
from wellplaced.monitoring.forms.why import WhyForm
from wellplaced.monitoring.models import Visit
from wellplaced.monitoring.refusing import told_on
from wellplaced.monitoring.views.finding import visit_of
from wellplaced.people.access import Request, may
from wellplaced.people.rights import Permission
from wellplaced.reports.actions import circulation as actions
from wellplaced.reports.circulating import circulation_of
from wellplaced.reports.forms.circulation import (
    AddRecipientsForm,
    ChangeRecipientForm,
    CirculateForm,
    CorrectSendingForm,
)
from wellplaced.reports.models import ReportState
from wellplaced.reports.moves import may_move
from wellplaced.reports.pages.circulation import circulate_page, closed_words, gaps
from wellplaced.reports.views.finding_answers import recipient_of, state_of


@may(Permission.RECORD_STEP)
def circulate(request: Request, visit_id: int) -> HttpResponse:
    """Who gets it, who does not and why, on which day; the senior officer in copy."""
    person, today = request.person, clock.today()
    visit = visit_of(person, visit_id)
    state = state_of(visit, person)
    if visit.state != "held" or not may_move(state, "circulate"):
        return _settled(request, visit, state)
    found = circulation_of(visit, person, today)
    form = CirculateForm(
        request.POST or None, proposed=found.proposed, known=list(visit.recipients.all()), visit=visit, person=person,
        today=today,
    )  # fmt: skip
    if form.is_valid():
        with told_on(form):
            history.once(
                form.sent, lambda: actions.circulate(visit=visit, by=person, on=today, **form.values()), by=person
            )
            messages.success(request, "The report is out for comment")
            return redirect("reports:comments", visit.pk)
    page = circulate_page(visit, found, state, today, again=actions.sending_of(visit) is not None)
    return render(request, "reports/circulate.html", {"form": form, "page": page})


@may(Permission.RECORD_STEP)
def correct_sending(request: Request, visit_id: int) -> HttpResponse:
    """The day on which it went out was written down wrongly."""
    person, today = request.person, clock.today()
    visit = visit_of(person, visit_id)
    sending = actions.sending_of(visit)
    if sending is None:
        return _settled(request, visit, state_of(visit, person))
    form = CorrectSendingForm(request.POST or None, sending=sending, visit=visit, today=today)
    if form.is_valid():
        values = dict(form.cleaned_data)
        revision = values.pop("revision")
        with told_on(form):
            actions.correct_sending(visit=visit, by=person, on=today, seen_revision=revision, **values)
            messages.success(request, "The day is corrected")
            return redirect("reports:comments", visit.pk)
    return render(request, "reports/correct_sending.html", {"form": form, "visit": visit})


@may(Permission.RECORD_STEP)
def add_recipients(request: Request, visit_id: int) -> HttpResponse:
    """Somebody whom the facts name by now gets the document besides."""
    person, today = request.person, clock.today()
    visit = visit_of(person, visit_id)
    found = circulation_of(visit, person, today)
    known = {each.key for each in visit.recipients.all()}
    offered = [new for new in found.proposed if new.key not in known]
    asked = request.POST.getlist("who")
    if asked and known.issuperset(asked):  # sent twice
        return redirect("reports:comments", visit.pk)
    form = AddRecipientsForm(request.POST or None, offered=offered)
    if offered and form.is_valid():
        with told_on(form):
            actions.add_recipients(visit=visit, recipients=form.chosen, by=person, on=today)
            messages.success(request, "They are added to those who get the report")
            return redirect("reports:comments", visit.pk)
    page = {"visit": visit, "gaps": gaps(found), "closed": closed_words(found.closed)}
    return render(request, "reports/add_recipients.html", {"form": form, "offered": offered, "page": page})


@may(Permission.RECORD_STEP)
def change_recipient(request: Request, recipient_id: int) -> HttpResponse:
    """Somebody does not get it after all, or does."""
    person, today = request.person, clock.today()
    recipient = recipient_of(person, recipient_id)
    visit = visit_of(person, recipient.visit_id)
    form = ChangeRecipientForm(request.POST or None, recipient=recipient)
    if form.is_valid():
        values = {"recipient": recipient, "by": person, "on": today, "seen_revision": form.cleaned_data["revision"]}
        with told_on(form):
            if form.because:
                actions.leave_out(because=form.because, **values)
            else:
                actions.include(**values)
            messages.success(request, "Saved")
            return redirect("reports:comments", visit.pk)
    return render(request, "reports/change_recipient.html", {"form": form, "visit": visit, "recipient": recipient})


@may(Permission.RECORD_STEP)
def recall(request: Request, visit_id: int) -> HttpResponse:
    """It went out by mistake, or must be revised."""
    person, visit = request.person, visit_of(request.person, visit_id)
    state = state_of(visit, person)
    if not may_move(state, "recall"):
        return _settled(request, visit, state)
    form = WhyForm(request.POST or None, question="Why is it recalled?")
    if form.is_valid():
        with told_on(form):
            actions.recall(visit=visit, because=form.cleaned_data["because"], by=person, on=clock.today())
            messages.success(request, "The report is recalled")
            return redirect("reports:comments", visit.pk)
    answered = visit.recipients.filter(answered_on__isnull=False).exists()
    context = {"form": form, "visit": visit, "answered": answered, "back": reverse("reports:comments", args=[visit.pk])}
    return render(request, "reports/recall.html", context)


def _settled(request: Request, visit: Visit, state: str) -> HttpResponse:
    """Say how the report stands, and show where it goes on."""
    if visit.state != "held":
        messages.warning(request, "The visit has not taken place: there is no report to send")
        return redirect(visit)
    messages.warning(request, f"Nothing was changed: the report is ‘{ReportState(state).label.lower()}’")
    return redirect("reports:comments", visit.pk) if state == ReportState.OUT_FOR_COMMENT else redirect(visit)
