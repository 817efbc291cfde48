"""The provider is told of a visit, or with a reason not told: the steps that would tell them follow from that."""

from datetime import date

from wellplaced.monitoring.actions.steps import leave_step, take_step_back
from wellplaced.monitoring.models import Visit
from wellplaced.people.models import Person

# C13 and C15: what tells the provider, or is asked of them beforehand
TELLS_THE_PROVIDER = ("letter_sent", "confirmation_sent", "pre_visit_form_received")


def follow_announcement(visit: Visit, *, before: str, by: Person, on: date) -> None:
    """Bring the steps in line with `visit.unannounced_because`, which was `before`. What was done stays done.

    Only what was set aside for that reason is taken back: a step that somebody set aside for another stays so.
    """
    now = visit.unannounced_because
    if now == before:
        return
    records = visit.step_records.filter(step__in=TELLS_THE_PROVIDER)
    if before:
        because = now or "The visit is announced now"
        for record in records.filter(set_aside_because=before).select_related("visit"):
            take_step_back(record=record, because=because, by=by)
    recorded = set(visit.step_records.values_list("step", flat=True))
    for step in TELLS_THE_PROVIDER if now else ():
        if step not in recorded:
            leave_step(visit=visit, step=step, because=now, by=by, on=on)


def take_confirmation_back(visit: Visit, *, because: str, by: Person) -> None:
    """C15: what was confirmed is another day, time or visitor than those that stand now."""
    for record in visit.step_records.filter(step="confirmation_sent", done_on__isnull=False).select_related("visit"):
        take_step_back(record=record, because=because, by=by)
