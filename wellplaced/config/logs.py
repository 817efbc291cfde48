"""Structured logs: one line a request, by route and never by path or query, which can hold what people typed."""

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

log = logging.getLogger("wellplaced.requests")


class RequestLog:
    """Writes route name, method, status, milliseconds and the person's number; no name, no free text."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        started = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        person = getattr(request, "user", None)
        log.info(
            "request",
            extra={
                "route": match.view_name if match else None,
                "method": request.method,
                "status": response.status_code,
                "ms": round((time.perf_counter() - started) * 1000),
                "person": person.pk if person is not None and person.is_authenticated else None,
            },
        )
        return response
