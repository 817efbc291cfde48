"""What the service had to say to one person is not said to the next one who signs in at the same computer."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.people.made import PASSWORD, authority, person
from wellplaced.people.rights import Role

pytestmark = pytest.mark.django_db
LOGIN, WORK = "/accounts/login/", "/account"


def test_what_one_person_was_to_be_told_is_not_told_to_the_next(client: Client) -> None:
    fenmarket = authority()
    ada = person(fenmarket, "Ada Marsh", Role.ADMINISTRATOR)
    max_ = person(fenmarket, "Max Orchard", Role.VIEWER)
    client.post(LOGIN, {"login": ada.email, "password": PASSWORD})
    typed = {"name": "Quagmire Ash", "email": "quagmire@fen.example", "roles": [Role.VIEWER]}
    assert client.post(reverse("people:add_person"), typed).status_code == 302  # the page that tells of it never came
    client.post(reverse("account_logout"))
    page = client.get(LOGIN).content.decode()
    client.post(LOGIN, {"login": max_.email, "password": PASSWORD})
    assert "quagmire@fen.example" not in page + client.get(WORK).content.decode()
