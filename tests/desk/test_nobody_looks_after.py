"""Where nobody looks after a provision: the pages say so, and who mends it; what is said once a placement is recorded."""

from datetime import date, timedelta

from django.test import Client
from django.urls import reverse

from tests.desk.conftest import SignIn
from tests.desk.making import home, in_order, judged, queries, read
from tests.monitoring.world import World
from wellplaced.monitoring import actions
from wellplaced.people import actions as people
from wellplaced.people.rights import Role
from wellplaced.placements import actions as placements
from wellplaced.placements.models import YoungPerson
from wellplaced.register.models import Provision

TODAY = date(2026, 6, 10)
ON_NO_PAGE = "so what is owed there stands on no placement officer’s work page."


def record(client: Client, young_person: YoungPerson, place: Provision, first: date, last: date | None = None) -> str:
    """A placement recorded with the form, whatever it asks about confirmed; the page that follows."""
    address = f"{reverse('placements:record_placement')}?young_person={young_person.pk}&provision={place.pk}"
    typed = {"known": "year overlap standing age premises not_monitored"}
    for name, day in (("starts_on", first), ("ends_on", last)):
        if day:
            typed |= {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}
    answer = client.post(address, typed)
    assert answer.status_code == 302, answer.content.decode()
    return read(client, answer["Location"])


def somebody(world: World) -> YoungPerson:
    """A young person, placed nowhere today."""
    return world.placed(world.provision(), date(2025, 1, 1), date(2025, 2, 1)).young_person


def test_a_placement_where_nobody_looks_after_the_provision_says_so_once_it_is_recorded(
    world: World, signed_in: SignIn
) -> None:
    place = world.provision(name="Larkmere House")
    page = record(signed_in(world.officer), somebody(world), place, TODAY)
    assert in_order(
        page,
        "Done The placement at Larkmere House is recorded. What is owed because of it stands on this page.",
        f"Nobody looks after Larkmere House, {ON_NO_PAGE} Ask your manager to say who looks after it.",
        "Visits owed where they are placed",
        "Initial visit",
    )


def test_a_manager_goes_from_there_to_the_page_that_says_who_looks_after_it(world: World, signed_in: SignIn) -> None:
    place, client = world.provision(name="Larkmere House"), signed_in(world.manager)
    assert "Say who looks after Larkmere House" in record(client, somebody(world), place, TODAY)
    html = client.get(place.get_absolute_url()).content.decode()
    assert f'href="{reverse("monitoring:assign", args=[place.pk])}">Say who looks after Larkmere House</a>' in html
    assert ON_NO_PAGE in read(client, place.get_absolute_url())
    actions.assign(provision=place, officer=world.officer, by=world.manager, on=world.today)
    assert "Nobody looks after" not in read(client, place.get_absolute_url())


def test_the_manager_s_work_page_says_that_nobody_looks_after_it_and_leads_to_who_does(
    world: World, signed_in: SignIn
) -> None:
    place, client = world.provision(name="Larkmere House"), signed_in(world.manager)
    whom = world.placed(place, TODAY).young_person
    page = read(client, "/")
    told = "Placed at a provision that nobody looks after, so that no officer finds what is owed there"
    assert in_order(page, f"{told}: {whom}", "Larkmere House", "Wednesday 10 June 2026")
    assert "suspended" not in page
    assert reverse("monitoring:assign", args=[place.pk]) in client.get("/").content.decode()


def test_where_somebody_looks_after_it_only_what_is_owed_is_said(world: World, signed_in: SignIn) -> None:
    page = record(signed_in(world.officer), somebody(world), home(world, name="Larkmere House"), TODAY)
    assert "is recorded. What is owed because of it stands on this page." in page
    assert "Nobody looks after" not in page


def test_a_viewer_is_told_but_not_sent_to_anybody(world: World, signed_in: SignIn) -> None:
    viewer = people.add_person(
        authority=world.authority, name="Vera Lind", email="vera@fen.example", roles=[Role.VIEWER], by=None
    )
    place = world.provision(name="Larkmere House")
    world.placed(place, TODAY)
    page = read(signed_in(viewer), place.get_absolute_url())
    assert "Nobody looks after Larkmere House" in page
    assert "Ask your manager" not in page


def test_where_nothing_is_owed_and_nobody_is_placed_nothing_is_said(world: World, signed_in: SignIn) -> None:
    place = world.provision()
    world.placed(place, date(2026, 5, 1), date(2026, 5, 3))
    assert "Nobody looks after" not in read(signed_in(world.officer), place.get_absolute_url())


def test_a_short_stay_says_once_it_is_recorded_that_no_visit_is_owed_for_it(world: World, signed_in: SignIn) -> None:
    place = home(world, name="Larkmere House")
    judged(world, place, "good", date(2026, 1, 12))
    page = record(signed_in(world.officer), somebody(world), place, date(2026, 6, 1), date(2026, 6, 4))
    assert "is recorded. The stay ended before its initial visit was due, so no visit is owed for it." in page
    assert in_order(
        page,
        "Visits owed where they are placed",
        "The stay at Larkmere House from 1 June 2026 to 4 June 2026 ended before its initial visit was due",
    )


def test_short_stays_are_seen_at_the_provision_and_all_that_was_owed_is_a_link_away(
    world: World, signed_in: SignIn
) -> None:
    place, client = home(world), signed_in(world.officer)
    judged(world, place, "good", date(2026, 1, 12))
    first = world.placed(place, date(2026, 6, 1), date(2026, 6, 4)).young_person
    page = read(client, place.get_absolute_url())
    assert in_order(
        page,
        "What is owed",
        f"The stay of {first} from 1 June 2026 to 4 June 2026 ended before its initial visit was due, so no visit is owed",
        "See what lapsed here",
        "Nothing is owed here",
        "All that is or was owed here",
    )
    world.placed(place, date(2026, 6, 5), date(2026, 6, 7))
    assert "2 stays here ended before their initial visit was due" in read(client, place.get_absolute_url())
    lapsed = f"{reverse('monitoring:owed')}?q={place.urn}&amp;state=lapsed&amp;kind=initial"
    assert lapsed in client.get(place.get_absolute_url()).content.decode()
    everything = read(client, f"{reverse('monitoring:owed')}?q=alder&state=all")
    assert everything.count("Initial visit") >= 2


def test_the_stay_of_a_restricted_record_is_told_without_a_name(world: World, signed_in: SignIn) -> None:
    place = home(world)
    judged(world, place, "good", date(2026, 1, 12))
    kept = world.placed(place, date(2026, 6, 1), date(2026, 6, 4)).young_person
    placements.restrict_record(
        young_person=kept, named=[world.manager], reason="Known family", by=world.manager, seen_revision=None
    )
    page = read(signed_in(world.officer), place.get_absolute_url())
    assert "The stay of a young person (restricted record) from 1 June 2026" in page
    assert kept.reference not in page


def test_repeated_short_stays_of_a_young_person_are_counted_on_their_page(world: World, signed_in: SignIn) -> None:
    place, client = home(world, name="Larkmere House"), signed_in(world.officer)
    judged(world, place, "good", date(2026, 1, 12))
    whom = world.placed(place, date(2026, 4, 1), date(2026, 4, 3)).young_person
    for week in range(4):
        first = date(2026, 5, 1) + timedelta(weeks=week)
        page = record(client, whom, place, first, first + timedelta(days=2))
    assert "5 stays ended before their initial visit was due" in page
    assert in_order(page, "from 22 May 2026 to 24 May 2026", "from 15 May 2026", "from 8 May 2026")
    cost = queries(client, whom.get_absolute_url())
    assert cost <= 24


def test_where_no_visit_is_ever_owed_that_is_said(world: World, signed_in: SignIn) -> None:
    page = record(signed_in(world.officer), somebody(world), world.provision(kind="not_monitored"), TODAY)
    assert "No visit is owed at a provision of this kind." in page
    assert "Nobody looks after" not in page
