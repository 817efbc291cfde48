"""The manager is told at once of somebody under 16 or over 17 in 16+ supported accommodation, however it comes to light."""

from datetime import date

from tests.placements import made_up
from tests.placements.made_up import TODAY
from wellplaced.monitoring.models import Notice
from wellplaced.placements import actions
from wellplaced.placements.loading import kind_of

FILE = "reference,initials,date_of_birth,provision,starts_on\nM1001,AB,01/06/2010,2700001,01/03/2026"


def told() -> list[tuple[str, str]]:
    """But for what managers are told of any provision that nobody looks after."""
    return list(Notice.objects.exclude(kind="unassigned").values_list("kind", "for_role"))


def test_of_a_placement_that_is_recorded(officer):
    made_up.placed(officer, made_up.young_person(officer), made_up.supported())
    assert told() == [("age", "manager")]


def test_of_a_placement_that_is_loaded(manager):
    made_up.supported()
    load = actions.hand_in(kind=kind_of("placements"), file_name="a.csv", content=FILE.encode(), by=manager, on=TODAY)
    assert told() == []
    actions.apply_load(load=load, by=manager, on=TODAY, seen_revision=0)
    assert told() == [("age", "manager")]


def test_of_a_date_of_birth_that_is_corrected_afterwards(officer):
    young_person = made_up.young_person(officer, born_on=date(2009, 6, 1))
    made_up.placed(officer, young_person, made_up.supported())
    assert told() == []
    actions.change_young_person(
        young_person=young_person, born_on=date(2010, 6, 1), by=officer, on=TODAY, seen_revision=None
    )
    assert told() == [("age", "manager")]


def test_of_no_correction_once_the_placement_is_over(officer):
    young_person = made_up.young_person(officer, born_on=date(2009, 6, 1))
    made_up.placed(officer, young_person, made_up.supported(), ends_on=date(2026, 3, 10))
    actions.change_young_person(
        young_person=young_person, born_on=date(2010, 6, 1), by=officer, on=TODAY, seen_revision=None
    )
    assert told() == []
