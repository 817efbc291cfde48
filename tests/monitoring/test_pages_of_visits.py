"""Visits, as pages: booked (C11, C12, R13), recorded after the fact, held, moved, cancelled, corrected."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from tests.monitoring.browsing import day_parts, signed_in, text_of
from tests.monitoring.world import World, make_world
from wellplaced.history import clock
from wellplaced.monitoring import actions, deadlines
from wellplaced.monitoring.models import Requirement, Visit
from wellplaced.people import actions as people
from wellplaced.people.models import Person
from wellplaced.people.rights import Role
from wellplaced.register.models import Provision

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def new_visit(provision: Provision) -> str:
    return reverse("monitoring:book_visit", args=[provision.pk])


def sen_with(world: World, started: int) -> tuple[Provision, Requirement]:
    provision = world.provision("sen")
    placement = world.placed(provision, world.today - started * DAY)
    return provision, Requirement.objects.get(key=f"initial:{placement.pk}")


def unapproved(world: World) -> Person:
    return people.add_person(
        authority=world.authority,
        name="Newt Farrow",
        email="newt@fen.example",
        roles=[Role.PLACEMENT_OFFICER],
        by=None,
    )


def booking(world: World, in_days: int, **more: object) -> dict[str, object]:
    return {
        "when": "to_come",
        "officer": world.officer.pk,
        **day_parts("visit_on", world.today + in_days * DAY),
        "visit_at": "2:30pm",
        "told": "yes",
        "short_notice_because": "The placement started yesterday",
        **more,
    }


def test_r13_all_that_is_open_there_is_suggested_and_ticked(world: World) -> None:
    provision, owed = sen_with(world, started=1)
    concern = actions.raise_concern(
        provision=provision,
        raised_on=world.today,
        raised_by="staff",
        how="email",
        summary="Noise",
        by=world.officer,
        on=world.today,
    )
    page = text_of(signed_in(world.officer).get(new_visit(provision)))
    for key in (owed.key, f"concern:{concern.pk}"):
        assert f'value="{key}" checked' in page
    assert "Initial visit: due by" in page


def test_c12_a_visit_is_booked_and_what_it_discharges_is_booked(world: World) -> None:
    provision, owed = sen_with(world, started=1)
    answer = signed_in(world.officer).post(new_visit(provision), booking(world, 1, discharges=[owed.key]), follow=True)
    owed.refresh_from_db()
    assert owed.state == "booked"
    page = text_of(answer)
    assert "2:30pm" in page
    assert "Initial visit" in page


def test_a_booking_past_the_due_date_asks_why_and_keeps_everything_typed(world: World) -> None:
    provision, owed = sen_with(world, started=1)
    client = signed_in(world.officer)
    page = text_of(
        client.post(new_visit(provision), booking(world, 6, discharges=[owed.key], note="Ask for the manager"))
    )
    assert "This day is 4 days late" in page
    assert "Ask for the manager" in page
    assert "14:30" in page or "2:30pm" in page
    assert not Visit.objects.exists()
    why = {"late_because": "No officer was free", "discharges": [owed.key]}
    page = text_of(client.post(new_visit(provision), booking(world, 6, **why), follow=True))
    assert "No officer was free" in page
    assert "Ask about other authorities" in page  # C4
    owed.refresh_from_db()
    assert (owed.state, owed.in_time, owed.fallback) == ("booked", False, "needed")


def test_c11_an_officer_without_approval_is_refused_on_the_field_and_nothing_typed_is_lost(world: World) -> None:
    provision, owed = sen_with(world, started=1)
    officer = unapproved(world)
    typed = booking(world, 1, officer=officer.pk, discharges=[owed.key], note="Ask for the manager")
    page = text_of(signed_in(world.officer).post(new_visit(provision), typed))
    assert "Newt Farrow is not approved for SEN provision" in page
    assert f'value="{officer.pk}" selected' in page
    assert "Ask for the manager" in page
    assert not Visit.objects.exists()


def test_approved_officers_come_first(world: World) -> None:
    provision, _ = sen_with(world, started=1)
    unapproved(world)
    page = text_of(signed_in(world.officer).get(new_visit(provision)))
    assert page.index("Priya Oakes</option>") < page.index("Newt Farrow (not approved today")


def test_a_visit_that_has_taken_place_is_recorded_and_discharges(world: World) -> None:
    provision, owed = sen_with(world, started=3)
    typed = booking(world, -1, when="held", discharges=[owed.key])
    page = text_of(signed_in(world.officer).post(new_visit(provision), typed, follow=True))
    owed.refresh_from_db()
    assert (owed.state, owed.in_time) == ("discharged", True)
    assert "Discharged by the visit on" in page


@pytest.mark.parametrize(("when", "in_days", "said"), [
    ("held", 1, "cannot have a day in the future"),
    ("to_come", -1, "The day is past"),
])  # fmt: skip
def test_the_day_fits_what_is_recorded(world: World, when: str, in_days: int, said: str) -> None:
    provision, _ = sen_with(world, started=3)
    assert said in text_of(signed_in(world.officer).post(new_visit(provision), booking(world, in_days, when=when)))
    assert not Visit.objects.exists()


def test_r7_the_premises_of_supported_accommodation_are_ticked_as_seen(world: World) -> None:
    provision = world.provision("supported_accommodation")
    client = signed_in(world.officer)
    assert "Add premises" in text_of(client.get(new_visit(provision)))
    flat = world.flat(provision)
    placement = world.placed(provision, world.today - DAY, premises=flat)
    assert "Flat 2" in text_of(client.get(new_visit(provision)))
    key = f"initial:{placement.pk}"
    client.post(new_visit(provision), booking(world, 0, when="held", discharges=[key], premises=[flat.pk]))
    assert list(Visit.objects.get().premises.all()) == [flat]


def test_a_visit_before_the_concern_that_it_is_to_discharge_is_refused_in_words(world: World) -> None:
    provision = world.provision()
    concern = actions.raise_concern(
        provision=provision,
        raised_on=world.today,
        raised_by="staff",
        how="email",
        summary="Noise",
        by=world.officer,
        on=world.today,
    )
    typed = booking(world, -3, when="held", discharges=[f"concern:{concern.pk}"])
    page = text_of(signed_in(world.officer).post(new_visit(provision), typed))
    assert "cannot discharge ‘visit about a concern’" in page
    assert not Visit.objects.exists()


def booked(world: World, in_days: int = 0) -> tuple[Visit, Requirement]:
    provision, owed = sen_with(world, started=1)
    visit = actions.book_visit(
        provision=provision,
        officer=world.officer,
        visit_on=world.today + in_days * DAY,
        discharges=[owed.key],
        by=world.officer,
        on=world.today,
    )
    return visit, owed


def test_a_booked_visit_is_held(world: World) -> None:
    visit, owed = booked(world)
    client = signed_in(world.officer)
    assert "Record that it took place" in text_of(client.get(visit.get_absolute_url()))
    address = reverse("monitoring:hold_visit", args=[visit.pk])
    assert f'value="{owed.key}" checked' in text_of(client.get(address))
    typed = {**day_parts("visit_on", world.today), "outcome": "held", "discharges": [owed.key], "revision": "0"}
    client.post(address, typed)
    owed.refresh_from_db()
    assert owed.state == "discharged"
    assert "Correct this visit" in text_of(client.get(visit.get_absolute_url()))


def test_a_visit_that_could_not_be_held_stays_owed(world: World) -> None:
    visit, owed = booked(world)
    client = signed_in(world.officer)
    address = reverse("monitoring:visit_not_held", args=[visit.pk])
    page = text_of(
        client.post(address, {"outcome": "refused", "because": "The manager was away", "revision": "0"}, follow=True)
    )
    owed.refresh_from_db()
    assert owed.state == "open"
    assert "Book another day" in page
    page = text_of(client.get(visit.get_absolute_url()))
    assert "Could not be held" in page
    assert "The manager was away" in page


def test_a_visit_recorded_as_held_by_mistake_is_owed_again(world: World) -> None:
    provision, owed = sen_with(world, started=1)
    visit = actions.record_past_visit(
        provision=provision, visit_on=world.today, officer=world.officer, discharges=[owed.key], by=world.officer
    )
    address = reverse("monitoring:visit_not_held", args=[visit.pk])
    signed_in(world.officer).post(address, {"outcome": "by_mistake", "because": "Wrong home", "revision": "0"})
    owed.refresh_from_db()
    visit.refresh_from_db()
    assert (owed.state, visit.state) == ("open", "not_held")


def test_what_is_refused_says_so_and_never_that_it_is_done(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the form and the action somebody may take the officer's approval away."""
    provision, _ = sen_with(world, started=1)
    monkeypatch.setattr("wellplaced.monitoring.forms.asking.approval_problem", lambda *asked: "")
    typed = booking(world, in_days=1, officer=unapproved(world).pk, note="Ring the second bell")
    page = text_of(signed_in(world.officer).post(new_visit(provision), typed))
    assert "is not approved" in page
    assert "The visit is booked" not in page
    assert "Ring the second bell" in page
    assert not Visit.objects.exists()


def test_moving_a_visit_moves_no_due_date(world: World) -> None:
    visit, owed = booked(world)
    due = owed.due_on
    typed = {
        **day_parts("visit_on", world.today + DAY),
        "officer": world.senior.pk,
        "reason": "Snow",
        "told": "yes",
        "revision": "0",
    }
    page = text_of(
        signed_in(world.officer).post(reverse("monitoring:rebook_visit", args=[visit.pk]), typed, follow=True)
    )
    owed.refresh_from_db()
    visit.refresh_from_db()
    assert (owed.due_on, visit.visit_on, visit.officer) == (due, world.today + DAY, world.senior)
    assert "Snow" in page


def test_a_cancelled_visit_leaves_it_owed_and_offers_another(world: World) -> None:
    visit, owed = booked(world, in_days=1)
    client = signed_in(world.officer)
    address = reverse("monitoring:cancel_visit", args=[visit.pk])
    assert "Enter an answer to" in text_of(client.post(address, {"revision": "0"}))
    page = text_of(client.post(address, {"because": "The home closed", "revision": "0"}, follow=True))
    owed.refresh_from_db()
    assert owed.state == "open"
    assert "Book another visit" in page


def test_two_people_record_one_visit_and_the_second_is_told(world: World) -> None:
    visit, owed = booked(world)
    rebook, hold = (reverse(f"monitoring:{name}", args=[visit.pk]) for name in ("rebook_visit", "hold_visit"))
    moved = {
        **day_parts("visit_on", world.today + DAY),
        "officer": world.senior.pk,
        "reason": "Snow",
        "told": "yes",
        "revision": "0",
    }
    signed_in(world.senior).post(rebook, moved)
    typed = {
        **day_parts("visit_on", world.today),
        "outcome": "held",
        "discharges": [owed.key],
        "note": "Seen all",
        "revision": "0",
    }
    page = text_of(signed_in(world.officer).post(hold, typed))
    assert "Dana Holloway saved this first" in page
    assert "Seen all" in page
    visit.refresh_from_db()
    assert visit.state == "booked"


def test_a_visit_that_is_held_already_is_shown_instead_of_moved(world: World) -> None:
    visit, owed = booked(world)
    actions.hold_visit(
        visit=visit,
        visit_on=world.today,
        discharges=[owed.key],
        premises=[],
        whole_form=False,
        by=world.officer,
        seen_revision=0,
    )
    moved = {
        **day_parts("visit_on", world.today + DAY),
        "officer": world.senior.pk,
        "reason": "Snow",
        "told": "yes",
        "revision": "0",
    }
    page = text_of(
        signed_in(world.senior).post(reverse("monitoring:rebook_visit", args=[visit.pk]), moved, follow=True)
    )
    assert "recorded as ‘held’ already" in page
    visit.refresh_from_db()
    assert visit.visit_on == world.today


def test_a_corrected_visit_is_refused_to_an_officer_who_was_not_approved(world: World) -> None:
    visit, owed = booked(world)
    actions.hold_visit(
        visit=visit,
        visit_on=world.today,
        discharges=[owed.key],
        premises=[],
        whole_form=False,
        by=world.officer,
        seen_revision=0,
    )
    address = reverse("monitoring:correct_visit", args=[visit.pk])
    typed = {
        **day_parts("visit_on", world.today - DAY),
        "officer": unapproved(world).pk,
        "outcome": "held",
        "discharges": [owed.key],
        "reason": "Wrong officer",
        "revision": "1",
    }
    client = signed_in(world.officer)
    assert "is not approved for" in text_of(client.post(address, typed))
    client.post(address, {**typed, "officer": world.senior.pk})
    visit.refresh_from_db()
    assert (visit.visit_on, visit.officer) == (world.today - DAY, world.senior)


def test_the_list_filters_mine_and_asks_few_questions(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    visits = [booked(world)[0] for _ in range(4)]
    client = signed_in(world.senior)
    with django_assert_max_num_queries(12):
        everybody = text_of(client.get("/visits/?state=booked&sort=provision"))
    assert all(visit.get_absolute_url() in everybody for visit in visits)
    assert visits[0].get_absolute_url() not in text_of(client.get("/visits/?whose=mine"))


def test_another_authoritys_visit_is_not_found(world: World) -> None:
    visit, _ = booked(world)
    other = make_world("Wold Borough Council", "wold", operator=world.operator)
    client = signed_in(other.officer)
    assert client.get(visit.get_absolute_url()).status_code == 404
    for name in ("hold_visit", "rebook_visit", "cancel_visit", "visit_not_held", "correct_visit"):
        assert client.get(reverse(f"monitoring:{name}", args=[visit.pk])).status_code == 404


def test_a_day_that_is_past_with_nothing_recorded_is_asked_about_first(world: World) -> None:
    visit, owed = booked(world)
    with time_machine.travel(clock.now() + 2 * DAY):
        deadlines.refresh_due(clock.today())
        client = signed_in(world.officer)
        page = text_of(client.get(owed.get_absolute_url()))
        assert "Did the visit take place?" in page
        assert page.index("Record the visit") < page.index("Book a visit")
        assert "nobody has recorded whether the visit took place" in text_of(client.get(visit.get_absolute_url()))


def test_why_it_is_late_is_asked_only_where_it_is(world: World) -> None:
    in_time, _ = sen_with(world, started=1)
    late, _ = sen_with(world, started=9)
    client = signed_in(world.officer)
    assert "Why can it not be sooner?" not in text_of(client.get(new_visit(in_time)))
    assert "Why can it not be sooner?" in text_of(client.get(new_visit(late)))


def test_a_task_agreed_at_a_visit_is_kept_with_it(world: World) -> None:
    visit, _ = booked(world)
    address = reverse("monitoring:add_task", args=[visit.provision_id]) + f"?visit={visit.pk}"
    signed_in(world.officer).post(address, {"what": "Mend the fire door", "owner": "provider"})
    assert visit.tasks.get().what == "Mend the fire door"


def test_a_day_in_the_address_that_is_beyond_all_calendars_is_left_out(world: World) -> None:
    """A link with such a day is opened by hand, and the page opens without it."""
    provision, _ = sen_with(world, started=1)
    page = text_of(signed_in(world.officer).get(f"{new_visit(provision)}?on=9999-12-31"))
    assert "9999" not in page
