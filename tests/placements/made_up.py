"""Invented authorities, people and homes for the tests of this room."""

from datetime import date

from wellplaced.people import actions as people
from wellplaced.people.models import Authority, Person, ProvisionType
from wellplaced.people.rights import Role
from wellplaced.placements import actions
from wellplaced.placements.models import Placement, YoungPerson
from wellplaced.register.models import LocalDetails, Premises, Provision

TODAY = date(2026, 3, 20)


def authority(name: str = "Fenmarket County Council") -> Authority:
    return people.add_authority(name=name, code=name[:3].lower(), by=None)


def person(of: Authority, name: str, *roles: Role) -> Person:
    email = name.lower().replace(" ", ".") + f"@{of.code}.example"
    return people.add_person(authority=of, name=name, email=email, roles=roles, by=None)


def provision(
    name: str = "Alder House", kind: str = ProvisionType.RESIDENTIAL, urn: str = "1234567", status: str = "active"
) -> Provision:
    return Provision.objects.create(name=name, type=kind, urn=urn, status=status, search_text=f"{name} {urn}".lower())


def supported(name: str = "Bridge Lodgings", urn: str = "2700001") -> Provision:
    return provision(name, ProvisionType.SUPPORTED_ACCOMMODATION, urn)


def alias(of: Authority, home: Provision, word: str) -> LocalDetails:
    return LocalDetails.objects.create(authority=of, provision=home, alias=word, search_text=word.lower())


def flat(of: Authority, home: Provision, label: str = "Flat 2") -> Premises:
    return Premises.objects.create(authority=of, provision=home, label=label, kind="flat")


def young_person(
    by: Person, reference: str = "M1001", initials: str = "AB", born_on: date = date(2010, 6, 1)
) -> YoungPerson:
    return actions.add_young_person(
        reference=reference, initials=initials, born_on=born_on, has_ehc_plan=False, by=by, on=TODAY
    )


def placed(
    by: Person, whom: YoungPerson, at: Provision, starts_on: date = date(2026, 3, 1), ends_on: date | None = None
) -> Placement:
    return actions.record_placement(
        young_person=whom, provision=at, starts_on=starts_on, ends_on=ends_on, by=by, on=TODAY
    )
