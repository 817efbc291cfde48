"""Two flats of 16+ supported accommodation (C9, R7) seen on one visit; a paper questionnaire is chased (C16, R10)."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.journeys.conftest import Calendar
from tests.journeys.walker import Walker
from tests.monitoring.world import World
from wellplaced.monitoring import actions as monitoring
from wellplaced.monitoring.models import Requirement, Step, Visit, YoungPersonSeen
from wellplaced.people.models import ProvisionType
from wellplaced.placements.models import YoungPerson
from wellplaced.register.models import Provision


@pytest.fixture
def scheme(calendar: Calendar, world: World) -> Provision:
    """Two young people in Flat 1 and one in Flat 2 since Saturday 30 May 2026; a visit is booked for Tuesday 2 June."""
    scheme = world.provision(ProvisionType.SUPPORTED_ACCOMMODATION, name="Millbrook Court")
    first, second = world.flat(scheme, "Flat 1"), world.flat(scheme, "Flat 2")
    for flat in (first, first, second):
        world.placed(scheme, date(2026, 5, 30), premises=flat)
    monitoring.assign(provision=scheme, officer=world.officer, reason="", by=world.manager, on=world.today)
    return scheme


def both_flats_are_booked(officer: Walker) -> None:
    """The page knows who is to be visited, in which flats, by whom, and why it is at short notice."""
    officer.follow("Initial visit").press("Book a visit").is_ticked("Flat 1").is_ticked("Flat 2")
    officer.holds("Why at short notice?", "Initial visit (C9) is due by 2 June 2026")
    officer.date("On which day?", date(2026, 6, 2)).press("Save the visit").sees("The visit is booked")


def the_day(officer: Walker, young_people: list[YoungPerson]) -> None:
    """Both flats; one questionnaire done, two left on paper."""
    officer.follow("Checklist").type("Role of person 1", "Support worker")
    for flat in ("Flat 1", "Flat 2"):
        officer.main.get_by_role("group", name=flat).get_by_label("Seen", exact=True).check()
    done, *left = young_people
    for each, seen, questionnaire in ((done, "Seen", "Done"), *((each, "Away", "Paper copy left") for each in left)):
        section = officer.main.get_by_role("region", name=str(each))
        section.get_by_label(seen, exact=True).check()
        section.get_by_label(questionnaire, exact=True).check()
    officer.press("Save, and record what became of the visit")
    officer.sees("Saved").is_ticked("Flat 1").is_ticked("Flat 2").press("Record the visit")
    officer.sees(
        "Discharged by the visit on 2 June 2026, in time.", "Questionnaires: 1 done, 2 left on paper and not back"
    )


def the_papers_are_chased(calendar: Calendar, world: World, officer: Walker, left: list[YoungPerson]) -> None:
    """A week after the visit, both on one page."""
    calendar.turn_to(date(2026, 6, 9))
    officer.sign_in(world.officer.email).sees("Due today").follow("Chase the questionnaires")
    officer.press("Go to the questionnaires")
    for each in left:
        about = officer.main.get_by_role("region", name=str(each))
        for box, number in (("Day", "9"), ("Month", "6"), ("Year", "2026")):
            about.get_by_label(box).fill(number)
    officer.press("Save").sees("The questionnaires are saved")


def one_comes_back(calendar: Calendar, world: World, officer: Walker, left: list[YoungPerson]) -> None:
    """By post; the other never does."""
    calendar.turn_to(date(2026, 6, 16))
    officer.sign_in(world.officer.email).open(f"{Visit.objects.get().get_absolute_url()}questionnaires/")
    for each, became in zip(left, ("Posted back", "Not returned"), strict=True):
        officer.main.get_by_role("region", name=str(each)).get_by_label(became).check()
    officer.press("Save").sees("The questionnaires are saved", "Questionnaires: 2 done")


def test_two_flats_are_seen_and_a_paper_questionnaire_is_chased(
    calendar: Calendar, world: World, scheme: Provision, walk: Callable[..., Walker]
) -> None:
    officer = walk(world.officer)
    both_flats_are_booked(officer)
    calendar.turn_to(date(2026, 6, 2), hour=15)
    visit = Visit.objects.get()
    young_people = list(YoungPerson.objects.order_by("pk"))
    the_day(walk(world.officer, width=375).open(visit.get_absolute_url()), young_people)
    the_papers_are_chased(calendar, world, officer, young_people[1:])
    one_comes_back(calendar, world, officer, young_people[1:])

    seen = [(row.seen, row.questionnaire, row.chased_on) for row in YoungPersonSeen.objects.order_by("young_person")]
    assert seen == [
        ("seen", "done", None),
        ("away", "posted_back", date(2026, 6, 9)),
        ("away", "not_returned", date(2026, 6, 9)),
    ]
    visit.refresh_from_db()
    assert {each.label for each in visit.premises.all()} == {"Flat 1", "Flat 2"}
    owed = Requirement.objects.filter(provision=scheme, kind="initial")
    assert {(row.clause, row.due_on, row.state, row.in_time) for row in owed} == {
        ("C9", date(2026, 6, 2), "discharged", True)
    }
    chased = Step.objects.get(visit=visit, step="questionnaires_chased")
    assert (chased.due_on, chased.done_on, chased.in_time) == (date(2026, 6, 9), date(2026, 6, 9), True)
