"""The visit that an action is about, locked: whoever else records about it waits."""

from django.core.exceptions import ValidationError

from wellplaced.monitoring.models import Visit, VisitState


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
