"""What a screen reader reads out and what a link leads to: whole words with spaces, one as one, no page that is refused."""

import re
from datetime import date
from html import unescape

from django.test import Client

from tests.desk.conftest import SignIn
from tests.desk.making import DAY, concern, home, judged, read
from tests.monitoring.world import World
from wellplaced.monitoring import actions
from wellplaced.register import actions as register


def as_text(client: Client, address: str) -> str:
    """What stands in the page, with nothing between one tag and the next but what is written there."""
    main = client.get(address).content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", "", main)).split())


def test_why_this_date_names_a_task_without_its_full_stop_and_the_place_as_it_is_known(
    world: World, signed_in: SignIn
) -> None:
    place, client = home(world, name="Alder House"), signed_in(world.officer)
    register.describe_provision(provision=place, name="Willow Lodge", by=world.officer, on=world.today, seen_revision=0)
    concern(world, place, date(2026, 6, 9))
    actions.add_task(
        provision=place, what="Send the record of the night staff.", owner="provider", due_on=date(2026, 6, 12),
        by=world.officer,
    )  # fmt: skip
    for address in ("/", place.get_absolute_url()):
        page = as_text(client, address)
        assert "Why this date? send the record of the night staff, Willow Lodge" in page.replace("? Send", "? send")
        assert "Friday 12 June 2026 Why this date?" in page
        assert "visit about a concern, Willow Lodge" in page
        assert "Alder House" not in page.replace("Alder House’", "")


def test_the_picture_as_a_table_has_its_words_apart(world: World, signed_in: SignIn) -> None:
    place = home(world)
    concern(world, place, date(2026, 6, 9))
    page = as_text(signed_in(world.officer), place.get_absolute_url())
    assert "When Part What" in page
    assert "9 June 2026 Concerns Concern raised by telephone" in page


def test_one_visit_booked_is_not_read_out_as_several(world: World, signed_in: SignIn) -> None:
    place = home(world)
    actions.book_visit(
        provision=place, officer=world.officer, visit_on=world.today + 20 * DAY, by=world.officer, on=world.today
    )
    page = read(signed_in(world.manager), "/team/")
    assert "1 visit booked, Priya Oakes" in page
    assert "visits booked, Priya Oakes" not in page


def test_asking_for_the_action_plan_is_the_senior_officer_s_own_to_do_on_her_pages(
    world: World, signed_in: SignIn
) -> None:
    place = home(world)
    world.placed(place, date(2025, 9, 1))
    judged(world, place, "inadequate", date(2026, 6, 1))
    since = "to ask for the action plan: 9 days, since Monday 1 June 2026"
    for address in ("/", place.get_absolute_url()):
        assert f"For you as a senior officer {since}" in read(signed_in(world.senior), address)
        assert f"Waiting for a senior officer {since}" in read(signed_in(world.officer), address)


def test_no_link_of_a_provision_s_page_leads_the_operator_to_a_page_that_is_refused(
    world: World, signed_in: SignIn
) -> None:
    place, client = home(world), signed_in(world.operator)
    judged(world, place, "inadequate", date(2026, 6, 1))
    main = client.get(place.get_absolute_url()).content.decode().partition("<main")[2].partition("</main>")[0]
    links = set(re.findall(r'<a[^>]* href="(/[^"]*)"', main))
    assert links
    assert {href for href in links if client.get(unescape(href)).status_code == 403} == set()
