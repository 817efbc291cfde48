"""The page of one visit."""

from django.http import HttpResponse
from django.shortcuts import render

from wellplaced.desk.pages.visit import visit_page
from wellplaced.history import clock
from wellplaced.monitoring.views.finding import visit_of
from wellplaced.people.access import Request, may
from wellplaced.people.rights import Permission


@may(Permission.SEE)
def visit(request: Request, visit_id: int) -> HttpResponse:
    """One visit: what to do next, its steps, and what is known of it."""
    page = visit_page(visit_of(request.person, visit_id), request.person, clock.today())
    return render(request, "desk/visit.html", {"page": page})
