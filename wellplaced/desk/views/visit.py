"""The page of one visit, and its history."""

from django.http import HttpResponse
from django.shortcuts import render

from wellplaced.design import lists
from wellplaced.desk.pages.past import past
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
def visit_history(request: Request, visit_id: int) -> HttpResponse:
    """Who recorded what about the visit, its day, its report and its comments, newest first."""
    found = visit_of(request.person, visit_id)
    page = lists.list_page(
        request, events_around(found), columns=(), order=("-at", "-pk"), noun="entry", nouns="entries"
    )
    context = {"visit": found, "list": page, "lines": past(page.rows, request.person)}
    return render(request, "desk/visit_history.html", context)
