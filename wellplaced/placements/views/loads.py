"""Loading tables: what can be loaded, handing a file in, looking at what it would do, loading its good rows or leaving it."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from wellplaced import history
from wellplaced.design.fields import MOST_DIGITS
from wellplaced.guidance.refusal import Refusal as CannotBe
from wellplaced.history import clock
from wellplaced.people.access import Request, may
from wellplaced.people.rights import Permission
from wellplaced.placements import actions
from wellplaced.placements.forms import UploadForm
from wellplaced.placements.loading import LoadKind, kind_of, kinds, next_kind, results
from wellplaced.placements.models import TableLoad
from wellplaced.sheets.decoding import Refusal
from wellplaced.sheets.mending import template as empty_table
from wellplaced.sheets.reading import read_table

LATEST = 20
SOMEBODY_DECIDED = "This file was decided on in another window. Here is how it stands."
CHANGED_MEANWHILE = (
    "Nothing is loaded yet: records changed since you looked, so that the file would do something else now. Look again, "
    "then decide."
)


@may(Permission.LOAD_TABLES)
def loads(request: Request) -> HttpResponseBase:
    """The kinds of table in the order of going live, and the files handed in lately."""
    lately = TableLoad.objects.seen_by(request.person).select_related("handed_in_by").defer("content")[:LATEST]
    titles = {kind.code: kind.title for kind in kinds()}
    files = [(load, titles.get(load.kind, load.kind), load.handed_in_by_id == request.person.pk) for load in lately]
    return render(request, "placements/loads.html", {"kinds": kinds(), "files": files})


@may(Permission.LOAD_TABLES)
def hand_in(request: Request, kind_code: str) -> HttpResponseBase:
    """The columns of a kind of table, and a file to compare."""
    kind = _kind(kind_code)
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            load = actions.hand_in(
                kind=kind, file_name=file.name, content=file.read(), by=request.person, on=clock.today()
            )
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect(load)
    return render(request, "placements/hand_in.html", {"kind": kind, "form": form})


@may(Permission.LOAD_TABLES)
def template(request: Request, kind_code: str) -> HttpResponseBase:
    """The empty table, to be filled in."""
    kind = _kind(kind_code)
    return _csv(empty_table(kind.columns), kind.code)


@may(Permission.LOAD_TABLES)
def load(request: Request, load_id: int) -> HttpResponseBase:
    """What a file would do, or what it did."""
    shown = _load(request, load_id)
    page, kind = request.GET.get("page"), _kind(shown.kind)
    context = {
        "load": shown,
        "kind": kind,
        "next_kind": next_kind(kind),
        "lines": _page(results.lines_of(shown.result), page),
        "problems": _page(results.problems_of(shown.result), request.GET.get("problems")),
        "waiting": shown.state == TableLoad.State.COMPARED,
    }
    return render(request, "placements/load.html", context)


@may(Permission.LOAD_TABLES)
@require_POST
def apply(request: Request, load_id: int) -> HttpResponseBase:
    """Load the good rows, as they were shown."""
    shown = _load(request, load_id)
    try:
        done = actions.apply_load(load=shown, by=request.person, on=clock.today(), seen_revision=_seen(request))
    except history.Conflict as conflict:
        decided = isinstance(conflict.record, TableLoad)
        messages.warning(request, SOMEBODY_DECIDED if decided else CHANGED_MEANWHILE)
        return redirect(shown)
    except IntegrityError:
        messages.warning(request, CHANGED_MEANWHILE)
        return redirect(shown)
    except CannotBe as refusal:
        messages.error(request, f"Nothing is loaded: {refusal.reason}. Correct that record or that row first.")
        return redirect(shown)
    if done.state == TableLoad.State.COMPARED:
        messages.warning(request, CHANGED_MEANWHILE)
    else:
        messages.success(request, "The good rows are loaded. What is owed because of them stands on the work pages.")
    return redirect(done)


@may(Permission.LOAD_TABLES)
@require_POST
def leave(request: Request, load_id: int) -> HttpResponseBase:
    """Load nothing of a file."""
    shown = _load(request, load_id)
    try:
        actions.leave_load(load=shown, by=request.person, seen_revision=_seen(request))
    except history.Conflict:
        messages.warning(request, SOMEBODY_DECIDED)
        return redirect(shown)
    messages.success(request, "Nothing of the file is loaded, and it is not kept.")
    return redirect("placements:loads")


@may(Permission.LOAD_TABLES)
def mend(request: Request, load_id: int) -> HttpResponseBase:
    """Exactly the rows with a problem, to be mended and loaded."""
    shown = _load(request, load_id)
    if shown.content is None or not shown.result.get("problems"):
        raise Http404
    if shown.state == TableLoad.State.APPLIED:  # only the rows to mend are kept
        return _csv(bytes(shown.content), f"{shown.kind}-to-mend")
    table = read_table(bytes(shown.content), _kind(shown.kind).columns)
    return _csv(results.mend(table, shown.result) or b"", f"{shown.kind}-to-mend")


def _kind(code: str) -> LoadKind:
    kind = kind_of(code)
    if kind is None:
        raise Http404
    return kind


def _load(request: Request, load_id: int) -> TableLoad:
    return get_object_or_404(TableLoad.objects.opened_by(request.person), pk=load_id)


def _seen(request: Request) -> int:
    seen = request.POST.get("revision", "")
    if not seen.isdecimal() or len(seen) > MOST_DIGITS:
        raise BadRequest("The form does not say which state of the file it is about.")
    return int(seen)


def _page(rows: Sequence[Any], asked: str | None) -> Any:
    return Paginator(rows, results.SHOWN_AT_ONCE).get_page(asked)


def _csv(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"', "Cache-Control": "private, no-store"},
    )
