"""Young people (reference, initials, dates: the least that starts a clock), their placements and their professionals."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from wellplaced.people.models import Authority, OwnPeriodQuerySet, Person
from wellplaced.register.models import Premises, Provision

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


# Said of a reference whose record the asker may not see: neither that there is one, nor that it is restricted
HELD_BACK = "This reference cannot be used here. Check it in Mosaic. If it is right, ask your manager what to do."


class YoungPersonQuerySet(models.QuerySet["YoungPerson"]):
    def seen_by(self, person: Person) -> YoungPersonQuerySet:
        """The authority's young people; a restricted record only by those named on it."""
        named = NamedOnRecord.objects.filter(person=person, young_person=models.OuterRef("pk"))
        return self.of(person.authority_id).filter(Q(restricted=False) | models.Exists(named))

    def of(self, authority_id: int | None) -> YoungPersonQuerySet:
        """All of an authority's young people, restricted ones included: for comparing files, never for a page."""
        return self.filter(authority=authority_id) if authority_id else self.none()


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
    if TYPE_CHECKING:
        placements: RelatedManager[Placement]
        professionals: RelatedManager[Professional]
        named: RelatedManager[NamedOnRecord]

    class Meta:
        ordering: ClassVar = ["reference"]
        verbose_name_plural = "young people"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority", "reference"], name="a_reference_means_one_young_person"),
        ]

    def __str__(self) -> str:
        return f"{self.initials} ({self.reference})"

    @property
    def young_person_id(self) -> int:
        """Whom an event about this record concerns, as the history asks for it."""
        return self.pk

    def age_on(self, day: date) -> int:
        """Full years on a day."""
        return day.year - self.born_on.year - ((day.month, day.day) < (self.born_on.month, self.born_on.day))

    def turns(self, years: int) -> date:
        """The day of a birthday; of somebody born on 29 February it is 1 March in other years."""
        try:
            return self.born_on.replace(year=self.born_on.year + years)
        except ValueError:
            return date(self.born_on.year + years, 3, 1)

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
        return self.filter(authority=authority_id) if authority_id else self.none()

    def with_local_names(self, authority_id: int | None) -> PlacementQuerySet:
        """Each with its provision, which knows what the authority calls it."""
        return self.prefetch_related(
            models.Prefetch("provision", queryset=Provision.objects.with_details_of(authority_id))
        )

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


class ProfessionalQuerySet(OwnPeriodQuerySet["Professional"]):
    def seen_by(self, person: Person) -> ProfessionalQuerySet:
        """Professionals of the young people whom the person may see."""
        return self.filter(young_person__in=YoungPerson.objects.seen_by(person))


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

    objects = ProfessionalQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["role", "starts_on"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="a_professional_ends_after_they_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.name}"


class TableLoadQuerySet(models.QuerySet["TableLoad"]):
    def seen_by(self, person: Person) -> TableLoadQuerySet:
        """That the authority's files were handed in, by whom, and how many rows they had."""
        return self.filter(authority=person.authority_id) if person.authority_id else self.none()

    def opened_by(self, person: Person) -> TableLoadQuerySet:
        """Files whose rows the person may read: those they handed in themselves, since a row may be of a restricted record."""
        return self.seen_by(person).filter(handed_in_by=person)


class TableLoad(models.Model):
    """One CSV file handed in at going live or later: compared, looked at by a person, then applied or left."""

    class State(models.TextChoices):
        COMPARED = "compared", "Waiting for your decision"
        APPLIED = "applied", "Loaded"
        LEFT = "left", "Not loaded"

    authority = models.ForeignKey(Authority, models.PROTECT)
    kind = models.CharField(max_length=20)  # a code of `loading.kinds`
    file_name = models.CharField(max_length=200)
    content = models.BinaryField(null=True)  # the file; once applied only its rows to mend; dropped once left
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=State, default=State.COMPARED)
    result = models.JSONField[Any, Any](default=dict)  # counts, lines from → to, problems (`loading.results`)
    handed_in_by = models.ForeignKey(Person, models.PROTECT)
    handed_in_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = TableLoadQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-handed_in_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["authority", "-handed_in_at"], name="table_load_of_authority")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="compared", decided_at=None) | (~Q(state="compared") & Q(decided_at__isnull=False)),
                name="a_decided_load_says_when",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("placements:load", args=[self.pk])
