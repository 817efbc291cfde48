"""C16 on a phone: everything of the day, with scripts or without; what was typed where there is no connection stays."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Calendar
from tests.journeys.walker import Walker
from tests.monitoring.days import booked, placed
from tests.monitoring.world import World
from wellplaced.monitoring import actions as monitoring
from wellplaced.monitoring.models import DayChecklist, Visit, YoungPersonSeen
from wellplaced.people.models import ProvisionType
from wellplaced.placements.models import YoungPerson

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


def a_flat_is_booked(world: World) -> Visit:
    """Two young people live there, an initial visit is owed for each, and it is booked for Tuesday 2 June 2026."""
    scheme = world.provision(ProvisionType.SUPPORTED_ACCOMMODATION, name="Millbrook Court")
    flat = world.flat(scheme, "Flat 1")
    lives = [world.placed(scheme, date(2026, 5, 30), premises=flat) for _ in range(2)]
    return monitoring.book_visit(
        provision=scheme,
        officer=world.officer,
        visit_on=date(2026, 6, 2),
        discharges=[f"initial:{each.pk}" for each in lives],
        to_see=[flat],
        short_notice_because="The visit is due within 3 days",
        by=world.officer,
        on=world.today,
    )


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_everything_of_the_day_is_taken_down_on_a_phone(
    calendar: Calendar, world: World, walk: Callable[..., Walker], javascript: bool
) -> None:
    visit = a_flat_is_booked(world)
    at_home, away = YoungPerson.objects.order_by("pk")
    calendar.turn_to(date(2026, 6, 2), hour=15)
    officer = walk(world.officer, width=375, javascript=javascript).open(visit.get_absolute_url()).follow("Checklist")

    # staff met; documents and files; the tour; the flat
    officer.type("Role of person 1", "Support worker").type("Note on person 1", "On shift since Sunday")
    officer.answer("Staff rota", "Seen").answer("Training record", "Not there")
    officer.press("Save").sees("Saved")
    officer.answer("Was there a tour?", "Yes, all of it").type("What was seen on the tour", "Kitchen, both bedrooms")
    officer.sees("The visit is to see this").answer("Flat 1", "Seen")

    # each young person, or why not; their questionnaires; notes
    officer.answer(f"Was {at_home} seen?", "Seen").answer(f"Questionnaire of {at_home}", "Done")
    officer.answer(f"Was {away} seen?", "Away").answer(f"Questionnaire of {away}", "Paper copy left")
    officer.type(f"Note about {away}", "At work until 8").type("Notes of the day", "Quiet house")

    # what became of it
    officer.press("Save, and record what became of the visit").sees("Saved").is_ticked("It took place")
    officer.is_ticked("Flat 1").press("Record the visit").sees("1 of 2 young people seen; 1 not seen, with the reason")

    day = DayChecklist.objects.get(visit=visit)
    assert (day.staff, day.tour_note, day.note) == (
        [{"role": "Support worker", "note": "On shift since Sunday"}],
        "Kitchen, both bedrooms",
        "Quiet house",
    )
    assert (day.documents, day.tour) == ({"staff_rota": "seen", "training_record": "not_there"}, "done")
    rows = YoungPersonSeen.objects.order_by("young_person").values_list("seen", "questionnaire", "note")
    assert list(rows) == [("seen", "done", ""), ("away", "paper_left", "At work until 8")]
    visit.refresh_from_db()
    assert (visit.state, visit.outcome, [each.label for each in visit.premises.all()]) == ("held", "held", ["Flat 1"])
