"""The gallery of all components. Who may open it is said where it is wired, in `config/urls.py`."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wellplaced.design import gallery as samples


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state; `?show=404` shows one of the error pages."""
    asked = request.GET.get("show")
    if asked in samples.ERROR_PAGES:
        return render(request, f"design/errors/{asked}.html", {"reason": "", "minutes": 15})
    return render(request, "design/gallery.html", samples.everything())
