"""A visit and whom it is about, for the tests of the day: young people placed, with their CSW, IRO and SENO."""

from datetime import date, timedelta
from typing import Any

from tests.monitoring.browsing import signed_in, text_of
from tests.monitoring.world import World
from wellplaced.monitoring import actions
from wellplaced.monitoring.models import Visit
from wellplaced.people.models import Person
from wellplaced.placements import actions as placements
from wellplaced.placements.models import Professional, YoungPerson
from wellplaced.register.models import Provision

DAY = timedelta(days=1)


def placed(world: World, provision: Provision, ehc: bool = False, started: int = 60) -> YoungPerson:
    """A young person placed there for a while."""
    world.made += 1
    young_person = placements.add_young_person(
        reference=f"REF{world.made:06}",
        initials="AB",
        born_on=date(world.today.year - 16, 1, 1),
        has_ehc_plan=ehc,
        by=world.officer,
        on=world.today,
    )
    placements.record_placement(
        young_person=young_person,
        provision=provision,
        starts_on=world.today - started * DAY,
        by=world.officer,
        on=world.today,
    )
    return young_person


def professional(world: World, young_person: YoungPerson, role: str, name: str) -> Professional:
    return placements.add_professional(
        young_person=young_person,
        role=role,
        name=name,
        email=f"{name.lower().replace(' ', '.')}@care.example",
        starts_on=world.today - 50 * DAY,
        by=world.officer,
    )


def booked(world: World, provision: Provision, in_days: int = 20) -> Visit:
    return actions.book_visit(
        provision=provision,
        officer=world.officer,
        visit_on=world.today + in_days * DAY,
        by=world.officer,
        on=world.today,
    )


def held(world: World, provision: Provision, days_ago: int = 0) -> Visit:
    return actions.record_past_visit(
        provision=provision, visit_on=world.today - days_ago * DAY, officer=world.officer, by=world.officer
    )


def restricted(world: World, young_person: YoungPerson, *named: Person) -> YoungPerson:
    return placements.restrict_record(
        young_person=young_person, named=list(named), reason="Family works here", by=world.manager, seen_revision=None
    )


def page(person: Person, address: str, **typed: Any) -> str:
    """A page, or what comes of sending a form to it."""
    browser = signed_in(person)
    return text_of(browser.post(address, typed, follow=True) if typed else browser.get(address))
