"""What was done around the benchmark's visits: steps, rounds, recipients and answers, as far as each visit has come today."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from wellplaced.monitoring.models import Recipient, StepRecord, Visit
from wellplaced.people.models import Person
from wellplaced.reports.models import Comment, Document, MosaicUpload, Report, ReportState, Round

Row = tuple[int, Visit]  # every seventh is late, every ninth recipient silent: counted, not thrown by dice
BATCH = 2_000
AHEAD = ("letter_sent", "feedback_requested", "confirmation_sent")
RECIPIENTS = ("csw", "iro", "seno", "provider")


def _days(number: int, visit: Visit) -> dict[str, date]:
    """The day on which each step of a visit was or will be done."""
    late = 9 if number % 7 == 0 else 0
    after = {
        "pre_visit_form_received": 0,
        "actions_followed_up": 1,
        "report_submitted": 10 + late,
        "report_returned": 16 + late,
        "actions_completed": 18 + late,
        "sent_for_comment": 30 + late,
        "uploaded": 35 + late,
    }
    days = {step: visit.visit_on + timedelta(days=count) for step, count in after.items()}
    return {**dict.fromkeys(AHEAD, visit.visit_on - timedelta(days=14)), **days}


def fill(visits: Sequence[Visit], reviewer: Person, today: date) -> None:
    """Steps and reports of visits that were held, in bulk."""
    rows = list(enumerate(visits))
    own = {"recorded_on": today, "recorded_by": reviewer}
    StepRecord.objects.bulk_create(
        (
            StepRecord(authority_id=visit.authority_id, visit=visit, step=step, done_on=day, **own)
            for number, visit in rows
            for step, day in _done(number, visit, today).items()
        ),
        batch_size=BATCH,
    )
    _recipients(rows, today)
    _reports(rows, reviewer, today)


def _done(number: int, visit: Visit, today: date) -> dict[str, date]:
    return {step: day for step, day in _days(number, visit).items() if day <= today}


def _recipients(rows: Iterable[Row], today: date) -> None:
    sent = [(n, visit, day) for n, visit in rows if (day := _days(n, visit)["sent_for_comment"]) <= today]
    made = Recipient.objects.bulk_create(
        (
            Recipient(
                authority_id=visit.authority_id,
                visit=visit,
                key=role,
                role=role,
                name=f"{role.title()} {number}",
                position=position,
                answered_on=None if (number + position) % 9 == 0 else min(day + timedelta(days=2), today),
            )
            for number, visit, day in sent
            for position, role in enumerate(RECIPIENTS)
        ),
        batch_size=BATCH,
    )
    Comment.objects.bulk_create(
        (
            Comment(
                authority_id=each.authority_id,
                visit_id=each.visit_id,
                recipient=each,
                kind="comment" if each.position == 0 else "no_comment",
                text="Fair." if each.position == 0 else "",
                received_on=each.answered_on,
            )
            for each in made
            if each.answered_on
        ),
        batch_size=BATCH,
    )


def _reports(rows: Sequence[Row], reviewer: Person, today: date) -> None:
    days = {visit.pk: _done(number, visit, today) for number, visit in rows}
    Report.objects.bulk_create(
        (Report(authority_id=v.authority_id, visit=v, state=_state(days[v.pk])) for _, v in rows), batch_size=BATCH
    )
    submitted = [visit for _, visit in rows if "report_submitted" in days[visit.pk]]
    documents = Document.objects.bulk_create(_documents(submitted, reviewer), batch_size=BATCH)
    Round.objects.bulk_create((_round(each, days[each.visit_id], reviewer) for each in documents), batch_size=BATCH)
    MosaicUpload.objects.bulk_create(
        (
            MosaicUpload(
                authority_id=visit.authority_id,
                visit=visit,
                report=True,
                reference=f"{visit.pk}",
                uploaded_on=days[visit.pk]["uploaded"],
                uploaded_by=reviewer,
            )
            for _, visit in rows
            if "uploaded" in days[visit.pk]
        ),
        batch_size=BATCH,
    )


def _state(done: dict[str, date]) -> ReportState:
    if "uploaded" in done:
        return ReportState.CLOSED
    if "sent_for_comment" in done:
        return ReportState.OUT_FOR_COMMENT
    if "actions_completed" in done:
        return ReportState.ACTIONS_DONE
    if "report_returned" in done:
        return ReportState.ACTIONS_NEEDED
    return ReportState.WITH_REVIEWER if "report_submitted" in done else ReportState.DRAFTING


def _documents(visits: Iterable[Visit], by: Person) -> Iterator[Document]:
    at = timezone.now()
    for visit in visits:
        own: dict[str, Any] = {"authority_id": visit.authority_id, "visit": visit, "uploaded_by": by, "uploaded_at": at}
        yield Document(**own, number=1, kind="pdf", name="report.pdf", size=100_000, sha256=f"{visit.pk:064}")


def _round(document: Document, done: dict[str, date], reviewer: Person) -> Round:
    returned = done.get("report_returned")
    return Round(
        authority_id=document.authority_id,
        visit_id=document.visit_id,
        document=document,
        number=1,
        reviewer=reviewer,
        submitted_on=done["report_submitted"],
        submitted_by=reviewer,
        outcome="actions" if returned else "",
        returned_on=returned,
        returned_by=reviewer if returned else None,
        actions_completed_on=done.get("actions_completed"),
    )
