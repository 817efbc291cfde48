"""A whole visit by keyboard alone, from booking to closing (WCAG 2.1.1, 2.4.3, 2.4.7; C12 to C23): every stop is seen."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.journeys.conftest import Calendar
from tests.journeys.keys import Keys
from tests.monitoring.world import World
from tests.reports.circulating import placed_with
from tests.reports.files import word
from wellplaced.monitoring import actions as monitoring
from wellplaced.monitoring.models import Step, StepState, Visit
from wellplaced.reports.models import Report, Round

BOOKED_ON, VISIT_ON = date(2026, 6, 1), date(2026, 6, 16)


@pytest.fixture(autouse=True)
def larkmere_house(calendar: Calendar, world: World) -> None:
    """Where K1 has lived since 20 June 2025, with a social worker; seen on that day, and so due on 20 June 2026."""
    home, since = world.provision(name="Larkmere House"), date(2025, 6, 20)
    young_person = placed_with(world, home, "K1", placed_on=since, csw="Ash Grove")
    initial = f"initial:{young_person.placements.get().pk}"
    monitoring.record_past_visit(
        provision=home, officer=world.officer, visit_on=since, discharges=[initial], loaded=True, by=world.officer
    )
    monitoring.assign(provision=home, officer=world.officer, reason="", by=world.manager, on=world.today)


def test_a_whole_visit_by_keyboard_alone(calendar: Calendar, world: World, keys: Callable[[], Keys]) -> None:
    officer = keys().sign_in(world.officer.email).sees("My work", "Annual visit")
    booked_and_prepared(officer)
    calendar.turn_to(VISIT_ON, hour=14)
    officer.open("/").sign_in(world.officer.email)
    the_day(officer)
    sent_to_the_senior_officer(officer)
    agreed(keys().sign_in(world.senior.email))
    sent_and_answered(officer)
    uploaded_and_closed(officer)

    visit = Visit.objects.get(loaded=False)
    assert (visit.closed_on, visit.outcome) == (VISIT_ON, "held")
    assert Report.objects.get(visit=visit).state == "closed"
    assert Round.objects.get(visit=visit).outcome == "agreed"
    steps = Step.objects.filter(visit=visit)
    assert set(steps.values_list("state", flat=True)) == {StepState.DONE, StepState.SET_ASIDE}
    assert not steps.filter(in_time=False).exists()
    assert [each.step for each in steps.filter(state=StepState.SET_ASIDE)] == ["actions_followed_up"]
    assert dict(visit.recipients.values_list("name", "answered_on")) == {
        "Ash Grove": VISIT_ON,
        "Larkmere House": VISIT_ON,
    }


def booked_and_prepared(officer: Keys) -> None:
    """C12 to C15."""
    officer.follow("Annual visit").follow("Book a visit")
    officer.content().type("Who makes the visit?", "Priya").day("On which day?", VISIT_ON).save("Save the visit")
    officer.sees("The visit is booked").follow("Record several steps at once")
    officer.content().day("Letter sent on", BOOKED_ON).day("Confirmation sent on", BOOKED_ON).save()
    officer.follow("Ask for feedback").content().tick("Ash Grove").save("Record who was asked")
    officer.to("Back").leave_by("Enter").follow("Get the pre-visit form")
    officer.content().tick("Every section is there").day("On which day was the last section there?", BOOKED_ON).save()
    officer.sees("4 of 10 steps settled")


def the_day(officer: Keys) -> None:
    """C16, C17: the list, what became of the visit, and that no email need follow."""
    officer.follow("Visit").follow("Checklist of the day").content().type("Role of person 1", "Registered manager")
    officer.answer("Files of our young people", "Seen").answer("Was there a tour?", "Yes, all of it")
    officer.answer("Was KL (K1) seen?", "Seen").answer("Questionnaire of KL (K1)", "Done")
    officer.save("Save, and record what became of the visit").content().save("Record the visit")
    officer.sees("The visit is recorded as held").follow("Record the follow-up")
    officer.content().answer("Did a follow-up email go", "No").type(
        "Why is it not needed?", "Nothing was agreed"
    ).save()


def sent_to_the_senior_officer(officer: Keys) -> None:
    """C18."""
    officer.follow("Send the report to the senior officer").content().upload(
        "Completed form", "larkmere-house.docx", word()
    ).save("Upload")
    officer.sees("Version 1 is kept").follow("Send it to the senior officer").content().save("Send")
    officer.sees("The report is sent to Dana Holloway")


def agreed(senior: Keys) -> None:
    """C19."""
    senior.to("Reviews").leave_by("Enter").follow("Visit on 16 June 2026").follow("Return the report")
    senior.content().answer("What is the outcome?", "Agreed").save("Return the report").sees("Agreed, nothing to do")


def sent_and_answered(officer: Keys) -> None:
    """C21, C22."""
    officer.open("/").follow("Send the report for comment").follow("Send it for comment")
    officer.content().save("Record that it went out").sees("The report is out for comment")
    officer.follow("Take down an answer of Ash Grove")
    officer.content().answer("What did they answer?", "They have no comment").save()
    officer.follow("Take down an answer of Larkmere House")
    officer.content().answer("What did they answer?", "They have a comment").type("What did they say?", "Thank you")
    officer.save().follow("Reply to the comment of Larkmere House")
    officer.content().answer("Is the comment accepted?", "Accepted").save().sees("The reply is saved")


def uploaded_and_closed(officer: Keys) -> None:
    """C23."""
    officer.follow("Upload onto Mosaic")
    for whom, reference in (("Larkmere House", "PRV-88"), ("KL (K1)", "M-1")):
        officer.follow(f"Record the upload for {whom}").content()
        officer.answer("Is it on Mosaic?", "Yes").type("Mosaic’s reference", reference).save()
    officer.sees("Everything is recorded.").follow("Close the visit").content().save("Close the visit")
    officer.sees("The visit is closed", "12 of 12 steps settled")
