"""A colleague's page says what is ahead of them, and which of it they may no longer make (C11)."""

from tests.desk.conftest import SignIn
from tests.desk.making import home, read
from tests.monitoring.bookings import DAY, book, owed_at
from tests.monitoring.world import World
from wellplaced.people import actions as people
from wellplaced.people.models import Approval


def page_of_the_officer(world: World, signed_in: SignIn) -> str:
    return read(signed_in(world.manager), world.officer.get_absolute_url())


def end_approval(world: World, kind: str) -> None:
    approval = Approval.objects.get(person=world.officer, provision_type=kind)
    people.end_approval(approval=approval, ends_on=world.today + 10 * DAY, seen_revision=None, by=world.manager)


def test_visits_after_the_last_day_of_an_approval_stand_first_and_say_so(world: World, signed_in: SignIn) -> None:
    house, _ = owed_at(world, name="Alder House")
    school, _ = owed_at(world, "sen", name="Brook School")
    book(world, school, in_days=5)
    book(world, house, in_days=30)
    assert "may not be made" not in page_of_the_officer(world, signed_in)

    end_approval(world, "residential")
    page = page_of_the_officer(world, signed_in)
    assert "1 visit may not be made by them." in page
    assert page.index("Alder House") < page.index("Not approved (C11)") < page.index("Brook School")


def test_of_somebody_who_left_no_visit_ahead_may_be_made(world: World, signed_in: SignIn) -> None:
    house, _ = owed_at(world)
    book(world, house)
    people.deactivate_person(person=world.officer, on=world.today, seen_revision=None, by=world.manager)
    assert "No longer works here" in page_of_the_officer(world, signed_in)


def test_visits_of_another_authority_do_not_stand_there(world: World, neighbour: World, signed_in: SignIn) -> None:
    house, _ = owed_at(neighbour, name="Theirs")
    book(neighbour, house)
    page = page_of_the_officer(world, signed_in)
    assert "No visit is booked for them." in page
    assert "Theirs" not in page


def test_a_manager_goes_from_there_to_move_what_they_look_after(world: World, signed_in: SignIn) -> None:
    home(world)
    page = page_of_the_officer(world, signed_in)
    assert "Looks after 1 provision." in page
    assert "Move them to somebody else" in page
