"""Search over provisions and references, and the pages that only say something."""

import re
from datetime import date, datetime, time, timedelta

import time_machine
from django.test import Client

from tests.desk.conftest import SignIn
from tests.desk.making import home, in_order, queries, read
from tests.monitoring.world import World
from wellplaced.history import clock
from wellplaced.people import actions as people
from wellplaced.people.rights import Role
from wellplaced.placements import actions as placements
from wellplaced.register import actions as register
from wellplaced.register import standing


def findable(world: World, **values: object) -> object:
    provision = world.provision(**values)  # type: ignore[arg-type]
    standing.refresh([provision.pk])
    return provision


def test_a_provision_is_found_by_name_urn_and_by_the_name_that_one_typed(
    world: World, neighbour: World, signed_in: SignIn
) -> None:
    provision = findable(world, name="Gorse House", local_authority="Oxmoor")
    register.describe_provision(
        provision=provision,
        alias="Blue door",
        by=world.officer,
        on=world.today,
        seen_revision=0,  # type: ignore[arg-type]
    )
    client = signed_in(world.officer)
    for typed in ("gorse", "oxmoor gorse", "blue", "GORSE blue"):
        assert "Gorse House" in read(client, f"/search/?q={typed}"), typed
    assert "Nothing found" in read(signed_in(neighbour.officer), "/search/?q=blue")


def test_a_young_person_is_found_by_the_beginning_of_the_reference_and_by_initials(
    world: World, neighbour: World, signed_in: SignIn
) -> None:
    young_person = world.placed(home(world), date(2026, 6, 1)).young_person
    client = signed_in(world.officer)
    assert in_order(read(client, f"/search/?q={young_person.reference[:2]}"), "Young people", str(young_person))
    assert str(young_person) in read(client, "/search/?q=ab")
    assert "Nothing found" in read(signed_in(neighbour.officer), f"/search/?q={young_person.reference}")
    placements.restrict_record(
        young_person=young_person, named=[world.manager], reason="Family", by=world.manager, seen_revision=None
    )
    assert "Nothing found" in read(client, f"/search/?q={young_person.reference}")


def test_nothing_typed_finds_nothing_and_says_what_can_be_typed(world: World, signed_in: SignIn) -> None:
    assert "A name, alias, URN, owner or place" in read(signed_in(world.officer), "/search/")


def test_search_takes_as_few_queries_with_many_hits(world: World, signed_in: SignIn) -> None:
    client = signed_in(world.officer)
    findable(world, name="Gorse One")
    few = queries(client, "/search/?q=gorse")
    for number in range(30):
        findable(world, name=f"Gorse {number}")
    assert queries(client, "/search/?q=gorse") == few <= 12
    assert "11 more" in read(client, "/search/?q=gorse")


def test_help_says_the_clauses_and_whom_to_call(world: World, signed_in: SignIn) -> None:
    for person in (world.officer, world.operator):
        assert in_order(read(signed_in(person), "/help/"), "This is not a safeguarding referral", "C3", "C9", "C15")
    assert "01632 960 100" in read(signed_in(world.officer), "/help/")


def test_the_accessibility_statement_is_open_to_all(db: None) -> None:
    assert "Accessibility statement" in read(Client(), "/accessibility/")


def test_the_navigation_holds_what_one_may_open(world: World, signed_in: SignIn) -> None:
    viewer = people.add_person(
        authority=world.authority, name="Vera Lind", email="vera@fen.example", roles=[Role.VIEWER], by=None
    )
    for person, seen, unseen in (
        (world.officer, "Owed", "Team"),
        (world.manager, "Team", "Authorities"),
        (world.operator, "Authorities", "Owed"),
        (viewer, "Young people", "Staff"),
    ):
        page = signed_in(person).get("/").text
        navigation = page.partition('aria-label="Menu"')[2].partition("</nav>")[0] or page.partition("<nav")[2]
        assert seen in navigation
        assert f">{unseen}<" not in " ".join(navigation.split())


def test_whoever_acts_for_a_senior_officer_finds_the_reviews_until_the_last_day(
    world: World, signed_in: SignIn
) -> None:
    last = world.today + timedelta(days=3)
    people.arrange_cover(
        absent=world.senior, covering=world.officer, starts_on=world.today, ends_on=last, by=world.manager
    )
    browser = signed_in(world.officer)
    assert ">Reviews<" in _navigation(browser)
    assert ">Team<" not in _navigation(browser)  # it opens for those who see the team, and for nobody else
    with time_machine.travel(datetime.combine(last + timedelta(days=1), time(9), clock.LONDON), tick=False):
        assert ">Reviews<" not in _navigation(signed_in(world.officer))


def _navigation(browser: Client) -> str:
    page = browser.get("/").content.decode()
    return re.sub(r"\s*([<>])\s*", r"\1", page.partition("<nav")[2].partition("</nav>")[0])


def test_the_page_that_one_is_on_is_marked_in_the_navigation(world: World, signed_in: SignIn) -> None:
    page = " ".join(signed_in(world.officer).get("/visits/").text.split())
    assert page.count('aria-current="') == 1
