"""Young people: the list, adding, the page of one, correcting, history."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from wellplaced.design import lists
from wellplaced.history import clock
from wellplaced.people.access import Request, may
from wellplaced.people.rights import Permission
from wellplaced.placements import actions, pages
from wellplaced.placements.forms import YoungPersonForm
from wellplaced.placements.listing import YoungPeopleFilters, young_people_columns, young_people_for
from wellplaced.placements.views.finding import young_person_of
from wellplaced.placements.views.telling import told_on

FIELDS = ("reference", "initials", "born_on", "has_ehc_plan")


@may(Permission.SEE)
def young_people(request: Request) -> HttpResponseBase:
    """Whom the person may see, searched and filtered."""
    today = clock.today()
    return lists.answer(
        request,
        "placements/young_people.html",
        young_people_for(request.person, today),
        columns=young_people_columns(today),
        filters=YoungPeopleFilters(request.GET, today=today),
        order=["reference"],
        name="young-people",
        noun="young person",
        nouns="young people",
        context={"may_record": request.person.may(Permission.RECORD_PLACEMENT)},
    )


@may(Permission.RECORD_PLACEMENT)
def add(request: Request) -> HttpResponseBase:
    """Add a young person; with `?provision=` their placement there is recorded next."""
    form = YoungPersonForm(request.POST or None, today=clock.today())
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in FIELDS}
        with told_on(form):
            added = actions.add_young_person(by=request.person, on=clock.today(), **values)
            messages.success(request, f"{added} is added. Record where they are placed next.")
            provision = request.GET.get("provision", "")
            if provision.isdecimal():
                record = reverse("placements:record_placement")
                return redirect(f"{record}?young_person={added.pk}&provision={provision}")
            return redirect(added)
    return render(request, "placements/add_young_person.html", {"form": form})


@may(Permission.SEE)
def young_person(request: Request, young_person_id: int) -> HttpResponseBase:
    """The page of one young person; that it was opened is on record."""
    shown = young_person_of(request, young_person_id)
    actions.open_record(young_person=shown, by=request.person)
    page = pages.young_person_page(shown, request.person, clock.today())
    context = {
        "page": page,
        "may_record": request.person.may(Permission.RECORD_PLACEMENT),
        "may_restrict": request.person.may(Permission.RESTRICT_RECORD),
    }
    return render(request, "placements/young_person.html", context)


@may(Permission.RECORD_PLACEMENT)
def change(request: Request, young_person_id: int) -> HttpResponseBase:
    """Correct reference, initials, date of birth or EHC plan."""
    changed = young_person_of(request, young_person_id)
    initial = {name: getattr(changed, name) for name in (*FIELDS, "revision")}
    form = YoungPersonForm(request.POST or None, initial=initial, today=clock.today())
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in FIELDS}
        seen = form.cleaned_data["revision"]
        with told_on(form):
            actions.change_young_person(
                young_person=changed, by=request.person, on=clock.today(), seen_revision=seen, **values
            )
            messages.success(request, "The young person’s record is saved.")
            return redirect(changed)
    actions.open_record(young_person=changed, by=request.person)
    return render(request, "placements/change_young_person.html", {"form": form, "young_person": changed})


@may(Permission.SEE)
def history(request: Request, young_person_id: int) -> HttpResponseBase:
    """Everything that happened to the record, and everybody who opened it."""
    shown = young_person_of(request, young_person_id)
    actions.open_record(young_person=shown, by=request.person)
    return lists.answer(
        request,
        "placements/young_person_history.html",
        pages.events_of(shown),
        columns=pages.HISTORY_COLUMNS,
        filters=pages.HistoryFilters,
        name="history",
        noun="entry",
        nouns="entries",
        context={"young_person": shown},
    )
