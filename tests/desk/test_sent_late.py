"""A form that was sent after signing out says which form it is, and which home it was about."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.architecture.doors import routes
from tests.desk.conftest import SignIn
from tests.monitoring.world import World
from wellplaced.desk.pages.sent_late import FORMS, said
from wellplaced.monitoring import actions
from wellplaced.monitoring.models import Requirement


def test_whoever_was_signed_out_reads_which_form_of_which_home_they_sent(world: World, signed_in: SignIn) -> None:
    home = world.provision(name="Larkmere House")
    placed = world.placed(home, world.today)
    client = signed_in(world.officer)
    client.get("/")
    client.post("/accounts/logout/")
    client.post(reverse("monitoring:raise_concern", args=[home.pk]), {"summary": "AB had no key", "once": "QvT4_h"})
    client.post(reverse("placements:end_placement", args=[placed.pk]), {"note": "Moved"})
    asked = client.get("/accounts/login/?next=/account/typed").content.decode()
    assert "You were signed out. What you typed is kept: sign in to go on." in asked
    assert "Larkmere" not in asked
    client.force_login(world.officer, backend="wellplaced.people.sign_in.Backend")
    page = client.get("/account/typed").content.decode()
    assert "Form 1 of 2: Raise a concern: Larkmere House</h2>" in page
    assert "Form 2 of 2: End placement: Larkmere House</h2>" in page
    assert ">Once<" not in page


def test_the_home_is_found_from_whatever_the_address_names(world: World) -> None:
    home = world.provision(name="Larkmere House")
    placed = world.placed(home, world.today)
    judgement = world.judged(home, "inadequate", world.today)
    check = actions.check_with_other_authority(
        placement=placed, provider_asked_on=world.today, named="Wold", by=world.officer
    )
    owed = Requirement.objects.filter(provision=home)[0]
    addresses = {
        reverse("monitoring:request_plan", args=[judgement.pk]): "The action plan was asked for: Larkmere House",
        reverse("monitoring:change_check", args=[check.pk]): "What other authorities say: Larkmere House",
        f"{reverse('monitoring:book_visit', args=[home.pk])}?discharges=x": "Book a visit: Larkmere House",
        reverse("monitoring:waive", args=[home.pk, owed.key]): "Waive a visit: Larkmere House",
        reverse("people:arrange_cover"): "Arrange cover",
        "/nowhere/at/all": "",
    }
    assert {address: str(said(address, world.senior)) for address in addresses} == addresses


def test_another_authoritys_visit_is_named_to_nobody(world: World, neighbour: World) -> None:
    home = world.provision(name="Larkmere House")
    visit = actions.book_visit(
        provision=home, officer=world.officer, visit_on=world.today, discharges=[], by=world.officer, on=world.today
    )
    address = reverse("monitoring:hold_visit", args=[visit.pk])
    assert said(address, world.officer) == "Record that a visit took place: Larkmere House"
    assert said(address, neighbour.officer) == "Record that a visit took place"


@pytest.mark.django_db
def test_every_form_that_is_named_has_an_address(client: Client) -> None:
    assert {*FORMS} <= {name.partition(":")[2].partition(" ")[0] for name in routes()}
