"""Work during leave: a colleague covers, then the manager moves provisions; nobody unapproved gets any (C11, C7, C9)."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.journeys.conftest import Calendar
from tests.journeys.walker import PASSWORD, Walker
from tests.monitoring.world import World
from wellplaced.monitoring import actions as monitoring
from wellplaced.monitoring.models import Assignment, Requirement
from wellplaced.people import actions as people
from wellplaced.people.models import Person, ProvisionType
from wellplaced.people.rights import Role
from wellplaced.register.models import Provision

HOMES = (
    (ProvisionType.RESIDENTIAL, "Larkmere House"),
    (ProvisionType.RESIDENTIAL, "Osier Lodge"),
    (ProvisionType.SUPPORTED_ACCOMMODATION, "Wharf Street Living"),
)


@pytest.fixture
def provisions(calendar: Calendar, world: World) -> list[Provision]:
    """Three that Priya Oakes looks after, each with somebody placed there on Saturday 30 May 2026."""
    made = [world.provision(kind, name=name) for kind, name in HOMES]
    for each in made:
        world.placed(each, date(2026, 5, 30))
        monitoring.assign(provision=each, officer=world.officer, reason="", by=world.manager, on=world.today)
    return made


@pytest.fixture
def newcomer(calendar: Calendar, world: World) -> Person:
    """Somebody who is approved for residential homes alone."""
    jonas = people.add_person(
        authority=world.authority,
        name="Jonas Wake",
        email="jonas.wake@fen.example",
        roles=[Role.PLACEMENT_OFFICER],
        by=None,
    )
    people.set_password(person=jonas, password=PASSWORD, by=None)
    people.approve(
        person=jonas,
        provision_type=ProvisionType.RESIDENTIAL,
        starts_on=date(2026, 1, 1),
        ends_on=None,
        by=world.manager,
    )
    return jonas


def test_a_colleague_covers_then_provisions_move_to_who_is_approved_and_never_half_of_them(
    calendar: Calendar, world: World, provisions: list[Provision], newcomer: Person, walk: Callable[..., Walker]
) -> None:
    # Priya is away for a fortnight: Dana covers, and sees whose work it is
    manager = walk(world.manager).open("/staff/cover").press("Arrange cover")
    manager.select("Who is away?", "Priya Oakes").select("Who acts for them?", "Dana Holloway")
    manager.date("First day", date(2026, 6, 1)).date("Last day", date(2026, 6, 14)).type("Reason", "Leave")
    manager.press("Arrange cover").sees("Dana Holloway", "Priya Oakes", "14 June 2026")
    covering = walk(world.senior).sees("You cover for Priya Oakes today", "For Priya Oakes, whom you cover")
    covering.sees("Larkmere House", "Osier Lodge", "Wharf Street Living", "2 June 2026")
    requirement = Requirement.objects.get(provision=provisions[0])
    covering.open(requirement.get_absolute_url()).sees("Priya Oakes (Dana Holloway stands in)", "Book a visit")

    # the leave becomes longer: the manager wants to move everything, to somebody who may not have all of it
    manager.go("Team").sees("Dana Holloway").press("Move provisions to somebody else")
    manager.select("Looked after by", "Priya Oakes").press("Show these provisions")
    for _, name in HOMES:
        manager.choose(name)
    manager.select("Who is to look after them", "Jonas Wake").type("Why", "Leave until October").press("Move them")
    manager.sees("There is a problem", "Wharf Street Living: Jonas Wake is not approved for", "on 1 June 2026 (C11)")
    manager.is_ticked("Larkmere House").holds("Why", "Leave until October")
    assert {each.officer for each in Assignment.objects.filter(ends_on=None)} == {world.officer}

    # the homes go to Jonas, the flats to Dana
    manager.untick("Wharf Street Living").press("Move them").sees("Jonas Wake now looks after 2 provisions.")
    manager.press("Move provisions to somebody else").select("Looked after by", "Priya Oakes")
    manager.press("Show these provisions").does_not_see("Larkmere House").choose("Wharf Street Living")
    manager.select("Who is to look after them", "Dana Holloway").type("Why", "Leave until October").press("Move them")
    manager.sees("Dana Holloway now looks after 1 provision.")

    # on the day of the change both officers have it; the day after, who looks after it now, due as before
    covering.open("/").sees("Larkmere House", "For Priya Oakes, whom you cover")
    calendar.turn_to(date(2026, 6, 2))
    walk(newcomer).sees("Larkmere House", "Osier Lodge", "2 June 2026").does_not_see("Wharf Street Living")
    covering.sign_in(world.senior.email).sees("Wharf Street Living").does_not_see("Larkmere House", "whom you cover")

    held = {each.provision: each.officer for each in Assignment.objects.filter(ends_on=None)}
    assert held == dict(zip(provisions, (newcomer, newcomer, world.senior), strict=True))
    rows = Requirement.objects.order_by("provision__name").values_list("clause", "due_on", "state")
    assert list(rows) == [("C3", date(2026, 6, 2), "open")] * 2 + [("C9", date(2026, 6, 2), "open")]
