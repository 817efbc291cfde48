"""Authorities, the people who work there, what each is and may visit (C11), who stands in for whom, closure days."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from wellplaced.people.rights import RIGHTS, ROLE_NAMES, Permission, Role


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

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name_plural = "authorities"

    def __str__(self) -> str:
        return self.name


class PersonQuerySet(models.QuerySet["Person"]):
    def seen_by(self, person: Person) -> PersonQuerySet:
        """Colleagues of the same authority; the operator sees operators."""
        return self.filter(authority_id=person.authority_id)

    def holding(self, role: Role) -> PersonQuerySet:
        return self.filter(is_active=True, roles__role=role)


class PersonManager(BaseUserManager["Person"].from_queryset(PersonQuerySet)):  # type: ignore[misc]
    """Finds people by email, whatever its case."""

    def get_by_natural_key(self, email: str | None) -> Person:
        found: Person = self.get(email__iexact=email)
        return found


class Person(AbstractBaseUser):
    """A member of staff of one authority, or an operator of the service (no authority)."""

    authority = models.ForeignKey(Authority, models.PROTECT, null=True, blank=True, related_name="people")
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    revision = models.PositiveIntegerField(default=0)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]
    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        verbose_name_plural = "people"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="an_email_is_kept_in_lower_case"),
        ]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def held_roles(self) -> frozenset[Role]:
        return frozenset(Role(held.role) for held in self.roles.all())

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        return frozenset[Permission]().union(*(RIGHTS[role] for role in self.held_roles))

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


class PeriodQuerySet(models.QuerySet["models.Model"]):
    """Rows with `starts_on` and `ends_on` (both included; none: until further notice)."""

    def on(self, day: date) -> PeriodQuerySet:
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


class Approval(models.Model):
    """C11: from when until when an officer is approved to visit one type of provision."""

    authority = models.ForeignKey(Authority, models.PROTECT)
    person = models.ForeignKey(Person, models.PROTECT, related_name="approvals")
    provision_type = models.CharField(max_length=30, choices=ProvisionType.monitored())
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="an_approval_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} for {self.get_provision_type_display()}"


class Cover(models.Model):
    """Somebody acts for another for a named period."""

    authority = models.ForeignKey(Authority, models.PROTECT)
    absent = models.ForeignKey(Person, models.PROTECT, related_name="covers_needed")
    covering = models.ForeignKey(Person, models.PROTECT, related_name="covers_given")
    starts_on = models.DateField()
    ends_on = models.DateField()
    reason = models.CharField(max_length=200, blank=True)
    ended_early_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="cover_ends_after_it_starts"),
            models.CheckConstraint(condition=~Q(absent=F("covering")), name="nobody_covers_for_themselves"),
        ]

    def __str__(self) -> str:
        return f"{self.covering} for {self.absent}"


class ClosureDay(models.Model):
    """A day on which the authority is closed besides weekends and bank holidays; matters where days are working days."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="closure_days")
    day = models.DateField()
    name = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["authority", "day"], name="a_closure_day_is_entered_once")
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.name}"
