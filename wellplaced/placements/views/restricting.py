"""Restricting a young person's record to named people, naming others, lifting the restriction."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from wellplaced.people.access import Request, may
from wellplaced.people.rights import Permission
from wellplaced.placements import actions
from wellplaced.placements.forms import NamedForm, ReasonForm
from wellplaced.placements.models import YoungPerson
from wellplaced.placements.views.finding import young_person_of
from wellplaced.placements.views.telling import told_on


@may(Permission.RESTRICT_RECORD)
def restrict(request: Request, young_person_id: int) -> HttpResponseBase:
    """Name who may see the record, from now on or anew."""
    young_person = young_person_of(request, young_person_id)
    named = [each.person_id for each in young_person.named.all()] or [request.person.pk]
    initial = {"named": named, "revision": young_person.revision}
    form = NamedForm(request.POST or None, initial=initial, person=request.person)
    if form.is_valid():
        act = actions.name_on_record if young_person.restricted else actions.restrict_record
        with told_on(form):
            act(
                young_person=young_person,
                named=list(form.cleaned_data["named"]),
                reason=form.cleaned_data["reason"],
                by=request.person,
                seen_revision=form.cleaned_data["revision"],
            )
            messages.success(request, "Only the people you named see this record now.")
            return redirect(_after(request, young_person))
    actions.open_record(young_person=young_person, by=request.person)
    return render(request, "placements/restrict.html", {"form": form, "young_person": young_person})


def _after(request: Request, young_person: YoungPerson) -> str:
    """Back to the record, or to the list for somebody who did not name themselves."""
    still = YoungPerson.objects.seen_by(request.person).filter(pk=young_person.pk).exists()
    return young_person.get_absolute_url() if still else "placements:young_people"


@may(Permission.RESTRICT_RECORD)
def lift(request: Request, young_person_id: int) -> HttpResponseBase:
    """Let everybody of the authority see the record again."""
    seen = YoungPerson.objects.seen_by(request.person).filter(restricted=True)
    young_person = get_object_or_404(seen, pk=young_person_id)
    form = ReasonForm(request.POST or None, initial={"revision": young_person.revision})
    if form.is_valid():
        with told_on(form):
            actions.lift_restriction(
                young_person=young_person,
                reason=form.cleaned_data["reason"],
                by=request.person,
                seen_revision=form.cleaned_data["revision"],
            )
            messages.success(request, "The restriction is lifted.")
            return redirect(young_person)
    actions.open_record(young_person=young_person, by=request.person)
    return render(request, "placements/lift.html", {"form": form, "young_person": young_person})
