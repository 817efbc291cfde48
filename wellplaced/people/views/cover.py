"""Pages of leave and cover, and of the days on which the authority is closed."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from wellplaced.design import lists, words
from wellplaced.design.forms import Form
from wellplaced.design.lists import Column, Link
from wellplaced.history import clock
from wellplaced.people import actions
from wellplaced.people.access import Request, may
from wellplaced.people.forms import ClosureDayForm, CoverForm, LeaveForm
from wellplaced.people.models import ClosureDay, Cover
from wellplaced.people.pages import cover_tag, told_on
from wellplaced.people.rights import Permission


def _end_link(row: Cover) -> Link | str:
    over = row.ended_early_on is not None or row.ends_on < clock.today()
    return "" if over else Link("End", row.end_url, hidden=f" cover of {row.absent}")


def _remove_link(row: ClosureDay) -> Link:
    return Link("Remove", reverse("people:remove_closure_day", args=[row.pk]), hidden=f" {row.name}")


COLUMNS = (
    Column("absent", "Who is away", sort="absent__name"),
    Column("covering", "Who acts for them", sort="covering__name"),
    Column("starts_on", "First day", sort="starts_on"),
    Column("ends_on", "Last day", sort="ends_on"),
    Column("reason", "Reason"),
    Column("state", "State", cell=lambda cover: cover_tag(cover, clock.today())),
)
END = Column("end", "Change", cell=_end_link)
CLOSURE_COLUMNS = (
    Column("day", "Day", sort="day"),
    Column("name", "What it is", sort="name"),
)
REMOVE = Column("remove", "Change", cell=_remove_link)


@may(Permission.SEE)
def cover(request: Request) -> HttpResponseBase:
    """Who acts for whom, from when to when."""
    may_arrange = request.person.may(Permission.ARRANGE_COVER)
    return lists.answer(
        request,
        "people/cover.html",
        Cover.objects.seen_by(request.person).select_related("absent", "covering"),
        columns=(*COLUMNS, END) if may_arrange and not lists.wants_csv(request) else COLUMNS,
        order=["-starts_on"],
        name="cover",
        noun="arrangement",
        context={"may_arrange": may_arrange},
    )


@may(Permission.ARRANGE_COVER)
def arrange_cover(request: Request) -> HttpResponse:
    """Let somebody act for a colleague who is away."""
    form = CoverForm(request.POST or None, person=request.person)
    if form.is_valid():
        with told_on(form):
            made = actions.arrange_cover(by=request.person, **form.cleaned_data)
            period = f"from {words.day(made.starts_on)} to {words.day(made.ends_on)}"
            messages.success(request, f"{made.covering} acts for {made.absent} {period}")
            return redirect("people:cover")
    return render(request, "people/arrange_cover.html", {"form": form})


@may(Permission.ARRANGE_COVER)
def end_cover(request: Request, cover_id: int) -> HttpResponse:
    """End cover from today on."""
    covers = Cover.objects.seen_by(request.person).select_related("absent", "covering")
    found = get_object_or_404(covers, pk=cover_id)
    form = LeaveForm(request.POST or None, initial={"revision": found.revision})
    if form.is_valid():
        with told_on(form):
            actions.end_cover(
                cover=found,
                on=clock.today(),
                reason=form.cleaned_data["reason"],
                seen_revision=form.cleaned_data["revision"],
                by=request.person,
            )
            messages.success(request, f"{found.covering} does not act for {found.absent} any more")
            return redirect("people:cover")
    page = {
        "form": form,
        "heading": f"End cover: {found}, from today on",
        "submit": "End cover",
        "cancel": reverse("people:cover"),
    }
    return render(request, "people/form.html", page)


@may(Permission.KEEP_TIMEFRAMES)
def closure_days(request: Request) -> HttpResponseBase:
    """The days on which the authority is closed, besides weekends and bank holidays."""
    return lists.answer(
        request,
        "people/closure_days.html",
        ClosureDay.objects.seen_by(request.person),
        columns=CLOSURE_COLUMNS if lists.wants_csv(request) else (*CLOSURE_COLUMNS, REMOVE),
        order=["-day"],
        name="closure-days",
        noun="day",
    )


@may(Permission.KEEP_TIMEFRAMES)
def add_closure_day(request: Request) -> HttpResponse:
    """Enter a closure day."""
    form = ClosureDayForm(request.POST or None)
    if form.is_valid():
        with told_on(form):
            added = actions.add_closure_day(by=request.person, **form.cleaned_data)
            messages.success(request, f"{added.name} on {words.day(added.day)} is added")
            return redirect("people:closure_days")
    page = {"form": form, "heading": "Add a closure day", "submit": "Add", "cancel": reverse("people:closure_days")}
    return render(request, "people/form.html", page)


@may(Permission.KEEP_TIMEFRAMES)
def remove_closure_day(request: Request, closure_day_id: int) -> HttpResponse:
    """Take a closure day back, once asked."""
    found = get_object_or_404(ClosureDay.objects.seen_by(request.person), pk=closure_day_id)
    if request.method == "POST":
        actions.remove_closure_day(closure_day=found, by=request.person)
        messages.success(request, f"{found.name} on {words.day(found.day)} is removed")
        return redirect("people:closure_days")
    heading = f"Remove {found.name} on {words.day(found.day)}?"
    page = {
        "form": Form(),
        "heading": heading,
        "submit": "Remove",
        "cancel": reverse("people:closure_days"),
        "warning": True,
    }
    return render(request, "people/form.html", page)
