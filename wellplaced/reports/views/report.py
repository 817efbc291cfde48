"""The report of a visit: its page, where versions are uploaded, and the download of a version."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from wellplaced import history
from wellplaced.history import clock
from wellplaced.monitoring.models import Visit
from wellplaced.monitoring.refusing import told_on
from wellplaced.monitoring.views.finding import visit_of
from wellplaced.people.access import Request, may
from wellplaced.people.rights import Permission
from wellplaced.reports.actions.documents import add_document, open_document
from wellplaced.reports.forms.report import UploadForm
from wellplaced.reports.models import Document
from wellplaced.reports.pages.report import report_page
from wellplaced.reports.reviewing import may_read

TYPES = {
    Document.Kind.WORD: ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    Document.Kind.PDF: ("pdf", "application/pdf"),
}
CLOSED_TO_YOU = (
    "A young person who lived there on the day has a restricted record, and you are not named on it. Ask a manager who "
    "may see the record to name you."
)


@may(Permission.SEE)
def report(request: Request, visit_id: int) -> HttpResponse:
    """C18: how the report stands, its versions and rounds; whoever records steps uploads a version here."""
    found = visit_of(request.person, visit_id)
    page = report_page(found, request.person, clock.today())
    uploads = page.may_upload and request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if uploads else UploadForm()
    if form.is_valid():
        with told_on(form):
            document = history.once(form.sent, lambda: _add(request, found, form), by=request.person)
            messages.success(request, f"{document} is kept. It is not sent to anybody yet")
            return redirect("reports:report", found.pk)
    return render(request, "reports/report.html", {"page": page, "form": form, "closed_to_you": CLOSED_TO_YOU})


def _add(request: Request, visit: Visit, form: UploadForm) -> Document:
    return add_document(
        visit=visit,
        name=form.cleaned_data["file"].name,
        content=form.content,
        largest=settings.LARGEST_DOCUMENT,
        note=form.cleaned_data["note"],
        by=request.person,
        on=clock.today(),
    )


@may(Permission.SEE)
@require_safe
def document(request: Request, visit_id: int, number: int) -> HttpResponseBase:
    """A version as a download, named after the visit and the version alone."""
    found = get_object_or_404(
        Document.objects.seen_by(request.person).select_related("visit"), visit=visit_id, number=number
    )
    if found.uploaded_by_id != request.person.pk and not may_read(request.person, found.visit):
        raise PermissionDenied(CLOSED_TO_YOU)
    ending, content_type = TYPES[Document.Kind(found.kind)]
    scan = "-not-scanned" if found.scan == Document.Scan.NOT_SCANNED else ""
    response = HttpResponse(open_document(document=found, by=request.person), content_type=content_type)
    name = f"visit-{visit_id}-report-version-{number}{scan}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
