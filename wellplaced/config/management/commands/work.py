"""`wellplaced work`: runs what waits in the background, and each morning refreshes what changes by time alone."""

import logging
import signal
import subprocess
import sys
import time
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, connections

from wellplaced.history import clock
from wellplaced.history.once import forget_old_tokens
from wellplaced.monitoring import deadlines
from wellplaced.people.housekeeping import forget_expired_sessions, forget_old_attempts

log = logging.getLogger("wellplaced.work")
LOOK_EVERY = 30  # seconds


class Command(BaseCommand):
    help = "Run background tasks and the morning refresh until told to stop."

    def handle(self, *args: Any, **options: Any) -> None:
        signal.signal(signal.SIGTERM, _stop)
        worker = start_worker()
        try:
            while True:
                if worker.poll() is not None:
                    log.error("the worker stopped and is started again", extra={"code": worker.returncode})
                    worker = start_worker()
                look()
                time.sleep(LOOK_EVERY)
        except KeyboardInterrupt:
            pass
        finally:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)  # stopping already: asked twice is no error
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            worker.terminate()
            worker.wait(timeout=20)


def start_worker() -> "subprocess.Popen[bytes]":
    """The process that runs background tasks from the database's queue."""
    return subprocess.Popen([sys.executable, "-m", "wellplaced", "db_worker", "--no-reload"])


def look() -> None:
    """Refresh what time alone changes. A database that is away for a while is looked at again the next time."""
    try:
        count = deadlines.refresh_due(clock.today())
        forget_expired_sessions()
        forget_old_attempts()
        forget_old_tokens()
    except DatabaseError:
        log.exception("what is owed could not be refreshed; trying again")
        count = 0
    finally:
        connections.close_all()
    if count:
        log.info("refreshed what changes by time", extra={"provisions": count})


def _stop(signum: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
