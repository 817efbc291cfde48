"""Pages that only say something: help, and the accessibility statement."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wellplaced.guidance import default_versions, in_force
from wellplaced.history import clock
from wellplaced.monitoring.timeframes import versions_for
from wellplaced.people.access import Request, open_to_all, signed_in
from wellplaced.people.rights import Permission


@signed_in
def help_page(request: Request) -> HttpResponse:
    """What the service does, in plain words, which clauses it follows, and whom to ask."""
    authority_id = request.person.authority_id
    versions = versions_for(authority_id) if authority_id else default_versions()
    clauses = sorted(in_force(versions, clock.today()).clauses.items(), key=lambda item: int(item[0].removeprefix("C")))
    may_see = request.person.may(Permission.SEE)
    return render(request, "desk/help.html", {"clauses": clauses, "may_see": may_see})


@open_to_all
def accessibility(request: HttpRequest) -> HttpResponse:
    """How far everybody can use the service, what is known not to work, and whom to tell."""
    return render(request, "desk/accessibility.html")
