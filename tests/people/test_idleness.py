"""Signed out after idleness, or in another tab: what was typed is kept for who typed it, and for nobody else."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection
from django.test import Client

from tests.people.made import PASSWORD
from wellplaced.history import clock
from wellplaced.history.models import Event
from wellplaced.people.housekeeping import forget_expired_sessions
from wellplaced.people.models import ClosureDay, Person

START = "2026-11-23T09:00:00Z"
FORM = "/staff/closure-days/add"
FIELDS = {"day-day": "24", "day-month": "12", "day-year": "2026", "name": "Christmas Eve"}
TYPED = "/account/typed"


def sign_in(client: Client, person: Person, then: str = "/account"):
    return client.post(f"/accounts/login/?next={then}", {"login": person.email, "password": PASSWORD})


def signed_in_at_nine(person: Person, client: Client | None = None) -> Client:
    client = client or Client()
    sign_in(client, person)
    assert client.get("/account").status_code == 200
    return client


@pytest.fixture
def clock_at_nine():
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def later(traveller: time_machine.Traveller, **period: int) -> None:
    traveller.shift(timedelta(**period))


def test_half_an_hour_without_a_request_signs_out(clock_at_nine, ada: Person) -> None:
    client = signed_in_at_nine(ada)
    later(clock_at_nine, minutes=29)
    assert client.get("/account").status_code == 200
    later(clock_at_nine, minutes=31)
    response = client.get("/account")
    assert response.url == "/accounts/login/?next=/account"
    assert "You were signed out because nothing happened" in client.get(response.url).content.decode()


def test_reading_pages_writes_the_session_once_a_minute(clock_at_nine, ada: Person, django_assert_num_queries) -> None:
    client = signed_in_at_nine(ada)
    later(clock_at_nine, seconds=30)
    before = Session.objects.get().session_data
    client.get("/account")
    assert Session.objects.get().session_data == before
    later(clock_at_nine, seconds=31)
    client.get("/account")
    assert Session.objects.get().session_data != before


def test_a_form_sent_after_half_an_hour_is_kept_and_sent_again(clock_at_nine, ada: Person) -> None:
    client = signed_in_at_nine(ada)
    later(clock_at_nine, minutes=45)
    response = client.post(FORM, FIELDS)
    assert response.url == f"/accounts/login/?next={TYPED}"
    assert not ClosureDay.objects.exists(), "nothing is written for somebody signed out"

    assert sign_in(client, ada, TYPED).url == TYPED
    page = client.get(TYPED).content.decode()
    assert "You were signed out. Nothing you typed is lost" in page
    assert "Christmas Eve" in page
    assert "24/12/2026" in page
    assert ">Add a closure day</h2>" in page

    again = client.post(FORM, {**FIELDS, "typed_before": key_in(page)})
    assert again.status_code == 302
    assert ClosureDay.objects.get().name == "Christmas Eve"
    assert Event.objects.filter(verb="closure day added", by_id=ada.pk).exists()
    assert client.get(TYPED).status_code == 302, "it is not kept any longer"


def test_a_form_sent_after_signing_out_in_another_tab_is_kept(ada: Person) -> None:
    client = signed_in_at_nine(ada)
    client.post("/accounts/logout/")
    assert client.post(FORM, FIELDS).url == f"/accounts/login/?next={TYPED}"
    asked_to_sign_in = client.get(f"/accounts/login/?next={TYPED}").content.decode()
    assert "You were signed out. What you typed is kept: sign in to go on." in asked_to_sign_in
    assert ada.name not in asked_to_sign_in
    sign_in(client, ada)
    assert "Christmas Eve" in client.get(TYPED).content.decode()


def test_a_form_whose_token_is_stale_after_signing_in_in_another_tab_is_kept(ada: Person) -> None:
    client = signed_in_at_nine(ada, Client(enforce_csrf_checks=False))
    client.handler.enforce_csrf_checks = True
    response = client.post(FORM, {**FIELDS, "csrfmiddlewaretoken": "a" * 64})
    assert response.url == TYPED
    assert "Christmas Eve" in client.get(TYPED).content.decode()


def test_a_form_from_another_site_is_not_kept(ada: Person) -> None:
    client = signed_in_at_nine(ada, Client(enforce_csrf_checks=False))
    client.handler.enforce_csrf_checks = True
    response = client.post(FORM, FIELDS, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403
    assert client.get(TYPED).status_code == 302


def test_somebody_else_who_signs_in_never_sees_it_and_it_goes(clock_at_nine, ada: Person, max_: Person) -> None:
    client = signed_in_at_nine(ada)
    later(clock_at_nine, minutes=45)
    client.post(FORM, FIELDS)
    sign_in(client, max_, TYPED)
    assert client.get(TYPED).status_code == 302
    client.post("/accounts/logout/")
    sign_in(client, ada, TYPED)
    assert client.get(TYPED).status_code == 302, "discarded, not only hidden"


def test_a_stale_token_in_a_browser_that_two_people_use_keeps_nothing(ada: Person, max_: Person) -> None:
    client = signed_in_at_nine(ada)
    client.post("/accounts/logout/")
    signed_in_at_nine(max_, client)
    client.handler.enforce_csrf_checks = True
    assert client.post(FORM, FIELDS).status_code == 403
    assert client.get(TYPED).status_code == 302


def test_it_is_kept_for_a_day_and_no_longer(clock_at_nine, ada: Person) -> None:
    client = signed_in_at_nine(ada)
    later(clock_at_nine, minutes=45)
    client.post(FORM, FIELDS)
    assert Session.objects.get().expire_date <= clock.now() + timedelta(hours=24)
    later(clock_at_nine, hours=25)
    sign_in(client, ada)
    assert client.get(TYPED).status_code == 302


def test_the_worker_deletes_what_was_typed_a_day_ago(clock_at_nine, ada: Person) -> None:
    client = signed_in_at_nine(ada)
    later(clock_at_nine, minutes=45)
    client.post(FORM, FIELDS)
    assert forget_expired_sessions() == 0
    later(clock_at_nine, hours=24, minutes=1)
    assert forget_expired_sessions() == 1
    assert not Session.objects.exists()


def test_passwords_and_tokens_are_never_kept(clock_at_nine, ada: Person) -> None:
    client = signed_in_at_nine(ada)
    later(clock_at_nine, minutes=45)
    client.post(FORM, {**FIELDS, "password1": "quiet-orange-lamp", "csrfmiddlewaretoken": "abc"})
    (kept,) = client.session["typed"]
    assert {name for name, _ in kept["fields"]} == set(FIELDS)


def test_somebody_can_discard_what_they_typed(clock_at_nine, ada: Person) -> None:
    client = signed_in_at_nine(ada)
    later(clock_at_nine, minutes=45)
    client.post(FORM, FIELDS)
    sign_in(client, ada)
    key = key_in(client.get(TYPED).content.decode())
    client.post(f"{TYPED}/{key}/discard")
    assert client.get(TYPED).status_code == 302
    assert not ClosureDay.objects.exists()


def test_two_forms_from_two_tabs_are_both_kept(clock_at_nine, ada: Person) -> None:
    client = signed_in_at_nine(ada)
    later(clock_at_nine, minutes=45)
    client.post(FORM, FIELDS)
    client.post(FORM, {**FIELDS, "name": "The day before"})
    sign_in(client, ada)
    page = client.get(TYPED).content.decode()
    assert "Christmas Eve" in page
    assert "The day before" in page


def test_somebody_who_never_signed_in_here_leaves_nothing(client: Client, db: None) -> None:
    assert client.post(FORM, FIELDS).url == f"/accounts/login/?next={FORM}"
    assert not Session.objects.exists()


def key_in(page: str) -> str:
    return page.split('name="typed_before" value="')[1].split('"', 1)[0]


def test_whoever_reads_goes_on_reading_where_nothing_can_be_written(clock_at_nine, ada: Person) -> None:
    """A full disk, or a database that is locked for long."""
    client = signed_in_at_nine(ada)
    later(clock_at_nine, minutes=2)

    def full(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            raise OperationalError("database or disk is full")
        return execute(sql, *rest)

    with connection.execute_wrapper(full):
        assert client.get("/account").status_code == 200
