"""The flow chart (C24)."""

from django.http import HttpResponse
from django.shortcuts import render

from wellplaced.history import clock
from wellplaced.insight.pages.flow_chart import flow_chart_page, readable_type
from wellplaced.people.access import Request, may
from wellplaced.people.rights import Permission


@may(Permission.SEE)
def flow_chart(request: Request) -> HttpResponse:
    """What happens when, for one type of provision, and how many visits stand where."""
    asked = readable_type(request.GET.get("type", ""))
    page = flow_chart_page(request.person, asked, clock.today())
    return render(request, "insight/flow_chart.html", {"page": page})
