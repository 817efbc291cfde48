"""My work around visits: every open step stands there once, for whom it is, by its day, or with whom it waits."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import time_machine

from tests.desk.conftest import SignIn
from tests.desk.making import home, in_order, queries, read
from tests.monitoring.world import World
from wellplaced.monitoring import actions
from wellplaced.monitoring.actions.closing import close_visit
from wellplaced.monitoring.actions.steps import NewRecipient
from wellplaced.monitoring.models import Visit
from wellplaced.people import actions as people
from wellplaced.people.models import Person, ProvisionType
from wellplaced.people.rights import Role

LONDON = ZoneInfo("Europe/London")
DAY = timedelta(days=1)


def booked(world: World, visit_on: date, officer: Person | None = None, **values: Any) -> Visit:
    officer = officer or world.officer
    return actions.book_visit(
        provision=home(world, officer), officer=officer, visit_on=visit_on, by=officer, on=world.today, **values
    )


def held(world: World, visit_on: date, officer: Person | None = None, **values: Any) -> Visit:
    officer = officer or world.officer
    return actions.record_past_visit(
        provision=home(world, officer, **values),
        visit_on=visit_on,
        booked_on=visit_on - 30 * DAY,
        officer=officer,
        by=officer,
    )


def done(world: World, visit: Visit, *steps: str, on: date | None = None) -> None:
    for step in steps:
        actions.record_step(visit=visit, step=step, done_on=on or world.today, by=world.officer, on=world.today)


def colleague(world: World, name: str, *roles: Role) -> Person:
    email = f"{name.lower().replace(' ', '.')}@{world.authority.code}.example"
    made = people.add_person(authority=world.authority, name=name, email=email, roles=roles, by=None)
    for kind, _ in ProvisionType.monitored():
        people.approve(person=made, provision_type=kind, starts_on=date(2015, 1, 1), ends_on=None, by=world.manager)
    return made


def section(page: str, name: str) -> str:
    """What stands under a heading of the page, after the figures."""
    headings = ["Overdue", "Waiting on others", "Today", "This week", "Later", "No due date"]
    body = " " + page.partition(" Later ")[2]
    start = body.find(f" {name} ")
    assert start >= 0, f"no section {name}"
    ends = [at for other in headings if (at := body.find(f" {other} ", start + len(name))) > 0]
    return body[start : min(ends, default=len(body))]


def test_three_steps_of_one_visit_due_the_same_day_stand_in_one_line(world: World, signed_in: SignIn) -> None:
    visit = booked(world, date(2026, 7, 8))
    client = signed_in(world.officer)
    later = section(read(client, "/"), "Later")
    assert in_order(
        later, "Letter, feedback requests and confirmation", "Visit on Wednesday 8 July 2026", "24 June 2026"
    )
    assert in_order(later, "24 June 2026", "Visit", "Booked for Wednesday 8 July 2026")
    assert f'href="/visits/{visit.pk}/"' in client.get("/").text
    done(world, visit, "feedback_requested", "confirmation_sent")
    later = section(read(client, "/"), "Later")
    assert "Send the letter to the provider" in later
    assert f'href="/visits/{visit.pk}/steps/letter_sent/"' in client.get("/").text


def test_the_provider_is_waited_for_once_the_letter_has_asked(world: World, signed_in: SignIn) -> None:
    visit = booked(world, date(2026, 7, 8))
    client = signed_in(world.officer)
    assert "Waiting for the provider" not in read(client, "/")
    done(world, visit, "letter_sent")
    waiting = section(read(client, "/"), "Waiting on others")
    assert in_order(waiting, "Pre-visit form", "Waiting for the provider to send the pre-visit form: since today")


def test_what_was_due_before_the_visit_and_is_not_done_comes_first(
    world: World, signed_in: SignIn, clock: time_machine.Traveller
) -> None:
    booked(world, date(2026, 7, 8))
    clock.move_to(datetime(2026, 6, 26, 9, tzinfo=LONDON))
    overdue = section(read(signed_in(world.officer), "/"), "Overdue")
    assert in_order(overdue, "Letter, feedback requests and confirmation", "2 days overdue", "24 June 2026")


def test_a_report_sent_is_the_senior_officer_s_to_return_and_the_officer_waits(world: World, signed_in: SignIn) -> None:
    visit = held(world, date(2026, 5, 20))
    officers = section(read(signed_in(world.officer), "/"), "Overdue")
    assert in_order(officers, "Send the report to the senior officer", "7 days overdue")
    done(world, visit, "actions_followed_up")
    done(world, visit, "report_submitted", on=date(2026, 6, 6))
    officers = section(read(signed_in(world.officer), "/"), "Waiting on others")
    assert in_order(officers, "Return of the report", "Waiting for a senior officer to return the report: 4 days")
    seniors = section(read(signed_in(world.senior), "/"), "This week")
    assert in_order(seniors, "Return the report", "Sent by Priya Oakes on Saturday 6 June 2026", "13 June 2026")


def test_nobody_is_asked_to_review_their_own_visit_and_another_reviewer_s_stays_theirs(
    world: World, signed_in: SignIn
) -> None:
    another = colleague(world, "Rowan Tait", Role.SENIOR_OFFICER)
    own = held(world, date(2026, 6, 1), officer=world.senior)
    done(world, own, "report_submitted")
    assert "Return the report" not in read(signed_in(world.senior), "/")
    assert "Return the report" in read(signed_in(another), "/")
    Visit.objects.filter(pk=own.pk).update(reviewer=another)
    third = colleague(world, "Sam Reed", Role.SENIOR_OFFICER)
    assert "Return the report" not in read(signed_in(third), "/")
    assert "Waiting for Rowan Tait to return the report" in read(signed_in(world.senior), "/")


def test_a_deputy_has_the_steps_and_the_reviews_of_whom_they_cover(world: World, signed_in: SignIn) -> None:
    deputy = colleague(world, "Rowan Pike", Role.PLACEMENT_OFFICER)
    mine = held(world, date(2026, 6, 1), officer=deputy)
    theirs = held(world, date(2026, 6, 2))
    for visit in (mine, theirs):
        done(world, visit, "report_submitted")
    assert "Return the report" not in read(signed_in(deputy), "/")
    for absent in (world.senior, world.officer):
        people.arrange_cover(
            absent=absent, covering=deputy, starts_on=world.today, ends_on=world.today, by=world.manager
        )
    page = read(signed_in(deputy), "/")
    assert page.count("Return the report") == 1, "not of the visit that the deputy made"
    assert in_order(page, "Follow up the tasks agreed by email", "For Priya Oakes, whom you cover")


def test_silent_recipients_are_waited_for_and_once_their_time_is_over_the_upload_has_no_due_date(
    world: World, signed_in: SignIn, clock: time_machine.Traveller
) -> None:
    visit = held(world, date(2026, 5, 20))
    done(world, visit, "actions_followed_up", "report_submitted", "report_returned")
    recipients = [
        NewRecipient(key="csw:1", role="csw", name="Ann Marsh"),
        NewRecipient(key="csw:2", role="csw", name="Bea Marsh"),
        NewRecipient(key="provider", role="provider", name="Manager"),
    ]
    named = actions.name_recipients(visit=visit, recipients=recipients, by=world.officer, on=world.today)
    done(world, visit, "sent_for_comment")
    waiting = section(read(signed_in(world.officer), "/"), "Waiting on others")
    assert in_order(waiting, "Comments", "Waiting for comments from the provider and 2 social workers: since today")
    actions.record_answer(recipient=named[0], answered_on=world.today, by=world.officer, on=world.today)
    clock.move_to(datetime(2026, 6, 15, 9, tzinfo=LONDON))
    actions.record_answer(recipient=named[2], answered_on=world.today, by=world.officer, on=world.today)
    page = read(signed_in(world.officer), "/")
    assert in_order(
        section(page, "Waiting on others"),
        "Waiting for comments from a social worker: 5 days, since Wednesday 10 June 2026",
        "2 days overdue",
    )
    assert "Upload onto Mosaic" in page.rpartition("No due date")[2]


def test_a_visit_of_which_nothing_else_is_left_is_to_be_closed(world: World, signed_in: SignIn) -> None:
    visit = held(world, date(2026, 5, 20))
    done(world, visit, "letter_sent", "feedback_requested", "confirmation_sent", "pre_visit_form_received")
    done(world, visit, "actions_followed_up", "report_submitted", "report_returned", "sent_for_comment")
    assert "Close the visit" not in read(signed_in(world.officer), "/")
    done(world, visit, "uploaded")
    page = read(signed_in(world.officer), "/")
    assert in_order(
        page.rpartition("No due date")[2], "Close the visit", "Visit of Wednesday 20 May 2026", "Nothing else"
    )
    assert "Close the visit" not in read(signed_in(world.senior), "/")
    close_visit(visit=visit, closed_on=world.today, by=world.officer, on=world.today)
    assert "Close the visit" not in read(signed_in(world.officer), "/")


def test_visits_of_a_file_closed_ones_and_those_called_off_ask_for_nothing(world: World, signed_in: SignIn) -> None:
    of_file, closed = held(world, date(2026, 5, 20)), held(world, date(2026, 5, 20))
    Visit.objects.filter(pk=of_file.pk).update(loaded=True)
    Visit.objects.filter(pk=closed.pk).update(closed_on=world.today)
    cancelled = booked(world, date(2026, 7, 8))
    actions.cancel_visit(visit=cancelled, because="Moved", by=world.officer, seen_revision=None)
    assert "Nothing to do" in read(signed_in(world.officer), "/")


def test_another_authority_s_visit_is_nobody_s_work_here(world: World, neighbour: World, signed_in: SignIn) -> None:
    visit = held(neighbour, date(2026, 5, 20))
    actions.record_step(visit=visit, step="report_submitted", done_on=world.today, by=neighbour.officer, on=world.today)
    assert "Nothing to do" in read(signed_in(world.senior), "/")


def test_a_proposed_visit_is_to_be_confirmed_and_stands_on_its_day(world: World, signed_in: SignIn) -> None:
    provision = home(world)
    actions.propose_visit(
        provision=provision, officer=world.officer, visit_on=date(2026, 7, 8), by=world.officer, on=world.today
    )
    later = section(read(signed_in(world.officer), "/"), "Later")
    assert in_order(
        later, "Confirm the visit, or propose another day", "Proposed for Wednesday 8 July 2026", "Proposed"
    )
    assert "Letter" not in later, "it has no steps before it is confirmed"


def test_visits_that_wait_for_one_action_plan_stand_in_one_line(world: World, signed_in: SignIn) -> None:
    provision = home(world)
    for _ in range(2):
        world.placed(provision, date(2025, 9, 1))
    world.placed(provision, date(2026, 6, 8))
    world.judged(provision, "inadequate", date(2026, 6, 3))
    page = read(signed_in(world.officer), "/")
    waiting = section(page, "Waiting on others")
    assert in_order(
        waiting, "visits that wait for one action plan", "Waiting for a senior officer to ask", "initial visit"
    )
    assert waiting.count("Waiting for a senior officer") == 1


def test_a_section_is_cut_at_fifteen_lines_and_says_where_the_rest_is(world: World, signed_in: SignIn) -> None:
    for _ in range(18):
        held(world, date(2026, 5, 20))
    client = signed_in(world.officer)
    page = read(client, "/")
    assert "90 Overdue" in page, "five steps of each of 18 visits"
    assert page.count("Letter, feedback requests and confirmation Alder House") == 15
    assert "45 more here" in page
    assert f"/steps/?state=overdue&amp;officer={world.officer.pk}" in client.get("/").text


def test_my_work_takes_as_many_queries_with_many_steps_as_with_one(world: World, signed_in: SignIn) -> None:
    everything = [Role.PLACEMENT_OFFICER, Role.SENIOR_OFFICER, Role.MANAGER, Role.ADMINISTRATOR, Role.VIEWER]
    people.set_roles(person=world.officer, roles=everything, seen_revision=None, by=world.manager)
    colleague(world, "Rowan Pike", Role.PLACEMENT_OFFICER)
    client = signed_in(world.officer)
    held(world, date(2026, 6, 8))
    few = queries(client, "/")
    for number in range(20):
        held(world, date(2026, 5, 20))
        done(world, held(world, date(2026, 6, 1 + number % 9)), "report_submitted")
        booked(world, date(2026, 7, 1 + number))
    assert queries(client, "/") == few <= 12
    assert len(client.get("/").content) < 150_000
