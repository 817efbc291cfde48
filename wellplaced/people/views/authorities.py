"""Pages of the operator: authorities and their first administrators."""

from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from wellplaced.design import lists
from wellplaced.design.lists import Column, Link
from wellplaced.people import actions, first_link
from wellplaced.people.access import Request, may
from wellplaced.people.forms import AuthorityForm, NewAuthorityForm
from wellplaced.people.models import Authority, Person
from wellplaced.people.pages import history_of, told_on
from wellplaced.people.rights import Permission, Role

COLUMNS = (
    Column("name", "Name", sort="name", cell=lambda row: Link(row.name, row.get_absolute_url()), csv=str),
    Column("code", "Code", sort="code"),
    Column("is_active", "Uses the service", sort="is_active"),
)


@may(Permission.KEEP_AUTHORITIES)
def authorities(request: Request) -> HttpResponseBase:
    """All authorities of the service."""
    return lists.answer(
        request,
        "people/authorities.html",
        Authority.objects.seen_by(request.person),
        columns=COLUMNS,
        order=["name"],
        name="authorities",
        noun="authority",
        nouns="authorities",
    )


@may(Permission.KEEP_AUTHORITIES)
def add_authority(request: Request) -> HttpResponse:
    """Add an authority with its first administrator, to whom the link goes."""
    form = NewAuthorityForm(request.POST or None)
    if form.is_valid():
        with told_on(form):
            administrator = _add(form, request.person)
            first_link.send(request, administrator)
            return redirect("people:authorities")
    return render(request, "people/form.html", _page(form, "Add an authority", "Add authority"))


@may(Permission.KEEP_AUTHORITIES)
def change_authority(request: Request, authority_id: int) -> HttpResponse:
    """Correct an authority, or end its use of the service."""
    found = get_object_or_404(Authority.objects.seen_by(request.person), pk=authority_id)
    fields = ("name", "code", "safeguarding_contact", "is_active", "revision")
    form = AuthorityForm(request.POST or None, initial={name: getattr(found, name) for name in fields})
    if form.is_valid():
        values = dict(form.cleaned_data)
        with told_on(form):
            actions.change_authority(authority=found, seen_revision=values.pop("revision"), by=request.person, **values)
            return redirect("people:authorities")
    return render(request, "people/form.html", _page(form, f"Change {found}", "Save") | {"history": history_of(found)})


@transaction.atomic
def _add(form: NewAuthorityForm, by: Person) -> Person:
    """The authority and its administrator, or neither."""
    values = form.cleaned_data
    authority = actions.add_authority(
        name=values["name"], code=values["code"], safeguarding_contact=values["safeguarding_contact"], by=by
    )
    return actions.add_person(
        authority=authority,
        name=values["administrator_name"],
        email=values["administrator_email"],
        roles=[Role.ADMINISTRATOR],
        by=by,
    )


def _page(form: AuthorityForm, heading: str, submit: str) -> dict[str, object]:
    return {"form": form, "heading": heading, "submit": submit, "cancel": reverse("people:authorities")}
