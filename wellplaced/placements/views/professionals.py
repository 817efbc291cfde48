"""A young person's CSW, IRO and SENO: adding and correcting."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from wellplaced.people.access import Request, may
from wellplaced.people.rights import Permission
from wellplaced.placements import actions
from wellplaced.placements.forms import ChangeProfessionalForm, ProfessionalForm
from wellplaced.placements.models import Professional
from wellplaced.placements.views.finding import young_person_of
from wellplaced.placements.views.telling import told_on

FIELDS = ("name", "email", "starts_on", "ends_on")


@may(Permission.RECORD_PLACEMENT)
def add(request: Request, young_person_id: int) -> HttpResponseBase:
    """Somebody new in a role."""
    young_person = young_person_of(request, young_person_id)
    form = ProfessionalForm(request.POST or None)
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("role", *FIELDS)}
        with told_on(form):
            added = actions.add_professional(young_person=young_person, by=request.person, **values)
            messages.success(request, f"{added.name} is added.")
            return redirect(young_person)
    return render(request, "placements/add_professional.html", {"form": form, "young_person": young_person})


@may(Permission.RECORD_PLACEMENT)
def change(request: Request, professional_id: int) -> HttpResponseBase:
    """Correct a name, an address or the days; or give the last day."""
    rows = Professional.objects.seen_by(request.person).select_related("young_person")
    professional = get_object_or_404(rows, pk=professional_id)
    initial = {name: getattr(professional, name) for name in (*FIELDS, "revision")}
    form = ChangeProfessionalForm(request.POST or None, initial=initial)
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in FIELDS}
        seen = form.cleaned_data["revision"]
        with told_on(form):
            actions.change_professional(professional=professional, by=request.person, seen_revision=seen, **values)
            messages.success(request, f"{values['name']} is saved.")
            return redirect(professional.young_person)
    actions.open_record(young_person=professional.young_person, by=request.person)
    return render(request, "placements/change_professional.html", {"form": form, "professional": professional})
