"""Authorities, the people who work there, what each is and may visit (C11), who stands in for whom, closure days."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any, ClassVar, Self, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q
from django.db.models.functions import Lower
from django.urls import reverse

from wellplaced.people.rights import RIGHTS, ROLE_NAMES, Permission, Role

Row = TypeVar("Row", bound=models.Model)


class ProvisionType(models.TextChoices):
    """C1's four types, and what the register keeps although nobody here monitors it."""

    RESIDENTIAL = "residential", "Residential home"
    IFA = "ifa", "Independent fostering agency"
    SUPPORTED_ACCOMMODATION = "supported_accommodation", "16+ supported accommodation"
    SEN = "sen", "SEN provision"
    NOT_MONITORED = "not_monitored", "Not monitored"

    @classmethod
    def monitored(cls) -> list[tuple[str, str]]:
        return [choice for choice in cls.choices if choice[0] != cls.NOT_MONITORED]


class AuthorityQuerySet(models.QuerySet["Authority"]):
    def seen_by(self, person: Person) -> Any:
        """One's own; all of them by who keeps the service's authorities."""
        return self if person.may(Permission.KEEP_AUTHORITIES) else self.filter(Q(pk=person.authority_id))


class Authority(models.Model):
    """A local authority. Everything that it records carries its key."""

    name = models.CharField(max_length=120, unique=True)
    code = models.CharField(
        max_length=12, unique=True, help_text="The three-digit DfE code, or a short name of its own"
    )
    safeguarding_contact = models.TextField(
        blank=True, help_text="Whom to call about a child's safety, shown wherever a concern is raised"
    )
    is_active = models.BooleanField(default=True)
    revision = models.PositiveIntegerField(default=0)

    objects = AuthorityQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name_plural = "authorities"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("people:change_authority", args=[self.pk])


def cover_holds_on(day: date, of: str = "") -> Q:
    """Cover from its first to its last day, but for an early end; `of` is the way to it, such as `covers_given__`."""
    ended_early = {f"{of}ended_early_on": None}, {f"{of}ended_early_on__gt": day}
    return Q(**{f"{of}starts_on__lte": day, f"{of}ends_on__gte": day}) & (Q(**ended_early[0]) | Q(**ended_early[1]))


class PersonQuerySet(models.QuerySet["Person"]):
    def seen_by(self, person: Person) -> PersonQuerySet:
        """Colleagues of the same authority; the operator sees operators."""
        return self.filter(Q(authority_id=person.authority_id))

    def holding(self, role: Role) -> PersonQuerySet:
        return self.filter(is_active=True, roles__role=role)

    def with_alone(self) -> PersonQuerySet:
        """Each with `alone`: theirs is the service's only authority, and nobody is its operator (design.md)."""
        another = Authority.objects.exclude(pk=OuterRef("authority_id"))
        operator = RoleHeld.objects.filter(role=Role.OPERATOR, person__is_active=True)
        return self.annotate(alone=~Exists(another) & ~Exists(operator))

    def signed_in(self, pk: int, today: date) -> Person | None:
        """The person with authority, roles and those lent to them, in one query: a row for each role."""
        cover = FilteredRelation("covers_given", condition=cover_holds_on(today, "covers_given__"))
        roles = {"held": F("roles__role"), "lent": F("cover__absent__roles__role")}
        found = self.filter(pk=pk).select_related("authority").with_alone()
        rows = list(found.annotate(cover=cover).annotate(**roles))
        if not rows:
            return None
        person = rows[0]
        person.held_roles = frozenset(Role(row.held) for row in rows if row.held)  # type: ignore[attr-defined]
        person.lent_roles = frozenset(Role(row.lent) for row in rows if row.lent)  # type: ignore[attr-defined]
        person.operates_alone = person.alone  # type: ignore[attr-defined]
        return person


class PersonLookup(BaseUserManager["Person"]):
    """Finds people by email, whatever its case."""

    def get_by_natural_key(self, email: str | None) -> Person:
        return self.get(email__iexact=email)


PersonManager = PersonLookup.from_queryset(PersonQuerySet)


class Person(AbstractBaseUser):
    """A member of staff of one authority, or an operator of the service (no authority)."""

    authority = models.ForeignKey(Authority, models.PROTECT, null=True, blank=True, related_name="people")
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    revision = models.PositiveIntegerField(default=0)
    lent_roles: frozenset[Role] = (
        frozenset()
    )  # of whoever is signed in: those of the colleagues for whom they act today

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]
    objects = PersonManager()

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        verbose_name_plural = "people"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="an_email_is_kept_in_lower_case"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("people:person", args=[self.pk])

    @property
    def own_authority(self) -> Authority:
        """The authority for which the person records something. Raises PermissionDenied for an operator, who has none."""
        if self.authority is None:
            raise PermissionDenied
        return self.authority

    @cached_property
    def held_roles(self) -> frozenset[Role]:
        return frozenset(Role(held.role) for held in self.roles.all())

    @cached_property
    def operates_alone(self) -> bool:
        """Whether theirs is the only authority, and the service has no operator."""
        return Person.objects.filter(pk=self.pk).with_alone().get().alone  # type: ignore[attr-defined,no-any-return]

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        """What the roles allow; where nobody else is the operator, the administrator keeps the shared register too."""
        roles = set(self.held_roles)
        if Role.ADMINISTRATOR in roles and self.operates_alone:
            roles.add(Role.OPERATOR)
        return frozenset[Permission]().union(*(RIGHTS[role] for role in roles))

    @property
    def own_and_lent_roles(self) -> frozenset[Role]:
        """Of whoever is signed in: their roles, and those lent to them."""
        return self.held_roles | self.lent_roles

    @property
    def lent_permissions(self) -> frozenset[Permission]:
        """What the roles allow that are lent to whoever is signed in, where a page goes by those too (a review does)."""
        return frozenset[Permission]().union(*(RIGHTS[role] for role in self.lent_roles))

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions

    def is_a(self, role: Role) -> bool:
        return role in self.held_roles


class RoleHeld(models.Model):
    """A role that a person holds."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="roles")
    role = models.CharField(max_length=30, choices=[(role.value, name) for role, name in ROLE_NAMES.items()])

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "role"], name="a_role_is_held_once")]

    def __str__(self) -> str:
        return ROLE_NAMES[Role(self.role)]


class PeriodQuerySet(models.QuerySet[Row]):
    """Rows with `starts_on` and `ends_on` (both included; none: until further notice)."""

    def on(self, day: date) -> Self:
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


class OwnPeriodQuerySet(PeriodQuerySet[Row]):
    """Periods that an authority's colleagues see."""

    def seen_by(self, person: Person) -> Any:
        return self.filter(Q(authority_id=person.authority_id))

    def overlapping(self, starts_on: date, ends_on: date | None) -> Self:
        """Rows of which at least one day lies in the period."""
        begun = self.filter(starts_on__lte=ends_on) if ends_on else self
        return begun.filter(Q(ends_on=None) | Q(ends_on__gte=starts_on))


class Approval(models.Model):
    """C11: from when until when an officer is approved to visit one type of provision."""

    authority = models.ForeignKey(Authority, models.PROTECT)
    person = models.ForeignKey(Person, models.PROTECT, related_name="approvals")
    provision_type = models.CharField(max_length=30, choices=ProvisionType.monitored())
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = OwnPeriodQuerySet["Approval"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="an_approval_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} for {self.get_provision_type_display()}"

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


class CoverQuerySet(OwnPeriodQuerySet["Cover"]):
    """Cover stops holding on the day on which it is ended early, and while whoever was to act has left."""

    def on(self, day: date) -> Self:
        return self.filter(cover_holds_on(day), covering__is_active=True)


class Cover(models.Model):
    """Somebody acts for another for a named period, both days included; `ended_early_on` is the first day without."""

    authority = models.ForeignKey(Authority, models.PROTECT)
    absent = models.ForeignKey(Person, models.PROTECT, related_name="covers_needed")
    covering = models.ForeignKey(Person, models.PROTECT, related_name="covers_given")
    starts_on = models.DateField()
    ends_on = models.DateField()
    reason = models.CharField(max_length=200, blank=True)
    ended_early_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = CoverQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="cover_ends_after_it_starts"),
            models.CheckConstraint(condition=~Q(absent=F("covering")), name="nobody_covers_for_themselves"),
        ]

    def __str__(self) -> str:
        return f"{self.covering} for {self.absent}"

    @property
    def end_url(self) -> str:
        return reverse("people:end_cover", args=[self.pk])


class ClosureDayQuerySet(models.QuerySet["ClosureDay"]):
    def seen_by(self, person: Person) -> Any:
        return self.filter(Q(authority_id=person.authority_id))


class ClosureDay(models.Model):
    """A day on which the authority is closed besides weekends and bank holidays; matters where days are working days."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="closure_days")
    day = models.DateField()
    name = models.CharField(max_length=120)

    objects = ClosureDayQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["day"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority", "day"], name="a_closure_day_is_entered_once")
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.name}"
