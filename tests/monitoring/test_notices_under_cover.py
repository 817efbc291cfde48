"""Whoever stands in for a colleague takes note of what the colleague is told."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse

from tests.monitoring.world import World
from wellplaced.monitoring.models import Notice
from wellplaced.people import actions as people
from wellplaced.people.models import ProvisionType

FIFTEEN = timedelta(days=15 * 365)


def test_a_manager_who_covers_for_an_officer_marks_the_officers_notice_as_seen(world: World) -> None:
    home = world.provision()
    world.placed(home, world.today - timedelta(days=30))
    world.judged(home, "good", world.today)
    told = Notice.objects.get(for_role="placement_officer")
    client = Client()
    client.force_login(world.manager, backend="wellplaced.people.sign_in.Backend")
    address = reverse("monitoring:notice_seen", args=[told.pk])
    assert client.post(address).status_code == 404

    people.arrange_cover(
        absent=world.officer,
        covering=world.manager,
        starts_on=world.today,
        ends_on=world.today,
        by=world.manager,
    )
    assert client.post(address).status_code == 302
    told.refresh_from_db()
    assert told.seen_by == world.manager


def test_whoever_covers_for_the_manager_is_told_what_managers_are_told(world: World) -> None:
    world.placed(world.provision(ProvisionType.SUPPORTED_ACCOMMODATION), world.today, born_on=world.today - FIFTEEN)
    client = Client()
    client.force_login(world.senior, backend="wellplaced.people.sign_in.Backend")
    pages = (reverse("desk:my_work"), reverse("monitoring:notices"))
    assert not any("outside 16 to 17" in client.get(page).text.lower() for page in pages)

    people.arrange_cover(
        absent=world.manager,
        covering=world.senior,
        starts_on=world.today,
        ends_on=world.today,
        by=world.manager,
    )
    assert all("outside 16 to 17" in client.get(page).text.lower() for page in pages)
