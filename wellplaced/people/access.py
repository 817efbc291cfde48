"""Who may open a page: `@may` on every view, and the middleware that makes `request.person` of the signed-in user."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from wellplaced.people.models import Person
from wellplaced.people.rights import Permission

P = ParamSpec("P")


class Request(HttpRequest):
    """A request by somebody signed in."""

    person: Person


class SignedInPerson:
    """Puts the signed-in person, with roles and authority loaded in one query, on `request.person`; else None."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        user = request.user
        request.person = cast(Person, user) if user.is_authenticated else None  # type: ignore[attr-defined]
        return self.get_response(request)


View = Callable[Concatenate[Request, P], HttpResponseBase]


def may(*permissions: Permission) -> Callable[[View[P]], Callable[Concatenate[HttpRequest, P], HttpResponseBase]]:
    """Let in whoever holds any of the permissions; send somebody not signed in to sign in; refuse the rest with 403."""

    def decorate(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def checked(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            person: Person | None = request.person  # type: ignore[attr-defined]
            if person is None:
                return redirect_to_login(request.get_full_path())
            if not any(person.may(permission) for permission in permissions):
                raise PermissionDenied
            return view(cast(Request, request), *args, **kwargs)

        checked.permissions = frozenset(permissions)  # type: ignore[attr-defined]
        return checked

    return decorate


def open_to_all(view: Callable[..., Any]) -> Callable[..., Any]:
    """Say of a view that anybody may open it, signed in or not."""
    view.permissions = None  # type: ignore[attr-defined]
    return view


def signed_in(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let in anybody who is signed in, whatever their roles."""
    return may(*Permission)(view)
