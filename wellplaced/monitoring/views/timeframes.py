"""The timeframes in force, all versions, and publishing one's own."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from wellplaced.guidance import Refusal
from wellplaced.history import clock
from wellplaced.monitoring import actions
from wellplaced.monitoring.forms.keeping import TimeframesForm
from wellplaced.monitoring.pages.timeframes import Replaced, preview, template, timeframes_page
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
    """Check, then publish, an authority's own version; a refusal names the key and the reason, and nothing is lost."""
    person, today = request.person, clock.today()
    form = TimeframesForm(request.POST or None, initial={"text": template(person, today)})
    replaces: list[Replaced] | None = None
    if form.is_valid():
        try:
            replaces = preview(form.cleaned_data["text"], person)
            if "publish" in request.POST:
                published = actions.publish_timeframes(by=person, **form.cleaned_data)
                messages.success(request, f"Your version {published.number} is published")
                return redirect("monitoring:timeframes")
        except Refusal as refusal:
            form.add_error("text", f"{refusal.path}: {sentence(refusal.reason)}")
    context = {"form": form, "replaces": replaces, "today": today}
    return render(request, "monitoring/publish_timeframes.html", context)
