"""The visit that an action is about, locked: whoever else records about it waits.

Whatever is done around a visit locks the visit first, then its parts, and what is owed at the provision last (when the
history is written): two people who work around one visit wait one for the other, and never each for the other.
"""

from django.core.exceptions import ValidationError

from wellplaced.monitoring.models import Visit, VisitState


def lock_first(visit_id: int | None) -> None:
    """The visit of something that is about to be locked: a task, an answer, a report. None: there is no visit."""
    if visit_id is not None:
        list(Visit.objects.select_for_update(no_key=True).filter(pk=visit_id).values_list("pk"))


def locked(visit: Visit) -> Visit:
    """The visit as it stands. Raises ValidationError where nothing can be recorded about it."""
    rows = Visit.objects.select_for_update(no_key=True, of=("self",)).select_related("provision")
    current = rows.get(pk=visit.pk)
    if current.state in (VisitState.PROPOSED, VisitState.CANCELLED):
        stands = current.get_state_display().lower()
        raise ValidationError(f"This visit is {stands}: nothing can be recorded about it.")
    if current.closed_on is not None:
        raise ValidationError("This visit is closed. Reopen it to change what is recorded.")
    return current
