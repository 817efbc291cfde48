"""`wellplaced add-operator`: the first operator of a service of several authorities."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from wellplaced.people import actions
from wellplaced.people.first_link import path_to_set_a_password


class Command(BaseCommand):
    help = "Add an operator, who keeps authorities and the shared register; prints where they set their password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name", required=True)
        parser.add_argument("--email", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            operator = actions.add_operator(name=options["name"], email=options["email"], by=None)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(
            f"Added. They set their password at {path_to_set_a_password(operator)} of the service's address."
        )
