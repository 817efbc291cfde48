"""Whose records somebody may see: those of their own authority."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models

from wellplaced.people.models import Person

Record = TypeVar("Record", bound=models.Model)


class OwnQuerySet(models.QuerySet[Record]):
    """Records that carry an authority's key."""

    def seen_by(self, person: Person) -> Any:
        return self.filter(authority_id=person.authority_id)

    def of(self, authority_id: int | None) -> Any:
        """All of an authority's rows, for the projection and for jobs, never for a page."""
        return self.filter(authority_id=authority_id)
