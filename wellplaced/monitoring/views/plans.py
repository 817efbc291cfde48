"""Ofsted's action plan (C8, R14): how it stands, asked for, chased, received, its days corrected, a chase taken back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from wellplaced import history
from wellplaced.design.forms import Form
from wellplaced.design.words import day
from wellplaced.history import clock
from wellplaced.monitoring import actions
from wellplaced.monitoring.forms.plans import ChasePlanForm, CorrectPlanForm, PlanForm, ReceivePlanForm, RequestPlanForm
from wellplaced.monitoring.forms.why import WhyForm
from wellplaced.monitoring.models import JudgementFollowUp, PlanChase
from wellplaced.monitoring.pages.plan import judgement_of, plan_page
from wellplaced.monitoring.refusing import told_on
from wellplaced.people.access import Request, may
from wellplaced.people.rights import Permission
from wellplaced.register.models import Judgement


@may(Permission.SEE)
def action_plan(request: Request, judgement_id: int) -> HttpResponse:
    """The judgement, who of ours is there, R14's steps with their dates, and what to do next."""
    judgement = judgement_of(request.person, judgement_id)
    return render(request, "monitoring/action_plan.html", {"page": plan_page(judgement, request.person, clock.today())})


@may(Permission.HANDLE_ACTION_PLAN)
def request_plan(request: Request, judgement_id: int) -> HttpResponse:
    """The provider was asked for the plan."""
    words = {
        "heading": "Record that the plan was asked for",
        "done": "Recorded. The plan is chased if it does not come",
    }
    return _record(request, judgement_id, RequestPlanForm, actions.request_action_plan, words)


@may(Permission.HANDLE_ACTION_PLAN)
def chase(request: Request, judgement_id: int) -> HttpResponse:
    """The provider was reminded."""
    words = {"heading": "Record that the plan was chased", "done": "The reminder is recorded"}
    return _record(request, judgement_id, ChasePlanForm, actions.chase_action_plan, words)


@may(Permission.HANDLE_ACTION_PLAN)
def receive(request: Request, judgement_id: int) -> HttpResponse:
    """The plan came: the visit has a due date now."""
    words = {"heading": "Record that the plan has arrived", "done": "Recorded. The visit has a due date now: book it"}
    return _record(request, judgement_id, ReceivePlanForm, actions.receive_action_plan, words)


def _record(
    request: Request, judgement_id: int, kind: type[PlanForm], act: Callable[..., Any], words: dict[str, str]
) -> HttpResponse:
    judgement, today = judgement_of(request.person, judgement_id), clock.today()
    form = kind(request.POST or None, judgement=judgement, today=today)
    if form.is_valid():
        with told_on(form):
            values = form.cleaned_data
            history.once(form.sent, lambda: act(judgement=judgement, by=request.person, **values), by=request.person)
            messages.success(request, words["done"])
            return redirect("monitoring:action_plan", judgement.pk)
    return _page(request, form, judgement, words["heading"])


@may(Permission.HANDLE_ACTION_PLAN)
def correct(request: Request, judgement_id: int) -> HttpResponse:
    """The recorded days were wrong."""
    judgement = judgement_of(request.person, judgement_id)
    follow_up = get_object_or_404(
        JudgementFollowUp.objects.seen_by(request.person).select_related("judgement"), judgement=judgement
    )
    form = CorrectPlanForm(request.POST or None, follow_up=follow_up, today=clock.today())
    if form.is_valid():
        revision = form.cleaned_data["revision"]
        with told_on(form):
            actions.correct_follow_up(follow_up=follow_up, by=request.person, seen_revision=revision, **form.values())
            messages.success(request, "The days are corrected")
            return redirect("monitoring:action_plan", judgement.pk)
    return _page(request, form, judgement, "Correct the days of the action plan")


@may(Permission.HANDLE_ACTION_PLAN)
def take_chase_back(request: Request, judgement_id: int, chase_id: int) -> HttpResponse:
    """The provider was not reminded, or not on that day."""
    judgement = judgement_of(request.person, judgement_id)
    chase = get_object_or_404(PlanChase.objects.seen_by(request.person), pk=chase_id, follow_up__judgement=judgement)
    if chase.taken_back_because:
        messages.warning(request, "Nothing was changed: this chase is taken back")
        return redirect("monitoring:action_plan", judgement.pk)
    form = WhyForm(request.POST or None, question="Why is it taken back?", help_text="The history keeps it")
    if form.is_valid():
        with told_on(form):
            actions.take_chase_back(chase=chase, because=form.cleaned_data["because"], by=request.person)
            messages.success(request, "Taken back: the plan was not chased on that day")
            return redirect("monitoring:action_plan", judgement.pk)
    return _page(request, form, judgement, f"Take back the chase of {day(chase.chased_on)}")


def _page(request: Request, form: Form, judgement: Judgement, heading: str) -> HttpResponse:
    context = {"form": form, "judgement": judgement, "heading": heading}
    return render(request, "monitoring/record_plan.html", context)
