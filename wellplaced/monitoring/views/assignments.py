"""Who looks after a provision (C11)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from wellplaced.history import clock
from wellplaced.monitoring import actions
from wellplaced.monitoring.actions.assignments import number_of
from wellplaced.monitoring.forms.keeping import AssignForm
from wellplaced.monitoring.models import Assignment
from wellplaced.monitoring.past import history_of
from wellplaced.monitoring.refusing import told_on
from wellplaced.monitoring.views.finding import provision_of
from wellplaced.people.access import Request, may
from wellplaced.people.rights import Permission


@may(Permission.REASSIGN)
def assign(request: Request, provision_id: int) -> HttpResponse:
    """From today an approved officer looks after it; whoever did before no longer does."""
    person, today, provision = request.person, clock.today(), provision_of(request.person, provision_id)
    assignments = list(
        Assignment.objects.seen_by(person)
        .filter(provision=provision)
        .select_related("officer")
        .order_by("-starts_on", "-pk")
    )
    current = next((each for each in assignments if each.ends_on is None), None)
    initial = {"revision": number_of(current)}
    form = AssignForm(request.POST or None, initial=initial, person=person, provision=provision, today=today)
    if form.is_valid():
        seen = form.cleaned_data.pop("revision")
        with told_on(form):
            made = actions.assign(provision=provision, by=person, on=today, seen=seen, **form.cleaned_data)
            messages.success(request, f"{made.officer.name} looks after {provision.known_as} from today")
            return redirect(provision)
    context = {
        "form": form,
        "provision": provision,
        "current": current,
        "history": history_of(assignments, person),
    }
    return render(request, "monitoring/assign.html", context)
