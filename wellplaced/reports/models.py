"""The report of a visit: its documents, the rounds of its review, comments, what went to Mosaic."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from wellplaced.monitoring.models import Recipient, Task
from wellplaced.monitoring.models.scope import OwnQuerySet
from wellplaced.monitoring.models.steps import OfVisit
from wellplaced.monitoring.models.visits import Visit
from wellplaced.people.models import Person
from wellplaced.placements.models import YoungPerson


class ReportState(models.TextChoices):
    """Where the report stands; `moves.py` says what leads from one to the next."""

    DRAFTING = "drafting", "Being written"
    WITH_REVIEWER = "with_reviewer", "With the senior officer"
    ACTIONS_NEEDED = "actions_needed", "Returned with tasks"
    ACTIONS_DONE = "actions_done", "Tasks done"
    AGREED = "agreed", "Agreed"
    OUT_FOR_COMMENT = "out_for_comment", "Out for comment"
    CLOSED = "closed", "Closed"


class Report(OfVisit):
    """One report a visit, made with its first document or move."""

    visit = models.OneToOneField(Visit, models.PROTECT, related_name="report")
    state = models.CharField(max_length=16, choices=ReportState, default=ReportState.DRAFTING)
    recalled_on = models.DateField(null=True, blank=True)  # since when it is not out any more; empty once it goes again
    revision = models.PositiveIntegerField(default=0)

    objects = OwnQuerySet["Report"].as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority", "state"], name="report_by_state")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=ReportState.values), name="a_report_has_a_known_state"),
        ]

    def __str__(self) -> str:
        return f"Report of {self.visit}"


class Document(OfVisit):
    """A version of the completed form, as it was uploaded; never changed, never deleted but by disposal.

    `name` is the file's name on the officer's machine: kept for them, never used in an address or a download.
    """

    class Kind(models.TextChoices):
        WORD = "word", "Word"
        PDF = "pdf", "PDF"

    class Scan(models.TextChoices):
        NOT_SCANNED = "not_scanned", "Not scanned"
        CLEAN = "clean", "Scanned, nothing found"

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="documents")
    number = models.PositiveSmallIntegerField()  # the version, from 1
    kind = models.CharField(max_length=4, choices=Kind)
    name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    scan = models.CharField(max_length=12, choices=Scan, default=Scan.NOT_SCANNED)
    note = models.CharField(max_length=300, blank=True)
    uploaded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    objects = OwnQuerySet["Document"].as_manager()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visit", "number"], name="a_version_of_a_report_has_its_number"),
            models.UniqueConstraint(fields=["visit", "sha256"], name="the_same_file_is_kept_once_a_visit"),
        ]

    def __str__(self) -> str:
        return f"Version {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("reports:document", args=[self.visit_id, self.number])

    @property
    def size_in_words(self) -> str:
        """'340 KB', '2.4 MB'."""
        return f"{self.size / 1_000_000:.1f} MB" if self.size >= 1_000_000 else f"{max(1, self.size // 1_000)} KB"


class DocumentContent(models.Model):
    """The bytes of a document, apart from its row, so that a list of versions does not read them."""

    document = models.OneToOneField(Document, models.CASCADE, related_name="content")
    content = models.BinaryField()

    def __str__(self) -> str:
        return f"Content of {self.document}"


class Round(OfVisit):
    """One passage of the report to the senior officer and back; the first one's days count for the contract."""

    class Outcome(models.TextChoices):
        AGREED = "agreed", "Agreed, nothing to do"
        ACTIONS = "actions", "Returned with tasks"
        TAKEN_BACK = "taken_back", "Taken back by the officer"

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    reviewer = models.ForeignKey(Person, models.PROTECT, related_name="+")  # to whom it was submitted
    submitted_on = models.DateField()
    submitted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    submitted_note = models.TextField(blank=True)
    sent_otherwise_because = models.CharField(max_length=300, blank=True)  # why the form goes another way than by here
    due_on = models.DateField(null=True, blank=True)  # of the return; of the first, the step's day counts
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    returned_on = models.DateField(null=True, blank=True)
    returned_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    actions_completed_on = models.DateField(null=True, blank=True)
    tasks = models.ManyToManyField(Task, blank=True, related_name="rounds")
    revision = models.PositiveIntegerField(default=0)

    objects = OwnQuerySet["Round"].as_manager()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visit", "number"], name="a_round_has_its_number"),
            models.UniqueConstraint(
                fields=["visit"], condition=Q(outcome=""), name="one_round_of_a_visit_is_open_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", returned_on=None, returned_by=None)
                | ~Q(outcome="") & Q(returned_on__isnull=False, returned_by__isnull=False),
                name="a_return_says_who_when_and_how",
            ),
            models.CheckConstraint(
                condition=Q(returned_on=None) | Q(returned_on__gte=F("submitted_on")),
                name="a_report_is_returned_after_it_was_submitted",
            ),
            models.CheckConstraint(
                condition=Q(document=None) ^ Q(sent_otherwise_because=""),
                name="a_round_has_a_document_or_says_how_the_form_goes",
            ),
        ]

    def __str__(self) -> str:
        return f"Round {self.number}"


class ReviewComment(models.Model):
    """What the senior officer says about one heading of the report, in a return."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="comments")
    heading = models.CharField(max_length=120)
    text = models.TextField()

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.heading


class Comment(OfVisit):
    """C22: what a recipient answered: a comment, or that they have none; the officer's answer to it. Late ones are added."""

    class Kind(models.TextChoices):
        COMMENT = "comment", "A comment"
        NO_COMMENT = "no_comment", "No comment"

    class Reply(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        NOT_ACCEPTED = "not_accepted", "Not accepted"

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="comments")
    recipient = models.ForeignKey(Recipient, models.PROTECT, related_name="comments")
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.TextField(blank=True)
    received_on = models.DateField()
    reply = models.CharField(max_length=12, choices=Reply, blank=True)
    reply_because = models.TextField(blank=True)
    replied_on = models.DateField(null=True, blank=True)
    replied_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    taken_back_because = models.CharField(max_length=300, blank=True)  # kept, and counts for nothing
    revision = models.PositiveIntegerField(default=0)

    objects = OwnQuerySet["Comment"].as_manager()

    class Meta:
        ordering: ClassVar = ["received_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind="no_comment", text="") | Q(kind="comment") & ~Q(text=""),
                name="a_comment_says_something",
            ),
            models.CheckConstraint(
                condition=Q(reply="", replied_on=None, replied_by=None)
                | ~Q(reply="") & Q(replied_on__isnull=False, replied_by__isnull=False),
                name="a_reply_says_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.recipient}"

    @property
    def young_person_id(self) -> int | None:
        """Whom the history takes this to be about, so that it hides a comment about a restricted record."""
        return self.recipient.young_person_id


class MosaicUpload(OfVisit):
    """C23: what was uploaded onto Mosaic, once for the provision (no young person) and once for each young person.

    Nothing counts as uploaded without Mosaic's reference, or a reason why there is nothing to upload.
    """

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="uploads")
    young_person = models.ForeignKey(YoungPerson, models.PROTECT, null=True, blank=True, related_name="+")
    report = models.BooleanField(default=False)
    comments = models.BooleanField(default=False)
    tasks = models.BooleanField(default=False)
    reference = models.CharField(max_length=60, blank=True)
    missing_because = models.CharField(max_length=300, blank=True)  # why a part of it was not uploaded
    none_because = models.CharField(max_length=300, blank=True)
    uploaded_on = models.DateField()
    uploaded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField(default=0)

    objects = OwnQuerySet["MosaicUpload"].as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["visit", "young_person"], name="a_visit_is_uploaded_once_for_a_young_person"
            ),
            models.UniqueConstraint(
                fields=["visit"], condition=Q(young_person=None), name="a_visit_is_uploaded_once_for_the_provision"
            ),
            models.CheckConstraint(
                condition=Q(reference="") ^ Q(none_because=""), name="an_upload_has_a_reference_or_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(missing_because="") | ~Q(reference=""),
                name="a_part_is_missing_from_an_upload_that_was_made",
            ),
        ]

    def __str__(self) -> str:
        return self.reference or self.none_because
