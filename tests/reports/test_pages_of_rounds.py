"""The pages of a round: sent, taken back, returned, tasks done; sent twice, two at once, bad input, nothing lost."""

import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.monitoring.browsing import day_parts, signed_in, text_of
from tests.monitoring.world import World
from tests.reports.making import another_senior, colleague, days_ago, held_visit, returned, submitted, uploaded
from wellplaced.monitoring import actions as monitoring
from wellplaced.monitoring.models import Task, Visit
from wellplaced.people import actions as people
from wellplaced.people.rights import Role
from wellplaced.reports.models import Report, Round

HIDDEN = re.compile(r'<input type="hidden" name="([\w-]+)"(?: value="([^"]*)")?')


def at(visit: Visit, rest: str = "") -> str:
    return f"/visits/{visit.pk}/report/{rest}"


def hidden(page: str) -> dict[str, str]:
    """What a form carries along unseen, as the browser that has it open sends it back."""
    return {name: value for name, value in HIDDEN.findall(page) if name != "csrfmiddlewaretoken"}


def opened(browser: Client, address: str) -> dict[str, str]:
    answer = browser.get(address)
    assert answer.status_code == 200
    return hidden(answer.content.decode())


def post(browser: Client, address: str, typed: dict[str, Any]) -> HttpResponse:
    answer = browser.post(address, typed)
    assert isinstance(answer, HttpResponse)
    return answer


def submission(world: World, visit: Visit, **changed: Any) -> dict[str, Any]:
    typed = {
        "document": "1",
        "reviewer": str(world.senior.pk),
        "note": "Please",
        **day_parts("submitted_on", world.today),
    }
    return typed | opened(signed_in(world.officer), at(visit, "submit/")) | changed


def a_return(world: World, visit: Visit, browser: Client, **changed: Any) -> dict[str, Any]:
    typed = {"outcome": "tasks", "comment_0": "Say more", "what_0": "Add the dates", "owner_0": "officer"}
    return typed | day_parts("returned_on", world.today) | opened(browser, at(visit, "return/")) | changed


def test_an_officer_sends_the_report_and_the_page_says_who_has_it(world: World, visit: Visit) -> None:
    uploaded(world, visit)
    browser = signed_in(world.officer)
    answer = post(browser, at(visit, "submit/"), submission(world, visit))
    assert answer.headers["Location"] == at(visit)
    assert "Dana Holloway has had it since" in text_of(browser.get(at(visit)))
    assert Round.objects.get().submitted_note == "Please"


def test_a_submission_sent_twice_is_one_round(world: World, visit: Visit) -> None:
    """A double click: the second answer is the first one's."""
    uploaded(world, visit)
    typed = submission(world, visit)
    for _ in range(2):
        assert post(signed_in(world.officer), at(visit, "submit/"), typed).status_code == 302
    assert Round.objects.count() == 1


def test_two_who_send_it_the_second_is_told_and_keeps_what_they_typed(world: World, visit: Visit) -> None:
    uploaded(world, visit)
    first, second = submission(world, visit), submission(world, visit, note="Mine")
    post(signed_in(world.officer), at(visit, "submit/"), first)
    page = text_of(post(signed_in(world.manager), at(visit, "submit/"), second))
    assert "Priya Oakes sent the report to Dana Holloway on" in page
    assert "Mine" in page
    assert Round.objects.count() == 1


def test_without_a_document_a_reason_is_asked_for(world: World, visit: Visit) -> None:
    typed = submission(world, visit, document="otherwise")
    page = text_of(post(signed_in(world.officer), at(visit, "submit/"), typed))
    assert "Enter how the completed form reaches them" in page
    again = typed | {"sent_otherwise_because": "Handed over on paper"}
    assert post(signed_in(world.officer), at(visit, "submit/"), again).status_code == 302
    assert "Handed over on paper" in text_of(signed_in(world.senior).get(at(visit)))


def test_whoever_made_the_visit_is_not_offered_as_its_reviewer(world: World) -> None:
    visit = held_visit(world, officer=world.senior)
    page = text_of(signed_in(world.officer).get(at(visit, "submit/")))
    assert f'name="reviewer" type="radio" value="{world.senior.pk}"' not in page
    assert "Nobody can review it" in page


@pytest.mark.parametrize("ago", [-1, 11], ids=["tomorrow", "before the visit"])
def test_a_day_that_cannot_be_is_refused_beside_what_was_typed(world: World, visit: Visit, ago: int) -> None:
    uploaded(world, visit)
    typed = submission(world, visit) | day_parts("submitted_on", days_ago(world, ago))
    page = text_of(post(signed_in(world.officer), at(visit, "submit/"), typed))
    assert "There is a problem" in page
    assert "Please" in page
    assert not Round.objects.exists()


def test_the_senior_officer_returns_it_with_tasks_and_comments_by_heading(world: World, visit: Visit) -> None:
    submitted(world, visit)
    browser = signed_in(world.senior)
    typed = a_return(
        world, visit, browser, comment_2="Two young people were away", other_heading="Staffing", other_text="Who?",
        what_1="Name the staff met", owner_1="provider", **day_parts("due_1", world.today),
    )  # fmt: skip
    assert post(browser, at(visit, "return/"), typed).status_code == 302
    round_ = Round.objects.get()
    assert [(each.heading, each.text) for each in round_.comments.all()] == [
        ("The whole report", "Say more"),
        ("What are we worried about", "Two young people were away"),
        ("Staffing", "Who?"),
    ]
    tasks = list(round_.tasks.order_by("pk"))
    assert [(each.what, each.owner) for each in tasks] == [
        ("Add the dates", "officer"),
        ("Name the staff met", "provider"),
    ]
    assert (tasks[0].due_on - world.today).days == 3, "C20"
    assert tasks[1].due_on == world.today


def test_a_return_sent_twice_names_its_tasks_once(world: World, visit: Visit) -> None:
    submitted(world, visit)
    browser = signed_in(world.senior)
    typed = a_return(world, visit, browser)
    for _ in range(2):
        assert post(browser, at(visit, "return/"), typed).status_code == 302
    assert Task.objects.filter(visit=visit).count() == 1


def test_two_senior_officers_return_it_one_wins_and_the_other_keeps_what_they_typed(world: World, visit: Visit) -> None:
    submitted(world, visit)
    mine, theirs = signed_in(world.senior), signed_in(another_senior(world))
    first = a_return(world, visit, mine)
    second = a_return(world, visit, theirs, comment_0="My long comment", what_0="Another task")
    post(mine, at(visit, "return/"), first)
    page = text_of(post(theirs, at(visit, "return/"), second))
    assert "Dana Holloway returned it on" in page
    assert "My long comment" in page
    assert "Another task" in page
    assert Task.objects.filter(visit=visit).count() == 1


def test_taken_back_while_the_senior_officer_writes(world: World, visit: Visit) -> None:
    submitted(world, visit)
    senior, officer = signed_in(world.senior), signed_in(world.officer)
    typed = a_return(world, visit, senior)
    post(officer, at(visit, "take-back/"), opened(officer, at(visit, "take-back/")) | {"because": "Wrong file"})
    page = text_of(post(senior, at(visit, "return/"), typed))
    assert "Priya Oakes took it back on" in page
    assert "Add the dates" in page


def test_sent_anew_while_the_senior_officer_writes_shows_that_it_is_another_round(world: World, visit: Visit) -> None:
    """Sending the same again after reading that returns the new round."""
    submitted(world, visit)
    senior, officer = signed_in(world.senior), signed_in(world.officer)
    typed = a_return(world, visit, senior)
    post(officer, at(visit, "take-back/"), opened(officer, at(visit, "take-back/")) | {"because": "Wrong file"})
    uploaded(world, visit, "The right one")
    post(officer, at(visit, "submit/"), submission(world, visit, document="2"))
    page = text_of(post(senior, at(visit, "return/"), typed))
    assert "Round 2, Version 2" in page
    assert "Add the dates" in page
    assert post(senior, at(visit, "return/"), typed | {"revision": hidden(page)["revision"]}).status_code == 302
    assert [each.outcome for each in Round.objects.order_by("number")] == ["taken_back", "actions"]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"outcome": ""}, "Select an answer"),
        ({"what_0": ""}, "Enter at least one task"),
        ({"outcome": "agreed"}, "You typed a task"),
        ({"other_text": "Who?"}, "Enter the heading"),
        ({"returned_on-day": "31", "returned_on-month": "2"}, "There is a problem"),
        ({"owner_0": "nobody"}, "There is a problem"),
    ],
)
def test_an_answer_that_makes_no_sense_is_told_and_the_rest_stays(
    world: World, visit: Visit, changed: dict[str, str], told: str
) -> None:
    submitted(world, visit)
    browser = signed_in(world.senior)
    page = text_of(post(browser, at(visit, "return/"), a_return(world, visit, browser, **changed)))
    assert told in page
    assert "Say more" in page
    assert not Round.objects.get().outcome


def test_room_for_more_tasks_keeps_what_was_typed_and_saves_nothing(world: World, visit: Visit) -> None:
    submitted(world, visit)
    browser = signed_in(world.senior)
    page = text_of(post(browser, at(visit, "return/"), a_return(world, visit, browser, more="yes")))
    assert page.count("What must be done?") == 5
    assert "Add the dates" in page
    assert "There is a problem" not in page
    assert not Round.objects.get().outcome


def test_the_visitor_and_whoever_is_no_reviewer_are_led_back_with_the_reason(world: World) -> None:
    visit = held_visit(world, officer=world.senior)
    submitted(world, visit, reviewer=another_senior(world))
    for person, told in ((world.senior, "You made this visit"), (world.manager, "returned by a senior officer")):
        browser = signed_in(person)
        assert told in text_of(browser.get(at(visit, "return/"), follow=True))
        assert told in text_of(browser.post(at(visit, "return/"), {"outcome": "agreed"}, follow=True))
    assert not Round.objects.get().outcome


def test_a_senior_officer_who_is_away_has_a_deputy_and_the_pages_say_who(world: World, visit: Visit) -> None:
    deputy = colleague(world, "Noor Latham", Role.PLACEMENT_OFFICER)
    people.arrange_cover(
        absent=world.senior, covering=deputy, starts_on=world.today, ends_on=world.today, by=world.manager
    )
    browser = signed_in(world.officer)
    assert "Noor Latham acts for Dana Holloway until" in text_of(browser.get(at(visit, "submit/")))
    submitted(world, visit)
    assert "Noor Latham acts for Dana Holloway until" in text_of(browser.get(at(visit)))
    theirs = signed_in(deputy)
    post(theirs, at(visit, "return/"), a_return(world, visit, theirs))
    assert Round.objects.get().returned_by == deputy


def test_tasks_are_done_one_by_one_with_what_shows_it(world: World, visit: Visit) -> None:
    submitted(world, visit)
    round_ = returned(world, visit, tasks=2)
    first, second = round_.tasks.order_by("pk")
    browser, address = signed_in(world.officer), at(visit, "rounds/1/tasks/")
    assert "Enter for at least one task" in text_of(post(browser, address, opened(browser, address)))
    half = opened(browser, address) | day_parts(f"done_{first.pk}", world.today)
    assert "Enter what shows that it was done" in text_of(post(browser, address, half))
    post(browser, address, half | {f"evidence_{first.pk}": "Page 3"})
    assert Report.objects.get().state == "actions_needed"
    rest = opened(browser, address) | day_parts(f"done_{second.pk}", world.today) | {f"evidence_{second.pk}": "Page 4"}
    post(browser, address, rest)
    assert Report.objects.get().state == "actions_done"
    assert "all done" in text_of(browser.get(at(visit)))


def test_tasks_done_on_their_own_pages_need_not_be_confirmed(world: World, visit: Visit) -> None:
    submitted(world, visit)
    task = returned(world, visit, tasks=1).tasks.get()
    monitoring.change_task(
        task=task, by=world.officer, seen_revision=None, done_on=world.today, evidence="Page 3"
    )  # fmt: skip
    assert Round.objects.get().actions_completed_on == world.today
    page = text_of(signed_in(world.officer).get(at(visit, "rounds/1/tasks/"), follow=True))
    assert "the report is ‘tasks done’" in page


def test_what_cannot_be_done_from_here_leads_back_and_says_how_the_report_stands(world: World, visit: Visit) -> None:
    browser = signed_in(world.senior)
    for rest in ("take-back/", "return/"):
        assert "the report is ‘being written’" in text_of(browser.get(at(visit, rest), follow=True))
    submitted(world, visit)
    assert "the report is ‘with the senior officer’" in text_of(browser.get(at(visit, "submit/"), follow=True))
    assert browser.get(at(visit, "rounds/7/tasks/")).status_code == 404


def test_the_report_of_a_visit_of_nobody_yet_teaches_what_comes(world: World, visit: Visit) -> None:
    page = text_of(signed_in(world.officer).get(at(visit)))
    assert "Upload the completed form" in page
    assert f"/visits/{visit.pk}/steps/report_submitted/" in page, "the due date says why"
