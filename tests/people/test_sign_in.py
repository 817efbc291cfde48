"""Signing in and out, lock-out after repeated failures, reset, who is let in."""

import logging
import re
from datetime import date

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.people.made import PASSWORD, work
from wellplaced.history.models import Event
from wellplaced.people import actions
from wellplaced.people.models import Authority, Person

LOGIN = "/accounts/login/"
ACCOUNT = "/account"
RIGHTS = "/account/who-may-do-what"


def sign_in(client: Client, email: str, password: str = PASSWORD, path: str = LOGIN):
    return client.post(path, {"login": email, "password": password})


def test_somebody_signs_in_with_email_and_password(client: Client, sam: Person) -> None:
    response = sign_in(client, sam.email, path=f"{LOGIN}?next={ACCOUNT}")
    assert response.status_code == 302
    assert response.url == ACCOUNT
    assert "Sam Reed" in client.get(ACCOUNT).content.decode()


def test_the_case_of_an_email_address_does_not_matter(client: Client, sam: Person) -> None:
    assert sign_in(client, sam.email.upper()).status_code == 302
    assert client.get(ACCOUNT).status_code == 200


def test_a_wrong_password_says_so_and_keeps_the_address(client: Client, sam: Person) -> None:
    page = sign_in(client, sam.email, "wrong").content.decode()
    assert "There is a problem" in page
    assert sam.email in page
    assert 'value="wrong"' not in page


def test_a_page_sends_somebody_who_is_signed_out_to_sign_in_and_back(client: Client, sam: Person) -> None:
    response = client.get(ACCOUNT)
    assert response.url == f"{LOGIN}?next={ACCOUNT}"


def test_signing_out_ends_the_session(client: Client, sam: Person) -> None:
    sign_in(client, sam.email)
    assert client.post("/accounts/logout/").status_code == 302
    assert client.get(ACCOUNT).status_code == 302


def test_five_wrong_passwords_lock_the_address_and_say_what_to_do(client: Client, sam: Person) -> None:
    for _ in range(5):
        response = sign_in(client, sam.email, "wrong")
    assert response.status_code == 429
    page = response.content.decode()
    assert "Sign-in is locked for a while" in page
    assert "15 minutes" in page
    assert reverse("account_reset_password") in page
    assert sign_in(client, sam.email).status_code == 429, "the right password does not help for now"
    assert sign_in(client, sam.email.upper()).status_code == 429, "nor does another case"


def test_the_lock_of_one_person_is_not_the_lock_of_a_colleague(client: Client, sam: Person, quinn: Person) -> None:
    for _ in range(5):
        sign_in(client, sam.email, "wrong")
    assert sign_in(client, quinn.email).status_code == 302


def test_a_reset_by_email_lifts_the_lock(client: Client, sam: Person) -> None:
    for _ in range(5):
        sign_in(client, sam.email, "wrong")
    link = reset_link(client, sam.email.upper())
    form = client.get(link, follow=True)
    response = client.post(
        form.redirect_chain[-1][0], {"password1": "quiet-orange-lamp", "password2": "quiet-orange-lamp"}
    )
    assert response.url == reverse("account_reset_password_from_key_done")
    assert sign_in(client, sam.email, "quiet-orange-lamp").status_code == 302
    assert Event.objects.of(sam).last().verb == "password set"


def test_a_reset_message_names_nobody_and_is_plain_text(client: Client, sam: Person) -> None:
    reset_link(client, sam.email)
    message = mail.outbox[0]
    assert message.subject == "Set a new password for Wellplaced"
    assert "Sam" not in message.body
    assert not getattr(message, "alternatives", None)


def test_a_reset_link_works_once(client: Client, sam: Person) -> None:
    link = reset_link(client, sam.email)
    form = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": "quiet-orange-lamp", "password2": "quiet-orange-lamp"})
    assert "This link does not work any more" in client.get(link).content.decode()


def test_a_weak_new_password_is_refused_with_the_reason(client: Client, sam: Person) -> None:
    link = reset_link(client, sam.email)
    form = client.get(link, follow=True).redirect_chain[-1][0]
    page = client.post(form, {"password1": "short", "password2": "short"}).content.decode()
    assert "at least 12 characters" in page


def test_asking_for_a_reset_never_says_whether_somebody_is_known(client: Client, sam: Person) -> None:
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@elsewhere.example"})
    known = client.post(reverse("account_reset_password"), {"email": sam.email})
    assert unknown.url == known.url
    assert not mail.outbox, "the worker sends it: how long that takes would tell"
    work()
    assert [message.to for message in mail.outbox] == [[sam.email]]


def test_somebody_who_left_since_asking_for_a_reset_gets_no_link(client: Client, sam: Person, max_: Person) -> None:
    client.post(reverse("account_reset_password"), {"email": sam.email})
    actions.deactivate_person(person=sam, on=date(2026, 1, 1), seen_revision=None, by=max_)
    work()
    assert not mail.outbox


def test_asking_for_a_reset_does_not_fail_with_the_mail_server(client: Client, sam: Person, settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert client.post(reverse("account_reset_password"), {"email": sam.email}).status_code == 302
    with pytest.raises(OSError, match="refused"):
        work()


def test_changing_the_password_asks_for_the_present_one(client: Client, sam: Person) -> None:
    sign_in(client, sam.email)
    new = {"password1": "quiet-orange-lamp", "password2": "quiet-orange-lamp"}
    url = reverse("account_change_password")
    assert client.post(url, {"oldpassword": "wrong", **new}).status_code == 200
    changed = client.post(url, {"oldpassword": PASSWORD, **new}, follow=True)
    assert "Your password is changed" in changed.content.decode(), "and one stays signed in"
    sam.refresh_from_db()
    assert sam.check_password("quiet-orange-lamp")


def test_somebody_who_has_left_is_signed_out_and_told_at_sign_in(client: Client, sam: Person, max_: Person) -> None:
    sign_in(client, sam.email)
    actions.deactivate_person(person=sam, on=date(2026, 11, 23), seen_revision=0, by=max_)
    assert client.get(ACCOUNT).status_code == 302
    response = sign_in(Client(), sam.email)
    assert response.url == reverse("account_inactive")


def test_staff_of_an_authority_that_left_the_service_cannot_sign_in(
    client: Client, sam: Person, fenmarket: Authority, olive: Person
) -> None:
    sign_in(client, sam.email)
    actions.change_authority(
        authority=fenmarket,
        name=fenmarket.name,
        code=fenmarket.code,
        safeguarding_contact="",
        is_active=False,
        seen_revision=0,
        by=olive,
    )
    assert client.get(ACCOUNT).status_code == 302
    response = sign_in(Client(), sam.email)
    assert response.url == reverse("account_inactive")


def test_an_old_email_address_no_longer_signs_in(client: Client, sam: Person, ada: Person) -> None:
    old = sam.email
    reset_link(client, old)  # allauth keeps the address beside the person from here on
    assert EmailAddress.objects.filter(email=old).exists()
    actions.change_person(person=sam, name=sam.name, email="s.reed@fen.example", seen_revision=0, by=ada)
    assert sign_in(client, old).status_code == 200
    assert sign_in(client, "s.reed@fen.example").status_code == 302


def test_more_attempts_from_one_network_than_people_make_are_stopped(client: Client, sam: Person, settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "3/m/ip"}
    for _ in range(3):
        sign_in(client, sam.email, "wrong")
    response = sign_in(client, sam.email)
    assert response.status_code == 429
    assert "Too many attempts" in response.content.decode()


def test_one_person_tried_from_many_addresses_is_locked_too_and_a_reset_lifts_it(
    client: Client, sam: Person, quinn: Person, settings
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/h/key"}
    for number in range(3):
        client.post(LOGIN, {"login": sam.email, "password": "wrong"}, REMOTE_ADDR=f"192.0.2.{number}")
    locked = sign_in(client, sam.email)
    assert "Too many attempts to sign in have failed" in locked.content.decode()
    assert sign_in(Client(), quinn.email).status_code == 302
    form = client.get(reset_link(client, sam.email), follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": "quiet-orange-lamp", "password2": "quiet-orange-lamp"})
    assert sign_in(client, sam.email, "quiet-orange-lamp").status_code == 302


def test_behind_the_proxy_who_tries_elsewhere_locks_nobody_out(sam: Person, settings) -> None:
    """The proxy's own address is everybody's: the one that it adds to X-Forwarded-For counts, not what came from outside."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    def tried(password: str, says: str, seen: str) -> int:
        sent = {"login": sam.email, "password": password}
        return Client().post(LOGIN, sent, headers={"X-Forwarded-For": f"{says}, {seen}"}).status_code

    for number in range(5):
        last = tried("wrong", f"192.0.2.{number}", "203.0.113.9")
    assert last == 429, "whatever is said to have been before"
    assert tried(PASSWORD, "192.0.2.1", "203.0.113.9") == 429
    assert tried(PASSWORD, "192.0.2.1", "198.51.100.7") == 302


def test_without_a_proxy_nobody_names_their_own_address(client: Client, sam: Person) -> None:
    for number in range(5):
        sent = {"login": sam.email, "password": "wrong"}
        last = client.post(LOGIN, sent, headers={"X-Forwarded-For": f"192.0.2.{number}"})
    assert last.status_code == 429


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_set_password", "account_reauthenticate"])
def test_what_is_not_needed_of_the_account_pages_is_not_there(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize(
    "path",
    ["login/", "inactive/", "password/reset/", "password/reset/done/", "password/reset/key/done/"],
)
def test_the_pages_for_people_signed_out_answer(client: Client, db: None, path: str) -> None:
    response = client.get(f"/accounts/{path}")
    assert response.status_code == 200
    assert "– Wellplaced" in response.content.decode()


def test_no_log_line_names_who_tries_to_sign_in(client: Client, sam: Person, caplog: pytest.LogCaptureFixture) -> None:
    from wellplaced.config import settings

    for name, config in settings.LOGGING["loggers"].items():
        logging.getLogger(name).setLevel(config["level"])
    with caplog.at_level(logging.INFO, logger=""):
        for _ in range(6):
            sign_in(client, sam.email, "wrong")
        reset_link(client, sam.email)
    said = " ".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)
    assert "route" in said, "the request log is being read"
    assert sam.email not in said.replace("sam.reed%40", "")
    assert "Sam" not in said


def test_a_request_asks_for_the_person_once(client: Client, sam: Person, django_assert_num_queries) -> None:
    sign_in(client, sam.email)
    client.get(RIGHTS)
    with django_assert_num_queries(2):  # the session; the person with authority and roles
        client.get(RIGHTS)


def reset_link(client: Client, email: str) -> str:
    client.post(reverse("account_reset_password"), {"email": email})
    work()
    found = re.search(r"https?://[^/]+(/\S+)", mail.outbox[-1].body)
    assert found, mail.outbox[-1].body
    return found.group(1)
