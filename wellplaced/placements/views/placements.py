"""Placements: the list, correcting, moving to the right provision, ending, cancelling, taking back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render

from wellplaced.design import lists
from wellplaced.history import clock
from wellplaced.people.access import Request, may
from wellplaced.people.rights import Permission
from wellplaced.placements import actions
from wellplaced.placements.forms import CancelForm, ChangePlacementForm, EndForm, MoveForm, ReasonForm
from wellplaced.placements.listing import PlacementFilters, placement_columns, placements_for
from wellplaced.placements.models import Placement
from wellplaced.placements.views.finding import chosen, placement_of, provisions_of
from wellplaced.placements.views.recording import find_provision, must_be_shown, to_know
from wellplaced.placements.views.telling import told_on


@may(Permission.SEE)
def placements(request: Request) -> HttpResponseBase:
    """The placements of the young people whom the person may see."""
    today = clock.today()
    return lists.answer(
        request,
        "placements/placements.html",
        placements_for(request.person),
        columns=placement_columns(today),
        filters=PlacementFilters(request.GET, person=request.person, today=today),
        order=["-starts_on"],
        name="placements",
        noun="placement",
        context={"may_record": request.person.may(Permission.RECORD_PLACEMENT)},
    )


@may(Permission.RECORD_PLACEMENT)
def change(request: Request, placement_id: int) -> HttpResponseBase:
    """Correct the days or the premises."""
    placement = placement_of(request, placement_id)
    form = ChangePlacementForm(
        request.POST or None, initial=_initial(placement), provision=placement.provision, person=request.person
    )
    shown = []
    if form.is_valid():
        shown = to_know(form, placement.young_person, placement.provision, placement)
        if not must_be_shown(form, shown):
            with told_on(form):
                _act(request, actions.change_placement, placement, form, on=clock.today(), **form.values())
                messages.success(request, "The placement is saved.")
                return redirect(placement.young_person)
    return render(request, "placements/change_placement.html", {"form": form, "placement": placement, "shown": shown})


def _initial(placement: Placement) -> dict[str, Any]:
    return {
        "premises": placement.premises_id or "not_known",
        "starts_on": placement.starts_on,
        "ends_on": placement.ends_on,
        "revision": placement.revision,
    }


def _act(request: Request, action: Any, placement: Placement, form: Any, **values: Any) -> None:
    """Call an action on a placement as the person saw it, with the reason where the form asks for one."""
    if "reason" in form.cleaned_data:
        values["reason"] = form.cleaned_data["reason"]
    action(placement=placement, by=request.person, seen_revision=form.cleaned_data["revision"], **values)


@may(Permission.RECORD_PLACEMENT)
def move(request: Request, placement_id: int) -> HttpResponseBase:
    """It is at another provision: search for that one, choose it, say why."""
    placement = placement_of(request, placement_id)
    provision = chosen(provisions_of(request).exclude(pk=placement.provision_id), request.GET.get("provision"))
    if provision is None:
        return find_provision(request, "placements/find_new_provision.html", {"placement": placement})
    initial = {"provision": provision.pk, "revision": placement.revision}
    form = MoveForm(request.POST or None, initial=initial)
    if form.is_valid():
        with told_on(form, {"provision": str}):
            _act(
                request, actions.change_placement, placement, form, on=clock.today(), provision=provision, premises=None
            )
            messages.success(request, f"The placement is moved to {provision.known_as}.")
            return redirect(placement.young_person)
    context = {"form": form, "placement": placement, "provision": provision}
    return render(request, "placements/move_placement.html", context)


@may(Permission.RECORD_PLACEMENT)
def end(request: Request, placement_id: int) -> HttpResponseBase:
    """Give the last day."""
    placement = placement_of(request, placement_id)
    if placement.cancelled:
        raise Http404
    form = EndForm(request.POST or None, initial={"ends_on": placement.ends_on, "revision": placement.revision})
    if form.is_valid():
        with told_on(form):
            _act(request, actions.end_placement, placement, form, ends_on=form.cleaned_data["ends_on"])
            messages.success(request, "The last day is saved.")
            return redirect(placement.young_person)
    return render(request, "placements/end_placement.html", {"form": form, "placement": placement})


@may(Permission.RECORD_PLACEMENT)
def cancel(request: Request, placement_id: int) -> HttpResponseBase:
    """Say that the placement never began."""
    placement = placement_of(request, placement_id)
    if placement.cancelled:
        raise Http404
    form = CancelForm(request.POST or None, initial={"revision": placement.revision})
    if form.is_valid():
        with told_on(form):
            _act(request, actions.cancel_placement, placement, form, because=form.cleaned_data["because"])
            messages.success(request, "The placement is cancelled. It stays on record and counts for nothing.")
            return redirect(placement.young_person)
    return render(request, "placements/cancel_placement.html", {"form": form, "placement": placement})


@may(Permission.RECORD_PLACEMENT)
def reinstate(request: Request, placement_id: int) -> HttpResponseBase:
    """Take a cancellation back."""
    placement = placement_of(request, placement_id)
    if not placement.cancelled:
        raise Http404
    form = ReasonForm(request.POST or None, initial={"revision": placement.revision})
    if form.is_valid():
        with told_on(form):
            _act(request, actions.reinstate_placement, placement, form)
            messages.success(request, "The placement counts again.")
            return redirect(placement.young_person)
    return render(request, "placements/reinstate_placement.html", {"form": form, "placement": placement})
