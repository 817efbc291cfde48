"""What else is owed in the same postcode district is offered for the same day."""

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from tests.monitoring.bookings import DAY, book, new_visit, of_visit, owed_at, typed
from tests.monitoring.browsing import signed_in, text_of
from tests.monitoring.world import World, make_world
from wellplaced.monitoring.models import Visit
from wellplaced.monitoring.pages.nearby import district_of, nearby
from wellplaced.register import actions as register
from wellplaced.register.models import Provision

# Nearby


@pytest.mark.parametrize(
    ("typed_", "district"),
    [("FN4 2AB", "FN4"), ("fn42ab", "FN4"), ("FN14 2AB", "FN14"), ("FN142AB", "FN14"), ("FN4", "FN4"), ("", "")],
)
def test_the_district_of_a_postcode_as_typed(typed_: str, district: str) -> None:
    assert district_of(typed_) == district


def names(world: World, home: Provision) -> list[str]:
    return [each.name for each in nearby(world.officer, home, None).neighbours]


def test_what_else_is_owed_in_the_district_is_offered_for_the_same_day(world: World) -> None:
    home, _ = owed_at(world, postcode="FN4 2AB")
    near, owed = owed_at(world, postcode="FN4 9ZZ", name="Birch House")
    owed_at(world, postcode="FN41 1AA", name="Cedar House")
    owed_at(world, postcode="FN1 4AA", name="Dogwood House")
    hidden, _ = owed_at(world, name="")
    register.describe_provision(
        provision=hidden, name="Elm House", postcode="fn43xy", by=world.manager, on=world.today, seen_revision=None
    )
    assert names(world, home) == ["Birch House", "Elm House"]
    on = world.today + 5 * DAY
    page = text_of(signed_in(world.officer).get(new_visit(home) + f"?on={on}"))
    link = f"{new_visit(near)}?discharges={owed.key.replace(':', '%3A')}&amp;on={on}"
    assert link in page
    there = text_of(signed_in(world.officer).get(link.replace("&amp;", "&")))
    assert f'value="{on.day}"' in there
    book(world, near, 5, discharges=[owed.key])
    assert names(world, home) == ["Elm House"]


def test_what_is_owed_nearby_to_another_authority_is_not_offered(world: World) -> None:
    other = make_world("Wold Borough Council", "wold", operator=world.operator)
    home, _ = owed_at(world, postcode="FN4 2AB")
    other.made = world.made
    owed_at(other, postcode="FN4 2AC")
    assert names(world, home) == []


def test_ten_at_most_are_offered_the_earliest_due_first(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    home = world.provision(postcode="FN4 2AB")
    for number in range(12):
        owed_at(world, started=12 - number, postcode="FN4 2AB", name=f"House {number:02}")
    with django_assert_max_num_queries(3):
        found = names(world, home)
    assert found == [f"House {number:02}" for number in range(10)]


def test_after_booking_what_is_owed_nearby_is_a_page_of_its_own(world: World) -> None:
    home = world.provision(postcode="FN4 2AB")
    owed_at(world, postcode="FN4 2AC", name="Birch House")
    client = signed_in(world.officer)
    answer = client.post(new_visit(home), typed(world, 20))
    visit = Visit.objects.get()
    assert any(of_visit("nearby", visit) in str(message) for message in answer.wsgi_request._messages)
    assert "Birch House" in text_of(client.get(of_visit("nearby", visit)))
