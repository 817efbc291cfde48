"""C16 on a phone that loses its connection: what was typed stays until it is saved, and goes with saving or signing out."""

from collections.abc import Callable
from datetime import date

from playwright.sync_api import expect

from tests.journeys.conftest import Calendar
from tests.journeys.walker import Walker
from tests.monitoring.days import booked, placed
from tests.monitoring.world import World
from wellplaced.monitoring.models import DayChecklist, YoungPersonSeen

DRAFTS = "Object.keys(sessionStorage).filter((name) => name.startsWith('wellplaced-draft'))"


def test_nothing_typed_on_the_day_is_lost_where_there_is_no_signal(
    calendar: Calendar, world: World, walk: Callable[..., Walker]
) -> None:
    home = world.provision(name="Alderbrook")
    young_person = placed(world, home)
    visit = booked(world, home, in_days=1)
    calendar.turn_to(date(2026, 6, 2))
    officer = walk(world.officer, width=375)
    phone = officer.page
    officer.open(f"/visits/{visit.pk}/checklist/")

    officer.type("Role of person 1", "Registered manager").type("Notes of the day", "Quiet house")
    phone.locator(f"input[name=seen-{young_person.pk}][value=at_school]").check()
    phone.context.set_offline(True)
    officer.main.get_by_role("button", name="Save", exact=True).last.click()
    expect(phone.get_by_role("status")).to_contain_text("There is no connection")

    phone.context.set_offline(False)
    phone.reload()
    expect(phone.get_by_role("status")).to_contain_text("did not save is in the form again")
    officer.holds("Role of person 1", "Registered manager").holds("Notes of the day", "Quiet house")
    officer.main.get_by_role("button", name="Save", exact=True).last.click()
    officer.sees("Saved")
    assert DayChecklist.objects.get().note == "Quiet house"
    assert YoungPersonSeen.objects.get().seen == "at_school"
    assert phone.evaluate(DRAFTS) == []

    officer.type("Notes of the day", "Something else")
    assert len(phone.evaluate(DRAFTS)) == 1
    officer.open("/tasks/")
    phone.get_by_role("button", name="Sign out").click()
    expect(phone.get_by_role("heading", name="Sign in")).to_be_visible()
    assert phone.evaluate(DRAFTS) == []
