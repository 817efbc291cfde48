"""A SEN day school entered by hand, with a SENO and neither IRO nor CSW (C14, R12, C21): said, and never made up."""

from collections.abc import Callable
from datetime import date

from tests.journeys.conftest import Calendar
from tests.journeys.walker import Walker
from tests.monitoring.days import professional
from tests.monitoring.world import World
from tests.reports.making import returned, submitted
from wellplaced.monitoring import actions as monitoring
from wellplaced.monitoring.models import Feedback, Recipient, Step, Visit
from wellplaced.register.models import Provision
from wellplaced.reports.models import Comment, MosaicUpload

SCHOOL = "Harrowgate Day School"
NOT_LOOKED_AFTER = "Lives at home and is not looked after: there is no social worker and no reviewing officer"


def the_school_is_entered(officer: Walker) -> Provision:
    """Ofsted's files do not hold it."""
    officer.go("Provisions").follow("by hand").choose("SEN").type("Name", SCHOOL)
    officer.choose("Independent Schools Inspectorate").press("Enter provision")
    officer.sees(f"{SCHOOL} is entered", "Only your authority sees it")
    return Provision.objects.get(name=SCHOOL)


def a_placement_begins(world: World, school: Provision) -> None:
    """From Monday 15 June 2026; the SEN officer is known, and nobody else."""
    young_person = world.placed(school, date(2026, 6, 15)).young_person
    professional(world, young_person, "seno", "Juniper Vale")
    monitoring.assign(provision=school, officer=world.officer, reason="", by=world.manager, on=world.today)


def feedback_is_asked_for(officer: Walker) -> None:
    """From the SENO, and through them from the parents; who is missing is said, and left out with the reason."""
    officer.open("/").follow("Initial visit").press("Book a visit").select("Who makes the visit?", "Priya Oakes")
    officer.date("On which day?", date(2026, 6, 17)).press("Save the visit").sees("The visit is booked")
    officer.follow("Ask for feedback")
    officer.sees("Nobody is recorded", "social worker of AB", "reviewing officer of AB")
    officer.choose("Juniper Vale, SEN officer").choose("Parents, through Juniper Vale").press("Record who was asked")
    officer.sees("Nobody is recorded", "2 answers outstanding").follow("Leave somebody out")
    for box in officer.main.get_by_role("checkbox").all():
        box.check()
    officer.type("Why?", NOT_LOOKED_AFTER).press("Leave them out").sees(NOT_LOOKED_AFTER)
    officer.does_not_see("Nobody is recorded as")


def the_answers_come(calendar: Calendar, world: World, officer: Walker) -> None:
    """By email from the SENO, with what the parents said."""
    calendar.turn_to(date(2026, 6, 10))
    feedback = officer.page.url.removeprefix(officer.address)
    officer.sign_in(world.officer.email).open(feedback)
    for who, said in (("Juniper Vale", "The plan is delivered"), ("Parents", "He likes going there")):
        officer.follow(who).date("When did they answer?", date(2026, 6, 9)).choose("By email")
        officer.type("What did they say?", said).press("Save").sees(said)
    officer.does_not_see("outstanding")


def the_visit_is_held_and_its_report_returned(calendar: Calendar, world: World, school: Provision) -> Visit:
    """On the 17th; to the senior officer on the 22nd, agreed on the 24th."""
    visit = Visit.objects.get(provision=school)
    calendar.turn_to(date(2026, 6, 24))
    monitoring.hold_visit(
        visit=visit,
        visit_on=visit.visit_on,
        discharges=list(visit.discharges.values_list("key", flat=True)),
        premises=[],
        whole_form=True,
        by=world.officer,
        seen_revision=visit.revision,
    )
    submitted(world, visit, 2)
    returned(world, visit, 0)
    return visit


def the_report_goes_round(world: World, visit: Visit, officer: Walker) -> None:
    """To the SENO and the provider; that there is no CSW and no IRO stands on the page."""
    officer.sign_in(world.officer.email).open(visit.get_absolute_url()).follow("Send the report for comment")
    officer.sees("No CSW recorded for AB", "No IRO recorded for AB", "Juniper Vale, SEN officer", f"{SCHOOL}, provider")
    officer.is_ticked("Gets it").press("Record that it went out").sees("The report is out for comment")
    officer.does_not_see("social worker (CSW)", "reviewing officer (IRO)")


def the_comments_come(calendar: Calendar, world: World, visit: Visit, officer: Walker) -> None:
    """A comment, answered; and no comment."""
    calendar.turn_to(date(2026, 6, 26))
    officer.sign_in(world.officer.email).open(f"{visit.get_absolute_url()}comments/")
    officer.press("Take down an answer of Juniper Vale").choose("They have a comment")
    officer.type("What did they say?", "The review of the plan was in May").press("Save")
    officer.follow("Reply").choose("Accepted").press("Save")
    officer.press(f"Take down an answer of {SCHOOL}").choose("They have no comment").press("Save")
    officer.sees("Accepted", "No comment")


def it_is_uploaded(officer: Walker) -> None:
    """The school's record and the young person's; then the visit can be closed."""
    officer.follow("Upload onto Mosaic").sees("2 of 2 records are still missing")
    for reference in ("M-2041", "M-2042"):
        officer.follow("Record the upload").type("reference", reference).press("Save")
    officer.sees("Everything is recorded").press("Close the visit")
    officer.sees("Send the letter to the provider").type(
        "Why will the steps", "The school knew of the visit by telephone"
    )
    officer.press("Close the visit").sees("Closed")


def test_a_sen_day_school_with_a_seno_and_neither_iro_nor_csw(
    calendar: Calendar, world: World, walk: Callable[..., Walker]
) -> None:
    officer = walk(world.officer)
    school = the_school_is_entered(officer)
    a_placement_begins(world, school)
    feedback_is_asked_for(officer)
    the_answers_come(calendar, world, officer)
    visit = the_visit_is_held_and_its_report_returned(calendar, world, school)
    the_report_goes_round(world, visit, officer)
    the_comments_come(calendar, world, visit, officer)
    it_is_uploaded(officer)

    said = {(row.role, row.name, row.answered_on, row.not_asked_because) for row in Feedback.objects.all()}
    assert said == {
        ("seno", "Juniper Vale", date(2026, 6, 9), ""),
        ("parent", "Parents, through Juniper Vale", date(2026, 6, 9), ""),
        ("csw", "Nobody is recorded", None, NOT_LOOKED_AFTER),
        ("iro", "Nobody is recorded", None, NOT_LOOKED_AFTER),
    }
    got = {(row.role, row.left_out_because, row.answered_on) for row in Recipient.objects.all()}
    assert got == {("seno", "", date(2026, 6, 26)), ("provider", "", date(2026, 6, 26))}
    assert set(Comment.objects.values_list("kind", "reply")) == {("comment", "accepted"), ("no_comment", "")}
    assert set(MosaicUpload.objects.values_list("young_person__initials", "reference")) == {
        (None, "M-2041"),
        ("AB", "M-2042"),
    }
    asked, sent = Step.objects.get(step="feedback_requested"), Step.objects.get(step="sent_for_comment")
    assert (asked.due_on, asked.done_on, asked.state) == (date(2026, 6, 3), date(2026, 6, 1), "done")
    assert (sent.due_on, sent.done_on, sent.in_time) == (date(2026, 7, 15), date(2026, 6, 24), True)
    answers = Step.objects.filter(step="comment_received").order_by("position")
    assert [(row.recipient, row.due_on, row.in_time) for row in answers] == [
        (answers[0].recipient, date(2026, 6, 27), True),
        ("provider", date(2026, 6, 27), True),
    ]
    visit.refresh_from_db()
    assert visit.closed_on == date(2026, 6, 26)
