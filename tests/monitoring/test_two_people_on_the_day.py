"""Two people around one visit at the same moment: nobody is asked twice, no answer is lost in silence. On both databases."""

import pytest

from tests.monitoring.days import booked, held, placed, professional
from tests.monitoring.test_two_people import at_once
from tests.monitoring.world import World, make_world
from wellplaced.history import Conflict
from wellplaced.monitoring import actions
from wellplaced.monitoring.day import Answer, Met
from wellplaced.monitoring.models import DayChecklist, Feedback, StepRecord, TaskCameBack, Visit
from wellplaced.people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db: None) -> World:
    return make_world()


def save(world: World, visit: Visit, by: Person, question: str, now: str, *, role: str = "") -> object:
    return actions.save_day(
        visit=visit,
        answers=[Answer(question, "", now)],
        staff=[(Met("", ""), Met(role, ""))],
        by=by,
        on=world.today,
    )


def test_two_who_record_one_request_ask_once(world: World) -> None:
    home = world.provision()
    csw = professional(world, placed(world, home), "csw", "Ash Grove")
    visit = booked(world, home)

    def ask(by: Person) -> object:
        return actions.ask_for_feedback(
            visit=visit, whom=[f"csw:{csw.pk}"], asked_on=world.today, by=by, on=world.today
        )

    at_once(lambda: ask(world.officer), lambda: ask(world.senior))
    assert Feedback.objects.count() == StepRecord.objects.count() == 1


def test_two_who_answer_different_questions_are_both_kept(world: World) -> None:
    visit = booked(world, world.provision(), in_days=0)
    at_once(
        lambda: save(world, visit, world.officer, "document-insurance", "seen", role="Manager"),
        lambda: save(world, visit, world.senior, "note", "Ring the CSW", role="Cook"),
    )
    checklist = DayChecklist.objects.get()
    assert (checklist.documents, checklist.note) == ({"insurance": "seen"}, "Ring the CSW")
    assert {each["role"] for each in checklist.staff} == {"Manager", "Cook"}


def test_of_two_who_answer_one_question_differently_one_is_told(world: World) -> None:
    visit = booked(world, world.provision(), in_days=0)
    outcomes = at_once(
        lambda: save(world, visit, world.officer, "note", "Quiet"),
        lambda: save(world, visit, world.senior, "note", "Loud"),
    )
    (told,) = [outcome for outcome in outcomes if isinstance(outcome, Conflict)]
    mine, stands = told.theirs["note"]
    assert {mine, stands} == {"Quiet", "Loud"}
    assert DayChecklist.objects.get().note == stands


def test_a_task_that_two_say_came_back_came_back_once(world: World) -> None:
    home = world.provision()
    first, second = held(world, home, days_ago=200), held(world, home)
    task = actions.add_task(provision=home, visit=first, what="Mend the gate", owner="provider", by=world.officer)

    def back(by: Person) -> object:
        return actions.note_that_task_came_back(task=task, visit=second, by=by, on=world.today)

    first_said, second_said = at_once(lambda: back(world.officer), lambda: back(world.senior))
    assert first_said == second_said
    assert TaskCameBack.objects.count() == 1
