"""Two people of one authority load the same table at the same moment: one is loaded, the other is shown again."""

import pytest

from tests.monitoring.test_two_people import at_once
from tests.placements import made_up
from wellplaced.monitoring.models import Task, Visit
from wellplaced.people.rights import Role
from wellplaced.placements import actions
from wellplaced.placements.loading import kind_of
from wellplaced.placements.models import Placement, TableLoad
from wellplaced.register.models import LocalDetails

FILES = {
    "placements": "reference,initials,date_of_birth,provision,starts_on\nM1,AB,01/06/2010,1234567,01/03/2026",
    "visits": "provision,visited_on,kind,officer\n1234567,01/03/2026,annual,Jo Bell",
    "tasks": "reference,provision,what,owner\nT1,1234567,Repair the back door,provider",
    "contracts": "provision,under_contract_from\n1234567,01/03/2026",
}
RECORDS = {"placements": Placement, "visits": Visit, "tasks": Task, "contracts": LocalDetails}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("code", FILES)
def test_two_people_load_the_same_table_at_once_and_nothing_is_there_twice(code: str) -> None:
    fenmarket = made_up.authority()
    people = [made_up.person(fenmarket, name, Role.MANAGER) for name in ("Mona Manager", "Max Manager")]
    made_up.provision()
    first, second = [
        actions.hand_in(
            kind=kind_of(code), file_name="same.csv", content=FILES[code].encode(), by=person, on=made_up.TODAY
        )
        for person in people
    ]
    outcomes = at_once(
        lambda: actions.apply_load(load=first, by=people[0], on=made_up.TODAY, seen_revision=0),
        lambda: actions.apply_load(load=second, by=people[1], on=made_up.TODAY, seen_revision=0),
    )
    assert all(isinstance(each, TableLoad) for each in outcomes)
    assert sorted(each.state for each in outcomes) == ["applied", "compared"]
    assert RECORDS[code].objects.count() == 1
