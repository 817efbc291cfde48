"""Everything owed; one requirement; and why its date is what it is."""

from django.db.models import F
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render

from wellplaced.design import lists
from wellplaced.history import clock
from wellplaced.monitoring.columns import at_place, owed_columns, with_officer
from wellplaced.monitoring.forms.filters import OwedFilters
from wellplaced.monitoring.models import Requirement
from wellplaced.monitoring.pages.requirement import requirement_page
from wellplaced.monitoring.pages.why import why_page
from wellplaced.monitoring.sight import Sight
from wellplaced.monitoring.timeframes import closed_days_for
from wellplaced.monitoring.views.finding import requirement_of
from wellplaced.people.access import Request, may
from wellplaced.people.rights import Permission


@may(Permission.SEE)
def owed(request: Request) -> HttpResponseBase:
    """C3 to C9: every visit that is owed or was, of all provisions."""
    person, today = request.person, clock.today()
    rows = Requirement.objects.seen_by(person).select_related("placement__young_person", "deciding_judgement")
    return lists.answer(
        request,
        "monitoring/owed.html",
        with_officer(at_place(rows)),
        columns=owed_columns(today, closed_days_for(person.authority_id or 0), Sight.of(person)),
        filters=OwedFilters(request.GET, person=person, today=today),
        order=[F("due_on").asc(nulls_last=True)],
        name="owed",
        noun="visit owed",
        nouns="visits owed",
    )


@may(Permission.SEE)
def requirement(request: Request, provision_id: int, key: str) -> HttpResponse:
    """One visit that is owed, or was."""
    found = requirement_of(request.person, provision_id, key)
    page = requirement_page(found, request.person, clock.today(), closed_days_for(found.authority_id))
    return render(request, "monitoring/requirement.html", {"page": page})


@may(Permission.SEE)
def why(request: Request, provision_id: int, key: str) -> HttpResponse:
    """Why this date: the clause, the reading, the event that started the clock, the count, the version."""
    found = requirement_of(request.person, provision_id, key)
    page = why_page(found, request.person)
    return render(request, "monitoring/why.html", {"page": page})
