"""What every answer carries: nobody keeps a page of somebody signed in, nothing runs in it but our own scripts."""

from dataclasses import replace

import pytest
from django.http import HttpResponseBase
from django.test import Client

from tests.architecture.teams import World
from wellplaced.people.rights import Role

PAGES = ("/", "/owed/", "/young-people/", "/owed/?format=csv", "/staff", "/no-such-page", "/authorities", "/visits/0/")


@pytest.fixture
def browser(teams: World, db: None) -> Client:
    return replace(teams, made={}).browser(Role.MANAGER)


@pytest.mark.parametrize("address", PAGES)
def test_what_somebody_signed_in_was_shown_is_kept_nowhere(address: str, browser: Client) -> None:
    """After sign-out neither the back button nor a shared proxy shows it; errors and downloads included."""
    assert browser.get(address).headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("address", [*PAGES, "/accounts/login/", "/accessibility/", "/health/live"])
def test_every_answer_says_what_may_run_in_it(address: str, browser: Client) -> None:
    for answer in (browser.get(address), Client().get(address)):
        _is_guarded(answer)


def test_a_form_without_its_token_is_guarded_too(browser: Client) -> None:
    checking = Client(enforce_csrf_checks=True)
    _is_guarded(checking.post("/accounts/login/", {"login": "nobody"}))


@pytest.mark.parametrize("length", ["999999999", "9" * 5000, "-1", "²"])
def test_what_is_far_too_large_is_refused_before_it_is_read(length: str, browser: Client) -> None:
    """Else anybody could fill the disk, signed in or not: the check of a form's token reads what comes before it."""
    for each, address in ((browser, "/visits/0/report/"), (Client(enforce_csrf_checks=True), "/accounts/login/")):
        answer = each.post(address, {"file": "x"}, CONTENT_LENGTH=length)
        assert answer.status_code == 413
        assert "far too large" in answer.content.decode()  # type: ignore[attr-defined]
        _is_guarded(answer)


def _is_guarded(answer: HttpResponseBase) -> None:
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"
