"""A fault of the service: what somebody typed is not lost with it."""

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from tests.architecture.filled_in import controls
from tests.people.made import authority, person
from wellplaced.people.models import ClosureDay
from wellplaced.people.rights import Role

ADDRESS = "/staff/closure-days/add"
TYPED = {"day-day": "24", "day-month": "12", "day-year": "2026", "name": 'Christmas <Eve> & "more"\r\nlines'}


def locked(execute: Any, sql: str, *rest: Any) -> Any:
    if sql.startswith("INSERT"):
        raise OperationalError("database is locked")
    return execute(sql, *rest)


@pytest.fixture
def browser(db: None) -> Client:
    made = Client(raise_request_exception=False)
    made.force_login(person(authority(), "Max Orchard", Role.MANAGER), backend="wellplaced.people.sign_in.Backend")
    made.get(ADDRESS)
    return made


def test_what_was_typed_is_in_the_page_of_the_fault_and_can_be_sent_again(browser: Client) -> None:
    with connection.execute_wrapper(locked):
        answer = browser.post(ADDRESS, TYPED)
    page = answer.content.decode()
    assert answer.status_code == 500
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert f'action="{ADDRESS}"' in page
    kept = {name: box.value for name, box in controls(page).items()}
    assert kept == TYPED
    assert browser.post(ADDRESS, kept).status_code == 302
    assert ClosureDay.objects.get().day.isoformat() == "2026-12-24"


def test_a_password_is_not_and_nothing_of_somebody_signed_out(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fault(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("wellplaced.people.actions.set_password", fault)
    typed = {"oldpassword": "wooden-teapot-harbour", "password1": "quiet-orange-lamp", "password2": "quiet-orange-lamp"}
    answer = browser.post("/accounts/password/change/", typed)
    assert answer.status_code == 500
    assert "quiet-orange-lamp" not in answer.content.decode()
    monkeypatch.setattr("allauth.account.forms.LoginForm.clean", fault)
    signed_out = Client(raise_request_exception=False).post("/accounts/login/", {"login": "sam@fen.example"})
    assert signed_out.status_code == 500
    assert "sam@fen.example" not in signed_out.content.decode()
