"""Importing a file of Ofsted's: hand it in, look at every change, apply it or leave it."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from wellplaced.design import lists
from wellplaced.history import Conflict, clock
from wellplaced.people.access import Request, may
from wellplaced.people.rights import Permission
from wellplaced.register.actions import imports as actions
from wellplaced.register.forms import OWN, SHARED, DecideForm, UploadForm
from wellplaced.register.import_pages import import_page, is_stuck
from wellplaced.register.models import RegisterImport
from wellplaced.register.pages import IMPORT_COLUMNS, import_state
from wellplaced.register.views.refusing import who_saved

LOADERS = (Permission.KEEP_REGISTER, Permission.LOAD_AUTHORITY_LIST)
HEAVY = ("content", "preview", "result")
NOT_READ = (
    "Nothing was decided, as the page did not say which state of the file it showed. See how the file stands now."
)
DECISIONS = {"apply": actions.decide_to_apply, "leave": actions.leave, "compare": actions.compare_again}


@may(*LOADERS)
def imports(request: Request) -> HttpResponseBase:
    """The files that were handed in, and the form that hands in another."""
    seen = RegisterImport.objects.seen_by(request.person).defer(*HEAVY).select_related("handed_in_by", "authority")
    return lists.answer(
        request,
        "register/imports.html",
        seen,
        columns=IMPORT_COLUMNS,
        order=["-handed_in_at"],
        name="imports",
        noun="file",
    )


@may(*LOADERS)
def hand_in(request: Request) -> HttpResponseBase:
    """Hand in a file; the worker compares it."""
    person, today = request.person, clock.today()
    kinds = [SHARED] if person.may(Permission.KEEP_REGISTER) else []
    if person.authority_id and person.may(Permission.LOAD_AUTHORITY_LIST):
        kinds.append(OWN)
    form = UploadForm(request.POST or None, request.FILES or None, kinds=kinds, today=today)
    if form.is_valid():
        file, own = form.cleaned_data["file"], form.cleaned_data["what"] == OWN
        handed_in = actions.hand_in(
            file_name=file.name,
            content=file.read(),
            as_at=form.cleaned_data["as_at"],
            authority=person.authority if own else None,
            by=person,
            on=today,
        )
        return redirect("register:import", handed_in.pk)
    return render(request, "register/hand_in.html", {"form": form})


@may(*LOADERS)
def show(request: Request, import_id: int) -> HttpResponseBase:
    """How far it is; every change, page by page; the decision."""
    seen = RegisterImport.objects.seen_by(request.person).defer("content").select_related("handed_in_by", "authority")
    handed_in = get_object_or_404(seen, pk=import_id)
    context = {
        "handed_in": handed_in,
        "shown": import_page(handed_in, request.GET.get("show", ""), request.GET.get("page")),
        "form": DecideForm(initial={"revision": handed_in.revision}),
        "state": import_state(handed_in),
        "stuck": is_stuck(handed_in, clock.now()),
    }
    return render(request, "register/import.html", context)


@may(*LOADERS)
@require_POST
def decide(request: Request, import_id: int) -> HttpResponseBase:
    """Apply the changes, leave them, or compare again."""
    handed_in = get_object_or_404(RegisterImport.objects.seen_by(request.person).defer("content"), pk=import_id)
    form = DecideForm(request.POST, initial={"revision": handed_in.revision})
    said = _refused(request, handed_in, form.cleaned_data) if form.is_valid() else NOT_READ
    if said:
        messages.error(request, said)
    return redirect("register:import", import_id)


def _refused(request: Request, handed_in: RegisterImport, decided: Mapping[str, Any]) -> str:
    """Act on the decision; the reason where it does not stand."""
    act = DECISIONS[decided["decision"]]
    try:
        act(handed_in=handed_in, by=request.person, on=clock.today(), seen_revision=decided["revision"])
    except Conflict as conflict:
        return f"{who_saved(conflict.record) or 'Somebody else'} was here first. See how the file stands now."
    except ValidationError as refusal:
        return " ".join(refusal.messages)
    return ""


@may(*LOADERS)
def progress(request: Request, import_id: int) -> HttpResponseBase:
    """How far the worker is, for the page's script: {"state": …, "progress": per cent}."""
    seen = RegisterImport.objects.seen_by(request.person).defer(*HEAVY)
    handed_in = get_object_or_404(seen, pk=import_id)
    return JsonResponse({"state": handed_in.state, "progress": handed_in.progress})
