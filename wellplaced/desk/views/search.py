"""Search over provisions and references."""

from django.http import HttpResponse
from django.shortcuts import render

from wellplaced.desk.pages.search import search as search_page
from wellplaced.history import clock
from wellplaced.people.access import Request, may
from wellplaced.people.rights import Permission


@may(Permission.SEE_REGISTER)
def search(request: Request) -> HttpResponse:
    """Provisions by name, alias, URN, owner or place; young people by reference or initials."""
    typed = request.GET.get("q", "").strip()[:100]
    return render(request, "desk/search.html", {"page": search_page(typed, request.person, clock.today())})
