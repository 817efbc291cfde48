"""The secret links by which somebody's own calendar program reads their visits."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wellplaced.monitoring.models.scope import OwnQuerySet
from wellplaced.people.models import Authority, Person


class CalendarFeed(models.Model):
    """A secret, revocable link to a person's visits. The link itself is shown once; only its hash is kept."""

    authority = models.ForeignKey(Authority, models.PROTECT)
    person = models.ForeignKey(Person, models.PROTECT, related_name="calendar_feeds")
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_on = models.DateField()
    revoked_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = OwnQuerySet["CalendarFeed"].as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(revoked_on=None), name="a_person_has_one_calendar_link_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"Calendar link of {self.person}"
