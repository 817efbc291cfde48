"""My work, the first page after signing in."""

from django.http import HttpResponse
from django.shortcuts import render

from wellplaced.desk.pages.my_work import my_work as my_work_page
from wellplaced.history import clock
from wellplaced.people.access import Request, signed_in


@signed_in
def my_work(request: Request) -> HttpResponse:
    """What one has to do; for who has no work of this kind, where to look."""
    return render(request, "desk/my_work.html", {"page": my_work_page(request.person, clock.today())})
