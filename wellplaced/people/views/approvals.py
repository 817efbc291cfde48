"""Pages of C11: approve somebody for a type of provision, correct that, end it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from wellplaced.design.words import day
from wellplaced.people import actions
from wellplaced.people.access import Request, may
from wellplaced.people.forms import ApprovalDatesForm, ApprovalEndForm, ApprovalForm
from wellplaced.people.models import Approval, Person
from wellplaced.people.pages import told_on
from wellplaced.people.rights import Permission


@may(Permission.KEEP_STAFF)
def approve(request: Request, person_id: int) -> HttpResponse:
    """Approve a colleague for a type of provision, from a day."""
    person = get_object_or_404(Person.objects.seen_by(request.person), pk=person_id)
    form = ApprovalForm(request.POST or None)
    if form.is_valid():
        with told_on(form):
            made = actions.approve(person=person, by=request.person, **form.cleaned_data)
            messages.success(request, f"The approval for {made.get_provision_type_display()} is recorded")
            return redirect(person)
    page = {
        "form": form,
        "heading": f"Approve {person} (C11)",
        "submit": "Approve",
        "cancel": person.get_absolute_url(),
    }
    return render(request, "people/form.html", page)


@may(Permission.KEEP_STAFF)
def correct_approval(request: Request, approval_id: int) -> HttpResponse:
    """Correct the days of an approval."""
    approval = _found(request, approval_id)
    initial = {"starts_on": approval.starts_on, "ends_on": approval.ends_on, "revision": approval.revision}
    form = ApprovalDatesForm(request.POST or None, initial=initial)
    if form.is_valid():
        with told_on(form):
            actions.correct_approval(
                approval=approval,
                starts_on=form.cleaned_data["starts_on"],
                ends_on=form.cleaned_data["ends_on"],
                seen_revision=form.cleaned_data["revision"],
                by=request.person,
            )
            messages.success(request, f"The days of the approval for {approval.get_provision_type_display()} are saved")
            return redirect(approval.person)
    return _form(request, form, approval, "Correct the approval of", "Save")


@may(Permission.KEEP_STAFF)
def end_approval(request: Request, approval_id: int) -> HttpResponse:
    """End an approval after a day."""
    approval = _found(request, approval_id)
    form = ApprovalEndForm(request.POST or None, initial={"ends_on": approval.ends_on, "revision": approval.revision})
    if form.is_valid():
        with told_on(form):
            actions.end_approval(
                approval=approval,
                ends_on=form.cleaned_data["ends_on"],
                reason=form.cleaned_data["reason"],
                seen_revision=form.cleaned_data["revision"],
                by=request.person,
            )
            messages.success(
                request,
                f"The approval for {approval.get_provision_type_display()} ends on {day(form.cleaned_data['ends_on'])}",
            )
            return redirect(approval.person)
    return _form(request, form, approval, "End the approval of", "End approval")


def _found(request: Request, approval_id: int) -> Approval:
    approvals = Approval.objects.seen_by(request.person).select_related("person")
    found: Approval = get_object_or_404(approvals, pk=approval_id)
    return found


def _form(
    request: Request, form: ApprovalDatesForm | ApprovalEndForm, approval: Approval, what: str, submit: str
) -> HttpResponse:
    page = {
        "form": form,
        "heading": f"{what} {approval.person}: {approval.get_provision_type_display()}",
        "submit": submit,
        "cancel": approval.person.get_absolute_url(),
    }
    return render(request, "people/form.html", page)
