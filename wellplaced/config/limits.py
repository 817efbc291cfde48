"""How much one request may bring: anybody, signed in or not, could otherwise fill the disk with what nobody asked for."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from wellplaced.design import errors

MOST_DIGITS = 15


class RefuseHuge:
    """Answers 413 by the length that a request says it has, before anything reads it; without a length nothing is read.

    Stands before whatever looks at a form (the check of its token does). A form itself says what of its own is too large.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Here and not earlier, so that the page knows whom it answers."""
        said = str(request.META.get("CONTENT_LENGTH") or "0")
        is_number = said.isdecimal() and len(said) <= MOST_DIGITS
        return None if is_number and int(said) <= settings.LARGEST_REQUEST else errors.too_large(request)
