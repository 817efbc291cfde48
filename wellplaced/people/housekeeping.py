"""What the worker clears away: sessions that have run out, and with them what somebody typed more than a day ago."""

from django.contrib.sessions.models import Session

from wellplaced.history import clock


def forget_expired_sessions() -> int:
    """Delete sessions that have run out; says how many. Writes nothing where there are none."""
    expired = Session.objects.filter(expire_date__lt=clock.now())
    if not expired.exists():
        return 0
    count, _ = expired.delete()
    return count
