"""The day (C16), made for the phone: the checklist, the questionnaires (R10), the provider's pre-visit form (C13)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wellplaced.history import clock
from wellplaced.monitoring import actions
from wellplaced.monitoring.actions.checklist import FORM_STEP
from wellplaced.monitoring.actions.moves import MOVES
from wellplaced.monitoring.day import day_of
from wellplaced.monitoring.forms.checklist import ChecklistForm, PreVisitFormForm, QuestionnairesForm
from wellplaced.monitoring.models import PreVisitForm, StepRecord, Visit, VisitState
from wellplaced.monitoring.pages.checklist import (
    asks_sections,
    day_history,
    day_page,
    form_page,
    is_open_for,
    premises_to_see,
    questionnaire_rows,
)
from wellplaced.monitoring.placed import placed_for
from wellplaced.monitoring.refusing import told_on
from wellplaced.monitoring.views.finding import visit_of
from wellplaced.people.access import Request, may
from wellplaced.people.rights import Permission

BY_SCRIPT = "X-Draft"  # sent by draft.js, which forgets what was typed once the answer says that it is saved


@may(Permission.SEE)
def checklist(request: Request, visit_id: int) -> HttpResponse:
    """Everything of the day: saved as often as one likes, in any order, before the outcome and after it."""
    person, today, visit = request.person, clock.today(), visit_of(request.person, visit_id)
    if not is_open_for(visit, person):
        return render(request, "monitoring/checklist_read.html", {"page": day_page(visit, person)})
    day, placed = day_of(visit), placed_for(visit, person)
    form = ChecklistForm(
        request.POST or None,
        visit=visit,
        day=day,
        placed=placed,
        premises=premises_to_see(visit, person),
        asks_sections=asks_sections(day, visit, today),
    )
    if form.is_valid():
        with told_on(form):
            actions.save_day(visit=visit, answers=form.answers(), staff=form.staff_met(), by=person, on=today)
            return _saved(request, visit)
    context = {"form": form, "visit": visit, "placed": placed, "outcome": visit.state in MOVES["hold"]}
    return render(request, "monitoring/checklist.html", context | {"history": day_history(day, person)})


def _saved(request: Request, visit: Visit) -> HttpResponse:
    """Back to the list, or on to what became of the visit."""
    address = reverse("monitoring:checklist", args=[visit.pk])
    if "outcome" in request.POST and visit.state in MOVES["hold"]:
        address = reverse("monitoring:hold_visit", args=[visit.pk])
    messages.success(request, "Saved")
    return JsonResponse({"next": address}) if request.headers.get(BY_SCRIPT) else redirect(address)


@may(Permission.SEE)
def questionnaires(request: Request, visit_id: int) -> HttpResponse:
    """C16, R10: what became of each young person's questionnaire, and when a paper copy was chased."""
    person, today, visit = request.person, clock.today(), visit_of(request.person, visit_id)
    day, placed = day_of(visit), placed_for(visit, person)
    form = QuestionnairesForm(request.POST or None, day=day, placed=placed, today=today)
    may_write = is_open_for(visit, person) and visit.state == VisitState.HELD
    if may_write and form.is_valid():
        with told_on(form):
            actions.save_day(visit=visit, answers=form.answers(), by=person, on=today)
            messages.success(request, "The questionnaires are saved")
            return redirect(visit)
    context: dict[str, Any] = {"form": form, "visit": visit, "placed": placed, "may_write": may_write}
    return render(request, "monitoring/questionnaires.html", context | {"rows": questionnaire_rows(day, placed)})


@may(Permission.SEE)
def pre_visit_form(request: Request, visit_id: int) -> HttpResponse:
    """C13: in advance or ready on the day, section by section; received with the last one."""
    person, today, visit = request.person, clock.today(), visit_of(request.person, visit_id)
    stands = PreVisitForm.objects.seen_by(person).filter(visit=visit).first()
    record = StepRecord.objects.seen_by(person).filter(visit=visit, step=FORM_STEP).first()
    may_write = is_open_for(visit, person)
    typed = request.POST if may_write and request.method == "POST" else None
    form = PreVisitFormForm(typed, visit=visit, stands=stands, received_on=record and record.done_on, today=today)
    if form.is_valid():
        revision = form.cleaned_data["revision"]
        with told_on(form):
            actions.record_pre_visit_form(visit=visit, by=person, on=today, seen_revision=revision, **form.values())
            messages.success(request, "The pre-visit form is saved")
            return redirect(visit)
    context = {"form": form, "page": form_page(visit, stands, person), "may_write": may_write}
    return render(request, "monitoring/pre_visit_form.html", context)
