"""Who may open a page: `@may` on every view, and the middleware that makes `request.person` of the signed-in user."""

from collections.abc import Callable, Mapping
from functools import partial, wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase

from wellplaced.people.models import Person
from wellplaced.people.rights import Permission

P = ParamSpec("P")
LARGEST = 2**63 - 1  # no record has a larger number, and the databases refuse to look for one


class Request(HttpRequest):
    """A request by somebody signed in."""

    person: Person


class SignedInPerson:
    """Puts the signed-in person on `request.person`, else None; the backend loaded them with roles and authority.

    What somebody signed in was shown is kept nowhere: after sign-out the back button and a shared proxy show nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        user = request.user
        request.person = user if user.is_authenticated else None  # type: ignore[attr-defined]
        response = self.get_response(request)
        if user.is_authenticated:
            response.headers["Cache-Control"] = "private, no-store"
        return response


View = Callable[Concatenate[Request, P], HttpResponseBase]


Checked = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def _refuse_unreadable(request: HttpRequest, named: Mapping[str, object]) -> None:
    """What no database can look for: a record's number beyond all numbers (404), a NUL character (400)."""
    if any(isinstance(number, int) and number > LARGEST for number in named.values()):
        raise Http404
    if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
        raise BadRequest("The address holds a character that cannot be read.")


def may(*permissions: Permission) -> Callable[[View[P]], Checked[P]]:
    """Let in whoever holds any of the permissions; send somebody not signed in to sign in; refuse the rest with 403."""

    def allowed(person: Person) -> bool:
        return any(person.may(permission) for permission in permissions)

    return partial(_checked, allowed, frozenset(permissions))


def signed_in(view: View[P]) -> Checked[P]:
    """Let in anybody who is signed in, whatever their roles."""
    return _checked(_anybody, frozenset(Permission), view)


def _anybody(person: Person) -> bool:
    return True


def _checked(allowed: Callable[[Person], bool], permissions: frozenset[Permission], view: View[P]) -> Checked[P]:
    @wraps(view)
    def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        person: Person | None = request.person  # type: ignore[attr-defined]
        if person is None:
            return redirect_to_login(request.get_full_path())
        if not allowed(person):
            raise PermissionDenied
        _refuse_unreadable(request, kwargs)
        return view(cast(Request, request), *args, **kwargs)

    checked.permissions = permissions  # type: ignore[attr-defined]
    return cast(Checked[P], checked)


def open_to_all(view: Callable[..., Any]) -> Callable[..., Any]:
    """Say of a view that anybody may open it, signed in or not."""
    view.permissions = None  # type: ignore[attr-defined]
    return view
