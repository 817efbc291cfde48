"""Sign-out after idleness, and what becomes of a form that somebody sends when they are signed out already.

Whose a form was, in a browser that is signed out, is remembered by a signed cookie that page scripts cannot read. It names
the last person who signed in here, and whether anybody else did within a day: then a form whose security token is stale
might be either's, and is not kept.
"""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.contrib.sessions.backends.base import UpdateError
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from wellplaced.design import errors
from wellplaced.people import typed

log = logging.getLogger("wellplaced.people")
SEEN = "seen_at"  # seconds since 1970, in the session
WRITE_EVERY = 60  # seconds: a page that is only read does not write the session each time
WHOSE = "whose"  # the cookie: person's number, and 'alone' or 'shared'
WHOSE_FOR = 24 * 60 * 60


class SignOutWhenIdle:
    """Signs out whoever sent no request for so long, and keeps what their form held. Stands after authentication."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            self._note_or_sign_out(request)
        response = self.get_response(request)
        _remember_whose(request, response)
        return response

    def _note_or_sign_out(self, request: HttpRequest) -> None:
        now = int(time.time())
        seen = request.session.get(SEEN)
        if seen is not None and now - seen > settings.IDLE_MINUTES * 60:
            whose = request.user.pk
            logout(request)
            request.idle_person = whose  # type: ignore[attr-defined]
            request.session["was_idle"] = True
        elif seen is None or now - seen >= WRITE_EVERY:
            self._note(request, now)
        if request.user.is_authenticated:
            typed.kept(request)  # what somebody else typed here goes as soon as another person signs in

    def _note(self, request: HttpRequest, now: int) -> None:
        """Saved here: where the disk is full or the database locked for long, whoever only reads goes on reading."""
        is_modified = request.session.modified
        request.session[SEEN] = now
        request.session.pop("was_idle", None)
        try:
            request.session.save()
        except (DatabaseError, UpdateError):
            log.exception("when somebody was here could not be noted")
        request.session.modified = is_modified

    def process_view(
        self, request: HttpRequest, view: Any, args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Keep a form that nobody signed in sent to a page for people signed in (its security token was good)."""
        if request.method != "POST" or not getattr(view, "permissions", None):
            return None
        if request.user.is_authenticated:
            if key := request.POST.get(typed.MARK):
                typed.drop(request, key)
            return None
        idle: int | None = getattr(request, "idle_person", None)
        whose = idle or _last_person(request)
        if whose is None:
            return None
        typed.keep(request, whose)
        return redirect_to_login(reverse("people:typed"))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """A form from before a sign-in in another tab carries a stale token: keep it where it can only be this person's."""
    whose = _only_person(request)
    same_site = request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    view = request.resolver_match.func if request.resolver_match else None
    if whose is None or not same_site or not getattr(view, "permissions", None):
        return errors.csrf_failure(request, reason)
    if not request.user.is_authenticated:
        typed.keep(request, whose)
        return redirect_to_login(reverse("people:typed"))
    if request.user.pk != whose:
        return errors.csrf_failure(request, reason)
    typed.keep(request, whose)
    return HttpResponseRedirect(reverse("people:typed"))


def _remember_whose(request: HttpRequest, response: HttpResponseBase) -> None:
    user = request.user
    if not user.is_authenticated or not isinstance(response, HttpResponse):
        return
    last, shared = _whose(request)
    if last == user.pk:
        return
    word = "shared" if shared or last is not None else "alone"
    response.set_signed_cookie(
        WHOSE,
        f"{user.pk}.{word}",
        max_age=WHOSE_FOR,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _whose(request: HttpRequest) -> tuple[int | None, bool]:
    """The person who signed in here last, and whether somebody else did in the day before."""
    number, _, word = (request.get_signed_cookie(WHOSE, default="", max_age=WHOSE_FOR) or "").partition(".")
    return (int(number), word == "shared") if number else (None, False)


def _last_person(request: HttpRequest) -> int | None:
    return _whose(request)[0]


def _only_person(request: HttpRequest) -> int | None:
    last, shared = _whose(request)
    return None if shared else last
