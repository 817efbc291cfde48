"""Versions of the completed form: kept as they were uploaded, each file once a visit."""

from datetime import date
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction

from wellplaced import history
from wellplaced.design.words import day
from wellplaced.history import clock
from wellplaced.monitoring.models import Visit, VisitState
from wellplaced.people.models import Person
from wellplaced.reports.models import Document, DocumentContent
from wellplaced.reports.moves import CLOSED, report_of
from wellplaced.reports.reading import kind_of

LONGEST_NAME = 200
DOWNLOADED = "report downloaded"


@transaction.atomic
def add_document(
    *, visit: Visit, name: str, content: bytes, largest: int, note: str = "", by: Person, on: date
) -> Document:
    """Keep a file of at most `largest` bytes as the next version of the report.

    Raises ValidationError for what is neither Word nor PDF, for a file that is a version already, and where the visit
    was not held or is closed.
    """
    kind = kind_of(content, largest)
    report = report_of(visit)
    refuse_unheld(visit)
    if report.state == CLOSED:
        raise ValidationError("This visit is closed. Reopen it to add a version of its report.")
    _refuse_known(visit, content)
    document = Document.objects.create(
        authority_id=visit.authority_id,
        visit=visit,
        number=visit.documents.count() + 1,
        kind=kind,
        name=_printable(name),
        size=len(content),
        sha256=sha256(content).hexdigest(),
        note=note,
        uploaded_by=by,
        uploaded_at=clock.now(),
    )
    DocumentContent.objects.create(document=document, content=content)
    history.record(
        "report uploaded", about=document, by=by, happened_on=on, changes={"version": [None, document.number]}
    )
    return document


@transaction.atomic
def open_document(*, document: Document, by: Person) -> bytes:
    """The bytes of a version. That somebody read what is written about young people is on record."""
    opened = history.NewEvent(verb=DOWNLOADED, about=document, authority_id=document.authority_id)
    history.record_many([opened], by=by)
    return bytes(DocumentContent.objects.get(document=document).content)


def refuse_unheld(visit: Visit) -> None:
    """A report is of a visit that took place. Raises ValidationError."""
    if Visit.objects.get(pk=visit.pk).state != VisitState.HELD:
        raise ValidationError("This visit is not recorded as held. Record first that it took place.")


def _refuse_known(visit: Visit, content: bytes) -> None:
    known = visit.documents.filter(sha256=sha256(content).hexdigest()).select_related("uploaded_by").first()
    if known is not None:
        when = day(known.uploaded_at.astimezone(clock.LONDON).date())
        raise ValidationError(
            f"This file is version {known.number} already: {known.uploaded_by} uploaded it on {when}. Nothing is added."
        )


def _printable(name: str) -> str:
    """The file's name without what no database keeps and nobody can read."""
    return "".join(letter for letter in name if letter.isprintable())[-LONGEST_NAME:]
