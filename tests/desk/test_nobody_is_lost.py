"""When colleagues leave: what was theirs to review, or to make, stands with somebody who is there."""

from datetime import timedelta

from tests.desk.conftest import SignIn
from tests.desk.making import home, in_order, read
from tests.desk.test_my_work_around_visits import colleague, done, held
from tests.monitoring.world import World
from wellplaced.monitoring import actions
from wellplaced.monitoring.models import Visit
from wellplaced.people import actions as people
from wellplaced.people.models import Person
from wellplaced.people.rights import Role


def leaves(world: World, person: Person) -> None:
    people.deactivate_person(person=person, on=world.today, seen_revision=None, by=world.manager)


def sent(world: World, reviewer: Person) -> Visit:
    visit = held(world, world.today - timedelta(days=9))
    actions.choose_reviewer(visit=visit, reviewer=reviewer, by=world.officer, seen_revision=None)
    done(world, visit, "report_submitted", on=world.today - timedelta(days=5))
    return visit


def test_a_report_whose_reviewer_left_stands_with_the_other_senior_officers(world: World, signed_in: SignIn) -> None:
    other = colleague(world, "Rowan Tait", Role.SENIOR_OFFICER)
    sent(world, world.senior)
    assert "Return the report" not in read(signed_in(other), "/")
    leaves(world, world.senior)
    assert read(signed_in(other), "/").count("Return the report") == 1
    assert "Return the report" not in read(signed_in(world.officer), "/")


def test_a_visit_whose_officer_left_stands_with_whoever_looks_after_the_place(world: World, signed_in: SignIn) -> None:
    gone = colleague(world, "Wren Hale", Role.PLACEMENT_OFFICER)
    place = home(world, gone)
    visit_on = world.today + timedelta(days=2)
    actions.book_visit(provision=place, officer=gone, visit_on=visit_on, by=gone, on=world.today)
    actions.assign(provision=place, officer=world.officer, by=world.manager, on=world.today)
    assert "Booked for" not in read(signed_in(world.officer), "/"), "it is Wren’s, who is there"
    leaves(world, gone)
    page = read(signed_in(world.officer), "/")
    assert page.count("Booked for Friday 12 June 2026") == 1
    assert page.count("Left by Wren Hale, who no longer works here") == 2
    assert "Letter, feedback requests and confirmation" in page
    assert in_order(read(signed_in(world.manager), "/team/"), "Wren Hale", "1")
