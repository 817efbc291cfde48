"""The team: who has what, and moving it from one officer to another."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from wellplaced.design import lists, words
from wellplaced.desk.forms import MoveForm, WhoseFilters
from wellplaced.desk.pages.team import HEADINGS
from wellplaced.desk.pages.team import team as team_page
from wellplaced.desk.queries import team as read
from wellplaced.history import clock
from wellplaced.monitoring import actions
from wellplaced.monitoring.refusing import told_on
from wellplaced.people.access import Request, may
from wellplaced.people.rights import Permission
from wellplaced.sheets.download import csv_response


@may(Permission.SEE_TEAM)
def team(request: Request) -> HttpResponseBase:
    """Who looks after what, who has how much to do, and what nobody looks after."""
    page = team_page(request.person, clock.today())
    if lists.wants_csv(request):
        return csv_response("team", HEADINGS, (row.written for row in page.all_rows))
    return render(request, "desk/team.html", {"page": page, "headings": HEADINGS})


@may(Permission.REASSIGN)
def reassign(request: Request) -> HttpResponse:
    """Several provisions from one officer to another: all that are ticked, or with C11's refusals none."""
    person, today = request.person, clock.today()
    whose = WhoseFilters(request.GET, officers=read.officers(person, today))
    rows = whose.narrow(read.provisions_of(person, whose.officer)).with_details_of(person.authority_id)
    offered = list(rows[: read.MOVED_AT_ONCE]) if whose.asked else []
    form = MoveForm(request.POST or None, offered=offered, person=person, today=today)
    if form.is_valid():
        reason, officer = form.cleaned_data["reason"], form.cleaned_data["officer"]
        with told_on(form):
            actions.reassign_many(provisions=form.chosen, officer=officer, reason=reason, by=person, on=today)
            moved = words.plural(len(form.chosen), "provision")
            messages.success(request, f"{officer} now looks after {moved}.")
            return redirect("desk:team")
    return render(
        request, "desk/reassign.html", {"whose": whose, "form": form, "offered": offered, "most": read.MOVED_AT_ONCE}
    )
