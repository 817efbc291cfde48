"""What the authority knows of a provision, and its premises."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from wellplaced.history import clock
from wellplaced.people.access import Request, may
from wellplaced.people.models import ProvisionType
from wellplaced.people.rights import Permission
from wellplaced.register import actions
from wellplaced.register.actions.details import FIELDS
from wellplaced.register.forms import ChangePremisesForm, DetailsForm, PremisesForm
from wellplaced.register.models import LocalDetails, Premises, Provision
from wellplaced.register.views.refusing import told_on

PREMISES = ("label", "kind", "address", "postcode", "capacity", "closed_on", "revision")


@may(Permission.DESCRIBE_PROVISION)
def details(request: Request, provision_id: int) -> HttpResponseBase:
    """Name, alias, address and contract, as the authority has them."""
    provision = _provision(request, provision_id)
    own = provision.details or LocalDetails(provision=provision)
    form = DetailsForm(request.POST or None, initial=_initial(own, (*FIELDS, "revision")))
    if form.is_valid():
        values = dict(form.cleaned_data)
        with told_on(form):
            seen = values.pop("revision")
            actions.describe_provision(
                provision=provision, by=request.person, on=clock.today(), seen_revision=seen, **values
            )
            messages.success(request, "What your authority knows of this provision is saved.")
            return redirect(provision)
    return render(request, "register/details.html", {"provision": provision, "form": form})


@may(Permission.DESCRIBE_PROVISION)
def add_premises(request: Request, provision_id: int) -> HttpResponseBase:
    """A shared house or a flat of 16+ supported accommodation."""
    provision = get_object_or_404(_seen(request), pk=provision_id, type=ProvisionType.SUPPORTED_ACCOMMODATION)
    form = PremisesForm(request.POST or None)
    if form.is_valid():
        values = {name: value for name, value in form.cleaned_data.items() if name != "revision"}
        with told_on(form):
            actions.add_premises(provision=provision, by=request.person, on=clock.today(), **values)
            messages.success(request, f"{values['label']} is added.")
            return redirect(provision)
    return render(request, "register/add_premises.html", {"provision": provision, "form": form})


@may(Permission.DESCRIBE_PROVISION)
def change_premises(request: Request, premises_id: int) -> HttpResponseBase:
    """Change premises, close them, or open again what was closed by mistake."""
    premises = get_object_or_404(Premises.objects.seen_by(request.person), pk=premises_id)
    provision = _provision(request, premises.provision_id)
    form = ChangePremisesForm(request.POST or None, initial=_initial(premises, PREMISES))
    if form.is_valid():
        values = dict(form.cleaned_data)
        with told_on(form):
            seen = values.pop("revision")
            actions.change_premises(
                premises=premises, by=request.person, on=clock.today(), seen_revision=seen, **values
            )
            messages.success(request, f"{values['label']} is saved.")
            return redirect(provision)
    return render(
        request, "register/change_premises.html", {"provision": provision, "premises": premises, "form": form}
    )


def _seen(request: Request) -> Any:
    return Provision.objects.seen_by(request.person).with_details_of(request.person.authority_id)


def _provision(request: Request, provision_id: int) -> Provision:
    found: Provision = get_object_or_404(_seen(request), pk=provision_id)
    return found


def _initial(record: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(record, name) for name in names}
