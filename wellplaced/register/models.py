"""What Ofsted and the operator keep, shared by all authorities; and beside it what one authority knows of a provision."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from wellplaced.people.models import Authority, Person, ProvisionType
from wellplaced.people.rights import Permission

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class Provider(models.Model):
    """The organisation that owns provisions. `matched_name` is its name as compared: lower case, plain letters, no 'ltd'."""

    name = models.CharField(max_length=255)
    matched_name = models.CharField(max_length=255, unique=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Inspectorate(models.TextChoices):
    OFSTED = "ofsted", "Ofsted"
    ISI = "isi", "Independent Schools Inspectorate"
    CIW = "ciw", "Care Inspectorate Wales"
    CARE_INSPECTORATE = "care_inspectorate", "Care Inspectorate (Scotland)"
    NONE = "none", "None"


class ProvisionQuerySet(models.QuerySet["Provision"]):
    def seen_by(self, person: Person) -> ProvisionQuerySet:
        """The shared register, and what the person's own authority entered by hand."""
        return self.filter(Q(entered_by=None) | Q(entered_by=person.authority_id))

    def with_details_of(self, authority_id: int | None) -> ProvisionQuerySet:
        """Each with what this authority typed about it, as `own_details` (a list of none or one), in one more query."""
        own = LocalDetails.objects.filter(authority=authority_id)
        return self.prefetch_related(models.Prefetch("local_details", queryset=own, to_attr="own_details"))


class Provision(models.Model):
    """A home, an agency, a supported accommodation service or a school, with a history of registrations."""

    type = models.CharField(max_length=30, choices=ProvisionType)
    provider = models.ForeignKey(Provider, models.PROTECT, null=True, blank=True, related_name="provisions")
    name = models.CharField(max_length=255, blank=True)  # empty where Ofsted redacts it
    address = models.TextField(blank=True)
    postcode = models.CharField(max_length=12, blank=True)
    local_authority = models.CharField(max_length=120, blank=True)  # where it is, in Ofsted's words
    region = models.CharField(max_length=120, blank=True)
    sector = models.CharField(max_length=60, blank=True)
    places = models.PositiveIntegerField(null=True, blank=True)
    inspectorate = models.CharField(max_length=20, choices=Inspectorate, default=Inspectorate.OFSTED)
    entered_by = models.ForeignKey(Authority, models.PROTECT, null=True, blank=True)  # by hand: that authority's own
    public_premises = models.JSONField[Any, Any](
        default=list, blank=True
    )  # counts of the premises sheet, without addresses
    # The registration that counts and the judgement in force, kept beside for lists (register.standing sets them)
    urn = models.CharField(max_length=8, blank=True, db_index=True)
    status = models.CharField(max_length=20, blank=True)
    outcome = models.CharField(max_length=30, blank=True)
    judged_on = models.DateField(null=True, blank=True)
    search_text = models.TextField(blank=True)  # lower case: names, owner, URN, place
    revision = models.PositiveIntegerField(default=0)

    objects = ProvisionQuerySet.as_manager()
    if TYPE_CHECKING:
        registrations: RelatedManager[Registration]
        judgements: RelatedManager[Judgement]
        premises: RelatedManager[Premises]

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["type", "id"], name="provision_type"),
            models.Index(fields=["local_authority", "id"], name="provision_place"),
            models.Index(fields=["outcome", "id"], name="provision_outcome"),
            models.Index(fields=["name", "id"], name="provision_name"),
        ]

    def __str__(self) -> str:
        return self.known_as

    @property
    def authority_id(self) -> int | None:
        """Whose record it is, as the history asks: none for the shared register."""
        return self.entered_by_id

    @property
    def provision_id(self) -> int:
        """The provision that an event about this record concerns, as the history asks."""
        return self.pk

    @property
    def details(self) -> LocalDetails | None:
        """What the asking authority typed (only after `with_details_of`)."""
        own = getattr(self, "own_details", None)
        return own[0] if own else None

    @property
    def known_as(self) -> str:
        """The name that the authority typed, else the public one, else type and URN."""
        typed = self.details.name if self.details else ""
        return typed or self.name or f"{self.get_type_display()} {self.urn or self.pk}"

    @property
    def standing_warning(self) -> str:
        """Why nobody should be placed here without asking; empty where there is no reason."""
        if self.status in CLOSED_STATUSES:
            return f"Registration {RegistrationStatus(self.status).label.lower()}"
        if self.status == RegistrationStatus.SUSPENDED:
            return "Registration suspended"
        needs_ofsted = self.inspectorate == Inspectorate.OFSTED and self.type != ProvisionType.SEN
        return "Not registered with Ofsted" if needs_ofsted and not self.urn else ""

    def get_absolute_url(self) -> str:
        return reverse("desk:provision", args=[self.pk])


class RegistrationStatus(models.TextChoices):
    ACTIVE = "active", "Active"
    SUSPENDED = "suspended", "Suspended"
    RESIGNED = "resigned", "Resigned"
    CANCELLED = "cancelled", "Cancelled"
    CLOSED = "closed", "Closed"


CLOSED_STATUSES = {RegistrationStatus.RESIGNED, RegistrationStatus.CANCELLED, RegistrationStatus.CLOSED}


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def seen_by(self, person: Person) -> RegistrationQuerySet:
        """All of them: registrations are shared."""
        return self.filter(provision__in=Provision.objects.seen_by(person))

    def left(self) -> RegistrationQuerySet:
        """Those that a later full file no longer lists, for a person to look at."""
        return self.exclude(left_marked_on=None)


class Registration(models.Model):
    """One registration with Ofsted: URN, from, to. A re-registered home has several; judgements belong to one."""

    provision = models.ForeignKey(Provision, models.PROTECT, related_name="registrations")
    urn = models.CharField(max_length=8, unique=True)
    linked_education_urn = models.CharField(max_length=10, blank=True)
    ofsted_type = models.CharField(max_length=120)  # Ofsted's words for the type
    status = models.CharField(max_length=20, choices=RegistrationStatus, default=RegistrationStatus.ACTIVE)
    registered_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    as_at = models.DateField(null=True, blank=True)  # of the newest file that spoke of it
    left_marked_on = models.DateField(
        null=True, blank=True
    )  # a later full file no longer lists it: for a person to look at
    revision = models.PositiveIntegerField(default=0)

    objects = RegistrationQuerySet.as_manager()

    def __str__(self) -> str:
        return self.urn


class Scale(models.TextChoices):
    FOUR_POINT = "four_point", "Four-point scale"
    SUPPORTED_ACCOMMODATION = "supported_accommodation", "Supported accommodation outcomes"
    NOT_JUDGED = "not_judged", "Not judged"


class Outcome(models.TextChoices):
    OUTSTANDING = "outstanding", "Outstanding"
    GOOD = "good", "Good"
    REQUIRES_IMPROVEMENT = "requires_improvement", "Requires improvement to be good"
    INADEQUATE = "inadequate", "Inadequate"
    CONSISTENTLY_STRONG = "consistently_strong", "Consistently strong service delivery"
    INCONSISTENT = "inconsistent", "Inconsistent quality of service delivery"
    SERIOUS_WEAKNESSES = "serious_weaknesses", "Serious or widespread weaknesses"
    NOT_JUDGED = "not_judged", "Not judged"


GRADED = [Outcome.OUTSTANDING, Outcome.GOOD, Outcome.REQUIRES_IMPROVEMENT, Outcome.INADEQUATE]
NEEDS_ACTION_PLAN = [Outcome.REQUIRES_IMPROVEMENT, Outcome.INADEQUATE]


class JudgementQuerySet(models.QuerySet["Judgement"]):
    def seen_by(self, person: Person) -> JudgementQuerySet:
        """Those of the shared register, and those that the person's own authority entered."""
        return self.filter(Q(entered_by=None) | Q(entered_by=person.authority_id))


class Judgement(models.Model):
    """What an inspection concluded. `words` are Ofsted's own, where an older scale said it otherwise."""

    provision = models.ForeignKey(Provision, models.PROTECT, related_name="judgements")
    registration = models.ForeignKey(Registration, models.PROTECT, null=True, blank=True, related_name="judgements")
    event_number = models.CharField(max_length=20, blank=True)
    event_type = models.CharField(max_length=80, blank=True)
    scale = models.CharField(max_length=30, choices=Scale)
    outcome = models.CharField(max_length=30, choices=Outcome)
    words = models.CharField(max_length=120, blank=True)
    inspected_on = models.DateField(null=True, blank=True)
    published_on = models.DateField()
    parts = models.JSONField[Any, Any](default=dict, blank=True)  # the sub-judgements, in Ofsted's words
    entered_by = models.ForeignKey(Authority, models.PROTECT, null=True, blank=True)  # of a provision entered by hand
    revision = models.PositiveIntegerField(default=0)

    objects = JudgementQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["published_on", "pk"]
        indexes: ClassVar = [models.Index(fields=["provision", "published_on"], name="judgement_at_provision")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["registration", "event_number"],
                condition=~Q(event_number=""),
                name="an_inspection_event_is_held_once_a_registration",
            ),
            models.CheckConstraint(
                condition=Q(inspected_on=None) | Q(published_on__gte=F("inspected_on")),
                name="a_judgement_is_published_after_the_inspection",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}, published {self.published_on}"

    @property
    def authority_id(self) -> int | None:
        """Whose record it is, as the history asks: none for the shared register."""
        return self.entered_by_id


class PremisesKind(models.TextChoices):
    SHARED_HOUSE = "shared_house", "Shared house"
    FLAT = "flat", "Individual flat"


class PremisesQuerySet(models.QuerySet["Premises"]):
    def seen_by(self, person: Person) -> PremisesQuerySet:
        return self.filter(authority=person.authority_id)


class Premises(models.Model):
    """A shared house or a flat of 16+ supported accommodation, as one authority knows it (the public file has none)."""

    authority = models.ForeignKey(Authority, models.PROTECT)
    provision = models.ForeignKey(Provision, models.PROTECT, related_name="premises")
    label = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=PremisesKind)
    address = models.TextField(blank=True)
    postcode = models.CharField(max_length=12, blank=True)
    capacity = models.PositiveIntegerField(null=True, blank=True)
    category = models.CharField(max_length=20, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = PremisesQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["label"]
        verbose_name_plural = "premises"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority", "provision", "label"], name="premises_have_one_label_each"),
        ]

    def __str__(self) -> str:
        return self.label


class LocalDetailsQuerySet(models.QuerySet["LocalDetails"]):
    def seen_by(self, person: Person) -> LocalDetailsQuerySet:
        return self.filter(authority=person.authority_id)


class LocalDetails(models.Model):
    """What one authority knows of a provision: the name and address that Ofsted redacts, its alias, the contract."""

    authority = models.ForeignKey(Authority, models.PROTECT)
    provision = models.ForeignKey(Provision, models.PROTECT, related_name="local_details")
    name = models.CharField(max_length=255, blank=True)
    alias = models.CharField(max_length=120, blank=True)  # what the authority's own systems call it
    address = models.TextField(blank=True)
    postcode = models.CharField(max_length=12, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    notes = models.TextField(blank=True)
    under_contract_from = models.DateField(null=True, blank=True)
    from_list_on = models.DateField(null=True, blank=True)  # as at, of the confidential list that filled it
    search_text = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = LocalDetailsQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "local details"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority", "provision"], name="an_authority_describes_a_provision_once"),
            models.UniqueConstraint(
                fields=["authority", "alias"], condition=~Q(alias=""), name="an_alias_means_one_provision"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.alias or str(self.provision_id)

    def is_under_contract(self, day: date) -> bool:
        return self.under_contract_from is not None and self.under_contract_from <= day


class RegisterImportQuerySet(models.QuerySet["RegisterImport"]):
    def seen_by(self, person: Person) -> RegisterImportQuerySet:
        """An authority's own lists, by who may load them; Ofsted's files, by who keeps the shared register."""
        seen = Q(pk__in=[])
        if person.authority_id and person.may(Permission.LOAD_AUTHORITY_LIST):
            seen |= Q(authority=person.authority_id)
        if person.may(Permission.KEEP_REGISTER):
            seen |= Q(authority=None)
        return self.filter(seen)


class RegisterImport(models.Model):
    """One file handed in on the import page: compared by the worker, looked at by a person, then applied or left."""

    class State(models.TextChoices):
        COMPARING = "comparing", "Being compared"
        COMPARED = "compared", "Waiting for a decision"
        APPLYING = "applying", "Being applied"
        APPLIED = "applied", "Applied"
        REFUSED = "refused", "Refused"
        LEFT = "left", "Not applied"

    authority = models.ForeignKey(Authority, models.PROTECT, null=True, blank=True)  # for its confidential list
    file_name = models.CharField(max_length=200)
    content = models.BinaryField(null=True)  # dropped once applied or left
    sha256 = models.CharField(max_length=64)
    as_at = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.COMPARING)
    progress = models.PositiveSmallIntegerField(default=0)  # per cent
    result = models.JSONField[Any, Any](null=True)  # the contract's --json object
    preview = models.JSONField[Any, Any](null=True)  # the changes, from → to
    why_refused = models.TextField(blank=True)
    handed_in_by = models.ForeignKey(Person, models.PROTECT)
    handed_in_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = RegisterImportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-handed_in_at"]

    def __str__(self) -> str:
        return self.file_name
