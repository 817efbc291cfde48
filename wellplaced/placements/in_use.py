"""Where somebody is placed, for the list of provisions (`settings.PROVISIONS_IN_USE`)."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from wellplaced.people.models import Person
from wellplaced.placements.models import Placement


def provisions_in_use(person: Person, day: date) -> "QuerySet[Any, Any]":
    """The numbers of the provisions where somebody whom the person may see is placed on a day."""
    return Placement.objects.seen_by(person).current_on(day).order_by().values("provision")
