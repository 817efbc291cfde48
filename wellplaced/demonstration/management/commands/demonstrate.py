"""`wellplaced demonstrate`: fills an empty database with the demonstration authority."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from wellplaced.demonstration.story import tell
from wellplaced.history import clock
from wellplaced.people.models import Authority


class Command(BaseCommand):
    help = "Fill an empty database with the demonstration authority; its people's password is public."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.ENVIRONMENT.production:
            raise CommandError("A production service gets no demonstration: its passwords are public.")
        if Authority.objects.exists():
            raise CommandError("The database holds an authority already: the demonstration needs an empty one.")
        tell(clock.today(), self.stdout.write)
