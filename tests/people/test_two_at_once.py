"""Two people who record periods of the same colleagues at one moment: the second is checked against the first."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tests.monitoring.test_two_people_at_one_provision import one_inside_the_other
from tests.people.made import authority, person
from wellplaced.history.models import Event
from wellplaced.people import actions
from wellplaced.people.models import Approval, ClosureDay, Cover, Person
from wellplaced.people.rights import Role

pytestmark = pytest.mark.django_db(transaction=True)
MONDAY, WEEK = date(2027, 1, 4), timedelta(days=7)


@pytest.fixture
def team(transactional_db: None) -> tuple[Person, Person, Person]:
    """A manager, and two officers."""
    fenmarket = authority()
    officers = [person(fenmarket, name, Role.PLACEMENT_OFFICER, password="") for name in ("Sam Reed", "Quinn Hale")]
    return person(fenmarket, "Max Orchard", Role.MANAGER, password=""), *officers


def second_is_refused(first: Callable[[], Any], second: Callable[[], Any]) -> str:
    """What the second is told."""
    done, refused = one_inside_the_other(first, second)
    assert not isinstance(done, Exception)
    assert isinstance(refused, ValidationError)
    return " ".join(refused.messages)


def test_an_officer_is_approved_once(team: tuple[Person, Person, Person]) -> None:
    max_, sam, _ = team

    def approve() -> Approval:
        return actions.approve(person=sam, provision_type="sen", starts_on=MONDAY, ends_on=None, by=max_)

    assert "is approved for SEN provision already" in second_is_refused(approve, approve)
    assert Approval.objects.count() == 1


def test_two_approvals_are_not_corrected_into_one_another(team: tuple[Person, Person, Person]) -> None:
    max_, sam, _ = team
    early, late = (
        actions.approve(person=sam, provision_type="sen", starts_on=start, ends_on=start + WEEK, by=max_)
        for start in (MONDAY, MONDAY + 3 * WEEK)
    )
    said = second_is_refused(
        lambda: actions.correct_approval(
            approval=early, starts_on=MONDAY, ends_on=MONDAY + 2 * WEEK, seen_revision=0, by=max_
        ),
        lambda: actions.correct_approval(
            approval=late, starts_on=MONDAY + WEEK, ends_on=MONDAY + 4 * WEEK, seen_revision=0, by=max_
        ),
    )
    assert "4 January 2027 to 18 January 2027" in said or "until 18 January 2027" in said


@pytest.mark.parametrize("is_crossed", [False, True])
def test_cover_is_arranged_once_and_nobody_covers_who_is_away(
    is_crossed: bool, team: tuple[Person, Person, Person]
) -> None:
    max_, sam, quinn = team

    def arrange(absent: Person, covering: Person) -> Cover:
        return actions.arrange_cover(absent=absent, covering=covering, starts_on=MONDAY, ends_on=MONDAY + WEEK, by=max_)

    said = second_is_refused(
        lambda: arrange(sam, quinn), lambda: arrange(quinn, sam) if is_crossed else arrange(sam, quinn)
    )
    assert ("is away too" if is_crossed else "covers for Sam Reed already") in said
    assert Cover.objects.count() == 1


def test_a_closure_day_is_removed_once(team: tuple[Person, Person, Person]) -> None:
    max_, _, _ = team
    actions.add_closure_day(day=MONDAY, name="Moving house", by=max_)
    first, second = ClosureDay.objects.get(), ClosureDay.objects.get()
    one_inside_the_other(
        lambda: actions.remove_closure_day(closure_day=first, by=max_),
        lambda: actions.remove_closure_day(closure_day=second, by=max_),
    )
    assert Event.objects.filter(verb="closure day removed").count() == 1
