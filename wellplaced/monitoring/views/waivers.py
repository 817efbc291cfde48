"""A manager waives a requirement, or takes that back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from wellplaced.history import clock
from wellplaced.monitoring import actions
from wellplaced.monitoring.forms.setting_aside import WaiveForm, WithdrawForm
from wellplaced.monitoring.models import RequirementState, Waiver
from wellplaced.monitoring.pages.requirement import may_read
from wellplaced.monitoring.past import CLOSED
from wellplaced.monitoring.refusing import told_on
from wellplaced.monitoring.views.finding import requirement_of
from wellplaced.monitoring.words import KINDS
from wellplaced.people.access import Request, may
from wellplaced.people.rights import Permission


@may(Permission.WAIVE)
def waive(request: Request, provision_id: int, key: str) -> HttpResponse:
    """Set one requirement aside, with the reason."""
    requirement = requirement_of(request.person, provision_id, key)
    if request.method == "GET" and requirement.state == RequirementState.WAIVED:
        messages.info(request, "This visit is waived already: the reason stands below")
        return redirect(requirement)
    form = WaiveForm(request.POST or None)
    if form.is_valid():
        with told_on(form):
            reason = form.cleaned_data["reason"]
            waiver = actions.waive(requirement=requirement, by=request.person, on=clock.today(), reason=reason)
            if waiver.reason == reason:
                messages.success(request, "Waived. The reason is on record")
            else:  # somebody else's waiver stands, or the one given in another tab
                messages.warning(request, "Nothing was changed: this visit is waived already, for another reason")
            return redirect(requirement)
    context = {"form": form, "requirement": requirement, "what": KINDS[requirement.kind]}
    return render(request, "monitoring/waive.html", context)


@may(Permission.WAIVE)
def withdraw(request: Request, provision_id: int, key: str) -> HttpResponse:
    """The requirement is owed again."""
    requirement = requirement_of(request.person, provision_id, key)
    waivers = Waiver.objects.seen_by(request.person).filter(provision=provision_id, key=key, withdrawn_on=None)
    waiver = get_object_or_404(waivers)
    form = WithdrawForm(request.POST or None, initial={"revision": waiver.revision})
    if form.is_valid():
        reason, revision = form.cleaned_data["reason"], form.cleaned_data["revision"]
        with told_on(form):
            actions.withdraw_waiver(
                waiver=waiver, reason=reason, by=request.person, on=clock.today(), seen_revision=revision
            )
            messages.success(request, "The waiver is withdrawn: the visit is owed again")
            return redirect(requirement)
    reason = waiver.reason if may_read(requirement, request.person) else CLOSED
    context = {
        "form": form,
        "requirement": requirement,
        "waiver": waiver,
        "reason": reason,
        "what": KINDS[requirement.kind],
    }
    return render(request, "monitoring/withdraw_waiver.html", context)
