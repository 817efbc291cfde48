"""A small invented world, built by the actions that people use: one authority, its staff, provisions, young people."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from wellplaced.history import clock
from wellplaced.people import actions as people
from wellplaced.people.models import Authority, Person, ProvisionType
from wellplaced.people.rights import Role
from wellplaced.placements import actions as placements
from wellplaced.placements.models import Placement
from wellplaced.register import actions as register
from wellplaced.register.models import Judgement, Premises, Provision

INSPECTED_BEFORE = timedelta(days=40)


@dataclass
class World:
    """An authority with an officer who is approved for everything (C11), a senior officer, a manager; an operator."""

    authority: Authority
    officer: Person
    senior: Person
    manager: Person
    operator: Person
    made: int = 0

    @property
    def today(self) -> date:
        return clock.today()

    def provision(self, kind: str = ProvisionType.RESIDENTIAL, **values: Any) -> Provision:
        self.made += 1
        urn = f"{1_000_000 + self.made}"
        return Provision.objects.create(
            type=kind, name=values.pop("name", f"Alder House {self.made}"), urn=urn, status="active", **values
        )

    def flat(self, provision: Provision, label: str = "Flat 2") -> Premises:
        return register.add_premises(provision=provision, label=label, kind="flat", by=self.officer, on=self.today)

    def placed(
        self,
        provision: Provision,
        starts_on: date,
        ends_on: date | None = None,
        premises: Premises | None = None,
        born_on: date | None = None,
    ) -> Placement:
        self.made += 1
        young_person = placements.add_young_person(
            reference=f"M{self.made:06}",  # too long to stand in a page by chance, as in a token
            initials="AB",
            born_on=born_on or date(self.today.year - 17, 1, 1),
            by=self.officer,
            on=self.today,
        )
        return placements.record_placement(
            young_person=young_person,
            provision=provision,
            premises=premises,
            starts_on=starts_on,
            ends_on=ends_on,
            by=self.officer,
            on=self.today,
        )

    def judged(self, provision: Provision, outcome: str, published_on: date) -> Judgement:
        return register.add_judgement(
            provision=provision,
            outcome=outcome,
            inspected_on=published_on - INSPECTED_BEFORE,
            published_on=published_on,
            by=self.operator,
            on=self.today,
        )


def make_world(name: str = "Fenmarket County Council", code: str = "fen", operator: Person | None = None) -> World:
    """A new world; a second one shares the first one's operator."""
    operator = operator or people.add_operator(name="Opal Service", email="operator@service.example", by=None)
    authority = people.add_authority(name=name, code=code, by=None, safeguarding_contact="01632 960 100")

    def person(called: str, *roles: Role) -> Person:
        email = f"{called.lower().replace(' ', '.')}@{code}.example"
        return people.add_person(authority=authority, name=called, email=email, roles=roles, by=None)

    manager = person("Marcus Fell", Role.MANAGER)
    world = World(
        authority,
        person("Priya Oakes", Role.PLACEMENT_OFFICER),
        person("Dana Holloway", Role.SENIOR_OFFICER),
        manager,
        operator,
    )
    for officer in (world.officer, world.senior):
        for kind, _ in ProvisionType.monitored():
            people.approve(person=officer, provision_type=kind, starts_on=date(2015, 1, 1), ends_on=None, by=manager)
    return world
