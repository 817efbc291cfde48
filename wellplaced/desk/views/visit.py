"""The page of one visit, and its history."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render

from wellplaced.design import lists
from wellplaced.desk.pages.past import listed
from wellplaced.desk.pages.visit import visit_page
from wellplaced.desk.queries.past import events_around
from wellplaced.desk.queries.visit import visit_found
from wellplaced.history import clock
from wellplaced.monitoring.views.finding import visit_of
from wellplaced.people.access import Request, may
from wellplaced.people.rights import Permission


@may(Permission.SEE)
def visit(request: Request, visit_id: int) -> HttpResponse:
    """One visit: what to do next, its steps, and what is known of it."""
    found = visit_found(request.person, visit_id)
    page = visit_page(found, request.person, clock.today())
    return render(request, "desk/visit.html", {"page": page})


@may(Permission.SEE)
def visit_history(request: Request, visit_id: int) -> HttpResponseBase:
    """Who recorded what about the visit, its day, its report and its comments, newest first."""
    found = visit_of(request.person, visit_id)
    events, context = events_around(found), {"visit": found}
    return lists.answer(request, "desk/visit_history.html", events, context=context, **listed(request.person))
