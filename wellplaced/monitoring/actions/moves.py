"""What can be done with a visit, by how it stands: one table, and the function that asks it and locks the visit."""

from django.core.exceptions import ValidationError

from wellplaced.monitoring.models import Visit, VisitState

PROPOSED, BOOKED, HELD, NOT_HELD = VisitState.PROPOSED, VisitState.BOOKED, VisitState.HELD, VisitState.NOT_HELD

# What can be done → with visits that stand so. One that is closed is reopened first.
MOVES: dict[str, set[VisitState]] = {
    "confirm": {PROPOSED},
    "plan": {PROPOSED, BOOKED, NOT_HELD},  # what it is for, and what it is to see
    "rebook": {PROPOSED, BOOKED, NOT_HELD},  # a proposal stays one, for another day
    "hold": {BOOKED, NOT_HELD},
    "not_held": {BOOKED, HELD},  # held: recorded so by mistake
    "correct": {HELD},
    "cancel": {PROPOSED, BOOKED},
    "choose_reviewer": {PROPOSED, BOOKED, HELD, NOT_HELD},
}


def may_move(visit: Visit, move: str) -> bool:
    """Whether this can be done with the visit as it stands."""
    return visit.closed_on is None and visit.state in MOVES[move]


def why_not(visit: Visit) -> str:
    """How the visit stands, for somebody who wanted to do what cannot be done with it."""
    if visit.closed_on is not None:
        return "This visit is closed. Reopen it to change what is recorded"
    return f"This visit is recorded as ‘{visit.get_state_display().lower()}’ already"


def moving(visit: Visit, move: str, seen_revision: int | None) -> Visit:
    """The visit as it stands now; whoever else moves it waits. Raises ValidationError where this cannot be done with it.

    Where somebody else saved since the person looked, nothing is refused here: `amend` then tells them what stands.
    """
    current = Visit.objects.select_for_update(no_key=True).get(pk=visit.pk)
    was_overtaken = seen_revision is not None and current.revision != seen_revision
    if current.closed_on is not None or not (was_overtaken or may_move(current, move)):
        raise ValidationError(f"{why_not(current)}.")
    return current
