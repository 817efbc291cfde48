"""Tasks agreed (C17), by whom, by when, about whom: what the guidance calls outstanding actions."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from wellplaced.monitoring.models.facts import Own
from wellplaced.monitoring.models.scope import OwnQuerySet
from wellplaced.monitoring.models.visits import Visit
from wellplaced.people.models import Person
from wellplaced.placements.models import YoungPerson


class TaskQuerySet(OwnQuerySet["Task"]):
    def seen_by(self, person: Person) -> TaskQuerySet:
        """The authority's tasks; one about a restricted record only by those named on it."""
        named_on = YoungPerson.objects.seen_by(person).filter(restricted=True)
        is_open = Q(young_person=None) | Q(young_person__restricted=False) | Q(young_person__in=named_on.values("pk"))
        return self.of(person.authority_id).filter(is_open)  # type: ignore[no-any-return]


class Task(Own):
    """What the guidance calls an outstanding action: what somebody must do, by when, and that it was done."""

    class Owner(models.TextChoices):
        PROVIDER = "provider", "The provider"
        OFFICER = "officer", "The placement officer"
        SENIOR_OFFICER = "senior_officer", "The senior officer"
        CSW = "csw", "The children's social worker"
        IRO = "iro", "The independent reviewing officer"
        SENO = "seno", "The SEN officer"
        OTHER = "other", "Somebody else"

    visit = models.ForeignKey(Visit, models.PROTECT, null=True, blank=True, related_name="tasks")
    young_person = models.ForeignKey(  # whom it is about, where it is about one: their record restricted, so is this
        YoungPerson, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reference = models.CharField(max_length=60, blank=True)  # of the file that it came from
    what = models.TextField()
    owner = models.CharField(max_length=16, choices=Owner)
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    finding = models.CharField(max_length=300, blank=True)  # from which finding of the visit it comes
    evidence = models.TextField(blank=True)
    verified_on = models.DateField(null=True, blank=True)
    verified_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    revision = models.PositiveIntegerField(default=0)

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = [F("due_on").asc(nulls_last=True), "pk"]
        indexes: ClassVar = [models.Index(fields=["authority", "done_on", "due_on"], name="task_due")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority", "reference"], condition=~Q(reference=""), name="a_task_reference_means_one_task"
            ),
            models.CheckConstraint(
                condition=Q(verified_on=None, verified_by=None)
                | Q(verified_on__isnull=False, verified_by__isnull=False, done_on__isnull=False),
                name="a_task_verified_is_done_and_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.what[:60]

    def get_absolute_url(self) -> str:
        return reverse("monitoring:task", args=[self.pk])
