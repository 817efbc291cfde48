"""Beside the forms of a visit: which due date governs, and by when to act."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wellplaced.design.words import weekday_day
from wellplaced.monitoring.forms.offering import earliest_due
from wellplaced.monitoring.models import Requirement
from wellplaced.monitoring.words import KINDS, from_today, kind_of
from wellplaced.people.models import ProvisionType
from wellplaced.register.models import Provision


@dataclass(frozen=True)
class BookingPage:
    """The sentence about the governing date, and whether premises are asked for."""

    governs: str
    is_overdue: bool
    asks_for_premises: bool


def booking_page(provision: Provision, owed: Sequence[Requirement], today: date) -> BookingPage:
    """R13: the earliest due date among what is owed."""
    first = earliest_due(owed, [each.key for each in owed])
    is_supported = provision.type == ProvisionType.SUPPORTED_ACCOMMODATION
    if first is None or first.due_on is None:
        return BookingPage("", is_overdue=False, asks_for_premises=is_supported)
    text = f"{KINDS[first.kind]}: due by {weekday_day(first.due_on)}, {from_today(first.due_on, today)}."
    return BookingPage(text, is_overdue=first.due_on < today, asks_for_premises=is_supported)


def keys_in_words() -> dict[str, Callable[[Any], str]]:
    """How a conflict shows what a visit discharges."""
    return {"discharges": lambda keys: ", ".join(kind_of(key) for key in keys) or "Nothing"}
