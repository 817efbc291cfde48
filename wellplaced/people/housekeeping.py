"""What the worker clears away: sessions that have run out (with what somebody typed), and old attempts to sign in."""

from datetime import timedelta

from axes.models import AccessAttempt, AccessLog
from django.contrib.sessions.models import Session

from wellplaced.history import clock


def forget_expired_sessions() -> int:
    """Delete sessions that have run out; says how many. Writes nothing where there are none."""
    expired = Session.objects.filter(expire_date__lt=clock.now())
    if not expired.exists():
        return 0
    count, _ = expired.delete()
    return count


ATTEMPTS_KEPT = timedelta(days=90)  # how long it can be looked up who tried to sign in


def forget_old_attempts() -> None:
    """Delete what is kept of attempts to sign in after three months. Writes nothing where there are none."""
    before = clock.now() - ATTEMPTS_KEPT
    for model in (AccessAttempt, AccessLog):
        old = model.objects.filter(attempt_time__lt=before)
        if old.exists():
            old.delete()
