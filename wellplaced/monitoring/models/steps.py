"""What was done around a visit: steps done or set aside, who gets the document for comment (C13 to C23)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wellplaced.monitoring.models.scope import OwnQuerySet
from wellplaced.monitoring.models.visits import Visit
from wellplaced.people.models import Authority, Person
from wellplaced.placements.models import Professional, YoungPerson


class OfVisit(models.Model):
    """What belongs to one visit of one authority."""

    authority = models.ForeignKey(Authority, models.PROTECT)
    visit = models.ForeignKey(Visit, models.PROTECT)

    class Meta:
        abstract = True

    @property
    def provision_id(self) -> int:
        """For the history, by whose listener the visit's provision is refreshed."""
        return self.visit.provision_id


class StepRecord(OfVisit):
    """A step that somebody says was done, on the real day, or that they set aside with a reason (contract: `done`)."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="step_records")
    step = models.CharField(max_length=24)  # an id of the contract, but for visit_held and comment_received
    done_on = models.DateField(null=True, blank=True)
    done_by = models.CharField(max_length=120, blank=True)  # who did it, where that is not whoever recorded it
    set_aside_because = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_on = models.DateField()
    revision = models.PositiveIntegerField(default=0)

    objects = OwnQuerySet["StepRecord"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visit", "step"], name="a_step_of_a_visit_is_recorded_once"),
            models.CheckConstraint(
                condition=Q(done_on=None) ^ Q(set_aside_because=""), name="a_step_is_done_or_set_aside_with_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(step__in=["visit_held", "comment_received"]), name="these_two_steps_follow_from_facts"
            ),
        ]

    def __str__(self) -> str:
        return self.step


class Recipient(OfVisit):
    """Somebody who gets the document for comment (C21), or does not, with the reason; `answered_on`: the first answer.

    `key` is the contract's recipient, such as csw:12 or provider: once a visit, kept for good.
    """

    class Role(models.TextChoices):
        CSW = "csw", "Children's social worker"
        IRO = "iro", "Independent reviewing officer"
        SENO = "seno", "SEN officer"
        PROVIDER = "provider", "The provider"

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="recipients")
    key = models.CharField(max_length=24)
    role = models.CharField(max_length=8, choices=Role)
    professional = models.ForeignKey(Professional, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    young_people = models.ManyToManyField(YoungPerson, blank=True, related_name="+")
    position = models.PositiveSmallIntegerField()
    left_out_because = models.CharField(max_length=300, blank=True)  # why they do not get it; empty: they get it
    answered_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = OwnQuerySet["Recipient"].as_manager()

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visit", "key"], name="a_recipient_of_a_visit_is_named_once"),
            models.CheckConstraint(
                condition=Q(answered_on=None) | Q(left_out_because=""), name="only_somebody_who_got_it_answers"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def young_person_id(self) -> int | None:
        """Whom the history takes this to be about, so that it hides what concerns a restricted record."""
        return self.young_people.order_by("-restricted", "reference").values_list("pk", flat=True).first()
