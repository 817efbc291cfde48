"""Concerns (C6), as pages."""

from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from tests.monitoring.browsing import day_parts, signed_in, text_of
from tests.monitoring.world import World, make_world
from wellplaced.design.words import day
from wellplaced.monitoring import actions
from wellplaced.monitoring.models import Concern, Requirement
from wellplaced.people import actions as people
from wellplaced.people.rights import Role
from wellplaced.placements import actions as placements
from wellplaced.placements.models import YoungPerson
from wellplaced.register.models import Provision

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WORDS = "The kitchen was locked at night"


def typed(world: World, **more: object) -> dict[str, object]:
    return {
        **day_parts("raised_on", world.today - 2 * DAY),
        "raised_by": "social worker",
        "how": "telephone",
        "summary": WORDS,
        **more,
    }


def raised(world: World, provision: Provision, *young_people: YoungPerson) -> Concern:
    return actions.raise_concern(
        provision=provision,
        raised_on=world.today - DAY,
        raised_by="a neighbour",
        how="email",
        summary=WORDS,
        young_people=young_people,
        by=world.officer,
        on=world.today,
    )


def test_c6_a_concern_is_raised_and_its_visit_is_owed_within_10_days(world: World) -> None:
    provision = world.provision()
    address = reverse("monitoring:raise_concern", args=[provision.pk])
    answer = signed_in(world.officer).post(address, typed(world), follow=True)
    concern = Concern.objects.get()
    assert Requirement.objects.get(key=f"concern:{concern.pk}").due_on == world.today + 8 * DAY
    page = text_of(answer)
    assert WORDS in page
    assert "Owed, due in 8 days" in page
    assert "Book a visit" in page


def test_the_page_says_that_it_is_no_safeguarding_referral_and_whom_to_call(world: World) -> None:
    provision = world.provision()
    client = signed_in(world.officer)
    for address in (
        reverse("monitoring:raise_concern", args=[provision.pk]),
        raised(world, provision).get_absolute_url(),
    ):
        page = text_of(client.get(address))
        assert "This is not a safeguarding referral" in page
        assert "01632 960 100" in page
        assert "999" in page


def test_where_nothing_is_monitored_no_visit_is_promised(world: World) -> None:
    for kind, words in (
        ("residential", "A visit is owed for it at once (C6)"),
        ("not_monitored", "no visit will be owed"),
    ):
        page = text_of(signed_in(world.officer).get(f"/provisions/{world.provision(kind=kind).pk}/concerns/new/"))
        assert words in page
        assert ("at once" in page) == (kind == "residential")


def test_a_concern_to_come_is_refused_and_everything_typed_is_kept(world: World) -> None:
    provision = world.provision()
    tomorrow = typed(world, **day_parts("raised_on", world.today + DAY))
    page = text_of(signed_in(world.officer).post(reverse("monitoring:raise_concern", args=[provision.pk]), tomorrow))
    assert "must be on or before" in page
    assert WORDS in page
    assert "social worker" in page
    assert not Concern.objects.exists()


def test_those_placed_lately_are_offered_and_restricted_records_only_to_those_named(world: World) -> None:
    provision = world.provision()
    here = world.placed(provision, world.today - 400 * DAY).young_person
    left_lately = world.placed(provision, world.today - 400 * DAY, world.today - 100 * DAY).young_person
    left_long_ago = world.placed(provision, world.today - 900 * DAY, world.today - 500 * DAY).young_person
    hidden = world.placed(provision, world.today - 30 * DAY).young_person
    placements.restrict_record(
        young_person=hidden, named=[world.senior], reason="Court order", by=world.manager, seen_revision=None
    )
    page = text_of(signed_in(world.officer).get(reverse("monitoring:raise_concern", args=[provision.pk])))
    assert [str(each) in page for each in (here, left_lately, left_long_ago, hidden)] == [True, True, False, False]
    assert str(hidden) in text_of(signed_in(world.senior).get(reverse("monitoring:raise_concern", args=[provision.pk])))


def test_what_is_said_about_a_restricted_young_person_is_closed_to_others(world: World) -> None:
    provision = world.provision()
    young_person = world.placed(provision, world.today - 30 * DAY).young_person
    concern = raised(world, provision, young_person)
    placements.restrict_record(
        young_person=young_person, named=[world.senior], reason="Court order", by=world.manager, seen_revision=None
    )
    unnamed = signed_in(world.officer)
    for address in (concern.get_absolute_url(), "/concerns/", "/concerns/?format=csv"):
        page = text_of(unnamed.get(address))
        assert WORDS not in page
        assert str(young_person) not in page
        assert "A young person (restricted record)" in page
    assert unnamed.get(reverse("monitoring:correct_concern", args=[concern.pk])).status_code == 404
    assert f",{young_person}," in text_of(signed_in(world.senior).get("/concerns/?format=csv"))
    named = text_of(signed_in(world.senior).get(concern.get_absolute_url()))
    assert WORDS in named
    assert str(young_person) in named


def test_correcting_the_day_moves_the_due_date_and_is_on_record(world: World) -> None:
    concern = raised(world, world.provision())
    client = signed_in(world.officer)
    address = reverse("monitoring:correct_concern", args=[concern.pk])
    assert WORDS in text_of(client.get(address))
    page = text_of(client.post(address, typed(world, revision="0"), follow=True))
    assert Requirement.objects.get(key=f"concern:{concern.pk}").due_on == world.today + 8 * DAY
    assert "Concern corrected" in page
    assert "Raised by" in page


def test_a_correction_after_somebody_elses_shows_both(world: World) -> None:
    concern = raised(world, world.provision())
    address = reverse("monitoring:correct_concern", args=[concern.pk])
    signed_in(world.senior).post(address, typed(world, revision="0", summary="Their words"))
    page = text_of(signed_in(world.officer).post(address, typed(world, revision="0", summary="My words")))
    assert "Dana Holloway saved this first" in page
    assert "Their words" in page
    assert "My words" in page
    concern.refresh_from_db()
    assert concern.summary == "Their words"


def test_a_day_after_the_visit_that_answered_it_is_refused_on_the_form(world: World) -> None:
    provision = world.provision()
    concern = actions.raise_concern(
        provision=provision,
        raised_on=world.today - 9 * DAY,
        raised_by="a neighbour",
        how="email",
        summary=WORDS,
        by=world.officer,
        on=world.today,
    )
    actions.record_past_visit(
        provision=provision,
        visit_on=world.today - 5 * DAY,
        officer=world.officer,
        discharges=[f"concern:{concern.pk}"],
        by=world.officer,
    )
    page = text_of(
        signed_in(world.officer).post(
            reverse("monitoring:correct_concern", args=[concern.pk]), typed(world, revision="0")
        )
    )
    assert "cannot discharge ‘visit about a concern’" in page
    assert f"concern:{concern.pk}" not in page


def test_the_list_never_prints_what_was_said(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(5):
        provision = world.provision()
        raised(world, provision, world.placed(provision, world.today - 30 * DAY).young_person)
    client = signed_in(world.officer)
    with django_assert_max_num_queries(12):
        page = text_of(client.get("/concerns/?sort=-visit_due&how=email"))
    assert WORDS not in page
    assert page.count("/concerns/") >= 5


def test_a_viewer_may_not_raise_one_and_another_authority_sees_none(world: World) -> None:
    provision = world.provision()
    concern = raised(world, provision)
    viewer = people.add_person(
        authority=world.authority, name="Vera Lune", email="vera@fen.example", roles=[Role.VIEWER], by=None
    )
    address = reverse("monitoring:raise_concern", args=[provision.pk])
    assert signed_in(viewer).post(address, typed(world)).status_code == 403
    other = make_world("Wold Borough Council", "wold", operator=world.operator)
    assert signed_in(other.officer).get(concern.get_absolute_url()).status_code == 404
    assert Concern.objects.count() == 1


def test_what_was_said_before_a_restricted_young_person_was_taken_off_stays_closed(world: World) -> None:
    provision = world.provision()
    young_person = world.placed(provision, world.today - 30 * DAY).young_person
    concern = raised(world, provision, young_person)
    client = signed_in(world.officer)
    client.post(
        reverse("monitoring:correct_concern", args=[concern.pk]), typed(world, revision="0", summary="It was the place")
    )
    placements.restrict_record(
        young_person=young_person, named=[world.senior], reason="Court order", by=world.manager, seen_revision=None
    )
    page = text_of(client.get(concern.get_absolute_url()))
    assert "It was the place" in page
    assert WORDS not in page
    assert str(young_person) not in page
    assert WORDS in text_of(signed_in(world.senior).get(concern.get_absolute_url()))


def test_a_day_to_book_by_that_is_past_is_no_day_to_act_by(world: World) -> None:
    concern = raised(world, world.provision())
    owed = Requirement.objects.get(key=f"concern:{concern.pk}")
    assert owed.book_by is not None
    assert owed.book_by < concern.raised_on
    for address in (concern.get_absolute_url(), owed.get_absolute_url()):
        page = text_of(signed_in(world.officer).get(address))
        assert "As soon as you can: two weeks’ notice is no longer possible" in page
        assert day(owed.book_by) not in page


def test_who_corrects_a_concern_learns_who_withdraws_one_that_was_recorded_by_mistake(world: World) -> None:
    concern = raised(world, world.provision())
    address = reverse("monitoring:correct_concern", args=[concern.pk])
    assert "Ask a manager to withdraw it" in text_of(signed_in(world.officer).get(address))
    withdraw = reverse("monitoring:withdraw_concern", args=[concern.pk])
    assert f'href="{withdraw}"' in signed_in(world.manager).get(address).content.decode()
