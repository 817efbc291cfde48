"""C4: asking other authorities where the initial visit cannot be made in time. The visit stays owed."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from wellplaced.history import clock
from wellplaced.monitoring import actions
from wellplaced.monitoring.forms.setting_aside import ChangeCheckForm, CheckForm
from wellplaced.monitoring.models import OtherAuthorityCheck
from wellplaced.monitoring.pages.requirement import may_read
from wellplaced.monitoring.refusing import told_on
from wellplaced.monitoring.views.finding import requirement_of
from wellplaced.people.access import Request, may
from wellplaced.people.rights import Permission


@may(Permission.CHECK_OTHER_AUTHORITIES)
def add(request: Request, provision_id: int, key: str) -> HttpResponse:
    """What the provider said, and what the authority that it named says."""
    requirement = requirement_of(request.person, provision_id, key)
    if requirement.placement is None:
        raise Http404
    form = CheckForm(request.POST or None, today=clock.today())
    if form.is_valid():
        with told_on(form):
            actions.check_with_other_authority(placement=requirement.placement, by=request.person, **form.values())
            messages.success(request, "Recorded. The visit stays owed")
            return redirect(requirement)
    return render(request, "monitoring/check.html", {"form": form, "requirement": requirement})


@may(Permission.CHECK_OTHER_AUTHORITIES)
def change(request: Request, check_id: int) -> HttpResponse:
    """An answer that came, or a correction."""
    check = get_object_or_404(OtherAuthorityCheck.objects.seen_by(request.person), pk=check_id)
    requirement = requirement_of(request.person, check.provision_id, f"initial:{check.placement_id}")
    if not may_read(requirement, request.person):
        raise Http404
    form = ChangeCheckForm(request.POST or None, check=check, today=clock.today())
    if form.is_valid():
        revision = form.cleaned_data["revision"]
        with told_on(form):
            actions.change_check(check=check, by=request.person, seen_revision=revision, **form.values())
            messages.success(request, "Saved. The visit stays owed")
            return redirect(requirement)
    return render(request, "monitoring/check.html", {"form": form, "requirement": requirement, "check": check})
