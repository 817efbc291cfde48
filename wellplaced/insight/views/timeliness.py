"""Timeliness, for whoever sees the team."""

from django.http import HttpResponseBase
from django.shortcuts import render

from wellplaced.design import lists
from wellplaced.history import clock
from wellplaced.insight.forms.timeliness import TimelinessFilters
from wellplaced.insight.pages.timeliness import WRITTEN, timeliness_page
from wellplaced.people.access import Request, may
from wellplaced.people.rights import Permission
from wellplaced.sheets.download import csv_response


@may(Permission.SEE_TEAM)
def timeliness(request: Request) -> HttpResponseBase:
    """C3 to C23: how many were in time, as a picture, as a table, and as CSV. Figures alone, nobody's name of a young person."""
    person, today = request.person, clock.today()
    filters = TimelinessFilters(request.GET, person=person, today=today)
    page = timeliness_page(person, filters, dict(request.GET.lists()), today)
    if lists.wants_csv(request):
        return csv_response("timeliness", WRITTEN, page.written)
    return render(request, "insight/timeliness.html", {"page": page, "today": today})
