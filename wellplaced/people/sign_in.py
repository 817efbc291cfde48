"""Sign-in: who may, how the signed-in person is loaded, what is said after repeated failures, setting a password."""

from collections.abc import Mapping
from typing import Any, ClassVar, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.stagekit import clear_login
from axes.utils import reset as forget_failures
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from wellplaced.history import clock
from wellplaced.people import actions, tasks
from wellplaced.people.models import Person


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """Signs in by email and password, and loads the person of each request with authority and roles in one query."""

    def get_user(self, user_id: int) -> Person | None:
        person = Person.objects.signed_in(user_id, clock.today())
        return person if person is not None and self.user_can_authenticate(person) else None

    def user_can_authenticate(self, user: Person) -> bool:
        """Neither somebody who has left, nor anybody of an authority that no longer uses the service."""
        return user.is_active and (user.authority is None or user.authority.is_active)


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by an administrator, never by signing up."""

    error_messages: ClassVar[dict[str, str]] = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": (
            "Too many attempts to sign in have failed. Try again in an hour, or choose ‘I do not know my password’ now."
        )
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse | None:
        """With the right password, yet without access any more: say so instead of signing in."""
        if not Backend().user_can_authenticate(user):
            clear_login(request)
            return cast(HttpResponse, self.respond_user_inactive(request, user))
        return cast(HttpResponse | None, super().pre_login(request, user, **kwargs))

    def send_password_reset_mail(self, user: Person, email: str, context: dict[str, Any]) -> None:
        """By the worker: neither how long that takes nor that it fails tells whether the address is known."""
        tasks.send_reset_link.enqueue(user.pk, context["request"].build_absolute_uri("/").rstrip("/"))

    def set_password(self, user: Person, password: str) -> None:
        """Of a reset or a change, both by the person themselves; it lifts the lock after failed sign-ins."""
        actions.set_password(person=user, password=password, by=user)
        forget_failures(username=user.email)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        messages.success(request, "Your password is changed.")
        return reverse("people:account")

    def add_message(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """allauth's messages ('signed in as …') are not shown: our pages say what happened."""


def username(request: HttpRequest, credentials: Mapping[str, Any] | None) -> str:
    """Whose failed sign-ins are counted: the email as typed, in lower case."""
    given = credentials or {}
    typed = given.get("email") or given.get("username") or request.POST.get("login") or ""
    return str(typed).strip().lower()


def address_of(request: HttpRequest) -> str | None:
    """From where somebody signs in: behind the proxy that is configured, the address that it saw, else the network's."""
    try:
        return str(Adapter(request).get_client_ip(request))
    except PermissionDenied:  # nothing that is an address
        return None


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """429: more attempts from one network within a minute than people make."""
    return render(request, "people/too_many_requests.html", status=429)


def locked_out(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    """After repeated failures: say so, and how to go on."""
    minutes = round(settings.AXES_COOLOFF_TIME * 60)
    return render(request, "design/errors/locked_out.html", {"minutes": minutes}, status=429)
