"""Tasks agreed ('outstanding actions', C17): the list, one task, those of a visit, the follow-up of a visit."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from wellplaced import history
from wellplaced.design import lists
from wellplaced.design.fields import MOST_DIGITS
from wellplaced.history import clock
from wellplaced.monitoring import actions
from wellplaced.monitoring.columns import at_place, task_columns, with_officer, with_times_back
from wellplaced.monitoring.forms.filters import TaskFilters
from wellplaced.monitoring.forms.tasks import SENT, CameBackForm, ChangeTaskForm, FollowUpForm, TaskForm
from wellplaced.monitoring.models import Task, TaskCameBack, Visit
from wellplaced.monitoring.pages.checklist import is_open_for
from wellplaced.monitoring.pages.tasks import FOLLOW_UP, came_back_rows, visit_tasks_page
from wellplaced.monitoring.past import history_of
from wellplaced.monitoring.refusing import say_saved, told_on
from wellplaced.monitoring.sight import young_people_there
from wellplaced.monitoring.views.finding import provision_of, visit_of, with_place
from wellplaced.people.access import Request, may
from wellplaced.people.rights import Permission
from wellplaced.register.models import Provision


@may(Permission.SEE)
def tasks(request: Request) -> HttpResponseBase:
    """Every task of the authority, the earliest due first; what is done only where it is asked for."""
    person, today = request.person, clock.today()
    return lists.answer(
        request,
        "monitoring/tasks.html",
        with_times_back(with_officer(at_place(Task.objects.seen_by(person).select_related("verified_by", "visit")))),
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
    form = _new(request, provision, agreed_at.first(), request.POST or None)
    if form.is_valid():
        with told_on(form):
            return redirect(_add(request, form))
    elif before := history.made_before(form.sent, by=request.person):
        return redirect(before)
    return render(request, "monitoring/add_task.html", {"form": form, "provision": provision})


def _numbers(request: Request, name: str) -> list[int]:
    return [int(value) for value in request.GET.getlist(name) if value.isdecimal() and len(value) <= MOST_DIGITS]


def _new(request: Request, provision: Provision, visit: Visit | None, typed: Any) -> TaskForm:
    person, today = request.person, clock.today()
    about = young_people_there(person, provision.pk, today)
    return TaskForm(typed, person=person, provision=provision, visit=visit, about=about, today=today)


def _add(request: Request, form: TaskForm) -> Task:
    def make() -> Task:
        return actions.add_task(provision=form.provision, visit=form.visit, by=request.person, **form.values())

    task = history.once(form.sent, make, by=request.person)
    messages.success(request, "The task is added")
    return task


@may(Permission.SEE)
def task(request: Request, task_id: int) -> HttpResponse:
    """One task; whoever records visits changes it here, others read it."""
    rows = with_place(
        Task.objects.seen_by(request.person).select_related("verified_by", "visit", "young_person"), request.person
    )
    found = get_object_or_404(rows, pk=task_id)
    may_change = request.person.may(Permission.RECORD_STEP)
    typed = request.POST if may_change and request.method == "POST" else None
    about = young_people_there(request.person, found.provision_id, clock.today(), also=found.young_person_id)
    form = ChangeTaskForm(typed, task=found, about=about, today=clock.today())
    if form.is_valid():
        revision = form.cleaned_data["revision"]
        with told_on(form):
            stands = actions.change_task(task=found, by=request.person, seen_revision=revision, **form.values())
            say_saved(request, "The task is saved", found, stands)
            return redirect(found)
    context = {"form": form, "task": found, "may_change": may_change, "history": history_of([found], request.person)}
    return render(request, "monitoring/task.html", context | {"came_back": came_back_rows(found, request.person)})


@may(Permission.SEE)
def visit_tasks(request: Request, visit_id: int) -> HttpResponse:
    """C17: what was agreed at the end of a visit, beside what stands from earlier ones."""
    person, visit = request.person, visit_of(request.person, visit_id)
    today = clock.today()
    page = visit_tasks_page(visit, person, today)
    typed = request.POST if page.may_write and request.method == "POST" else None
    form = _new(request, visit.provision, visit, typed)
    if form.is_valid():
        with told_on(form):
            _add(request, form)
            return redirect(_tasks_of(visit.pk))
    elif history.made_before(form.sent, by=person):
        return redirect(_tasks_of(visit.pk))
    return render(request, "monitoring/visit_tasks.html", {"form": form, "page": page})


def _tasks_of(visit_id: int) -> str:
    return reverse("monitoring:visit_tasks", args=[visit_id])


@may(Permission.RECORD_STEP)
def came_back(request: Request, visit_id: int, task_id: int) -> HttpResponse:
    """The matter of an earlier task was found again at this visit."""
    person, visit = request.person, visit_of(request.person, visit_id)
    found = get_object_or_404(Task.objects.seen_by(person), pk=task_id, provision=visit.provision_id)
    form = CameBackForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with told_on(form):
            note = form.cleaned_data["note"]
            actions.note_that_task_came_back(task=found, visit=visit, note=note, by=person, on=clock.today())
            messages.success(request, "Recorded that the task came back. It is open")
            return redirect(_tasks_of(visit.pk))
    return render(request, "monitoring/task_came_back.html", {"form": form, "task": found, "visit": visit})


@may(Permission.RECORD_STEP)
def did_not_come_back(request: Request, visit_id: int, task_id: int) -> HttpResponse:
    """That a task came back was noted by mistake."""
    visit = visit_of(request.person, visit_id)
    task = get_object_or_404(Task.objects.seen_by(request.person), pk=task_id, provision=visit.provision_id)
    again = TaskCameBack.objects.seen_by(request.person).filter(visit=visit, task=task).first()
    if again is not None and request.method == "POST" and is_open_for(visit, request.person):
        actions.take_back_that_task_came_back(again=again, by=request.person)
        messages.success(request, "Taken back. The task stays open")
    return redirect(_tasks_of(visit.pk))


@may(Permission.RECORD_STEP)
def follow_up(request: Request, visit_id: int) -> HttpResponse:
    """C17, R16: the email after the visit was sent, or is not needed."""
    person, today, visit = request.person, clock.today(), visit_of(request.person, visit_id)
    record = visit_tasks_page(visit, person, today).record
    form = FollowUpForm(request.POST or None, record=record, today=today)
    if form.is_valid():
        with told_on(form):
            _follow_up(request, form, visit)
            messages.success(request, "The follow-up is recorded")
            return redirect(visit)
    return render(request, "monitoring/follow_up.html", {"form": form, "visit": visit})


def _follow_up(request: Request, form: FollowUpForm, visit: Visit) -> None:
    said, person, today = form.cleaned_data, request.person, clock.today()
    revision = said["revision"]
    if said["went"] == SENT:
        actions.record_step(
            visit=visit, step=FOLLOW_UP, done_on=said["done_on"], by=person, on=today, seen_revision=revision
        )
    else:
        actions.set_step_aside(
            visit=visit, step=FOLLOW_UP, because=said["because"], by=person, on=today, seen_revision=revision
        )
