"""The page of one visit."""

from django.http import HttpResponse
from django.shortcuts import render

from wellplaced.desk.pages.visit import visit_page
from wellplaced.desk.queries.visit import visit_found
from wellplaced.history import clock
from wellplaced.people.access import Request, may
from wellplaced.people.rights import Permission


@may(Permission.SEE)
def visit(request: Request, visit_id: int) -> HttpResponse:
    """One visit: what to do next, its steps, and what is known of it."""
    found = visit_found(request.person, visit_id)
    page = visit_page(found, request.person, clock.today())
    return render(request, "desk/visit.html", {"page": page})
