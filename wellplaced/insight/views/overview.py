"""The way to the pages that look at the whole."""

from django.http import HttpResponse
from django.shortcuts import render

from wellplaced.people.access import Request, may
from wellplaced.people.rights import Permission


@may(Permission.SEE)
def overview(request: Request) -> HttpResponse:
    """Calendar, flow chart and, for those who see the team, timeliness."""
    return render(request, "insight/overview.html", {"may_see_team": request.person.may(Permission.SEE_TEAM)})
