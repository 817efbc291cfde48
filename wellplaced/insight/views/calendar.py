"""The calendar: a month, a week or a day, one's own or the team's."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render

from wellplaced.history import clock
from wellplaced.insight.pages.calendar import TEAM, WEEKDAYS, calendar_page, read
from wellplaced.people.access import Request, may
from wellplaced.people.rights import Permission


@may(Permission.SEE)
def calendar(request: Request) -> HttpResponse:
    """Visits, what is owed, and the steps of visits by the day on which they are due."""
    today, asked_for = clock.today(), request.GET
    asked = read(asked_for.get("view", ""), asked_for.get("on", ""), asked_for.get("whose", ""), today)
    may_see_team = request.person.may(Permission.SEE_TEAM)
    if asked.whose == TEAM and not may_see_team:
        raise PermissionDenied("You may see your own calendar. The team’s is for senior officers and managers.")
    page = calendar_page(request.person, asked, today, may_see_team=may_see_team)
    return render(request, "insight/calendar.html", {"page": page, "weekdays": WEEKDAYS})
