"""C14: feedback ahead of a visit: who is asked, who is left out and why, what each of them said."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from wellplaced import history
from wellplaced.history import clock
from wellplaced.monitoring import actions
from wellplaced.monitoring.forms.feedback import AnswerForm, AskElseForm, AskForm, LeaveOutForm
from wellplaced.monitoring.models import Feedback, Visit
from wellplaced.monitoring.pages.checklist import is_open_for
from wellplaced.monitoring.pages.feedback import feedback_page, lines_for, may_read
from wellplaced.monitoring.past import history_of
from wellplaced.monitoring.placed import concerned_for
from wellplaced.monitoring.refusing import told_on
from wellplaced.monitoring.sight import Sight
from wellplaced.monitoring.views.finding import visit_of
from wellplaced.monitoring.whom_to_ask import settled_keys
from wellplaced.people.access import Request, may
from wellplaced.people.rights import Permission


@may(Permission.SEE)
def feedback(request: Request, visit_id: int) -> HttpResponse:
    """Who is to be asked, and what came back."""
    person, today, visit = request.person, clock.today(), visit_of(request.person, visit_id)
    page = feedback_page(visit, person)
    form = AskForm(_typed(request, page.may_write), lines=page.to_ask, settled=settled_keys(visit), today=today)
    if form.is_valid():
        with told_on(form):
            actions.ask_for_feedback(visit=visit, by=person, on=today, **form.cleaned_data)
            messages.success(request, "Recorded who was asked")
            return _back(visit)
    return render(request, "monitoring/feedback.html", {"form": form, "page": page})


def _typed(request: Request, may_write: bool) -> Any:
    return request.POST if may_write and request.method == "POST" else None


def _back(visit: Visit) -> HttpResponse:
    return redirect(reverse("monitoring:feedback", args=[visit.pk]))


@may(Permission.RECORD_STEP)
def leave_out(request: Request, visit_id: int) -> HttpResponse:
    """Somebody is not asked, with the reason."""
    person, today, visit = request.person, clock.today(), visit_of(request.person, visit_id)
    form = LeaveOutForm(request.POST or None, lines=lines_for(visit, Sight.of(person)), settled=settled_keys(visit))

    def act() -> str:
        actions.leave_out_of_feedback(visit=visit, by=person, on=today, **form.cleaned_data)
        return "Recorded who is not asked, and why"

    return _page(request, visit, form, act, heading="Leave somebody out", submit="Leave them out")


@may(Permission.RECORD_STEP)
def ask_else(request: Request, visit_id: int) -> HttpResponse:
    """Somebody whom the records do not name was asked."""
    person, today, visit = request.person, clock.today(), visit_of(request.person, visit_id)
    form = AskElseForm(request.POST or None, young_people=concerned_for(visit, person).seen, today=today)

    def act() -> str:
        def make() -> Feedback:
            return actions.ask_somebody_else(visit=visit, by=person, on=today, **form.values())

        history.once(form.sent, make, by=person)
        return "Recorded who was asked"

    return _page(request, visit, form, act, heading="Somebody else was asked", submit="Save")


def _page(request: Request, visit: Visit, form: Any, act: Callable[[], str], **words: str) -> HttpResponse:
    if form.is_valid():
        with told_on(form):
            messages.success(request, act())
            return _back(visit)
    return render(request, "monitoring/feedback_form.html", {"form": form, "visit": visit, **words})


@may(Permission.SEE)
def answer(request: Request, feedback_id: int) -> HttpResponse:
    """What one of them said, when and how."""
    person, today = request.person, clock.today()
    rows = Feedback.objects.seen_by(person).prefetch_related("young_people")
    found = get_object_or_404(rows, pk=feedback_id)
    sight = Sight.of(person)
    if not may_read(found, sight):
        raise Http404
    visit = visit_of(person, found.visit_id)
    may_write = is_open_for(visit, person)
    form = AnswerForm(_typed(request, may_write), feedback=found, today=today)
    if form.is_valid():
        values, revision = form.values(), form.cleaned_data["revision"]
        with told_on(form):
            actions.take_down_feedback(feedback=found, by=person, on=today, seen_revision=revision, **values)
            messages.success(request, "The feedback is saved")
            return _back(visit)
    about = sight.names(found.young_people.all())
    context = {"form": form, "feedback": found, "visit": visit, "about": about, "may_write": may_write}
    return render(request, "monitoring/feedback_answer.html", context | {"history": history_of([found], person)})
