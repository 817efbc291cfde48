"""What a person should know before and after a placement is saved: the words, and whether they are asked first."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.placements import made_up
from tests.placements.made_up import TODAY
from wellplaced.people.models import Person
from wellplaced.placements import actions
from wellplaced.placements.models import Placement
from wellplaced.placements.warnings import ToKnow, warnings_about, warnings_of

DAY = timedelta(days=1)


def about(officer: Person, starts_on: date, **values: Any) -> dict[str, ToKnow]:
    """The warnings about a placement that is about to be recorded today."""
    whom = values.pop("young_person", None) or made_up.young_person(officer)
    given = {"provision": made_up.provision(), "premises": None, "ends_on": None, "recorded_on": TODAY, **values}
    found = warnings_about(young_person=whom, starts_on=starts_on, today=TODAY, **given)
    return {warning.code: warning for warning in found}


@pytest.mark.parametrize(("late", "normal"), [(1, True), (14, True), (15, False), (180, False)])
def test_only_what_is_recorded_within_days_may_have_been_made_out_of_hours(
    officer: Person, late: int, normal: bool
) -> None:
    told = about(officer, TODAY - late * DAY)["after_the_fact"].text
    assert told.startswith(f"Recorded {late} day")
    assert ("That is normal for a placement made out of hours" in told) is normal
    assert "the initial visit may be overdue already" in told


def test_a_start_of_ten_years_ago_is_asked_about_and_is_not_called_normal(officer: Person) -> None:
    told = about(officer, date(2016, 3, 1))
    assert "after_the_fact" not in told
    assert told["year"].text.startswith("The start, 1 March 2016, is 3,671 days ago: is the year right?")
    assert told["year"].asks


def test_a_start_more_than_a_year_ahead_is_asked_about(officer: Person) -> None:
    told = about(officer, date(2027, 4, 1))
    assert told["year"].text.startswith("The start, 1 April 2027, is 377 days ahead: is the year right?")
    assert "year" not in about(officer, TODAY + 30 * DAY, young_person=made_up.young_person(officer, "M1002"))


def test_a_year_is_asked_about_when_it_is_entered_or_corrected_and_not_for_ever(officer: Person) -> None:
    placement = made_up.placed(officer, made_up.young_person(officer), made_up.provision(), date(2016, 3, 1))
    assert "year" in [warning.code for warning in warnings_of(placement, TODAY)]
    assert "year" not in [warning.code for warning in warnings_of(placement, TODAY + DAY)]
    corrected = about(
        officer, date(2015, 3, 1), young_person=placement.young_person, but=placement, recorded_on=date(2026, 1, 5)
    )
    assert "year" in corrected


def test_the_manager_is_told_at_once_and_afterwards_has_been_told(officer: Person) -> None:
    whom, place = made_up.young_person(officer, born_on=date(2011, 3, 2)), made_up.supported()
    assert about(officer, TODAY, young_person=whom, provision=place)["age"].text.endswith(
        "The manager is told at once."
    )
    placement = made_up.placed(officer, whom, place)
    saved = {warning.code: warning.text for warning in warnings_of(placement, TODAY)}
    assert saved["age"].endswith("The manager has been told.")


def test_a_home_suspended_after_the_placement_does_not_say_that_the_manager_was_told(officer: Person) -> None:
    place = made_up.provision()
    placement: Placement = made_up.placed(officer, made_up.young_person(officer), place)
    place.status = "suspended"
    place.save()
    later = {warning.code: warning.text for warning in warnings_of(placement, TODAY + DAY)}
    assert "manager" not in later["standing"]


def test_another_placement_without_an_end_is_to_be_ended_and_one_with_an_end_to_be_corrected(officer: Person) -> None:
    whom, other = made_up.young_person(officer), made_up.provision()
    going_on = made_up.placed(officer, whom, other, date(2026, 3, 1))
    told = about(officer, TODAY, young_person=whom)["overlap"].text
    assert told.endswith("from 1 March 2026, with no end yet. End that one if it is over.")
    actions.end_placement(placement=going_on, ends_on=date(2026, 3, 31), by=officer, seen_revision=going_on.revision)
    told = about(officer, TODAY, young_person=whom)["overlap"].text
    assert told.endswith("from 1 March 2026 to 31 March 2026. Correct the days of whichever is wrong.")
