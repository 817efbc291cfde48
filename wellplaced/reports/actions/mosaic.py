"""C23: what was uploaded onto Mosaic, for the provision and for each young person; the step is done with the last."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from wellplaced import history
from wellplaced.design.words import day
from wellplaced.monitoring.actions.steps import record_step, take_step_back
from wellplaced.monitoring.models import Visit, VisitState
from wellplaced.people.models import Person
from wellplaced.placements.models import YoungPerson
from wellplaced.reports.models import MosaicUpload
from wellplaced.reports.moves import report_of
from wellplaced.reports.uploading import targets_of

UPLOADED = "uploaded"


@transaction.atomic
def record_upload(
    *,
    visit: Visit,
    young_person: YoungPerson | None,
    report: bool = False,
    comments: bool = False,
    tasks: bool = False,
    reference: str = "",
    missing_because: str = "",
    none_because: str = "",
    uploaded_on: date,
    uploaded_by: Person | None = None,
    by: Person,
    on: date,
    seen_revision: int | None = None,
) -> MosaicUpload:
    """Record, or correct, what is on one record of Mosaic: with Mosaic's reference, or why there is nothing to upload.

    With the last record the step is done on the last upload's day; where a correction leaves a part open again, the step
    is taken back. Raises ValidationError, Conflict (also for whoever records first what somebody else just recorded).
    """
    report_of(visit)  # whoever else records an upload of this visit waits
    _refuse(visit, reference, none_because, uploaded_on, on, any_part=report or comments or tasks)
    values: dict[str, Any] = {
        "report": report,
        "comments": comments,
        "tasks": tasks,
        "reference": reference,
        "missing_because": missing_because,
        "none_because": none_because,
        "uploaded_on": uploaded_on,
        "uploaded_by": uploaded_by or by,
    }
    upload = _keep(visit, young_person, values, by=by, seen_revision=seen_revision)
    _settle(visit, by, on)
    return upload


def _keep(
    visit: Visit, young_person: YoungPerson | None, values: dict[str, Any], *, by: Person, seen_revision: int | None
) -> MosaicUpload:
    """The one row of a visit and a record of Mosaic: made, or corrected by whoever saw how it stood."""
    happened_on, reference = values["uploaded_on"], values["reference"]
    known = MosaicUpload.objects.filter(visit=visit, young_person=young_person).first()
    if known is not None:
        seen = -1 if seen_revision is None else seen_revision  # recorded by somebody else while the form was open
        return history.amend(
            known, verb="upload corrected", by=by, seen_revision=seen, happened_on=happened_on, **values
        )
    made = MosaicUpload.objects.create(
        authority_id=visit.authority_id, visit=visit, young_person=young_person, **values
    )
    history.record(
        "uploaded onto Mosaic" if reference else "nothing to upload onto Mosaic",
        about=made,
        by=by,
        happened_on=happened_on,
        reason=values["none_because"],
        changes={"reference": ["", reference]},
    )
    return made


@transaction.atomic
def take_upload_back(*, upload: MosaicUpload, because: str, by: Person, on: date, seen_revision: int | None) -> None:
    """It was not uploaded after all: the record stands open again, and so does the step. Raises ValidationError, Conflict."""
    visit = upload.visit
    report_of(visit)
    _refuse_closed(visit)
    current = MosaicUpload.objects.select_for_update(no_key=True).get(pk=upload.pk)
    if seen_revision is not None and current.revision != seen_revision:
        raise history.Conflict(current, {"reference": (upload.reference, current.reference)})
    number, said = current.pk, current.reference or current.none_because
    current.delete()
    current.pk = number  # for the history, which outlives the row
    history.record("upload taken back", about=current, by=by, reason=because, changes={"reference": [said, ""]})
    _settle(visit, by, on)


def settle_uploads(visit: Visit, by: Person, on: date) -> None:
    """What came after the upload, a comment or a task, is not on Mosaic yet; what was taken back need not be.

    Under the report's lock. Where the visit is closed, or nothing was uploaded yet, everything stays.
    """
    is_closed = Visit.objects.filter(pk=visit.pk, closed_on__isnull=False).exists()
    if not is_closed and visit.uploads.exists():
        _settle(visit, by, on)


def _settle(visit: Visit, by: Person, on: date) -> None:
    """The step follows from the records: done with the last of them, open again where one of them is."""
    targets = targets_of(visit)
    days = [target.upload.uploaded_on for target in targets if target.upload is not None and target.is_recorded]
    if len(days) == len(targets):
        record_step(visit=visit, step=UPLOADED, done_on=max(days), by=by, on=on)
        return
    record = visit.step_records.filter(step=UPLOADED, done_on__isnull=False).first()
    if record is not None:
        take_step_back(record=record, because="Not everything is on Mosaic", by=by)


def _refuse(visit: Visit, reference: str, none_because: str, uploaded_on: date, on: date, *, any_part: bool) -> None:
    _refuse_closed(visit)
    if bool(reference.strip()) == bool(none_because.strip()):
        raise ValidationError("Give Mosaic’s reference, or say why there is nothing to upload.")
    if reference and not any_part:
        raise ValidationError("Say what was uploaded: the report, the comments, the outstanding tasks.")
    if uploaded_on > on:
        raise ValidationError({"uploaded_on": "An upload cannot have been made in the future"})
    if uploaded_on < visit.visit_on:
        raise ValidationError({"uploaded_on": f"This is before the visit, which took place on {day(visit.visit_on)}"})


def _refuse_closed(visit: Visit) -> None:
    if visit.state != VisitState.HELD:
        raise ValidationError("The visit has not taken place: there is nothing to upload.")
    if Visit.objects.filter(pk=visit.pk, closed_on__isnull=False).exists():
        raise ValidationError("This visit is closed. Reopen it to change what is recorded.")
