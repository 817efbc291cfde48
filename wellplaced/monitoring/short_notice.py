"""R8: whether a visit is booked too late for the confirmation to go as long ahead as the guidance asks (C15)."""

from datetime import date

from wellplaced.guidance import Refusal, in_force, needs_closed_days
from wellplaced.monitoring.timeframes import closed_days_for, versions_for


def book_by(authority_id: int, visit_on: date, booked_on: date) -> date:
    """The last day on which a visit can be booked with full notice, by the version that counts on the day of booking."""
    versions = versions_for(authority_id)
    closed = closed_days_for(authority_id) if needs_closed_days(versions) else None
    return in_force(versions, booked_on).before("confirmation_sent", visit_on, closed)


def is_short_notice(authority_id: int, visit_on: date, booked_on: date) -> bool:
    """A day so far ahead that working days cannot be counted to it is none; booking it says what is not known."""
    try:
        return booked_on > book_by(authority_id, visit_on, booked_on)
    except Refusal:
        return False
