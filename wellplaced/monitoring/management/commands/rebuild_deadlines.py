"""`wellplaced rebuild-deadlines`: makes every row of what is owed anew from the facts."""

from typing import Any

from django.core.management.base import BaseCommand

from wellplaced.history import clock
from wellplaced.monitoring import deadlines


class Command(BaseCommand):
    help = "Make every row of what is owed anew from the facts."

    def handle(self, *args: Any, **options: Any) -> None:
        count = deadlines.rebuild(clock.today())
        self.stdout.write(f"What is owed was computed anew for {count} provisions.")
