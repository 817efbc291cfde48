"""What stands on a young person's page from the rooms above placements: what is owed where they are, concerns that name them."""

from datetime import date

from tests.desk.conftest import SignIn
from tests.desk.making import concern, home, in_order, read
from tests.monitoring.world import World
from wellplaced.placements import actions as placements


def test_a_young_person_s_page_says_what_is_owed_where_they_are_and_which_concerns_name_them(
    world: World, signed_in: SignIn
) -> None:
    provision = home(world)
    young_person = world.placed(provision, date(2026, 6, 9)).young_person
    raised = concern(world, provision, date(2026, 6, 8), young_people=[young_person])
    client = signed_in(world.officer)
    page = read(client, young_person.get_absolute_url())
    assert in_order(page, "Visits owed where they are placed", f"Initial visit for {young_person}", "12 June 2026")
    assert in_order(page, "Visit about a concern", "18 June 2026", "Concerns that name them", "8 June 2026")
    assert raised.get_absolute_url() in client.get(young_person.get_absolute_url()).content.decode()


def test_what_is_owed_for_somebody_else_and_a_concern_that_does_not_name_them_stay_away(
    world: World, signed_in: SignIn
) -> None:
    provision = home(world)
    young_person = world.placed(provision, date(2026, 6, 9)).young_person
    another = world.placed(provision, date(2026, 6, 8)).young_person
    concern(world, provision, date(2026, 6, 8), young_people=[another])
    placements.restrict_record(
        young_person=another, named=[world.manager], reason="Family known", by=world.manager, seen_revision=None
    )
    page = read(signed_in(world.officer), young_person.get_absolute_url())
    assert "No concern names this young person" in page
    assert another.reference not in page


def test_once_a_placement_is_over_what_is_owed_to_the_home_no_longer_stands_there(
    world: World, signed_in: SignIn
) -> None:
    provision = home(world)
    young_person = world.placed(provision, date(2026, 6, 1), date(2026, 6, 2)).young_person
    concern(world, provision, date(2026, 6, 8))
    page = read(signed_in(world.officer), young_person.get_absolute_url())
    assert "No visit is owed for a placement of this young person" in page
