"""`wellplaced facts PROVISION`: what one authority knows of a provision, as facts for `wellplaced timeframes`."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wellplaced.guidance import facts_as_json
from wellplaced.history import clock
from wellplaced.monitoring.gathering import gather
from wellplaced.people.models import Authority
from wellplaced.register.models import Provision


class Command(BaseCommand):
    help = (
        "Print the facts of a provision, as one authority knows them, in the form that 'wellplaced timeframes' reads."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("provision", help="its URN, or its number in the address of its page")
        parser.add_argument("--authority", help="the authority's code; needed where there are several")

    def handle(self, *args: Any, **options: Any) -> None:
        authority, provision = _authority(options["authority"]), _provision(options["provision"])
        pair = (authority.pk, provision.pk)
        facts = gather([pair], clock.today()).get(pair)
        if facts is None:
            raise CommandError("This provision is of a type that the guidance does not cover: nothing is owed there.")
        self.stdout.write(json.dumps(facts_as_json(facts), indent=1))


def _authority(code: str | None) -> Authority:
    found = list(Authority.objects.filter(code=code) if code else Authority.objects.all()[:2])
    if len(found) != 1:
        raise CommandError(
            "Name the authority with --authority CODE." if not code else f"No authority has the code {code}."
        )
    return found[0]


def _provision(name: str) -> Provision:
    found = Provision.objects.filter(urn=name).first()
    if found is None and name.isdigit() and len(name) < 7:
        found = Provision.objects.filter(pk=int(name)).first()
    if found is None:
        raise CommandError(f"No provision has the URN or number {name}.")
    return found
