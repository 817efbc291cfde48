"""A visit brought to where a story begins, by the actions that people use; and colleagues a story needs besides."""

from datetime import date, timedelta

from tests.monitoring.world import World
from wellplaced.monitoring import actions as monitoring
from wellplaced.monitoring.models import Visit
from wellplaced.people import actions as people
from wellplaced.people.models import Person, ProvisionType
from wellplaced.people.rights import Role

LONG_AGO = date(2015, 1, 1)


def days_ago(world: World, number: int) -> date:
    """A day of the past, counted from the day on which the test runs."""
    return world.today - timedelta(days=number)


def colleague(world: World, name: str, *roles: Role) -> Person:
    """One more of the staff, approved for every type of provision (C11)."""
    email = f"{name.lower().replace(' ', '.')}@{world.authority.code}.example"
    found = people.add_person(authority=world.authority, name=name, email=email, roles=roles, by=world.manager)
    for kind, _ in ProvisionType.monitored():
        people.approve(person=found, provision_type=kind, starts_on=LONG_AGO, ends_on=None, by=world.manager)
    return found


def another_senior(world: World) -> Person:
    """A senior officer beside the world's own."""
    return colleague(world, "Rowan Tait", Role.SENIOR_OFFICER)


def held_visit(world: World, ago: int = 10, *, officer: Person | None = None) -> Visit:
    """A visit held so many days ago, at a home where one young person had been placed the day before."""
    home, held_on = world.provision(), days_ago(world, ago)
    placement = world.placed(home, held_on - timedelta(days=1))
    return monitoring.record_past_visit(
        provision=home,
        visit_on=held_on,
        booked_on=held_on - timedelta(days=20),
        officer=officer or world.officer,
        discharges=[f"initial:{placement.pk}"],
        by=world.officer,
    )
