"""`wellplaced add-authority`: the first authority of a service, with its administrator."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from wellplaced.people import actions
from wellplaced.people.first_link import path_to_set_a_password
from wellplaced.people.rights import Role


class Command(BaseCommand):
    help = "Add an authority and its first administrator; prints where they set their password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name", required=True, help="the authority's name")
        parser.add_argument("--code", required=True, help="its three-digit code, or a short name of its own")
        parser.add_argument("--administrator", required=True, help="the administrator's name")
        parser.add_argument("--email", required=True, help="the administrator's email address")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with transaction.atomic():
                authority = actions.add_authority(name=options["name"], code=options["code"], by=None)
                administrator = actions.add_person(
                    authority=authority,
                    name=options["administrator"],
                    email=options["email"],
                    roles=[Role.ADMINISTRATOR],
                    by=None,
                )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        where = path_to_set_a_password(administrator)
        self.stdout.write(f"Added. The administrator sets a password at {where} of the service's address.")
