"""`wellplaced prepare`: migrations, the shared cache, static files in production, and demonstration data where asked."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from wellplaced.people.models import Authority


class Command(BaseCommand):
    help = "Bring the database up to date; with --demonstration fill an empty one with the demonstration authority."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--demonstration", action="store_true", help="fill an empty database")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
        if settings.ENVIRONMENT.production:
            call_command("collectstatic", verbosity=0, interactive=False)
        if options["demonstration"] and not Authority.objects.exists():
            self.stdout.write("The database is empty: building the demonstration authority (about half a minute).")
            call_command("demonstrate")
