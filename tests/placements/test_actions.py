"""Young people and placements are recorded, corrected and restricted, with who and when."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from tests.placements import made_up
from tests.placements.made_up import TODAY
from wellplaced import history
from wellplaced.history.models import Event
from wellplaced.placements import actions
from wellplaced.placements.models import HELD_BACK, Placement, Professional, YoungPerson
from wellplaced.placements.warnings import warnings_of
from wellplaced.register.models import Premises


def codes(placement: Placement) -> list[str]:
    return [warning.code for warning in warnings_of(placement, TODAY)]


def test_a_reference_means_one_young_person(officer):
    made_up.young_person(officer)
    with pytest.raises(ValidationError, match="M1001"):
        made_up.young_person(officer)


def test_whose_reference_is_taken_is_said_to_those_only_who_may_see_the_record(officer, manager):
    taken = made_up.young_person(manager)
    with pytest.raises(ValidationError, match=r"AB \(M1001\) has this reference already"):
        made_up.young_person(officer)
    actions.restrict_record(young_person=taken, named=[manager], reason="Witness", by=manager, seen_revision=0)
    with pytest.raises(ValidationError) as refused:
        made_up.young_person(officer)
    assert refused.value.message_dict == {"reference": [HELD_BACK]}
    assert not any(word in HELD_BACK for word in ("restricted", "record", "already", "belongs"))


def test_two_authorities_may_use_the_same_reference(officer, stranger):
    made_up.young_person(officer)
    made_up.young_person(stranger)
    assert YoungPerson.objects.seen_by(officer).count() == 1


def test_nobody_is_born_tomorrow(officer):
    with pytest.raises(ValidationError, match="today or before"):
        made_up.young_person(officer, born_on=date(2026, 3, 21))


def test_a_birthday_on_29_february_is_kept_on_1_march_in_other_years(officer):
    whom = made_up.young_person(officer, born_on=date(2008, 2, 29))
    assert whom.turns(18) == date(2026, 3, 1)
    assert (whom.age_on(date(2026, 2, 28)), whom.age_on(date(2026, 3, 1))) == (17, 18)


def test_a_placement_made_out_of_hours_is_recorded_after_the_fact_and_says_so(officer):
    placement = made_up.placed(officer, made_up.young_person(officer), made_up.provision(), date(2026, 3, 17))
    assert placement.recorded_on == TODAY
    (warning,) = warnings_of(placement, TODAY)
    assert "Recorded 3 days after the start" in warning.text
    event = Event.objects.get(verb="placement recorded")
    assert (event.provision_id, event.young_person_id) == (placement.provision_id, placement.young_person_id)
    assert event.happened_on == date(2026, 3, 17)


@pytest.mark.parametrize(
    ("born_on", "told"),
    [(date(2010, 3, 2), True), (date(2010, 3, 1), False), (date(2008, 3, 2), False), (date(2008, 3, 1), True)],
)
def test_under_16_or_over_17_on_the_first_day_in_16_plus_is_recorded_and_the_manager_told(officer, born_on, told):
    placement = made_up.placed(officer, made_up.young_person(officer, born_on=born_on), made_up.supported())
    assert ("age" in codes(placement)) is told
    assert placement.pk


def test_a_young_child_in_a_home_is_nothing_to_warn_of(officer):
    whom = made_up.young_person(officer, born_on=date(2016, 1, 1))
    assert "age" not in codes(made_up.placed(officer, whom, made_up.provision()))


@pytest.mark.parametrize(("status", "urn"), [("suspended", "1234567"), ("closed", "1234567"), ("", "")])
def test_a_suspended_closed_or_unregistered_provision_warns(officer, status, urn):
    home = made_up.provision(status=status, urn=urn)
    assert "standing" in codes(made_up.placed(officer, made_up.young_person(officer), home))


def test_a_placement_that_is_over_does_not_warn_of_todays_standing(officer):
    home = made_up.provision(status="closed")
    placement = made_up.placed(officer, made_up.young_person(officer), home, date(2025, 1, 1), date(2025, 6, 1))
    assert "standing" not in codes(placement)


def test_two_placements_at_once_are_a_warning_and_no_refusal(officer):
    whom = made_up.young_person(officer)
    made_up.placed(officer, whom, made_up.provision())
    second = made_up.placed(officer, whom, made_up.provision("Birch House", urn="7654321"), date(2026, 3, 10))
    assert "overlap" in codes(second)


def test_a_move_on_one_day_is_no_overlap(officer):
    whom = made_up.young_person(officer)
    made_up.placed(officer, whom, made_up.provision(), date(2026, 3, 1), date(2026, 3, 10))
    second = made_up.placed(officer, whom, made_up.provision("Birch House", urn="7654321"), date(2026, 3, 10))
    assert "overlap" not in codes(second)


def test_a_flat_is_added_together_with_the_placement_and_taken_again_the_next_time(officer):
    home = made_up.supported()
    new = actions.NewPremises(label="Flat 2", kind="flat")
    for reference in ("M1", "M2"):
        placement = actions.record_placement(
            young_person=made_up.young_person(officer, reference),
            provision=home,
            premises=new,
            starts_on=TODAY,
            by=officer,
            on=TODAY,
        )
        assert placement.premises.label == "Flat 2"
    assert Premises.objects.count() == 1
    assert Event.objects.filter(verb="premises added").count() == 1


def test_16_plus_without_premises_is_recorded_with_a_warning(officer):
    placement = made_up.placed(officer, made_up.young_person(officer, born_on=date(2009, 1, 1)), made_up.supported())
    assert "premises" in codes(placement)


def test_premises_of_another_provision_or_authority_are_refused(officer, stranger):
    home, other = made_up.supported(), made_up.supported("Canal Rooms", "2700002")
    whom = made_up.young_person(officer)
    for premises in (made_up.flat(officer.authority, other), made_up.flat(stranger.authority, home)):
        with pytest.raises(ValidationError, match="premises"):
            actions.record_placement(
                young_person=whom, provision=home, premises=premises, starts_on=TODAY, by=officer, on=TODAY
            )


def test_a_placement_cannot_end_before_it_starts(officer):
    with pytest.raises(ValidationError, match="last day"):
        made_up.placed(officer, made_up.young_person(officer), made_up.provision(), TODAY, date(2026, 3, 19))


def test_the_same_placement_is_recorded_once_unless_the_first_was_cancelled(officer):
    whom, home = made_up.young_person(officer), made_up.provision()
    first = made_up.placed(officer, whom, home)
    with pytest.raises(ValidationError, match="on record already"):
        made_up.placed(officer, whom, home)
    actions.cancel_placement(placement=first, because="Never moved in", by=officer, seen_revision=0)
    made_up.placed(officer, whom, home)
    with pytest.raises(ValidationError, match="on record already"):
        actions.reinstate_placement(placement=first, reason="Mistake", by=officer, seen_revision=1)


def test_a_cancelled_placement_is_reinstated(officer):
    placement = made_up.placed(officer, made_up.young_person(officer), made_up.provision())
    placement = actions.cancel_placement(placement=placement, because="Fell through", by=officer, seen_revision=0)
    assert codes(placement) == []
    placement = actions.reinstate_placement(placement=placement, reason="Mixed up", by=officer, seen_revision=1)
    assert (placement.cancelled, placement.cancelled_because, placement.revision) == (False, "", 2)


def test_a_placement_moved_to_another_provision_is_on_record_at_both(officer):
    old, new = made_up.provision(), made_up.provision("Birch House", urn="7654321")
    placement = made_up.placed(officer, made_up.young_person(officer), old)
    actions.change_placement(placement=placement, provision=new, premises=None, by=officer, on=TODAY, seen_revision=0)
    moved = Event.objects.filter(about_id=placement.pk, verb__in=["placement changed", "placement moved away"])
    assert dict(moved.values_list("verb", "provision_id")) == {
        "placement changed": new.pk,
        "placement moved away": old.pk,
    }


def test_premises_do_not_follow_a_move_by_themselves(officer):
    home, other = made_up.supported(), made_up.supported("Canal Rooms", "2700002")
    placement = actions.record_placement(
        young_person=made_up.young_person(officer, born_on=date(2009, 1, 1)),
        provision=home,
        premises=made_up.flat(officer.authority, home),
        starts_on=TODAY,
        by=officer,
        on=TODAY,
    )
    with pytest.raises(ValidationError, match="another provision"):
        actions.change_placement(placement=placement, provision=other, by=officer, on=TODAY, seen_revision=0)


def test_of_two_people_who_correct_a_placement_the_second_is_told(officer, manager):
    placement = made_up.placed(officer, made_up.young_person(officer), made_up.provision())
    actions.end_placement(placement=placement, ends_on=date(2026, 3, 10), by=officer, seen_revision=0)
    with pytest.raises(history.Conflict) as told:
        actions.change_placement(placement=placement, ends_on=date(2026, 3, 12), by=manager, on=TODAY, seen_revision=0)
    assert told.value.theirs == {"ends_on": (date(2026, 3, 12), date(2026, 3, 10))}
    placement.refresh_from_db()
    assert placement.ends_on == date(2026, 3, 10)


def test_a_restricted_record_is_seen_by_those_named_on_it_only(officer, manager):
    whom = made_up.young_person(officer)
    placement = made_up.placed(officer, whom, made_up.provision())
    professional = actions.add_professional(
        young_person=whom, role="csw", name="Casey Worker", email="c@fen.example", starts_on=TODAY, by=officer
    )
    actions.restrict_record(young_person=whom, named=[manager], reason="Witness", by=manager, seen_revision=0)
    for model, record in ((YoungPerson, whom), (Placement, placement), (Professional, professional)):
        assert list(model.objects.seen_by(manager)) == [record]
        assert list(model.objects.seen_by(officer)) == []
    actions.name_on_record(young_person=whom, named=[officer, manager], by=manager, seen_revision=1)
    assert list(YoungPerson.objects.seen_by(officer)) == [whom]
    actions.lift_restriction(young_person=whom, reason="Over", by=manager, seen_revision=2)
    assert whom.named.count() == 0
    named = [
        event.changes["named"] for event in Event.objects.filter(about_type="placements.youngperson").order_by("pk")[1:]
    ]
    assert named == [
        [[], ["Mona Manager"]],
        [["Mona Manager"], ["Mona Manager", "Olive Officer"]],
        [["Mona Manager", "Olive Officer"], []],
    ]


def test_a_record_is_never_restricted_to_nobody_or_to_strangers(officer, manager, stranger):
    whom = made_up.young_person(officer)
    for named in ([], [stranger]):
        with pytest.raises(ValidationError):
            actions.restrict_record(young_person=whom, named=named, reason="x", by=manager, seen_revision=0)


def test_opening_a_record_is_on_record(officer):
    whom = made_up.young_person(officer)
    actions.open_record(young_person=whom, by=officer)
    event = Event.objects.get(verb="record opened")
    assert (event.young_person_id, event.by_id, event.by_name) == (whom.pk, officer.pk, "Olive Officer")


def test_a_new_social_worker_ends_the_one_before(officer):
    whom = made_up.young_person(officer)
    first = actions.add_professional(
        young_person=whom, role="csw", name="Casey", email="c@fen.example", starts_on=date(2026, 1, 1), by=officer
    )
    actions.add_professional(
        young_person=whom, role="csw", name="Drew", email="d@fen.example", starts_on=date(2026, 3, 1), by=officer
    )
    first.refresh_from_db()
    assert first.ends_on == date(2026, 2, 28)
    assert [each.name for each in Professional.objects.on(TODAY)] == ["Drew"]


def test_two_social_workers_at_once_are_refused(officer):
    whom = made_up.young_person(officer)
    actions.add_professional(
        young_person=whom, role="csw", name="Casey", email="c@fen.example", starts_on=date(2026, 1, 1), by=officer
    )
    with pytest.raises(ValidationError, match="Casey"):
        actions.add_professional(
            young_person=whom, role="csw", name="Drew", email="d@fen.example", starts_on=date(2025, 12, 1), by=officer
        )
    assert Professional.objects.count() == 1


@pytest.mark.parametrize(
    "pasted", ["M1001\u200b", "\uff2d\uff11\uff10\uff10\uff11", " M1001\u00a0", "\u202dM1001\u202c"]
)
def test_a_reference_that_was_pasted_with_what_nobody_sees_is_the_same(officer, pasted):
    made_up.young_person(officer, "M1001")
    with pytest.raises(ValidationError, match="has this reference already"):
        made_up.young_person(officer, pasted)
    other = made_up.young_person(officer, "M1002")
    with pytest.raises(ValidationError, match="has this reference already"):
        actions.change_young_person(
            young_person=other, reference=pasted, by=officer, on=made_up.TODAY, seen_revision=None
        )
    with pytest.raises(ValidationError, match="Enter the reference"):
        made_up.young_person(officer, "\u200b")
    with pytest.raises(ValidationError, match="40 characters or fewer"):
        made_up.young_person(officer, "\u337f" * 40)
