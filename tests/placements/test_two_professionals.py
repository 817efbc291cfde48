"""Two people who say at one moment who has a role for a young person: nobody has it twice on one day."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tests.monitoring.test_two_people_at_one_provision import one_inside_the_other
from tests.placements import made_up
from wellplaced.people.models import Person
from wellplaced.people.rights import Role
from wellplaced.placements import actions
from wellplaced.placements.models import Professional, YoungPerson

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def officer(transactional_db: None) -> Person:
    return made_up.person(made_up.authority(), "Jo Bell", Role.PLACEMENT_OFFICER)


@pytest.fixture
def young_person(officer: Person) -> YoungPerson:
    return actions.add_young_person(
        reference="M1", initials="AB", born_on=date(2010, 6, 1), by=officer, on=made_up.TODAY
    )


def add(young_person: YoungPerson, name: str, by: Person, **days: date) -> Professional:
    values: dict[str, Any] = {"starts_on": made_up.TODAY, **days}
    return actions.add_professional(
        young_person=young_person, role="csw", name=name, email="csw@care.example", by=by, **values
    )


def test_two_new_ones(officer: Person, young_person: YoungPerson) -> None:
    _, second = one_inside_the_other(
        lambda: add(young_person, "Ash Grove", officer), lambda: add(young_person, "Elm Hill", officer)
    )
    assert isinstance(second, ValidationError)
    assert Professional.objects.get().name == "Ash Grove"


def test_one_put_right_into_a_new_one(officer: Person, young_person: YoungPerson) -> None:
    earlier = add(young_person, "Ash Grove", officer, starts_on=date(2025, 1, 1), ends_on=date(2025, 6, 30))
    _, second = one_inside_the_other(
        lambda: actions.change_professional(
            professional=earlier, ends_on=date(2025, 12, 31), by=officer, seen_revision=0
        ),
        lambda: add(young_person, "Elm Hill", officer, starts_on=date(2025, 9, 1)),
    )
    assert isinstance(second, ValidationError)
    assert Professional.objects.count() == 1
