"""A judgement recorded by hand, and corrected."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from wellplaced.history import clock
from wellplaced.people.access import Request, may
from wellplaced.people.rights import Permission
from wellplaced.register import actions
from wellplaced.register.actions.judgements import FIELDS, may_correct, may_judge
from wellplaced.register.forms import JudgementForm
from wellplaced.register.models import Judgement, Provision
from wellplaced.register.views.refusing import told_on

SHARED = "Judgements of the shared register come from Ofsted’s files. Whoever keeps the register can add one by hand."


@may(Permission.ENTER_PROVISION, Permission.CORRECT_REGISTER)
def add_judgement(request: Request, provision_id: int) -> HttpResponseBase:
    """What an inspection concluded: of one's own hand-entered provision, or ahead of Ofsted's file."""
    seen = Provision.objects.seen_by(request.person).with_details_of(request.person.authority_id)
    provision = get_object_or_404(seen, pk=provision_id)
    if not may_judge(request.person, provision):
        raise PermissionDenied(SHARED)
    today = clock.today()
    form = JudgementForm(request.POST or None, provision=provision, today=today)
    if form.is_valid():
        values = {name: value for name, value in form.cleaned_data.items() if name != "revision"}
        with told_on(form):
            actions.add_judgement(provision=provision, by=request.person, on=today, **values)
            messages.success(request, "The judgement is recorded. What is owed is worked out from it.")
            return redirect(provision)
    return render(request, "register/add_judgement.html", {"provision": provision, "form": form})


@may(Permission.ENTER_PROVISION, Permission.CORRECT_REGISTER)
def correct_judgement(request: Request, judgement_id: int) -> HttpResponseBase:
    """Correct a judgement's outcome, words or days."""
    found = Judgement.objects.seen_by(request.person).select_related("provision")
    judgement = get_object_or_404(found, pk=judgement_id)
    if not may_correct(request.person, judgement):
        raise PermissionDenied(SHARED)
    provision, today = judgement.provision, clock.today()
    initial = {name: getattr(judgement, name) for name in (*FIELDS, "revision")}
    form = JudgementForm(request.POST or None, initial=initial, provision=provision, today=today)
    if form.is_valid():
        values = dict(form.cleaned_data)
        with told_on(form):
            seen = values.pop("revision")
            actions.correct_judgement(judgement=judgement, by=request.person, on=today, seen_revision=seen, **values)
            messages.success(request, "The judgement is corrected. What is owed is worked out anew.")
            return redirect(provision)
    return render(request, "register/correct_judgement.html", {"provision": provision, "form": form})
