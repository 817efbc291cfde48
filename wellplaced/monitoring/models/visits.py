"""A visit: booked for a day by an approved officer (C11, C12), what is to be seen and was, what it discharges (R13)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from wellplaced.monitoring.models.scope import OwnQuerySet
from wellplaced.people.models import Authority, Person
from wellplaced.register.models import Premises, Provision

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class VisitState(models.TextChoices):
    """A proposed visit is none yet: it books nothing and has no steps until the provider has confirmed the day."""

    PROPOSED = "proposed", "Proposed"
    BOOKED = "booked", "Booked"
    HELD = "held", "Held"
    NOT_HELD = "not_held", "Could not be held"
    CANCELLED = "cancelled", "Cancelled"


class Outcome(models.TextChoices):
    """What became of the day (C16). Refused and aborted visits were not held; one to a home where nobody lives was."""

    HELD = "held", "It took place"
    NOBODY_LIVING_THERE = "nobody_living_there", "It took place, and no young person lives there"
    REFUSED = "refused", "Refused at the door"
    ABORTED = "aborted", "Broken off, or nobody was in"


class Visit(models.Model):
    """One visit of an officer to a provision. `whole_form`: a concern visit that covered the whole form (R5)."""

    authority = models.ForeignKey(Authority, models.PROTECT)
    provision = models.ForeignKey(Provision, models.PROTECT, related_name="visits")
    officer = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="visits")
    officer_name = models.CharField(
        max_length=120, blank=True
    )  # of a past visit loaded at going live, by whom it was made
    booked_on = models.DateField()
    visit_on = models.DateField()
    visit_at = models.TimeField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=VisitState, default=VisitState.BOOKED)
    state_because = models.CharField(max_length=300, blank=True)  # why it was cancelled or could not be held
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    late_because = models.CharField(max_length=300, blank=True)  # why it was booked past the due date
    short_notice_because = models.CharField(max_length=300, blank=True)  # why with less than two weeks' notice (R8)
    unannounced_because = models.CharField(max_length=300, blank=True)  # why the provider is not told; empty: announced
    reviewer = models.ForeignKey(  # the senior officer (SQAO) who reviews the report: never the one who visits
        Person, models.PROTECT, null=True, blank=True, related_name="reviews"
    )
    actions_named = models.PositiveSmallIntegerField(null=True, blank=True)  # by the first return (C19); null before
    closed_on = models.DateField(null=True, blank=True)  # after the upload (C23)
    whole_form = models.BooleanField(default=False)
    to_see = models.ManyToManyField(Premises, blank=True, related_name="visits_to_come")  # the plan
    premises = models.ManyToManyField(Premises, blank=True, related_name="visits")  # what was seen on the day
    note = models.TextField(blank=True)
    loaded = models.BooleanField(default=False)  # came in from a file at going live
    revision = models.PositiveIntegerField(default=0)

    objects = OwnQuerySet["Visit"].as_manager()
    if TYPE_CHECKING:
        discharges: RelatedManager[VisitDischarge]

    class Meta:
        ordering: ClassVar = ["visit_on", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["authority", "provision", "visit_on"], name="visit_at_provision"),
            models.Index(fields=["authority", "officer", "state", "visit_on"], name="visit_of_officer"),
            models.Index(fields=["authority", "-visit_on", "id"], name="visit_by_day"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(booked_on__lte=F("visit_on")), name="a_visit_is_booked_before_it_takes_place"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "booked", "held"]) | ~Q(state_because=""),
                name="a_visit_not_made_says_why",
            ),
            models.CheckConstraint(
                condition=Q(officer__isnull=False) | ~Q(officer_name=""), name="a_visit_says_who_makes_it"
            ),
            models.CheckConstraint(
                condition=Q(reviewer=None) | Q(officer=None) | ~Q(reviewer=F("officer")),
                name="nobody_reviews_their_own_visit",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(state="held"), name="only_a_visit_that_was_held_is_closed"
            ),
        ]

    def __str__(self) -> str:
        return f"Visit on {self.visit_on.day} {self.visit_on:%B %Y}"

    @property
    def by_whom(self) -> str:
        return self.officer.name if self.officer else self.officer_name

    @property
    def is_announced(self) -> bool:
        return not self.unannounced_because

    def get_absolute_url(self) -> str:
        return reverse("desk:visit", args=[self.pk])


class VisitDischarge(models.Model):
    """A requirement, by its stable key, that a visit is to discharge."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="discharges")
    key = models.CharField(max_length=40)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visit", "key"], name="a_visit_names_a_requirement_once")
        ]

    def __str__(self) -> str:
        return self.key
