"""The answers of those who got the report (C22): each one's, taken down, put right, replied to."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from wellplaced import history
from wellplaced.history import clock
from wellplaced.monitoring.forms.why import WhyForm
from wellplaced.monitoring.models import Recipient, Visit
from wellplaced.monitoring.refusing import told_on
from wellplaced.monitoring.sight import Sight
from wellplaced.monitoring.views.finding import visit_of
from wellplaced.people.access import Request, may
from wellplaced.people.models import Person
from wellplaced.people.rights import Permission
from wellplaced.reports.actions import comments as actions
from wellplaced.reports.actions.circulation import sending_of
from wellplaced.reports.forms.comments import CommentForm, CorrectCommentForm, ReplyForm
from wellplaced.reports.pages.comments import comments_page
from wellplaced.reports.views.finding_answers import comment_of, recipient_of


@may(Permission.SEE)
def comments(request: Request, visit_id: int) -> HttpResponse:
    """Each recipient: what they said, or that they are silent."""
    page = comments_page(visit_of(request.person, visit_id), request.person, clock.today())
    return render(request, "reports/comments.html", {"page": page})


@may(Permission.RECORD_STEP)
def add(request: Request, recipient_id: int) -> HttpResponse:
    """Take an answer down, from the telephone or an email."""
    person, today = request.person, clock.today()
    recipient = recipient_of(person, recipient_id)
    visit, sent_on = visit_of(person, recipient.visit_id), _sent_on(recipient.visit)
    if sent_on is None or recipient.left_out_because:
        messages.warning(request, f"{recipient.name} has not got the report, and cannot comment on it")
        return redirect("reports:comments", visit.pk)
    form = CommentForm(request.POST or None, sent_on=sent_on, today=today)
    if form.is_valid():
        with told_on(form):
            values = {"recipient": recipient, "by": person, "on": today, **form.cleaned_data}
            history.once(form.sent, lambda: actions.add_comment(**values), by=person)
            messages.success(request, f"The answer of {recipient.name} is taken down")
            return redirect("reports:comments", visit.pk)
    return render(request, "reports/add_comment.html", {"form": form, "visit": visit, "recipient": recipient})


@may(Permission.RECORD_STEP)
def correct(request: Request, comment_id: int) -> HttpResponse:
    """It was written down wrongly, or for the wrong recipient."""
    person, today = request.person, clock.today()
    comment = comment_of(person, comment_id)
    visit, sent_on = visit_of(person, comment.visit_id), _sent_on(comment.recipient.visit)
    if comment.taken_back_because or sent_on is None:
        return _taken_back(request, visit)
    form = CorrectCommentForm(
        request.POST or None, comment=comment, recipients=_to_choose(visit, person), sent_on=sent_on, today=today
    )
    if form.is_valid():
        values = dict(form.cleaned_data)
        revision = values.pop("revision")
        with told_on(form):
            actions.correct_comment(comment=comment, by=person, on=today, seen_revision=revision, **values)
            messages.success(request, "The comment is corrected")
            return redirect("reports:comments", visit.pk)
    return render(request, "reports/correct_comment.html", {"form": form, "visit": visit, "comment": comment})


@may(Permission.RECORD_STEP)
def take_back(request: Request, comment_id: int) -> HttpResponse:
    """It never came, or belongs elsewhere."""
    person, comment = request.person, comment_of(request.person, comment_id)
    visit = visit_of(person, comment.visit_id)
    if comment.taken_back_because:
        return _taken_back(request, visit)
    form = WhyForm(request.POST or None, question="Why does it not count?", revision=comment.revision)
    if form.is_valid():
        because, revision = form.cleaned_data["because"], form.cleaned_data["revision"]
        with told_on(form):
            actions.take_comment_back(
                comment=comment, because=because, by=person, on=clock.today(), seen_revision=revision
            )
            messages.success(request, "The comment is taken back")
            return redirect("reports:comments", visit.pk)
    return render(request, "reports/take_comment_back.html", {"form": form, "visit": visit, "comment": comment})


@may(Permission.RECORD_STEP)
def reply(request: Request, comment_id: int) -> HttpResponse:
    """The officer accepts a comment, or does not and says why."""
    person, comment = request.person, comment_of(request.person, comment_id)
    visit = visit_of(person, comment.visit_id)
    if comment.taken_back_because or comment.kind != "comment":
        return _taken_back(request, visit)
    form = ReplyForm(request.POST or None, comment=comment)
    if form.is_valid():
        answer, because = form.cleaned_data["reply"], form.cleaned_data["reply_because"]
        revision = form.cleaned_data["revision"]
        with told_on(form):
            actions.reply_to_comment(
                comment=comment, reply=answer, because=because, by=person, on=clock.today(), seen_revision=revision
            )
            messages.success(request, "The reply is saved")
            return redirect("reports:comments", visit.pk)
    return render(request, "reports/reply.html", {"form": form, "visit": visit, "comment": comment})


def _sent_on(visit: Visit) -> date | None:
    sending = sending_of(visit)
    return sending.done_on if sending else None


def _to_choose(visit: Visit, person: Person) -> list[Recipient]:
    """Those who got the document and whose answers the person may read."""
    sight = Sight.of(person)
    got = Recipient.objects.seen_by(person).filter(visit=visit, left_out_because="").prefetch_related("young_people")
    return [each for each in got if all(sight.sees(one) for one in each.young_people.all())]


def _taken_back(request: Request, visit: Visit) -> HttpResponse:
    messages.warning(request, "Nothing was changed: there is no comment here that counts")
    return redirect("reports:comments", visit.pk)
