"""The page of a provision, and its history."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render

from wellplaced.design import lists
from wellplaced.desk.pages.past import listed
from wellplaced.desk.pages.picture import LEGEND
from wellplaced.desk.pages.provision import provision_page
from wellplaced.desk.queries.past import events_at
from wellplaced.history import clock
from wellplaced.people.access import Request, may
from wellplaced.people.rights import Permission
from wellplaced.register.models import Provision


@may(Permission.SEE, Permission.SEE_REGISTER)
def provision(request: Request, provision_id: int) -> HttpResponse:
    """Who it is, judgements, who of ours is there, what is owed, and what one may do."""
    found = _provision(request, provision_id)
    page = provision_page(found, request.person, clock.today())
    return render(request, "desk/provision.html", {"page": page, "legend": LEGEND})


def _provision(request: Request, provision_id: int) -> Provision:
    seen = Provision.objects.seen_by(request.person).with_details_of(request.person.authority_id)
    return get_object_or_404(seen.select_related("provider"), pk=provision_id)


@may(Permission.SEE)
def provision_history(request: Request, provision_id: int) -> HttpResponseBase:
    """Who recorded what about the provision, and when, newest first."""
    found = _provision(request, provision_id)
    events, context = events_at(found, request.person), {"provision": found}
    return lists.answer(request, "desk/provision_history.html", events, context=context, **listed(request.person))
