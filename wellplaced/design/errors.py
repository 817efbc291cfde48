"""Pages that say what went wrong and what to do; named as handlers in `config/urls.py` and the settings."""

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the browser sent something that cannot be read."""
    return render(request, "design/errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: signed in, but not allowed. A sentence given to PermissionDenied is shown."""
    return render(request, "design/errors/403.html", {"reason": str(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: no such page or record, or not one that the person may know of."""
    return render(request, "design/errors/404.html", status=404)


def too_large(request: HttpRequest) -> HttpResponse:
    """413: more than any form of ours takes; it has not been read."""
    return render(request, "design/errors/413.html", status=413)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours. Needs neither the database nor the page's context, which may be what failed.

    What somebody signed in had typed is in the page, to be sent again: browsers forget it, as our pages are not kept.
    """
    context: dict[str, object] = {"typed": _typed(request)}
    if context["typed"]:
        context |= {"address": request.get_full_path(), "csrf": get_token(request)}
    return HttpResponse(render_to_string("design/errors/500.html", context), status=500)


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Every field of the form with its value, but no password, file or security token."""
    if request.method != "POST" or getattr(request, "person", None) is None:
        return []
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    return [(name, value) for name, value in fields if "password" not in name and name != "csrfmiddlewaretoken"]


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the page had been open for too long, or cookies are off; what was typed is in the browser's last page."""
    return render(request, "design/errors/csrf.html", status=403)
