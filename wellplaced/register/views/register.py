"""The standing of the register: what it holds, as at when, and what waits for a person to look at."""

from django.http import HttpResponseBase

from wellplaced.design import lists
from wellplaced.people.access import Request, may
from wellplaced.people.rights import Permission
from wellplaced.register.filters import LeftFilters
from wellplaced.register.models import Registration
from wellplaced.register.pages import LEFT_COLUMNS, register_now


@may(Permission.KEEP_REGISTER, Permission.CORRECT_REGISTER)
def standing_of_register(request: Request) -> HttpResponseBase:
    """Last import, as at, counts, and the registrations that a later file no longer lists."""
    missing = Registration.objects.seen_by(request.person).left().select_related("provision__provider")
    return lists.answer(
        request,
        "register/standing_of_register.html",
        missing,
        columns=LEFT_COLUMNS,
        filters=LeftFilters,
        order=["urn"],
        name="registrations-left",
        noun="registration",
        context={} if lists.wants_csv(request) else {"register": register_now()},
    )
