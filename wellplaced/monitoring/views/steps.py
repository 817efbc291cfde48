"""The steps of a visit: one with the reason for its date, recorded done, set aside, taken back; several at once; all."""

from django.contrib import messages
from django.db.models import F
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from wellplaced.design import lists
from wellplaced.guidance.steps import FOLLOW_FROM_FACTS
from wellplaced.history import clock
from wellplaced.monitoring import actions
from wellplaced.monitoring.actions.several_steps import record_steps as record_several
from wellplaced.monitoring.columns import at_place
from wellplaced.monitoring.forms.filters_of_steps import StepFilters
from wellplaced.monitoring.forms.steps import RecordStepForm, RecordStepsForm, revision_of
from wellplaced.monitoring.forms.why import WhyForm
from wellplaced.monitoring.models import Step, StepRecord
from wellplaced.monitoring.pages.list_of_steps import step_columns, with_recipient
from wellplaced.monitoring.pages.step import can_be_set_aside, is_live, may_take_back, step_page, takes_day
from wellplaced.monitoring.pages.steps import RECORDED_HERE, title_of
from wellplaced.monitoring.refusing import told_on
from wellplaced.monitoring.setting_aside import refusal_to_set_aside
from wellplaced.monitoring.timeframes import closed_days_for
from wellplaced.monitoring.views.finding import visit_of, with_place
from wellplaced.people.access import Request, may
from wellplaced.people.models import Person
from wellplaced.people.rights import Permission


def step_of(person: Person, visit_id: int, name: str) -> Step:
    """A step of a visit by its name, such as letter_sent or comment_received:csw:12."""
    step, _, recipient = name.partition(":")
    rows = Step.objects.seen_by(person).select_related("visit__officer", "visit__reviewer")
    found: Step = get_object_or_404(with_place(rows, person), visit=visit_id, step=step, recipient=recipient)
    return found


def record_of(step: Step, person: Person) -> StepRecord | None:
    """What somebody recorded of the step."""
    rows = StepRecord.objects.seen_by(person).select_related("recorded_by")
    found: StepRecord | None = rows.filter(visit=step.visit_id, step=step.step).first()
    return found


@may(Permission.SEE)
def step(request: Request, visit_id: int, name: str) -> HttpResponse:
    """Why this date, how the step stands, and where its day is recorded by hand, the form for it."""
    person, today = request.person, clock.today()
    found = step_of(person, visit_id, name)
    record = record_of(found, person)
    typed = request.POST if request.method == "POST" and takes_day(found, person) else None
    form = RecordStepForm(typed, record=record, today=today)
    if form.is_valid():
        revision = form.cleaned_data.pop("revision")
        with told_on(form):
            actions.record_step(
                visit=found.visit, step=found.step, by=person, on=today, seen_revision=revision, **form.cleaned_data
            )
            messages.success(request, f"Recorded: {title_of(found)}")
            return redirect(found.visit)
    page = step_page(found, record, person, today)
    return render(request, "monitoring/step.html", {"form": form, "page": page})


@may(Permission.RECORD_STEP)
def set_aside(request: Request, visit_id: int, name: str) -> HttpResponse:
    """The step does not apply to this visit, with the reason."""
    person, found = request.person, step_of(request.person, visit_id, name)
    if not can_be_set_aside(found):
        return _settled(request, found)
    if refusal := refusal_to_set_aside(found, found.visit, person, clock.today()):
        messages.warning(request, f"Nothing was changed. {refusal}")
        return redirect(found)
    form = WhyForm(
        request.POST or None,
        question="Why does this step not apply?",
        help_text="The reason stays on record. Setting a step aside moves no other date",
        revision=revision_of(record_of(found, person)),
    )
    if form.is_valid():
        revision = form.cleaned_data.pop("revision")
        with told_on(form):
            actions.set_step_aside(
                visit=found.visit,
                step=found.step,
                by=person,
                on=clock.today(),
                seen_revision=revision,
                **form.cleaned_data,
            )
            messages.success(request, "The step is set aside. The reason is on record")
            return redirect(found.visit)
    return render(request, "monitoring/step_set_aside.html", {"form": form, "step": found, "title": title_of(found)})


@may(Permission.RECORD_STEP)
def take_back(request: Request, visit_id: int, name: str) -> HttpResponse:
    """It was recorded by mistake."""
    person, found = request.person, step_of(request.person, visit_id, name)
    record = record_of(found, person)
    if record is None or not may_take_back(found, record, person):
        return _settled(request, found)
    form = WhyForm(
        request.POST or None,
        question="Why is it taken back?",
        help_text="The history keeps what was recorded",
        revision=record.revision,
    )
    if form.is_valid():
        revision = form.cleaned_data.pop("revision")
        with told_on(form):
            actions.take_step_back(record=record, by=person, seen_revision=revision, **form.cleaned_data)
            messages.success(request, "Taken back. The step stands as if nobody had recorded it")
            return redirect(found.visit)
    context = {"form": form, "step": found, "record": record, "title": title_of(found)}
    return render(request, "monitoring/step_take_back.html", context)


def _settled(request: Request, step: Step) -> HttpResponse:
    """Sent twice, or somebody was quicker: say how the step stands, and show it."""
    messages.warning(request, f"Nothing was changed: this step is ‘{step.get_state_display().lower()}’")
    return redirect(step)


@may(Permission.RECORD_STEP)
def record_steps(request: Request, visit_id: int) -> HttpResponse:
    """Several steps of a visit that is recorded after the fact."""
    person, today, visit = request.person, clock.today(), visit_of(request.person, visit_id)
    if not is_live(visit):
        messages.warning(request, "Nobody works on the steps of this visit any more")
        return redirect(visit)
    steps = Step.objects.seen_by(person).filter(visit=visit).exclude(step__in=FOLLOW_FROM_FACTS)
    theirs = {each.step for each in steps if refusal_to_set_aside(each, visit, person, today)}
    form = RecordStepsForm(
        request.POST or None, steps=list(steps), by_hand=RECORDED_HERE, not_to_drop=theirs, today=today
    )
    if form.is_valid():
        with told_on(form):
            record_several(
                visit=visit,
                done=form.done(),
                done_by=form.cleaned_data["done_by"],
                set_aside=form.dropped(),
                because=form.cleaned_data["because"],
                by=person,
                on=today,
            )
            messages.success(request, "The steps are recorded")
            return redirect(visit)
    return render(request, "monitoring/steps_recorded.html", {"form": form, "visit": visit})


@may(Permission.SEE)
def steps(request: Request) -> HttpResponseBase:
    """C12 to C23: every step of every visit, by due date.

    Other pages link into it by these parameters, all of them optional: step=<id of the contract>,
    state=open|overdue|done|set_aside|waiting|all (`open` holds the overdue ones; `open`, `overdue` and `waiting` leave out
    visits that are closed, cancelled or could not be held; without it what is open, or with in_time everything),
    type=<type of provision>, in_time=yes|no, clause=C18, officer=<number of whoever makes the visit, or none>,
    reviewer=<number>, month=2026-11 (of the due date), due_from and due_to=<ISO day>, q=<name, URN, owner or place>.
    """
    person, today = request.person, clock.today()
    rows = Step.objects.seen_by(person).select_related("visit__officer", "visit__reviewer")
    return lists.answer(
        request,
        "monitoring/steps.html",
        with_recipient(at_place(rows), person),
        columns=step_columns(today, closed_days_for(person.authority_id or 0)),
        filters=StepFilters(request.GET, person=person, today=today),
        order=[F("due_on").asc(nulls_last=True), "visit_id", "position"],
        name="steps",
        noun="step",
    )
