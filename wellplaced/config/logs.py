"""Structured logs: one line a request, by route and never by path or query, which can hold what people typed."""

import logging
import time
import traceback
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from pythonjsonlogger.json import JsonFormatter

log = logging.getLogger("wellplaced.requests")


class Lines(JsonFormatter):
    """One JSON object a line. Of a fault its kind and its places in the code: its words, and the address that was asked
    for, can hold what people typed (a database says which reference exists already)."""

    def format(self, record: logging.LogRecord) -> str:
        safe = logging.makeLogRecord(record.__dict__)
        safe.exc_text = None
        if request := safe.__dict__.pop("request", None):
            safe.msg, safe.args = safe.levelname, ()
            if isinstance(request, HttpRequest) and request.resolver_match:
                safe.__dict__["route"] = request.resolver_match.view_name
        return super().format(safe)

    def formatException(self, ei: Any) -> str:  # noqa: N802 (the name that the logging module calls)
        return "; ".join(_places(ei[1]))


def _places(fault: BaseException | None) -> list[str]:
    """A fault and those that led to it, each with where it came through, never with its words."""
    found: list[str] = []
    while fault is not None:
        frames = [
            f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(fault.__traceback__)
        ]
        found.append(f"{type(fault).__name__} at {', '.join(frames)}")
        fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    return found


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
