"""A 16+ placement made out of hours in a flat that nobody has seen (C9, C4, R7): recorded after the fact."""

from collections.abc import Callable
from datetime import timedelta

from tests.journeys.walker import Walker
from tests.monitoring.world import World
from wellplaced.people.models import Person, ProvisionType


def test_a_16_plus_placement_made_out_of_hours_in_a_flat_never_seen(
    walk: Callable[[Person], Walker], world: World
) -> None:
    home = world.provision(ProvisionType.SUPPORTED_ACCOMMODATION, name="Wharf Street Supported Living")
    world.flat(home, "Flat 2")
    officer = walk(world.officer)
    officer.open("/young-people/add/").type("Reference", "M7001").type("Initials", "KT")
    officer.date("Date of birth", world.today.replace(year=world.today.year - 17, day=1)).press("Add")
    officer.sees("KT").open(f"/placements/record/{home.pk}/")
