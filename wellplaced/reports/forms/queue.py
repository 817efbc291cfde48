"""The filters of the senior officer's queue."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q

from wellplaced.design.fields import GovDateField
from wellplaced.monitoring.forms.filters import OwnFilters
from wellplaced.people.models import Person
from wellplaced.reports.pages.queue import STANDINGS, TO_RETURN, mine, unclaimed

OVERDUE, ALL = "overdue", "all"
OWN, COVERED, UNCLAIMED = "mine", "covered", "nobody"


class QueueFilters(OwnFilters):
    """Whose reports, in which state. A reviewer sees at first what is theirs to return; others see everybody's."""

    whose = forms.ChoiceField(label="To be reviewed by")
    state = forms.ChoiceField(
        label="State",
        choices=[
            ("", STANDINGS[TO_RETURN][0]),
            (OVERDUE, "To be returned, overdue"),
            *((code, words) for code, (words, _) in STANDINGS.items() if code != TO_RETURN),
            (ALL, "Everything under review"),
        ],
    )
    due_from = GovDateField(label="Due from")
    due_to = GovDateField(label="Due to")
    officer = None  # type: ignore[assignment]
    field_order = ("whose", "state", "q", "type", "due_from", "due_to")

    def __init__(
        self, *args: Any, person: Person, today: date, reviews: bool, covered: Sequence[int], **kwargs: Any
    ) -> None:
        super().__init__(*args, person=person, today=today, **kwargs)
        self.reviews, self.covered = reviews, list(covered)
        own = [("", "Me, those I act for, and nobody"), (OWN, "Me"), (COVERED, "Those I act for")]
        choices = [*own, (UNCLAIMED, "Nobody at the moment"), (ALL, "Everybody")]
        others = [("", "Everybody"), (UNCLAIMED, "Nobody at the moment")]
        self.fields["whose"].choices = choices if reviews else others  # type: ignore[attr-defined]

    def narrow(self, rows: Any) -> Any:
        asked = super().narrow(rows)
        if "state" not in self.answers():
            asked = asked.filter(standing=TO_RETURN)
        if "whose" not in self.answers() and self.reviews:
            asked = asked.filter(mine(self.person, self.covered) | unclaimed(self.person))
        return asked

    def by_whose(self, value: str) -> Q:
        return {
            OWN: mine(self.person, []),
            COVERED: Q(reviewer_now__in=self.covered),
            UNCLAIMED: unclaimed(self.person),
            ALL: Q(),
        }[value]

    def by_state(self, value: str) -> Q:
        if value == OVERDUE:
            return Q(standing=TO_RETURN, due_on__lt=self.today)
        return Q() if value == ALL else Q(standing=value)

    def by_due_from(self, day: date) -> Q:
        return Q(due_on__gte=day)

    def by_due_to(self, day: date) -> Q:
        return Q(due_on__lte=day)
