"""One's own account, and the table of who may do what."""

from allauth.account import views as allauth
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from wellplaced.people.access import Request, signed_in
from wellplaced.people.pages import history_of
from wellplaced.people.rights import RIGHTS, ROLE_NAMES, Permission


@signed_in
def account(request: Request) -> HttpResponse:
    """Name, email, roles, what each role may do, and what was changed of all that, by whom."""
    return render(request, "people/account.html", {"roles": _held(request), "history": history_of(request.person)})


@signed_in
def change_password(request: Request) -> HttpResponseBase:
    """allauth's page; somebody who never set a password sets one by the link instead."""
    if not request.person.has_usable_password():
        return redirect("account_reset_password")
    response: HttpResponseBase = allauth.password_change(request)
    return response


@signed_in
def rights(request: Request) -> HttpResponse:
    """Who may do what, from the one table that the service itself goes by."""
    rows = [(permission.value, [permission in RIGHTS[role] for role in ROLE_NAMES]) for permission in Permission]
    return render(request, "people/rights.html", {"roles": list(ROLE_NAMES.values()), "rows": rows})


def _held(request: Request) -> list[tuple[str, list[str]]]:
    held = [role for role in ROLE_NAMES if request.person.is_a(role)]
    return [(ROLE_NAMES[role], [each.value for each in Permission if each in RIGHTS[role]]) for role in held]
