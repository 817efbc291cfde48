"""Days relative to today: the demonstration's story is told in them. (Due dates are never counted here.)"""

from datetime import date


def days_before(today: date, number: int) -> date:
    """So many days before today; a negative number lies ahead."""
    return date.fromordinal(today.toordinal() - number)
