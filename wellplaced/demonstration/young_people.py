"""The demonstration's young people, placements and professionals: invented references and initials, the same each time."""

import random
from dataclasses import dataclass, field
from datetime import date

from wellplaced.demonstration.days import days_before, next_working_day
from wellplaced.demonstration.people import Team
from wellplaced.people.models import ProvisionType
from wellplaced.placements import actions
from wellplaced.placements.models import Placement, ProfessionalRole, YoungPerson
from wellplaced.register import actions as register_actions
from wellplaced.register.models import Premises, PremisesKind, Provision

LETTERS = "ABCDEFGHJKLMNPRSTW"
LONGEST = 540  # days: eighteen months
WORKERS = ("Robin Sedge", "Amal Fenwick", "Jo Tarn", "Casey Holt", "Lena Marsh", "Ade Rushton")


@dataclass
class Children:
    """The placements of one authority's demonstration, by provision."""

    team: Team
    today: date
    chance: random.Random
    first_reference: int
    flats: dict[int, list[Premises]] = field(default_factory=dict)
    young_people: list[YoungPerson] = field(default_factory=list)

    def place(self, provision: Provision, started: int, ended: int | None = None, age: int | None = None) -> Placement:
        """A new young person at a provision, from so many days ago until so many days ago."""
        young_person = self.add(provision, age or self._age(provision))
        return self.put(young_person, provision, started, ended)

    def put(self, young_person: YoungPerson, provision: Provision, started: int, ended: int | None = None) -> Placement:
        starts_on = days_before(self.today, started)
        return actions.record_placement(
            young_person=young_person,
            provision=provision,
            premises=self._flat(provision),
            starts_on=starts_on,
            ends_on=days_before(self.today, ended) if ended is not None else None,
            by=self.team["officer"],
            on=min(self.today, next_working_day(starts_on)),
        )

    def add(self, provision: Provision, age: int) -> YoungPerson:
        """A young person of an age, with the professionals that somebody at this type of provision has (R12)."""
        born_on = days_before(self.today, age * 365 + self.chance.randint(30, 300) + age // 4)
        young_person = actions.add_young_person(
            reference=str(self.first_reference + len(self.young_people)),
            initials="".join(self.chance.choices(LETTERS, k=2)),
            born_on=born_on,
            has_ehc_plan=provision.type == ProvisionType.SEN or self.chance.random() < 0.3,
            by=self.team["officer"],
            on=self.today,
        )
        self.young_people.append(young_person)
        roles = (
            [ProfessionalRole.SENO]
            if provision.type == ProvisionType.SEN
            else [ProfessionalRole.CSW, ProfessionalRole.IRO]
        )
        for role in roles:
            self._add_professional(young_person, role)
        return young_person

    def _add_professional(self, young_person: YoungPerson, role: ProfessionalRole) -> None:
        name = self.chance.choice(WORKERS)
        actions.add_professional(
            young_person=young_person,
            role=role,
            name=name,
            email=f"{name.lower().replace(' ', '.')}@work.example",
            starts_on=days_before(self.today, LONGEST + 60),
            by=self.team["officer"],
        )

    def _age(self, provision: Provision) -> int:
        if provision.type == ProvisionType.SUPPORTED_ACCOMMODATION:
            return 17
        return self.chance.randint(9, 15)

    def _flat(self, provision: Provision) -> Premises | None:
        if provision.type != ProvisionType.SUPPORTED_ACCOMMODATION:
            return None
        if provision.pk not in self.flats:
            self.flats[provision.pk] = self._add_flats(provision)
        return self.chance.choice(self.flats[provision.pk])

    def _add_flats(self, provision: Provision) -> list[Premises]:
        labels = [("House 1", PremisesKind.SHARED_HOUSE), ("Flat 2", PremisesKind.FLAT), ("Flat 3", PremisesKind.FLAT)]
        return [
            register_actions.add_premises(
                provision=provision,
                label=label,
                kind=kind,
                address=f"{label}, {self.chance.randint(2, 90)} Wharf Street, {provision.local_authority}",
                postcode="ZZ9 9ZZ",
                by=self.team["officer"],
                on=self.today,
            )
            for label, kind in labels[: self.chance.randint(2, 3)]
        ]
