"""R7: in 16+ supported accommodation a visit discharges the initial visit for a flat only where it saw that flat."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tests.monitoring.bookings import DAY, book, new_visit, of_visit, typed
from tests.monitoring.browsing import day_parts, signed_in, text_of
from tests.monitoring.world import World
from wellplaced.monitoring import actions
from wellplaced.monitoring.models import Requirement, Visit
from wellplaced.placements.models import NamedOnRecord, YoungPerson
from wellplaced.register.models import Premises, Provision

pytestmark = pytest.mark.django_db
SAYS = "This discharges the initial visit for Flat 2: tick Flat 2 as seen, or untick the initial visit"


def flat_with_somebody(world: World, label: str = "Flat 2") -> tuple[Provision, Premises, str]:
    home = world.provision("supported_accommodation")
    flat = world.flat(home, label)
    placement = world.placed(home, world.today - DAY, premises=flat)
    return home, flat, f"initial:{placement.pk}"


def held(world: World, visit: Visit, key: str, *seen: Premises, **more: Any) -> dict[str, Any]:
    return {
        "outcome": "held",
        **day_parts("visit_on", world.today),
        "premises": [each.pk for each in seen],
        "discharges": [key],
        "revision": visit.revision,
        "officer": world.officer.pk,
        "reason": "It was typed wrongly",
        **more,
    }


def state(key: str) -> str:
    return Requirement.objects.get(key=key).state


def test_r7_a_past_visit_that_did_not_see_the_flat_leaves_its_initial_visit_owed(world: World) -> None:
    home, flat, key = flat_with_somebody(world)
    client = signed_in(world.officer)
    sent = typed(world, 0, when="held", discharges=[key])
    assert SAYS in text_of(client.post(new_visit(home), sent))
    assert (Visit.objects.count(), state(key)) == (0, "open")
    client.post(new_visit(home), sent | {"premises": [flat.pk]})
    assert state(key) == "discharged"


def test_r7_a_past_visit_that_discharges_nothing_there_need_not_have_seen_the_flat(world: World) -> None:
    home, _, key = flat_with_somebody(world)
    signed_in(world.officer).post(new_visit(home), typed(world, 0, when="held"))
    assert (Visit.objects.count(), state(key)) == (1, "open")


def test_r7_a_booked_visit_is_not_recorded_as_held_without_the_flat_that_it_discharges(world: World) -> None:
    home, flat, key = flat_with_somebody(world)
    visit = book(world, home, 0, discharges=[key], to_see=[flat])
    client, page = signed_in(world.officer), of_visit("hold_visit", visit)
    assert SAYS in text_of(client.post(page, held(world, visit, key)))
    assert state(key) == "booked"
    client.post(page, held(world, visit, key, flat))
    assert state(key) == "discharged"


def test_r7_a_visit_is_not_corrected_to_have_seen_another_flat(world: World) -> None:
    home, flat, key = flat_with_somebody(world)
    other = world.flat(home, "Flat 3")
    visit = actions.record_past_visit(
        provision=home, visit_on=world.today, officer=world.officer, discharges=[key], premises=[flat], by=world.officer
    )
    page = of_visit("correct_visit", visit)
    assert SAYS in text_of(signed_in(world.officer).post(page, held(world, visit, key, other)))
    with pytest.raises(ValidationError, match="tick Flat 2 as seen"):
        actions.correct_visit(visit=visit, discharges=[key], premises=[other], by=world.officer, seen_revision=None)
    assert list(visit.premises.all()) == [flat]


def test_r7_what_was_recorded_without_the_flat_before_is_corrected_in_other_things(world: World) -> None:
    home, _, key = flat_with_somebody(world)
    visit = actions.record_past_visit(
        provision=home,
        visit_on=world.today,
        officer=world.officer,
        discharges=[key],
        loaded=True,
        by=world.officer,
    )
    sent = held(world, visit, key, note="The kettle was new")
    assert signed_in(world.officer).post(of_visit("correct_visit", visit), sent).status_code == 302
    visit.refresh_from_db()
    assert (visit.note, state(key)) == ("The kettle was new", "discharged")


def test_r7_no_action_records_a_visit_held_without_the_flat(world: World) -> None:
    home, _, key = flat_with_somebody(world)
    visit = book(world, home, 0, discharges=[key])
    with pytest.raises(ValidationError, match="tick Flat 2 as seen"):
        actions.hold_visit(
            visit=visit,
            visit_on=world.today,
            discharges=[key],
            premises=[],
            whole_form=False,
            by=world.officer,
            seen_revision=None,
        )
    with pytest.raises(ValidationError, match="tick Flat 2 as seen"):
        actions.record_past_visit(
            provision=home, visit_on=world.today, officer=world.officer, discharges=[key], by=world.officer
        )


def test_r7_the_days_checklist_does_not_take_a_flat_away_that_the_visit_discharges(world: World) -> None:
    home, flat, key = flat_with_somebody(world)
    visit = actions.record_past_visit(
        provision=home, visit_on=world.today, officer=world.officer, discharges=[key], premises=[flat], by=world.officer
    )
    name = f"premises-{flat.pk}"
    sent = {name: "", f"was-{name}": "yes"}
    assert SAYS in text_of(signed_in(world.officer).post(of_visit("checklist", visit), sent))
    assert list(visit.premises.all()) == [flat]


def test_r7_two_flats_that_were_not_seen_are_told_at_once(world: World) -> None:
    home, _, first = flat_with_somebody(world)
    placement = world.placed(home, world.today - DAY, premises=world.flat(home, "Flat 5"))
    sent = typed(world, 0, when="held", discharges=[first, f"initial:{placement.pk}"])
    said = "initial visits for Flat 2 and Flat 5: tick Flat 2 and Flat 5 as seen, or untick the initial visits"
    assert said in text_of(signed_in(world.officer).post(new_visit(home), sent))


def test_where_somebody_of_a_closed_record_lives_is_not_told_by_the_error(world: World) -> None:
    home, _, key = flat_with_somebody(world)
    YoungPerson.objects.update(restricted=True)
    assert not NamedOnRecord.objects.filter(person=world.officer).exists()
    answer = signed_in(world.officer).post(new_visit(home), typed(world, 0, when="held", discharges=[key]))
    assert answer.status_code == 302
    assert Visit.objects.count() == 1


def test_r7_a_flat_that_is_closed_now_can_be_ticked_while_somebodys_visit_is_owed_for_it(world: World) -> None:
    home, flat, key = flat_with_somebody(world)
    Premises.objects.filter(pk=flat.pk).update(closed_on=world.today)
    sent = typed(world, 0, when="held", discharges=[key], premises=[flat.pk])
    assert signed_in(world.officer).post(new_visit(home), sent).status_code == 302
    assert state(key) == "discharged"
