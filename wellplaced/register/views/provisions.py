"""The list of provisions."""

from django.http import HttpResponseBase

from wellplaced.design import lists
from wellplaced.history import clock
from wellplaced.people.access import Request, may
from wellplaced.people.rights import Permission
from wellplaced.register.filters import ProvisionFilters
from wellplaced.register.pages import PROVISION_COLUMNS, provisions_for


@may(Permission.SEE_REGISTER)
def provisions(request: Request) -> HttpResponseBase:
    """Every provision that the person sees: searched, filtered, sorted, as a page or as CSV."""
    return lists.answer(
        request,
        "register/provisions.html",
        provisions_for(request.person),
        columns=PROVISION_COLUMNS,
        filters=ProvisionFilters(request.GET, person=request.person, today=clock.today()),
        order=PROVISION_COLUMNS[0].order(descending=False),
        name="provisions",
        noun="provision",
        context={
            "may_enter": request.person.may(Permission.ENTER_PROVISION),
            "may_load": request.person.authority_id and request.person.may(Permission.LOAD_AUTHORITY_LIST),
            "may_keep": request.person.may(Permission.KEEP_REGISTER),
        },
    )
