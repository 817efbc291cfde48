"""The rounds of review: sent to the senior officer, taken back, returned with or without tasks, tasks done (C18 to C20)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from wellplaced import history
from wellplaced.history import clock
from wellplaced.monitoring.models import Task, Visit, VisitState
from wellplaced.monitoring.refusing import told_on
from wellplaced.monitoring.sight import young_people_there
from wellplaced.monitoring.views.finding import visit_of
from wellplaced.people.access import Request, may
from wellplaced.people.rights import Permission
from wellplaced.reports.actions import rounds as actions
from wellplaced.reports.forms.rounds import ReturnForm, SubmitForm, TakeBackForm, TasksDoneForm, with_more_room
from wellplaced.reports.models import Report, Round
from wellplaced.reports.moves import may_move
from wellplaced.reports.pages.rounds import earliest_submission, return_terms, stands, terms_of
from wellplaced.reports.reviewing import headings_of, may_read, refusal_to_review, reviewers


@may(Permission.RECORD_STEP)
def submit(request: Request, visit_id: int) -> HttpResponse:
    """C18: the completed form goes to the senior officer."""
    person, today, found = request.person, clock.today(), visit_of(request.person, visit_id)
    report = _report_of(request, found)
    if request.method != "POST" and not (found.state == VisitState.HELD and may_move(report.state, "submit")):
        return _settled(request, found, report)
    offered = reviewers(found, today)
    form = SubmitForm(
        request.POST or None,
        versions=list(found.documents.all()),
        reviewers=offered,
        chosen=found.reviewer_id,
        revision=report.revision,
        earliest=earliest_submission(found),
        today=today,
    )
    if form.is_valid():
        with told_on(form):
            sent = history.once(
                form.sent,
                lambda: actions.submit_report(visit=found, by=person, on=today, **form.values()),
                by=person,
            )
            messages.success(request, f"The report is sent to {sent.reviewer}")
            return redirect("reports:report", found.pk)
    closed = [each for each in offered if not may_read(each, found)]
    context = {"form": form, "visit": found, "offered": offered, "closed_to": closed}
    return render(request, "reports/submit.html", context)


@may(Permission.RECORD_STEP)
def take_back(request: Request, visit_id: int) -> HttpResponse:
    """The officer wants it back before anybody has returned it."""
    person, found = request.person, visit_of(request.person, visit_id)
    report = _report_of(request, found)
    if request.method != "POST" and not may_move(report.state, "take_back"):
        return _settled(request, found, report)
    form = TakeBackForm(request.POST or None, initial={"revision": report.revision})
    if form.is_valid():
        because, seen = form.cleaned_data["because"], form.cleaned_data["revision"]
        with told_on(form):
            history.once(
                form.sent,
                lambda: actions.take_back_report(
                    visit=found, because=because, by=person, on=clock.today(), seen_revision=seen
                ),
                by=person,
            )
            messages.success(request, "The report is with you again")
            return redirect("reports:report", found.pk)
    return render(request, "reports/take_back.html", {"form": form, "visit": found})


@may(Permission.REVIEW_REPORT, Permission.RECORD_STEP)
def return_report(request: Request, visit_id: int) -> HttpResponse:
    """C19: whoever reviews reports today, by their own role or as a deputy, returns it; never whoever made the visit."""
    person, today, found = request.person, clock.today(), visit_of(request.person, visit_id)
    report, last = _report_of(request, found), found.rounds.select_related("document", "submitted_by").last()
    refusal = refusal_to_review(person, found, today)
    if refusal:
        messages.warning(request, refusal)
        return redirect("reports:report", found.pk)
    if last is None or (request.method != "POST" and not (last.outcome == "" and may_move(report.state, "agree"))):
        return _settled(request, found, report)
    wants_room = "more" in request.POST
    typed = with_more_room(request.POST) if wants_room else request.POST or None
    about = young_people_there(person, found.provision_id, today).filter(restricted=True)
    terms = return_terms(found, last, today)
    form = ReturnForm(typed, headings=headings_of(found), revision=report.revision, about=about, **terms)
    if not wants_room and form.is_valid():
        with told_on(form):
            _return(request, found, form)
            return redirect("reports:report", found.pk)
    is_open = may_read(person, found)
    page = terms_of(last, is_open=is_open)
    context = {"form": form, "wants_room": wants_room, "visit": found, "page": page, "is_open": is_open}
    return render(request, "reports/return.html", context)


def _return(request: Request, visit: Visit, form: ReturnForm) -> None:
    def act() -> Round:
        return actions.return_report(visit=visit, by=request.person, on=clock.today(), **form.values())

    returned = history.once(form.sent, act, by=request.person)
    agreed = returned.outcome == Round.Outcome.AGREED
    messages.success(request, "The report is agreed" if agreed else "The report is returned with its tasks")


@may(Permission.RECORD_STEP)
def complete_tasks(request: Request, visit_id: int, number: int) -> HttpResponse:
    """C20: tasks of a return are done, each with what shows it."""
    person, today, found = request.person, clock.today(), visit_of(request.person, visit_id)
    round_ = get_object_or_404(Round.objects.seen_by(person), visit=found.pk, number=number)
    tasks = list(Task.objects.seen_by(person).filter(rounds=round_).order_by("pk"))
    report = _report_of(request, found)
    if not tasks or (request.method != "POST" and round_.actions_completed_on):
        return _settled(request, found, report)
    form = TasksDoneForm(request.POST or None, tasks=tasks, today=today)
    if form.is_valid():
        with told_on(form), form.overtaken():
            done = actions.complete_tasks(round_=round_, done=form.done(), by=person, on=today)
            messages.success(
                request, "All tasks are done" if done.actions_completed_on else "Saved. Some tasks are left"
            )
            return redirect("reports:report", found.pk)
    return render(
        request, "reports/complete_tasks.html", {"form": form, "visit": found, "round": round_, "tasks": tasks}
    )


def _report_of(request: Request, visit: Visit) -> Report:
    """The visit's report as it stands; one that nobody began is being written."""
    found: Any = Report.objects.seen_by(request.person).filter(visit=visit).first()
    return found or Report(visit=visit)


def _settled(request: Request, visit: Visit, report: Report) -> HttpResponse:
    """Somebody was quicker, or it cannot be done from here: say how the report stands, and show it."""
    messages.warning(request, stands(visit, report))
    return redirect("reports:report", visit.pk)
