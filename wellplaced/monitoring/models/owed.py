"""What is owed: rows computed from the facts by deadlines.py and by nothing else; `rebuild-deadlines` makes them anew."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from wellplaced.monitoring.models.scope import OwnQuerySet
from wellplaced.monitoring.models.visits import Visit
from wellplaced.people.models import Authority
from wellplaced.placements.models import Placement
from wellplaced.register.models import Judgement, Provision


class RequirementState(models.TextChoices):
    """The contract's states but 'overdue', which is a comparison of the due date with today."""

    OPEN = "open", "Open"
    BOOKED = "booked", "Booked"
    WAITING = "waiting", "Waiting for the action plan"
    DISCHARGED = "discharged", "Discharged"
    WAIVED = "waived", "Waived"
    SUPERSEDED = "superseded", "Superseded"
    LAPSED = "lapsed", "Lapsed"


OWED = [RequirementState.OPEN, RequirementState.BOOKED, RequirementState.WAITING]


class RequirementQuerySet(OwnQuerySet["Requirement"]):
    def owed(self) -> RequirementQuerySet:
        """Still to be done: open, booked or waiting, overdue ones among them."""
        return self.filter(state__in=OWED)

    def overdue(self, today: date) -> RequirementQuerySet:
        return self.owed().filter(due_on__lt=today)


class Requirement(models.Model):
    """One visit that is owed, or was (contract: timeframes.md, Requirements). `key` is stable, such as initial:412."""

    authority = models.ForeignKey(Authority, models.PROTECT)
    provision = models.ForeignKey(Provision, models.PROTECT, related_name="requirements")
    key = models.CharField(max_length=40)
    kind = models.CharField(max_length=12)  # initial, annual, concern, judgement
    clause = models.CharField(max_length=4)
    clock_event = models.CharField(max_length=30)
    clock_on = models.DateField(null=True)
    ideal_by = models.DateField(null=True)
    due_on = models.DateField(null=True)
    book_by = models.DateField(null=True)  # two weeks before it is due, so that C15 can be kept
    escalate_on = models.DateField(null=True)
    state = models.CharField(max_length=12, choices=RequirementState)
    in_time = models.BooleanField(null=True)
    fallback = models.CharField(max_length=8, blank=True)  # C4: needed, done or empty
    version = models.CharField(max_length=120)  # of the timeframes that counted it
    discharged_by = models.ForeignKey(Visit, models.SET_NULL, null=True, related_name="+", db_constraint=False)
    booked_by = models.ForeignKey(Visit, models.SET_NULL, null=True, related_name="+", db_constraint=False)
    placement = models.ForeignKey(Placement, models.PROTECT, null=True, related_name="requirements")
    deciding_judgement = models.ForeignKey(Judgement, models.PROTECT, null=True, related_name="+")

    objects = RequirementQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["authority", "state", "due_on"], name="requirement_due"),
            models.Index(fields=["authority", "due_on", "id"], name="requirement_by_due"),
            models.Index(fields=["authority", "provision", "state"], name="requirement_at_provision"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority", "provision", "key"], name="a_requirement_is_kept_once"),
            models.CheckConstraint(
                condition=Q(state__in=RequirementState.values), name="a_requirement_has_a_known_state"
            ),
        ]

    def __str__(self) -> str:
        return self.key

    def is_overdue(self, today: date) -> bool:
        return self.state in OWED and self.due_on is not None and self.due_on < today

    def get_absolute_url(self) -> str:
        return reverse("monitoring:requirement", args=[self.provision_id, self.key])


class PlanStep(models.Model):
    """R14: what the SQAO owes about an action plan: the request, the first and the second chase."""

    authority = models.ForeignKey(Authority, models.PROTECT)
    provision = models.ForeignKey(Provision, models.PROTECT, related_name="plan_steps")
    judgement = models.ForeignKey(Judgement, models.PROTECT, related_name="plan_steps")
    step = models.CharField(max_length=24)
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    clock_event = models.CharField(max_length=30)
    clock_on = models.DateField()
    version = models.CharField(max_length=120)

    objects = OwnQuerySet["PlanStep"].as_manager()

    class Meta:
        ordering: ClassVar = ["due_on", "pk"]
        indexes: ClassVar = [models.Index(fields=["authority", "done_on", "due_on"], name="plan_step_due")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority", "judgement", "step"], name="a_plan_step_is_kept_once"),
        ]

    def __str__(self) -> str:
        return self.step


class StepState(models.TextChoices):
    """The contract's states of a visit's step but 'overdue', which is a comparison of the due date with today."""

    DONE = "done", "Done"
    SET_ASIDE = "set_aside", "Set aside"
    WAITING = "waiting", "Waiting"
    OPEN = "open", "Open"


class StepQuerySet(OwnQuerySet["Step"]):
    def live(self) -> StepQuerySet:
        """Of visits that are booked or were held and are not closed: nobody works on the others."""
        return self.filter(visit__state__in=["booked", "held"], visit__closed_on=None)

    def open(self) -> StepQuerySet:
        """The clock runs, overdue ones among them."""
        return self.filter(state=StepState.OPEN)

    def overdue(self, today: date) -> StepQuerySet:
        return self.open().filter(due_on__lt=today)


class Step(models.Model):
    """One step of a visit, from the letter to Mosaic, as the guidance answers it (contract: Steps of a visit)."""

    authority = models.ForeignKey(Authority, models.PROTECT)
    provision = models.ForeignKey(Provision, models.PROTECT, related_name="visit_steps")
    visit = models.ForeignKey(Visit, models.CASCADE, related_name="steps", db_constraint=False)
    step = models.CharField(max_length=24)
    recipient = models.CharField(max_length=24, blank=True)  # of comment_received: a recipient's key
    position = models.PositiveSmallIntegerField()  # in the order of the contract
    clause = models.CharField(max_length=4)
    owner = models.CharField(max_length=40)  # la_representative, sqao, provider …; of comment_received the recipient
    clock_event = models.CharField(max_length=30)
    clock_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=StepState)
    in_time = models.BooleanField(null=True)
    short_notice = models.BooleanField(default=False)
    version = models.CharField(max_length=120)

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["position"]
        indexes: ClassVar = [
            models.Index(fields=["authority", "state", "due_on"], name="visit_step_due"),
            models.Index(fields=["authority", "provision"], name="visit_step_at_provision"),
            models.Index(fields=["authority", "due_on", "visit", "position", "id"], name="visit_step_by_due"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visit", "step", "recipient"], name="a_step_of_a_visit_is_kept_once"),
            models.CheckConstraint(condition=Q(state__in=StepState.values), name="a_step_has_a_known_state"),
        ]

    def __str__(self) -> str:
        return f"{self.step}:{self.recipient}" if self.recipient else self.step

    def is_overdue(self, today: date) -> bool:
        return self.state == StepState.OPEN and self.due_on is not None and self.due_on < today

    def get_absolute_url(self) -> str:
        return reverse("monitoring:step", args=[self.visit_id, str(self)])


class Refreshed(models.Model):
    """When an authority's rows at a provision were computed, and the day on which they change by time alone."""

    authority = models.ForeignKey(Authority, models.PROTECT)
    provision = models.ForeignKey(Provision, models.PROTECT)
    refreshed_on = models.DateField()
    changes_on = models.DateField(null=True, db_index=True)
    pruned = models.BooleanField(
        default=False
    )  # a recorded entry no longer fits the shared register and is not counted
    counted_by = models.CharField(max_length=16, default="")  # the edition of the code that counted: see counted_by.py

    objects = OwnQuerySet["Refreshed"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority", "provision"], name="a_provision_is_refreshed_as_one"),
        ]

    def __str__(self) -> str:
        return f"refreshed on {self.refreshed_on}"
