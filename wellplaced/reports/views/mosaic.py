"""What is on Mosaic (C23): the provision's record, and each young person's by itself."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from wellplaced.history import clock
from wellplaced.monitoring.forms.why import WhyForm
from wellplaced.monitoring.models import Visit
from wellplaced.monitoring.refusing import told_on
from wellplaced.monitoring.sight import Sight
from wellplaced.monitoring.views.finding import visit_of
from wellplaced.people.access import Request, may
from wellplaced.people.rights import Permission
from wellplaced.reports.actions import mosaic as actions
from wellplaced.reports.forms.mosaic import UploadForm
from wellplaced.reports.models import MosaicUpload
from wellplaced.reports.pages.mosaic import mosaic_page, title_of
from wellplaced.reports.uploading import Target, parts_of, targets_of


@may(Permission.SEE)
def mosaic(request: Request, visit_id: int) -> HttpResponse:
    """Each record on Mosaic, and what is missing."""
    page = mosaic_page(visit_of(request.person, visit_id), request.person)
    return render(request, "reports/mosaic.html", {"page": page})


@may(Permission.RECORD_STEP)
def upload_provision(request: Request, visit_id: int) -> HttpResponse:
    """Record, or correct, what is on the provision's record."""
    visit = visit_of(request.person, visit_id)
    return _upload(request, visit, targets_of(visit)[0])


@may(Permission.RECORD_STEP)
def upload_young_person(request: Request, visit_id: int, young_person_id: int) -> HttpResponse:
    """Record, or correct, what is on a young person's record; a restricted one by those named on it."""
    visit, sight = visit_of(request.person, visit_id), Sight.of(request.person)
    for target in targets_of(visit):
        whose = target.young_person
        if whose is not None and whose.pk == young_person_id and sight.sees(whose):
            return _upload(request, visit, target)
    raise Http404


def _upload(request: Request, visit: Visit, target: Target) -> HttpResponse:
    person, today = request.person, clock.today()
    if visit.closed_on is not None or visit.state != "held":
        messages.warning(request, "Nothing can be recorded: the visit is closed, or has not taken place")
        return redirect("reports:mosaic", visit.pk)
    form = UploadForm(
        request.POST or None, visit=visit, upload=target.upload, parts=list(parts_of(visit)), person=person, today=today
    )
    if form.is_valid():
        with told_on(form):
            actions.record_upload(visit=visit, young_person=target.young_person, by=person, on=today, **form.values())
            messages.success(request, f"Recorded for {title_of(target, visit)}")
            return redirect("reports:mosaic", visit.pk)
    return render(request, "reports/upload.html", {"form": form, "visit": visit, "whose": title_of(target, visit)})


@may(Permission.RECORD_STEP)
def take_back(request: Request, visit_id: int, upload_id: int) -> HttpResponse:
    """It was not uploaded after all."""
    person, visit = request.person, visit_of(request.person, visit_id)
    rows = MosaicUpload.objects.seen_by(person).filter(visit=visit).select_related("young_person", "visit")
    upload = rows.filter(pk=upload_id).first()
    if upload is None:
        messages.warning(request, "Nothing was changed: this is not recorded as uploaded")
        return redirect("reports:mosaic", visit.pk)
    if upload.young_person is not None and not Sight.of(person).sees(upload.young_person):
        raise Http404
    form = WhyForm(request.POST or None, question="Why does it not count as uploaded?", revision=upload.revision)
    if form.is_valid():
        because, revision = form.cleaned_data["because"], form.cleaned_data["revision"]
        with told_on(form):
            actions.take_upload_back(
                upload=upload, because=because, by=person, on=clock.today(), seen_revision=revision
            )
            messages.success(request, "It does not count as uploaded any more")
            return redirect("reports:mosaic", visit.pk)
    whose = title_of(Target(upload.young_person, upload, (), {}), visit)
    return render(request, "reports/take_upload_back.html", {"form": form, "visit": visit, "whose": whose})
