"""Entering by hand what Ofsted does not register, and changing it."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from wellplaced.history import clock
from wellplaced.people.access import Request, may
from wellplaced.people.rights import Permission
from wellplaced.register import actions
from wellplaced.register.forms import ChangeEnteredForm, EnteredForm
from wellplaced.register.models import Provision
from wellplaced.register.views.refusing import told_on

FIELDS = ("type", "name", "inspectorate", "local_authority", "address", "postcode", "places", "status", "revision")


@may(Permission.ENTER_PROVISION)
def enter(request: Request) -> HttpResponseBase:
    """A SEN day school, or a provision in Wales or Scotland."""
    form = EnteredForm(request.POST or None)
    if form.is_valid():
        values = {name: value for name, value in form.cleaned_data.items() if name != "revision"}
        kind = values.pop("type")
        with told_on(form):
            entered = actions.enter_provision(provision_type=kind, by=request.person, on=clock.today(), **values)
            messages.success(request, f"{entered.name} is entered. Only your authority sees it.")
            return redirect(entered)
    return render(request, "register/enter.html", {"form": form})


@may(Permission.ENTER_PROVISION)
def change_entered(request: Request, provision_id: int) -> HttpResponseBase:
    """Change what one's own authority entered by hand."""
    own = Provision.objects.seen_by(request.person).filter(entered_by__isnull=False).select_related("provider")
    provision = get_object_or_404(own, pk=provision_id)
    owner = provision.provider.name if provision.provider else ""
    initial = {name: getattr(provision, name) for name in FIELDS} | {"owner": owner}
    form = ChangeEnteredForm(request.POST or None, initial=initial)
    if form.is_valid():
        values = dict(form.cleaned_data)
        with told_on(form):
            seen = values.pop("revision")
            changed = actions.change_entered_provision(
                provision=provision, by=request.person, on=clock.today(), seen_revision=seen, **values
            )
            messages.success(request, f"{changed.name} is saved.")
            return redirect(changed)
    return render(request, "register/change_entered.html", {"provision": provision, "form": form})
