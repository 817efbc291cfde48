"""The pages of staff, approvals, cover, authorities and one's own account."""

import re

import pytest
from django.core import mail
from django.test import Client

from tests.people.made import person
from wellplaced.people import actions
from wellplaced.people.models import Approval, Authority, Cover, Person, ProvisionType
from wellplaced.people.rights import Permission, Role


def as_(who: Person) -> Client:
    client = Client()
    client.force_login(who, backend="wellplaced.people.sign_in.Backend")
    return client


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def day(name: str, iso: str) -> dict[str, str]:
    year, month, number = iso.split("-")
    return {f"{name}-day": number, f"{name}-month": month, f"{name}-year": year}


def test_an_administrator_adds_a_colleague_who_sets_their_own_password(ada: Person) -> None:
    client = as_(ada)
    response = client.post(
        "/staff/add", {"name": "Kit Lowe", "email": "Kit.Lowe@fen.example", "roles": ["viewer", "manager"]}
    )
    added = Person.objects.get(email="kit.lowe@fen.example")
    assert response.url == f"/staff/{added.pk}"
    message = mail.outbox[0]
    assert message.to == ["kit.lowe@fen.example"]
    assert "Kit" not in message.subject + message.body
    link = re.search(r"https?://[^/]+(/\S+)", message.body)
    assert link
    newcomer = Client()
    form = newcomer.get(link.group(1), follow=True).redirect_chain[-1][0]
    newcomer.post(form, {"password1": "quiet-orange-lamp", "password2": "quiet-orange-lamp"})
    signed_in = newcomer.post("/accounts/login/", {"login": added.email, "password": "quiet-orange-lamp"})
    assert signed_in.status_code == 302


def test_without_a_carrier_the_page_says_where_the_message_lies(ada: Person, settings, tmp_path) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    response = as_(ada).post(
        "/staff/add", {"name": "Kit Lowe", "email": "kit@fen.example", "roles": ["viewer"]}, follow=True
    )
    assert "the folder ‘emails’" in response.content.decode()
    assert len(list(tmp_path.iterdir())) == 1


def test_where_the_carrier_fails_the_colleague_is_added_and_the_page_says_what_to_do(ada: Person, settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    response = as_(ada).post(
        "/staff/add", {"name": "Kit Lowe", "email": "kit@fen.example", "roles": ["viewer"]}, follow=True
    )
    assert "could not be sent" in response.content.decode()
    assert Person.objects.filter(email="kit@fen.example").exists()


def change(client: Client, who: Person, **typed: str) -> str:
    seen = {"name": who.name, "email": who.email, "revision": str(who.revision)}
    return client.post(f"/staff/{who.pk}/change", seen | typed, follow=True).content.decode()


def test_the_old_address_is_told_when_a_colleagues_email_address_is_changed(ada: Person, sam: Person) -> None:
    """Else whoever keeps staff could sign in as somebody else, by a link to an address of their own, and nobody would know."""
    change(as_(ada), sam, email="Somebody.Else@fen.example")
    message = mail.outbox[0]
    assert message.to == ["sam.reed@fen.example"]
    assert "This address no longer signs in" in message.body
    assert "somebody.else" not in message.body
    assert "Sam" not in message.subject + message.body
    on_record = page(as_(sam), "/account")
    assert "from sam.reed@fen.example to somebody.else@fen.example" in re.sub(r"<[^>]+>", "", on_record)
    assert "Ada Marsh" in on_record


def test_nobody_is_told_of_a_change_of_name_or_of_an_address_that_never_signed_in(
    ada: Person, sam: Person, fenmarket: Authority
) -> None:
    new = person(fenmarket, "Kit Lowe", password="")
    change(as_(ada), sam, name="Sam Reed-Hale")
    change(as_(ada), new, email="kit@fen.example")
    assert not mail.outbox


def test_where_the_old_address_cannot_be_told_the_page_says_what_to_do(ada: Person, sam: Person, settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert "Tell Sam Reed yourself" in change(as_(ada), sam, email="sam@fen.example")
    assert Person.objects.get(pk=sam.pk).email == "sam@fen.example"


def test_an_email_address_in_use_is_said_at_its_field_and_nothing_typed_is_lost(ada: Person, sam: Person) -> None:
    response = as_(ada).post("/staff/add", {"name": "Kit Lowe", "email": sam.email.upper(), "roles": ["viewer"]})
    text = response.content.decode()
    assert "Somebody signs in with this email address already" in text
    assert 'value="Kit Lowe"' in text
    assert 'href="#id_email"' in text


def test_staff_are_found_by_name_role_and_type_of_provision(
    ada: Person, sam: Person, max_: Person, quinn: Person
) -> None:
    from wellplaced.history import clock

    actions.approve(person=quinn, provision_type=ProvisionType.SEN, starts_on=clock.today(), ends_on=None, by=max_)
    client = as_(ada)
    assert names(page(client, "/staff")) == {"Ada Marsh", "Max Orchard", "Quinn Hale", "Sam Reed"}
    assert names(page(client, "/staff?q=reed")) == {"Sam Reed"}
    assert names(page(client, "/staff?role=manager")) == {"Max Orchard"}
    assert names(page(client, "/staff?approved=sen")) == {"Quinn Hale"}
    assert names(page(client, "/staff?works=no")) == set()


def test_the_staff_list_downloads_as_csv(ada: Person, sam: Person) -> None:
    response = as_(ada).get("/staff?format=csv")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    assert "Sam Reed,sam.reed@fen.example,Placement officer" in text


def test_another_authoritys_staff_are_not_there(ada: Person, alderbrook: Authority) -> None:
    stranger = person(alderbrook, "Bo Vale")
    client = as_(ada)
    assert "Bo Vale" not in page(client, "/staff")
    assert client.get(f"/staff/{stranger.pk}").status_code == 404


def test_a_manager_approves_corrects_and_ends_on_the_pages(max_: Person, sam: Person) -> None:
    client = as_(max_)
    posted = {"provision_type": "sen", **day("starts_on", "2026-11-01")}
    assert client.post(f"/staff/{sam.pk}/approve", posted).status_code == 302
    approval = Approval.objects.get()
    shown = page(client, f"/staff/{sam.pk}")
    assert "from 1 November 2026 until further notice" in shown
    end = {**day("ends_on", "2026-12-31"), "reason": "Left SEN", "revision": "0"}
    assert client.post(f"/staff/approvals/{approval.pk}/end", end).status_code == 302
    shown = page(client, f"/staff/{sam.pk}")
    assert "1 November 2026 to 31 December 2026" in shown
    assert "Left SEN" in shown
    late = client.post(f"/staff/approvals/{approval.pk}/end", {**day("ends_on", "2027-01-31"), "revision": "0"})
    assert "Max Orchard saved this first" in late.content.decode()


def test_a_manager_arranges_and_ends_cover_on_the_pages(max_: Person, sam: Person, quinn: Person) -> None:
    client = as_(max_)
    posted = {
        "absent": sam.pk,
        "covering": quinn.pk,
        "reason": "leave",
        **day("starts_on", "2026-11-01"),
        **day("ends_on", "2099-11-14"),
    }
    assert client.post("/staff/cover/add", posted).status_code == 302
    cover = Cover.objects.get()
    shown = page(client, "/staff/cover")
    assert "Quinn Hale acts for Sam Reed from 1 November 2026 to 14 November 2099" in shown
    assert client.post(f"/staff/cover/{cover.pk}/end", {"revision": "0", "reason": "Back early"}).status_code == 302
    shown = page(client, "/staff/cover")
    assert "Ended early" in shown
    assert "Quinn Hale does not act for Sam Reed any more" in shown


def test_only_who_may_do_the_work_is_offered_as_cover(max_: Person, sam: Person, fenmarket: Authority) -> None:
    noor = person(fenmarket, "Noor Latham", Role.VIEWER)
    away, acts = page(as_(max_), "/staff/cover/add").split('name="covering"')
    assert f'value="{noor.pk}"' in away
    assert f'value="{noor.pk}"' not in acts
    assert all(f'value="{each.pk}"' in acts for each in (max_, sam))


@pytest.mark.parametrize(
    ("path", "posted", "said"),
    [
        (
            "change",
            {"name": "Sam Reid", "email": "sam@fen.example"},
            "The name and email address of Sam Reid are saved",
        ),
        ("roles", {"roles": ["senior_officer"]}, "The roles of Sam Reed are saved"),
        (
            "approve",
            {"provision_type": "sen", **day("starts_on", "2026-11-01")},
            "The approval for SEN provision is recorded",
        ),
    ],
)
def test_what_is_saved_of_a_colleague_is_said_on_the_next_page(
    path: str, posted: dict[str, object], said: str, max_: Person, sam: Person
) -> None:
    answer = as_(max_).post(f"/staff/{sam.pk}/{path}", {**posted, "revision": "0"}, follow=True)
    assert f"{said}</p>" in answer.content.decode()


def test_the_operator_adds_an_authority_with_its_first_administrator(olive: Person) -> None:
    client = as_(olive)
    posted = {
        "name": "Alderbrook Borough Council",
        "code": "ald",
        "administrator_name": "Bo Vale",
        "administrator_email": "bo@ald.example",
    }
    assert client.post("/authorities/add", posted).status_code == 302
    assert Person.objects.get(email="bo@ald.example").held_roles == {Role.ADMINISTRATOR}
    assert mail.outbox[0].to == ["bo@ald.example"]
    assert "Alderbrook" in page(client, "/authorities")


def test_where_the_administrator_cannot_be_added_the_authority_is_not_either(olive: Person, sam: Person) -> None:
    posted = {"name": "Alderbrook", "code": "ald", "administrator_name": "Bo", "administrator_email": sam.email}
    response = as_(olive).post("/authorities/add", posted)
    assert "Somebody signs in with this email address already" in response.content.decode()
    assert not Authority.objects.filter(code="ald").exists()


def test_the_account_page_says_what_one_may_do(sam: Person) -> None:
    text = page(as_(sam), "/account")
    assert "Placement officer" in text
    assert Permission.RAISE_CONCERN.value in text
    assert Permission.WAIVE.value not in text


def test_who_may_do_what_is_the_table_that_the_service_goes_by(sam: Person) -> None:
    text = page(as_(sam), "/account/who-may-do-what")
    for permission in Permission:
        assert permission.value.split("'")[0] in text


@pytest.mark.parametrize(
    "path",
    [
        "/staff/add", "/staff/{sam}", "/staff/{sam}/change", "/staff/{sam}/roles", "/staff/{sam}/end-access",
        "/staff/{sam}/approve", "/staff/cover", "/staff/cover/add", "/staff/closure-days", "/staff/closure-days/add",
    ],
)  # fmt: skip
def test_every_page_opens_within_its_budget(
    max_: Person, sam: Person, path: str, django_assert_max_num_queries
) -> None:
    client = as_(max_)
    client.get("/account")
    with django_assert_max_num_queries(12):
        page(client, path.format(sam=sam.pk))


def names(text: str) -> set[str]:
    return {
        name
        for name in ("Ada Marsh", "Max Orchard", "Quinn Hale", "Sam Reed")
        if f">{name}<" in text.split("</header>")[1]
    }
