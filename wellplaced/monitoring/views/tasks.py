"""Tasks agreed ('outstanding actions'): the list, adding one, changing it or recording it done."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from wellplaced.design import lists
from wellplaced.design.fields import MOST_DIGITS
from wellplaced.history import clock
from wellplaced.monitoring import actions
from wellplaced.monitoring.columns import at_place, task_columns, with_officer
from wellplaced.monitoring.forms.filters import TaskFilters
from wellplaced.monitoring.forms.tasks import ChangeTaskForm, TaskForm
from wellplaced.monitoring.models import Task, Visit
from wellplaced.monitoring.past import history_of
from wellplaced.monitoring.refusing import told_on
from wellplaced.monitoring.views.finding import provision_of, with_place
from wellplaced.people.access import Request, may
from wellplaced.people.rights import Permission


@may(Permission.SEE)
def tasks(request: Request) -> HttpResponseBase:
    """Every task of the authority, the earliest due first; what is done only where it is asked for."""
    person, today = request.person, clock.today()
    return lists.answer(
        request,
        "monitoring/tasks.html",
        with_officer(at_place(Task.objects.seen_by(person))),
        columns=task_columns(today),
        filters=TaskFilters(request.GET, person=person, today=today),
        name="tasks",
        noun="task",
    )


@may(Permission.BOOK_VISIT)
def add(request: Request, provision_id: int) -> HttpResponse:
    """Something that somebody must do."""
    provision = provision_of(request.person, provision_id)
    agreed_at = Visit.objects.seen_by(request.person).filter(provision=provision, pk__in=_numbers(request, "visit"))
    form = TaskForm(request.POST or None)
    if form.is_valid():
        with told_on(form):
            task = actions.add_task(provision=provision, visit=agreed_at.first(), by=request.person, **form.values())
            messages.success(request, "The task is added")
            return redirect(task)
    return render(request, "monitoring/add_task.html", {"form": form, "provision": provision})


def _numbers(request: Request, name: str) -> list[int]:
    return [int(value) for value in request.GET.getlist(name) if value.isdecimal() and len(value) <= MOST_DIGITS]


@may(Permission.SEE)
def task(request: Request, task_id: int) -> HttpResponse:
    """One task; whoever records visits changes it here, others read it."""
    found = get_object_or_404(with_place(Task.objects.seen_by(request.person), request.person), pk=task_id)
    may_change = request.person.may(Permission.BOOK_VISIT)
    typed = request.POST if may_change and request.method == "POST" else None
    form = ChangeTaskForm(typed, task=found, today=clock.today())
    if form.is_valid():
        revision = form.cleaned_data["revision"]
        with told_on(form):
            actions.change_task(task=found, by=request.person, seen_revision=revision, **form.values())
            messages.success(request, "The task is saved")
            return redirect(found)
    context = {"form": form, "task": found, "may_change": may_change, "history": history_of([found], request.person)}
    return render(request, "monitoring/task.html", context)
