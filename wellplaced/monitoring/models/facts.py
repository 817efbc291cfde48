"""What was recorded: concerns, action plans, checks with other authorities, waivers, who looks after what."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from wellplaced.monitoring.models.scope import OwnQuerySet
from wellplaced.people.models import Authority, Person
from wellplaced.people.rights import ROLE_NAMES
from wellplaced.placements.models import Placement, YoungPerson
from wellplaced.register.models import Judgement, Provision

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class Own(models.Model):
    """What belongs to one authority and concerns one provision."""

    authority = models.ForeignKey(Authority, models.PROTECT)
    provision = models.ForeignKey(Provision, models.PROTECT)

    class Meta:
        abstract = True


class ConcernQuerySet(OwnQuerySet["Concern"]):
    def standing(self) -> ConcernQuerySet:
        """Those that were not withdrawn."""
        return self.filter(withdrawn_because="")


class Concern(Own):
    """C6: an issue or concern; its visit is due counted from the day on which it was raised."""

    class How(models.TextChoices):
        TELEPHONE = "telephone", "By telephone"
        EMAIL = "email", "By email"
        IN_PERSON = "in_person", "In person"
        VISIT = "visit", "During a visit"
        OFSTED = "ofsted", "By Ofsted"
        OTHER = "other", "Another way"

    raised_on = models.DateField()
    raised_by = models.CharField(max_length=120)  # who raised it, and what they are: 'social worker', 'neighbour'
    how = models.CharField(max_length=12, choices=How)
    summary = models.TextField()
    young_people = models.ManyToManyField(YoungPerson, blank=True, related_name="concerns")
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_on = models.DateField()
    withdrawn_because = models.TextField(blank=True)  # recorded by mistake: kept, and counts for nothing
    revision = models.PositiveIntegerField(default=0)

    objects = ConcernQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-raised_on", "-pk"]
        indexes: ClassVar = [models.Index(fields=["authority", "provision", "raised_on"], name="concern_at_provision")]

    def __str__(self) -> str:
        return f"Concern raised on {self.raised_on.day} {self.raised_on:%B %Y}"

    def get_absolute_url(self) -> str:
        return reverse("monitoring:concern", args=[self.pk])


class JudgementFollowUp(Own):
    """What one authority did about a judgement (C8): requested and received the action plan."""

    judgement = models.ForeignKey(Judgement, models.PROTECT, related_name="follow_ups")
    plan_requested_on = models.DateField(null=True, blank=True)
    plan_received_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = OwnQuerySet["JudgementFollowUp"].as_manager()
    if TYPE_CHECKING:
        chases: RelatedManager[PlanChase]

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority", "judgement"], name="an_authority_follows_a_judgement_up_once"),
        ]

    def __str__(self) -> str:
        return f"Follow-up of {self.judgement}"


class PlanChaseQuerySet(models.QuerySet["PlanChase"]):
    def seen_by(self, person: Person) -> PlanChaseQuerySet:
        return self.filter(follow_up__authority=person.authority_id)

    def standing(self) -> PlanChaseQuerySet:
        """Those that were not taken back."""
        return self.filter(taken_back_because="")


class PlanChase(models.Model):
    """R14: the provider was reminded of the action plan."""

    follow_up = models.ForeignKey(JudgementFollowUp, models.CASCADE, related_name="chases")
    chased_on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    taken_back_because = models.CharField(
        max_length=300, blank=True
    )  # recorded by mistake: kept, and counts for nothing

    objects = PlanChaseQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["chased_on", "pk"]

    def __str__(self) -> str:
        return f"Chased on {self.chased_on}"


class OtherAuthorityCheck(Own):
    """C4: another local authority that has or had a young person there, and what it says; the visit stays owed."""

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="other_authority_checks")
    provider_asked_on = models.DateField()
    none_named = models.BooleanField(default=False)  # the provider says that no other authority has anybody there
    named = models.CharField(max_length=120, blank=True)
    asked_on = models.DateField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    said = models.TextField(blank=True)
    taken_back_because = models.CharField(
        max_length=300, blank=True
    )  # recorded by mistake: kept, and counts for nothing
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField(default=0)

    objects = OwnQuerySet["OtherAuthorityCheck"].as_manager()

    class Meta:
        ordering: ClassVar = ["provider_asked_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(none_named=True, named="") | (Q(none_named=False) & ~Q(named="")),
                name="a_check_names_an_authority_or_says_that_there_is_none",
            ),
            models.CheckConstraint(
                condition=Q(answered_on=None) | (Q(asked_on__isnull=False) & ~Q(said="")),
                name="an_answer_was_asked_for_and_says_something",
            ),
        ]

    def __str__(self) -> str:
        return self.named or "No other authority"

    @property
    def young_person_id(self) -> int:
        """Whom an event about this record concerns, as the history asks for it."""
        return self.placement.young_person_id

    @property
    def made(self) -> bool:
        """Whether C4 was done by this: the authority answered, or there is none to ask."""
        return not self.taken_back_because and (self.none_named or self.answered_on is not None)


class Waiver(Own):
    """A requirement set aside by a manager, with the reason; it can be taken back."""

    key = models.CharField(max_length=40)
    reason = models.TextField()
    waived_on = models.DateField()
    waived_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    revision = models.PositiveIntegerField(default=0)

    objects = OwnQuerySet["Waiver"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority", "provision", "key"],
                condition=Q(withdrawn_on=None),
                name="a_requirement_is_waived_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None, withdrawn_by=None)
                | Q(withdrawn_on__isnull=False, withdrawn_by__isnull=False),
                name="a_withdrawal_says_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"Waiver of {self.key}"

    @property
    def young_person_id(self) -> int | None:
        """Whom an event about this record concerns, as the history asks for it: of an initial visit, who was placed."""
        kind, _, number = self.key.partition(":")
        if kind != "initial":
            return None
        placements = Placement.objects.of(self.authority_id).filter(pk=int(number))
        return placements.values_list("young_person_id", flat=True).first()


class Assignment(Own):
    """Who looks after a provision for the authority, from and until."""

    officer = models.ForeignKey(Person, models.PROTECT, related_name="assignments")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = OwnQuerySet["Assignment"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority", "provision"],
                condition=Q(ends_on=None),
                name="one_officer_at_a_time_looks_after_a_provision",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="an_assignment_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer} looks after {self.provision_id}"


class Notice(Own):
    """Something of which people of a role are told at once, until one of them says that they have seen it."""

    class Kind(models.TextChoices):
        AGE = "age", "Somebody outside 16 to 17 was placed in 16+ supported accommodation"
        STANDING = "standing", "A placement was recorded at a provision that is suspended, closed or not registered"
        JUDGEMENT = "judgement", "Ofsted published a judgement of a provision where a young person is placed"
        UNASSIGNED = "unassigned", "A placement was recorded at a provision that nobody looks after"

    kind = models.CharField(max_length=12, choices=Kind)
    for_role = models.CharField(max_length=30, choices=[(role.value, name) for role, name in ROLE_NAMES.items()])
    about_type = models.CharField(max_length=60)
    about_id = models.BigIntegerField()
    placement = models.ForeignKey(Placement, models.PROTECT, null=True, blank=True, related_name="notices")
    judgement = models.ForeignKey(Judgement, models.PROTECT, null=True, blank=True, related_name="+")
    raised_on = models.DateField()
    seen_on = models.DateField(null=True, blank=True)
    seen_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    objects = OwnQuerySet["Notice"].as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["authority", "for_role", "seen_on"], name="notice_unseen")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority", "kind", "for_role", "about_type", "about_id"], name="a_notice_is_given_once"
            ),
            models.CheckConstraint(
                condition=Q(seen_on=None, seen_by=None) | Q(seen_on__isnull=False, seen_by__isnull=False),
                name="a_notice_seen_says_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class PublishedTimeframes(models.Model):
    """An authority's own version of the timeframes: what it replaces, as TOML, in force from a day; never changed."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="timeframes")
    number = models.PositiveIntegerField()
    in_force_from = models.DateField()
    base = models.CharField(max_length=40)  # number of the guidance's version over which it was laid
    text = models.TextField()
    reason = models.TextField(blank=True)
    published_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    objects = OwnQuerySet["PublishedTimeframes"].as_manager()

    class Meta:
        ordering: ClassVar = ["in_force_from", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority", "number"], name="a_version_number_is_used_once"),
            models.UniqueConstraint(fields=["authority", "in_force_from"], name="one_version_comes_into_force_a_day"),
        ]

    def __str__(self) -> str:
        return f"Version {self.number}"
