"""Young people (reference, initials, dates: the least that starts a clock), their placements and their professionals."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from wellplaced.people.models import Authority, PeriodQuerySet, Person
from wellplaced.register.models import Premises, Provision


class YoungPersonQuerySet(models.QuerySet["YoungPerson"]):
    def seen_by(self, person: Person) -> YoungPersonQuerySet:
        """The authority's young people; a restricted record only by those named on it."""
        named = NamedOnRecord.objects.filter(person=person, young_person=models.OuterRef("pk"))
        own = self.filter(authority_id=person.authority_id)
        return own.filter(Q(restricted=False) | models.Exists(named))


class YoungPerson(models.Model):
    """A child or young person of the authority: no name is kept."""

    authority = models.ForeignKey(Authority, models.PROTECT)
    reference = models.CharField(max_length=40)  # the Mosaic person id
    initials = models.CharField(max_length=6)
    born_on = models.DateField()
    has_ehc_plan = models.BooleanField(default=False)
    restricted = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=0)

    objects = YoungPersonQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["reference"]
        verbose_name_plural = "young people"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority", "reference"], name="a_reference_means_one_young_person"),
        ]

    def __str__(self) -> str:
        return f"{self.initials} ({self.reference})"

    def age_on(self, day: date) -> int:
        """Full years on a day."""
        return day.year - self.born_on.year - ((day.month, day.day) < (self.born_on.month, self.born_on.day))

    def get_absolute_url(self) -> str:
        return reverse("placements:young_person", args=[self.pk])


class NamedOnRecord(models.Model):
    """Somebody who may see a restricted record."""

    young_person = models.ForeignKey(YoungPerson, models.CASCADE, related_name="named")
    person = models.ForeignKey(Person, models.PROTECT)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["young_person", "person"], name="a_person_is_named_once_on_a_record"),
        ]

    def __str__(self) -> str:
        return f"{self.person} may see {self.young_person}"


class PlacementQuerySet(models.QuerySet["Placement"]):
    def seen_by(self, person: Person) -> PlacementQuerySet:
        """Placements of the young people whom the person may see."""
        return self.filter(young_person__in=YoungPerson.objects.seen_by(person).values("pk"))

    def of(self, authority_id: int | None) -> PlacementQuerySet:
        """All of an authority's placements, restricted ones included: for counting what is owed, never for a page."""
        return self.filter(authority_id=authority_id)

    def current_on(self, day: date) -> PlacementQuerySet:
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day, cancelled=False)


class Placement(models.Model):
    """A young person at a provision, in 16+ supported accommodation at premises, from and until (both included)."""

    authority = models.ForeignKey(Authority, models.PROTECT)
    young_person = models.ForeignKey(YoungPerson, models.PROTECT, related_name="placements")
    provision = models.ForeignKey(Provision, models.PROTECT, related_name="placements")
    premises = models.ForeignKey(Premises, models.PROTECT, null=True, blank=True, related_name="placements")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    cancelled = models.BooleanField(default=False)
    cancelled_because = models.CharField(max_length=200, blank=True)
    recorded_on = models.DateField()  # the day of entry: later than the start for a placement after the fact
    revision = models.PositiveIntegerField(default=0)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["starts_on", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["authority", "provision", "starts_on"], name="placement_at_provision"),
            models.Index(fields=["authority", "-starts_on"], name="placement_of_authority"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="a_placement_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(cancelled=False) | ~Q(cancelled_because=""), name="a_cancelled_placement_says_why"
            ),
            models.UniqueConstraint(
                fields=["young_person", "provision", "starts_on"],
                condition=Q(cancelled=False),
                name="a_young_person_starts_once_a_day_at_a_provision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.young_person} from {self.starts_on}"


class ProfessionalRole(models.TextChoices):
    CSW = "csw", "Children's social worker (CSW)"
    IRO = "iro", "Independent reviewing officer (IRO)"
    SENO = "seno", "SEN officer (SENO)"


class Professional(models.Model):
    """A young person's CSW, IRO or SENO, from and until."""

    authority = models.ForeignKey(Authority, models.PROTECT)
    young_person = models.ForeignKey(YoungPerson, models.PROTECT, related_name="professionals")
    role = models.CharField(max_length=6, choices=ProfessionalRole)
    name = models.CharField(max_length=120)
    email = models.EmailField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["role", "starts_on"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="a_professional_ends_after_they_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.name}"
