"""The timeframes in force, all versions, and publishing one's own."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from wellplaced.guidance import Refusal
from wellplaced.history import clock
from wellplaced.monitoring import actions
from wellplaced.monitoring.forms.keeping import TimeframesForm
from wellplaced.monitoring.pages.timeframes import Proposal, preview, template, timeframes_page
from wellplaced.monitoring.refusing import sentence
from wellplaced.people.access import Request, may
from wellplaced.people.rights import Permission


@may(Permission.SEE)
def timeframes(request: Request) -> HttpResponse:
    """Clause by clause what counts today, with readings, document control and every version."""
    page = timeframes_page(request.person, clock.today())
    return render(request, "monitoring/timeframes.html", {"page": page})


@may(Permission.KEEP_TIMEFRAMES)
def publish(request: Request) -> HttpResponse:
    """Check an authority's own version, then publish what was checked; a refusal names the key and the reason."""
    person, today = request.person, clock.today()
    form = TimeframesForm(request.POST or None, initial={"text": template(person, today)})
    proposal: Proposal | None = None
    whole = form.is_valid()
    if text := form.cleaned_data.get("text") if form.is_bound else None:
        try:
            proposal = preview(text, person, today)
            if whole and form.publishes(proposal.seal):
                published = actions.publish_timeframes(by=person, **form.cleaned_data)
                messages.success(request, f"Your version {published.number} is published")
                return redirect("monitoring:timeframes")
        except Refusal as refusal:
            form.add_error("text", f"{refusal.path}: {sentence(refusal.reason)}")
    return render(request, "monitoring/publish_timeframes.html", {"form": form, "proposal": proposal})
