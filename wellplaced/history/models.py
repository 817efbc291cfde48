"""What happened. No foreign keys, so that no deletion takes it along; the database refuses to change or delete it."""

from typing import Any, ClassVar

from django.db import models


class EventQuerySet(models.QuerySet["Event"]):
    def of(self, record: models.Model) -> "EventQuerySet":
        """What happened to one record, oldest first."""
        return self.filter(about_type=record._meta.label_lower, about_id=record.pk).order_by("at", "pk")

    def at_provision(self, provision_id: int, authority_id: int | None) -> "EventQuerySet":
        """What one authority, or the shared register, recorded about a provision, newest first."""
        shared = models.Q(authority_id=None)
        return self.filter(models.Q(authority_id=authority_id) | shared, provision_id=provision_id).order_by(
            "-at", "-pk"
        )


class Event(models.Model):
    """Who did what, to what, when, from what to what. `changes` is {field: [from, to]}, in words and ISO dates."""

    at = models.DateTimeField()
    verb = models.CharField(max_length=80)
    authority_id = models.BigIntegerField(null=True, db_index=True)
    about_type = models.CharField(max_length=60)
    about_id = models.BigIntegerField()
    provision_id = models.BigIntegerField(null=True)
    young_person_id = models.BigIntegerField(null=True)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200, blank=True)
    for_id = models.BigIntegerField(null=True)  # the absent colleague for whom it was done (cover)
    happened_on = models.DateField(null=True)  # the day of the fact, where it differs from the day of writing
    reason = models.TextField(blank=True)
    changes = models.JSONField[dict[str, list[Any]], dict[str, list[Any]]](default=dict)

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["about_type", "about_id", "at"], name="event_about"),
            models.Index(fields=["provision_id", "authority_id", "-at"], name="event_at_provision"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} ({self.about_type} {self.about_id})"


class Guard(models.Model):
    """While its one row stands, the database refuses to delete from the history; `purge` lifts it in one transaction."""

    closed = models.BooleanField(default=True)

    def __str__(self) -> str:
        return "closed" if self.closed else "open"


class Sent(models.Model):
    """A form that a person sent, by its token, and the record that came of it (see `once`). Kept for a week."""

    token = models.CharField(max_length=64)
    by_id = models.BigIntegerField()
    at = models.DateTimeField(db_index=True)
    about_type = models.CharField(max_length=60, blank=True)  # empty only while the first sending is under way
    about_id = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["token", "by_id"], name="what_a_person_sends_twice_counts_once")
        ]

    def __str__(self) -> str:
        return f"{self.about_type} {self.about_id}"
