"""An annual visit at a residential home, from booking to Mosaic (C5, C10 to C23), with two months' ends among its dates."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.journeys.conftest import Calendar
from tests.journeys.walker import Walker
from tests.monitoring.world import World
from tests.reports.circulating import placed_with
from tests.reports.files import pdf, word
from wellplaced.monitoring import actions as monitoring
from wellplaced.monitoring.models import Requirement, Step, Task, Visit
from wellplaced.register.models import Provision
from wellplaced.reports.models import Comment, Report

VISIT_ON = date(2026, 6, 24)
STEPS = {  # due, done; each due date counted by hand from the guidance
    "letter_sent": ("10 June", "8 June"),
    "feedback_requested": ("10 June", "8 June"),
    "confirmation_sent": ("10 June", "10 June"),
    "pre_visit_form_received": ("24 June", "22 June"),
    "visit_held": ("3 July", "24 June"),
    "actions_followed_up": ("25 June", "25 June"),
    "questionnaires_chased": ("1 July", "1 July"),
    "report_submitted": ("8 July", "3 July"),
    "report_returned": ("10 July", "8 July"),
    "actions_completed": ("11 July", "10 July"),
    "sent_for_comment": ("29 July", "28 July"),
    "comment of Ash Grove": ("31 July", "30 July"),
    "comment of Cedar Lane": ("31 July", None),
    "comment of Birch Hale": ("31 July", "31 July"),
    "comment of Larkmere House": ("31 July", "3 August"),
    "uploaded": (None, "5 August"),
}


class Story:
    """The days of one visit, with who is at which window."""

    def __init__(self, calendar: Calendar, world: World, walk: Callable[..., Walker]) -> None:
        self.calendar, self.world, self.walk = calendar, world, walk
        self.windows: dict[str, Walker] = {}

    def officer(self, day: int, month: int) -> Walker:
        return self._on("officer", date(2026, month, day))

    def senior(self, day: int, month: int) -> Walker:
        return self._on("senior", date(2026, month, day))

    def _on(self, who: str, day: date) -> Walker:
        """That person's window on that day, signed in, at my work."""
        self.calendar.turn_to(day)
        person = getattr(self.world, who)
        if who in self.windows:
            return self.windows[who].sign_in(person.email)
        self.windows[who] = self.walk(person)
        return self.windows[who]


@pytest.fixture
def home(calendar: Calendar, world: World) -> Provision:
    """A home where K1 and K2 have lived since July 2025, seen on 3 July 2025: due again on 3 July 2026."""
    home, since = world.provision(name="Larkmere House"), date(2025, 7, 1)
    young_people = [
        placed_with(world, home, "K1", placed_on=since, csw="Ash Grove", iro="Birch Hale"),
        placed_with(world, home, "K2", placed_on=since, csw="Cedar Lane", iro="Dale Mead"),
    ]
    before = monitoring.record_past_visit(
        provision=home,
        officer=world.officer,
        visit_on=date(2025, 7, 3),
        discharges=[f"initial:{each.placements.get().pk}" for each in young_people],
        loaded=True,
        by=world.officer,
    )
    monitoring.add_task(
        provision=home, what="Mend the garden gate", owner=Task.Owner.PROVIDER, visit=before, by=world.officer
    )
    monitoring.assign(provision=home, officer=world.officer, reason="", by=world.manager, on=world.today)
    return home


def test_an_annual_visit_from_booking_to_mosaic(
    calendar: Calendar, world: World, home: Provision, walk: Callable[..., Walker]
) -> None:
    story = Story(calendar, world, walk)
    proposed_and_confirmed(story)
    prepared(story)
    held_on_the_day(story)
    followed_up(story)
    returned_with_a_task(story)
    done_and_agreed(story)
    sent_for_comment(story)
    answered_or_not(story)
    uploaded_and_closed(story)
    walk(world.manager).go("Overview").follow("Timeliness").sees("1 of 1", "2 of 4", "86% of 15")
    as_the_rows_say(home)


def proposed_and_confirmed(story: Story) -> None:
    """C12: the day is proposed; the provider agrees a week later, and the visit is booked from then on."""
    officer = story.officer(1, 6).sees("Annual visit", "Larkmere House", "3 July 2026").follow("Annual visit")
    officer.press("Book a visit").sees("Annual visit: due by Friday 3 July 2026")
    officer.choose("Yes, propose the day to the provider first").select("Who makes the visit?", "Priya Oakes")
    officer.date("On which day?", VISIT_ON).type("At what time?", "10:30").press("Save the visit")
    officer.sees("The provider has not confirmed the day yet").follow("Annual visit").sees("Go to the proposed visit")
    officer = story.officer(8, 6).follow("Confirm the visit, or propose another day").press("Confirm the visit")
    officer.press("Book the visit").sees("The visit is booked", "A visit is booked for 24 June 2026, in time")
    officer.sees("A subsequent visit: see last time", "Mend the garden gate", "0 of 10 steps settled")


def prepared(story: Story) -> None:
    """C13 to C15: letter, confirmation, feedback; what a social worker says on the telephone is taken down."""
    officer = story.windows["officer"].follow("Ask for feedback")
    for name in ("Ash Grove", "Birch Hale", "Cedar Lane", "Dale Mead"):
        officer.choose(name)
    officer.press("Record who was asked").sees("4 answers outstanding")

    officer = story.officer(12, 6).sees("2 days overdue").follow("Letter and confirmation")
    officer.follow("Record several steps at once").date("Letter sent on", date(2026, 6, 8))
    officer.date("Confirmation sent on", date(2026, 6, 10)).press("Save").sees("3 of 10 steps settled")
    officer.follow("Feedback ahead of the visit").follow("Ash Grove").date("When did they answer?", date(2026, 6, 12))
    officer.choose("By telephone").type("What did they say?", "K1 likes the school; the bus is often late.")
    officer.press("Save").sees("3 answers outstanding", "By telephone on 12 June 2026")

    officer = story.officer(22, 6).sees("Waiting for the provider to send the pre-visit form: 14 days")
    officer.follow("Visit", exact=True).follow("Get the pre-visit form")
    officer.choose("In advance").choose("Every section is there")
    officer.date("On which day was the last section there?", date(2026, 6, 22)).press("Save")
    officer.sees("4 of 10 steps settled", "received in advance, 13 sections there")


def held_on_the_day(story: Story) -> None:
    """C16: staff, documents, tour, young people and their questionnaires."""
    officer = story.officer(24, 6).follow("Visit", exact=True).sees("Make the visit").follow("Checklist of the day")
    officer.type("Role of person 1", "Registered manager").answer("Files of our young people", "Seen")
    officer.answer("Medication records", "Not there").answer("Was there a tour?", "Yes, all of it")
    officer.answer("Was KL (K1) seen?", "Seen").answer("Questionnaire of KL (K1)", "Done")
    officer.answer("Was KL (K2) seen?", "At school or college").answer("Questionnaire of KL (K2)", "Paper copy left")
    officer.press("Save, and record what became of the visit").press("Record the visit")
    officer.sees("The visit is recorded as held", "Discharged by the visit on 24 June 2026, in time")
    officer.sees("1 of 2 young people seen; 1 not seen, with the reason", "1 left on paper and not back")


def followed_up(story: Story) -> None:
    """C17, R10: a task of last time came back, one is new; both go into the email; the paper copy is chased."""
    officer = story.windows["officer"].follow("Tasks of this visit").follow("It came back")
    officer.type("What was found this time?", "It hangs open still").press("Record it").sees("Came back once")
    officer.type("What must be done?", "Sign the medication record each day").choose("The provider")
    officer.date("By when?", date(2026, 7, 22)).press("Add the task").sees("Wednesday 22 July 2026 Why this date?")
    officer = story.officer(25, 6).follow("Follow up the tasks").press("Record the follow-up")
    officer.choose("Yes, it was sent").press("Save").sees("6 of 11 steps settled")
    officer = story.officer(1, 7).follow("Chase the questionnaires").sees("Across the month’s end: 6 days to 30 June")
    officer.press("Go to the questionnaires").date("Chased on", date(2026, 7, 1)).press("Save")


def returned_with_a_task(story: Story) -> None:
    """C18, C19: the completed form goes to the senior officer, who comments by heading and names a task."""
    officer = story.officer(3, 7).follow("Send the report to the senior officer")
    officer.sees("24 June 2026 + 14 days = 8 July 2026").press("Go to the report")
    officer.upload("Completed form", "larkmere-house.docx", word("First version")).press("Upload")
    officer.sees("Version 1 is kept").press("Send it to the senior officer").press("Send")
    officer.sees("The report is sent to Dana Holloway", "To be returned by Friday 10 July 2026")

    senior = story.senior(8, 7).go("Reviews").sees("2 days left").follow("Larkmere House").press("Return the report")
    senior.choose("Returned with tasks").type("What are we worried about", "Say who signs at night.")
    senior.type("What must be done?", "Name the member of staff for each night").press("Return the report")
    senior.sees("The report is returned with its tasks", "Tasks to be done by Saturday 11 July 2026")


def done_and_agreed(story: Story) -> None:
    """C20: the task is done and the report sent again; the second round ends in agreement."""
    officer = story.officer(10, 7).sees("Falls on a Saturday: act by Friday 10 July").follow("Do the tasks")
    officer.press("Go to the report and its tasks").sees("Say who signs at night.").press("Record tasks done")
    officer.date("When was it done?", date(2026, 7, 10)).type("What shows that it was done?", "Page 3 of version 2")
    officer.press("Save").sees("All tasks are done").unfold("Upload a new version")
    officer.upload("Completed form", "larkmere-house-2.pdf", pdf("Second version")).press("Upload")
    officer.press("Send it again to the senior officer").press("Send").sees("Round 2", "Due back by", "17 July 2026")

    senior = story.senior(14, 7).go("Reviews").follow("Larkmere House").press("Return the report")
    senior.choose("Agreed").press("Return the report").sees("Agreed, nothing to do", "Returned with tasks")


def sent_for_comment(story: Story) -> None:
    """C21: three weeks after the first return, to all but one, who is left out with a reason."""
    officer = story.officer(28, 7).follow("Send the report for comment").sees("8 July 2026 + 21 days = 29 July 2026")
    officer.press("Send it for comment").answer("Dale Mead, reviewing officer (IRO)", "Does not get it")
    officer.press("Record that it went out").sees("There is a problem", "Say why they do not get it: Dale Mead")
    officer.main.get_by_label("Why not?").locator("visible=true").fill("On leave until September")
    officer.press("Record that it went out").sees("Out since Tuesday 28 July 2026. Dana Holloway in copy.")


def answered_or_not(story: Story) -> None:
    """C22: in time and accepted; no comment; late and not accepted; silence, which is not agreement."""
    officer = take_down(story.officer(30, 7), "Ash Grove", "K1 has moved to another school")
    officer.follow("Reply to the comment of Ash Grove").choose("Accepted").press("Save").sees("The reply is saved")
    take_down(story.officer(31, 7), "Birch Hale", "")
    officer = story.officer(3, 8).sees("Waiting for comments from the provider and a social worker", "3 days overdue")
    take_down(officer, "Larkmere House", "The record was signed each night").sees("3 August 2026, 3 days late")
    officer.follow("Reply to the comment of Larkmere House").choose("Not accepted").press("Save")
    officer.sees("Say why the comment is not accepted").type("Why, or what changes", "Three nights in June are empty")
    officer.press("Save").sees("Silence, which is not agreement: 3 days late.", "Answered late")


def take_down(officer: Walker, name: str, said: str) -> Walker:
    officer.open(f"{the_visit().get_absolute_url()}comments/").press(f"Take down an answer of {name}")
    if said:
        officer.choose("They have a comment").type("What did they say?", said)
    else:
        officer.choose("They have no comment")
    return officer.press("Save").sees(f"The answer of {name} is taken down")


def uploaded_and_closed(story: Story) -> None:
    """C23: for the provision and for each young person, with Mosaic's reference."""
    officer = story.officer(5, 8).follow("Upload onto Mosaic").press("Go to the upload")
    officer.sees("3 of 3 records are still missing")
    officer.follow("Record the upload for Larkmere House").choose("Yes, it is uploaded").press("Save")
    officer.sees("without it nothing counts as uploaded").type("Mosaic’s reference", "PRV-88").press("Save")
    for whom, reference in (("KL (K1)", "M-1"), ("KL (K2)", "M-2")):
        officer.follow(f"Record the upload for {whom}").choose("Yes, it is uploaded")
        officer.type("Mosaic’s reference", reference).press("Save")
    officer.sees("Everything is recorded.").press("Close the visit")
    officer.sees("Cedar Lane has not answered", "Open tasks, which live on", "Sign the medication record each day")
    officer.press("Close the visit").sees("The visit is closed", "Closed on 5 August 2026.", "15 of 16 steps settled")
    officer.go("My work").sees("24 June 2027").does_not_see("Visit of Wednesday 24 June 2026")


def the_visit() -> Visit:
    return Visit.objects.get(loaded=False)


def as_the_rows_say(home: Provision) -> None:
    """Steps, requirements, rounds, comments, tasks, uploads."""
    visit = the_visit()
    recipients = {each.key: each.name for each in visit.recipients.all()}
    found = {
        f"comment of {recipients[step.recipient]}" if step.recipient else step.step: (
            said(step.due_on),
            said(step.done_on),
        )
        for step in Step.objects.filter(visit=visit)
    }
    assert found == STEPS
    late = Step.objects.filter(visit=visit, in_time=False)
    assert [recipients[step.recipient] for step in late] == ["Larkmere House"]

    annual = Requirement.objects.get(discharged_by=visit)
    assert (annual.clause, annual.due_on, annual.in_time) == ("C5", date(2026, 7, 3), True)
    following = Requirement.objects.get(provision=home, state="open")
    assert (following.clause, following.due_on) == ("C5", date(2027, 6, 24))

    report = Report.objects.get(visit=visit)
    assert report.state == "closed"
    assert [each.outcome for each in visit.rounds.order_by("number")] == ["actions", "agreed"]
    replies = Comment.objects.filter(recipient__visit=visit).order_by("received_on")
    assert [(each.kind, each.reply) for each in replies] == [
        ("comment", "accepted"),
        ("no_comment", ""),
        ("comment", "not_accepted"),
    ]
    assert visit.recipients.exclude(left_out_because="").get().name == "Dale Mead"
    assert Task.objects.get(what="Mend the garden gate").came_back.count() == 1
    assert visit.uploads.count() == 3


def said(day: date | None) -> str | None:
    return f"{day:%-d %B}" if day else None
