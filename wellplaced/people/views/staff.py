"""Pages of staff: the list, one person, adding, changing, roles, leaving and coming back."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from wellplaced.design import lists
from wellplaced.design.lists import Column, Link
from wellplaced.design.panels import panels
from wellplaced.history import clock
from wellplaced.people import actions, address_changed, first_link
from wellplaced.people.access import Request, may
from wellplaced.people.forms import LeaveForm, NameForm, NewPersonForm, RolesForm, StaffFilters
from wellplaced.people.models import Cover, Person
from wellplaced.people.pages import approval_lines, approved_today, history_of, roles_of, told_on
from wellplaced.people.rights import Permission

COLUMNS = (
    Column("name", "Name", sort="name", cell=lambda person: Link(person.name, person.get_absolute_url()), csv=str),
    Column("email", "Email address", sort="email"),
    Column("roles", "Roles", cell=roles_of),
    Column("approved", "Approved today for (C11)", cell=approved_today),
    Column("is_active", "Works here", sort="is_active"),
)


@may(Permission.SEE_TEAM, Permission.KEEP_STAFF)
def staff(request: Request) -> HttpResponseBase:
    """Everybody of the authority, with roles and what they are approved for today."""
    return lists.answer(
        request,
        "people/staff.html",
        Person.objects.seen_by(request.person).prefetch_related("roles", "approvals"),
        columns=COLUMNS,
        filters=StaffFilters(request.GET, today=clock.today()),
        order=["name"],
        name="staff",
        noun="person",
        nouns="people",
        context={"may_keep": request.person.may(Permission.KEEP_STAFF)},
    )


@may(Permission.SEE_TEAM, Permission.KEEP_STAFF)
def person(request: Request, person_id: int) -> HttpResponse:
    """One colleague: roles, approvals, cover, history."""
    found = _found(request, person_id)
    covers = Cover.objects.seen_by(request.person).filter(Q(absent=found) | Q(covering=found))
    page = {
        "shown": found,
        "roles": roles_of(found),
        "approvals": approval_lines(found, clock.today()),
        "covers": covers.select_related("absent", "covering").order_by("-starts_on")[:10],
        "panels": panels("PERSON_PANELS", found, request.person, clock.today()),
        "history": history_of(found, *found.approvals.all()),
        "may_keep": request.person.may(Permission.KEEP_STAFF),
    }
    return render(request, "people/person.html", page)


@may(Permission.KEEP_STAFF)
def add_person(request: Request) -> HttpResponse:
    """Add a colleague; the link by which they set their password goes to them."""
    form = NewPersonForm(request.POST or None)
    if form.is_valid():
        with told_on(form):
            added = actions.add_person(authority=request.person.authority, by=request.person, **form.cleaned_data)
            first_link.send(request, added)
            return redirect(added)
    return render(request, "people/add_person.html", {"form": form})


@may(Permission.KEEP_STAFF)
def change_person(request: Request, person_id: int) -> HttpResponse:
    """Correct a colleague's name or email address."""
    found = _found(request, person_id)
    form = NameForm(
        request.POST or None, initial={"name": found.name, "email": found.email, "revision": found.revision}
    )
    if form.is_valid():
        with told_on(form):
            changed = actions.change_person(person=found, by=request.person, **_with_revision(form.cleaned_data))
            if changed.email != found.email and found.has_usable_password():  # else nobody ever signed in with it
                address_changed.tell(request, changed, found.email)
            messages.success(request, f"The name and email address of {changed} are saved")
            return redirect(found)
    return _form(request, form, found, f"Change {found}'s name or email address", "Save")


@may(Permission.KEEP_STAFF)
def set_roles(request: Request, person_id: int) -> HttpResponse:
    """Say which roles a colleague holds."""
    found = _found(request, person_id)
    form = RolesForm(request.POST or None, initial={"roles": [*found.held_roles], "revision": found.revision})
    if form.is_valid():
        with told_on(form):
            actions.set_roles(person=found, by=request.person, **_with_revision(form.cleaned_data))
            messages.success(request, f"The roles of {found} are saved")
            return redirect(found)
    return _form(request, form, found, f"Roles of {found}", "Save roles")


@may(Permission.KEEP_STAFF)
def deactivate_person(request: Request, person_id: int) -> HttpResponse:
    """End a colleague's access."""
    found = _found(request, person_id)
    form = LeaveForm(request.POST or None, initial={"revision": found.revision})
    if form.is_valid():
        with told_on(form):
            actions.deactivate_person(
                person=found, on=clock.today(), by=request.person, **_with_revision(form.cleaned_data)
            )
            messages.success(request, f"{found} cannot sign in any more. What they recorded stays.")
            return redirect(found)
    return _form(request, form, found, f"End {found}'s access", "End access", warning=True)


@may(Permission.KEEP_STAFF)
@require_POST
def reactivate_person(request: Request, person_id: int) -> HttpResponse:
    """Let somebody who left sign in again."""
    found = _found(request, person_id)
    actions.reactivate_person(person=found, on=clock.today(), seen_revision=None, by=request.person)
    messages.success(request, f"{found} can sign in again, with the roles that they had.")
    return redirect(found)


@may(Permission.KEEP_STAFF)
@require_POST
def send_link(request: Request, person_id: int) -> HttpResponse:
    """Send a colleague the link by which they set their password, once more."""
    found = _found(request, person_id)
    first_link.send(request, found)
    return redirect(found)


def _found(request: Request, person_id: int) -> Person:
    everybody = Person.objects.seen_by(request.person).prefetch_related("roles", "approvals")
    return get_object_or_404(everybody, pk=person_id)


def _with_revision(cleaned: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in cleaned.items() if name != "revision"} | {
        "seen_revision": cleaned["revision"]
    }


def _form(
    request: Request, form: Any, found: Person, heading: str, submit: str, *, warning: bool = False
) -> HttpResponse:
    context = {"form": form, "heading": heading, "submit": submit, "cancel": found.get_absolute_url()}
    return render(request, "people/form.html", context | {"warning": warning})
