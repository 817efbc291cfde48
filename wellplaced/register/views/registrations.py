"""Correcting registrations: their status, those that a file no longer lists, and homes that registered anew."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from wellplaced.history import clock
from wellplaced.people.access import Request, may
from wellplaced.people.rights import Permission
from wellplaced.register import actions
from wellplaced.register.forms import LeftForm, LinkForm, RegistrationForm
from wellplaced.register.models import Provision, Registration, RegistrationQuerySet
from wellplaced.register.views.refusing import told_on


@may(Permission.CORRECT_REGISTER)
def correct(request: Request, registration_id: int) -> HttpResponseBase:
    """Say what stands of a registration, ahead of Ofsted's file."""
    registration = get_object_or_404(_seen(request), pk=registration_id)
    initial = {name: getattr(registration, name) for name in ("status", "ended_on", "revision")}
    form = RegistrationForm(request.POST or None, initial=initial)
    if form.is_valid():
        values = dict(form.cleaned_data)
        with told_on(form):
            seen = values.pop("revision")
            actions.correct_registration(
                registration=registration, by=request.person, on=clock.today(), seen_revision=seen, **values
            )
            messages.success(request, f"The registration {registration.urn} is corrected.")
            return redirect(registration.provision)
    return render(request, "register/correct_registration.html", {"registration": registration, "form": form})


@may(Permission.CORRECT_REGISTER)
def left(request: Request, registration_id: int) -> HttpResponseBase:
    """Say what became of a registration that a later file no longer lists."""
    registration = get_object_or_404(_seen(request).left(), pk=registration_id)
    form = LeftForm(request.POST or None, initial={"revision": registration.revision})
    if form.is_valid():
        values = dict(form.cleaned_data)
        with told_on(form):
            seen = values.pop("revision")
            actions.settle_left(
                registration=registration, by=request.person, on=clock.today(), seen_revision=seen, **values
            )
            messages.success(request, f"The registration {registration.urn} is settled.")
            return redirect("register:standing_of_register")
    return render(request, "register/left.html", {"registration": registration, "form": form})


@may(Permission.CORRECT_REGISTER)
def continues(request: Request, registration_id: int) -> HttpResponseBase:
    """A home that registered anew: join its registration to the provision that it continues."""
    registration = get_object_or_404(_seen(request), pk=registration_id)
    form = LinkForm(request.POST or None)
    if form.is_valid():
        urn = form.cleaned_data["urn"].strip().upper()
        earlier = Provision.objects.seen_by(request.person).filter(registrations__urn=urn).first()
        if earlier is None:
            form.add_error("urn", f"No provision of the register has the URN {urn}. Check the number.")
        else:
            with told_on(form):
                joined = actions.link_registration(
                    registration=registration, to=earlier, by=request.person, on=clock.today()
                )
                messages.success(request, f"{registration.urn} continues {urn}: their histories stand together.")
                return redirect(joined)
    return render(request, "register/continues.html", {"registration": registration, "form": form})


def _seen(request: Request) -> RegistrationQuerySet:
    return Registration.objects.seen_by(request.person).select_related("provision__provider")
