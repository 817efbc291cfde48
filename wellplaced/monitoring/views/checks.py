"""C4: asking other authorities where the initial visit cannot be made in time. The visit stays owed."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from wellplaced import history
from wellplaced.history import clock
from wellplaced.monitoring import actions
from wellplaced.monitoring.forms.setting_aside import ChangeCheckForm, CheckForm
from wellplaced.monitoring.forms.why import WhyForm
from wellplaced.monitoring.models import OtherAuthorityCheck, Requirement
from wellplaced.monitoring.pages.requirement import may_read
from wellplaced.monitoring.refusing import told_on
from wellplaced.monitoring.views.finding import requirement_of
from wellplaced.people.access import Request, may
from wellplaced.people.models import Person
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
            placement, values = requirement.placement, form.values()
            history.once(
                form.sent,
                lambda: actions.check_with_other_authority(placement=placement, by=request.person, **values),
                by=request.person,
            )
            messages.success(request, "Recorded. The visit stays owed")
            return redirect(requirement)
    return render(request, "monitoring/check.html", {"form": form, "requirement": requirement})


@may(Permission.CHECK_OTHER_AUTHORITIES)
def change(request: Request, check_id: int) -> HttpResponse:
    """An answer that came, or a correction."""
    check, requirement = _check_of(request.person, check_id)
    if check.taken_back_because:
        return _taken_back(request, requirement)
    form = ChangeCheckForm(request.POST or None, check=check, today=clock.today())
    if form.is_valid():
        revision = form.cleaned_data["revision"]
        with told_on(form):
            actions.change_check(check=check, by=request.person, seen_revision=revision, **form.values())
            messages.success(request, "Saved. The visit stays owed")
            return redirect(requirement)
    return render(request, "monitoring/check.html", {"form": form, "requirement": requirement, "check": check})


@may(Permission.CHECK_OTHER_AUTHORITIES)
def take_back(request: Request, check_id: int) -> HttpResponse:
    """It was recorded by mistake: C4's check is not made by it."""
    check, requirement = _check_of(request.person, check_id)
    if check.taken_back_because:
        return _taken_back(request, requirement)
    form = WhyForm(
        request.POST or None,
        question="Why is it taken back?",
        help_text="It stays on record with your reason, and counts for nothing",
        revision=check.revision,
    )
    if form.is_valid():
        with told_on(form):
            because, revision = form.cleaned_data["because"], form.cleaned_data["revision"]
            actions.take_check_back(check=check, because=because, by=request.person, seen_revision=revision)
            messages.success(request, "Taken back. It counts for nothing")
            return redirect(requirement)
    context = {"form": form, "requirement": requirement, "check": check}
    return render(request, "monitoring/take_check_back.html", context)


def _check_of(person: Person, number: int) -> tuple[OtherAuthorityCheck, Requirement]:
    """The check and the visit that is owed, where the person may read of whom it is about."""
    check = get_object_or_404(OtherAuthorityCheck.objects.seen_by(person), pk=number)
    requirement = requirement_of(person, check.provision_id, f"initial:{check.placement_id}")
    if not may_read(requirement, person):
        raise Http404
    return check, requirement


def _taken_back(request: Request, requirement: Requirement) -> HttpResponse:
    messages.warning(request, "Nothing was changed: this is taken back")
    return redirect(requirement)
