"""What somebody typed before they were signed out: shown to them, sent again or discarded."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST
from markupsafe import Markup

from wellplaced.design.panels import panels
from wellplaced.people import typed as forms_sent_late
from wellplaced.people.access import Request, signed_in


@signed_in
def typed(request: Request) -> HttpResponse:
    """The forms kept for this person, each with one button that sends it again."""
    kept = forms_sent_late.kept(request)
    if not kept:
        return redirect("/")
    said = {form.key: Markup(" ").join(panels("SENT_LATE", form.path, request.person)) for form in kept}
    return render(request, "people/typed.html", {"kept": kept, "said": said, "mark": forms_sent_late.MARK})


@signed_in
@require_POST
def discard_typed(request: Request, key: str) -> HttpResponse:
    """Forget one of them."""
    forms_sent_late.drop(request, key)
    return redirect("people:typed")
