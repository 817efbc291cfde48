"""The clock, read at the edge once a request or a job; everything below takes today as an argument."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """This moment, aware, in UTC."""
    return timezone.now()


def today() -> date:
    """The day it is in Europe/London."""
    return timezone.now().astimezone(LONDON).date()
