"""What a session survives and what ends it, and where signing in may lead."""

import pytest
from django.conf import settings
from django.test import Client

from tests.people.made import PASSWORD
from wellplaced.history import clock
from wellplaced.people import actions
from wellplaced.people.models import Person
from wellplaced.people.rights import Role

LOGIN = "/accounts/login/"
ACCOUNT = "/account"
ANOTHER = "granite-lantern-meadow"


def signed_in(person: Person) -> Client:
    browser = Client()
    assert browser.post(LOGIN, {"login": person.email, "password": PASSWORD}).status_code == 302
    return browser


def test_a_new_password_ends_every_other_session_and_keeps_this_one(sam: Person) -> None:
    here, elsewhere = signed_in(sam), signed_in(sam)
    typed = {"oldpassword": PASSWORD, "password1": ANOTHER, "password2": ANOTHER}
    assert here.post("/accounts/password/change/", typed).status_code == 302
    assert here.get(ACCOUNT).status_code == 200
    assert elsewhere.get(ACCOUNT).status_code == 302


def test_ended_access_ends_the_session_at_the_next_request(sam: Person, max_: Person) -> None:
    browser = signed_in(sam)
    actions.deactivate_person(person=sam, on=clock.today(), seen_revision=None, by=max_)
    assert browser.get(ACCOUNT).status_code == 302


def test_a_right_that_was_taken_away_is_gone_at_the_next_request(sam: Person, max_: Person) -> None:
    browser = signed_in(sam)
    assert browser.get("/young-people/add/").status_code == 200
    actions.set_roles(person=sam, roles=[Role.VIEWER], seen_revision=None, by=max_)
    assert browser.get("/young-people/add/").status_code == 403


def test_signing_in_gives_the_session_a_new_key(sam: Person) -> None:
    """Else somebody who planted a key before would be signed in with it."""
    browser = Client()
    browser.post(f"{LOGIN}?next={ACCOUNT}", {"login": sam.email, "password": "wrong"})
    session = browser.session
    session["planted"] = True
    session.save()
    browser.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    before = session.session_key
    browser.post(LOGIN, {"login": sam.email, "password": PASSWORD})
    assert browser.cookies[settings.SESSION_COOKIE_NAME].value != before
    planted = Client()
    planted.cookies[settings.SESSION_COOKIE_NAME] = before
    assert planted.get(ACCOUNT).status_code == 302


@pytest.mark.parametrize(
    "wanted", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "javascript:alert(1)"]
)
@pytest.mark.parametrize("page", [LOGIN, "/accounts/logout/"])
def test_signing_in_and_out_lead_nowhere_else(sam: Person, wanted: str, page: str) -> None:
    browser = Client() if page == LOGIN else signed_in(sam)
    answer = browser.post(page, {"login": sam.email, "password": PASSWORD, "next": wanted})
    assert answer.status_code == 302
    assert answer.headers["Location"] in ("/", LOGIN)


def test_a_lock_is_not_passed_by_spaces_or_case(sam: Person) -> None:
    browser = Client()
    for typed in (sam.email, sam.email.upper(), f" {sam.email}", f"{sam.email} ", sam.email.title()):
        answer = browser.post(LOGIN, {"login": typed, "password": "wrong"})
    assert answer.status_code == 429
    for typed in (f" {sam.email}", sam.email.title()):
        assert browser.post(LOGIN, {"login": typed, "password": PASSWORD}).status_code == 429
