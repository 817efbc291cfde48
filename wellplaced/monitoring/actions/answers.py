"""C22 put right: when a recipient first answered, after an answer was corrected, moved or taken back."""

from datetime import date

from django.db import transaction

from wellplaced import history
from wellplaced.monitoring.actions.locking import lock_first
from wellplaced.monitoring.models import Recipient
from wellplaced.people.models import Person


@transaction.atomic
def correct_answer(*, recipient: Recipient, answered_on: date | None, by: Person, reason: str = "") -> Recipient:
    """The day of the first answer as it now stands; None where there is none left, and silence is silence again."""
    lock_first(recipient.visit_id)
    return history.amend(
        recipient,
        verb="answer corrected",
        by=by,
        seen_revision=None,
        reason=reason,
        happened_on=answered_on,
        answered_on=answered_on,
    )
