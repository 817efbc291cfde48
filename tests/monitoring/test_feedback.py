"""C14: feedback in advance from each CSW, IRO and SENO, and through the SENO from the parents."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests.monitoring.browsing import day_parts, signed_in
from tests.monitoring.days import booked, page, placed, professional, restricted
from tests.monitoring.world import World
from wellplaced.history import Conflict
from wellplaced.monitoring import actions
from wellplaced.monitoring.models import Feedback, Step, StepRecord, Visit
from wellplaced.monitoring.whom_to_ask import whom_to_ask
from wellplaced.people import actions as people
from wellplaced.people.rights import Role
from wellplaced.placements import actions as placements

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def feedback_of(visit: Visit) -> str:
    return reverse("monitoring:feedback", args=[visit.pk])


def who(visit: Visit) -> list[tuple[str, str]]:
    return [(line.role, line.name) for line in whom_to_ask(visit) if not line.is_missing]


def asked(world: World, visit: Visit, *keys: str, days_ago: int = 0) -> list[Feedback]:
    wanted = keys or [line.key for line in whom_to_ask(visit)]
    day = world.today - days_ago * DAY
    return actions.ask_for_feedback(visit=visit, whom=wanted, asked_on=day, by=world.officer, on=world.today)


def test_each_csw_is_asked_and_an_iro_of_several_young_people_once(world: World) -> None:
    home = world.provision()
    first, second = placed(world, home), placed(world, home)
    professional(world, first, "csw", "Ash Grove")
    professional(world, second, "csw", "Bay Tarn")
    professional(world, first, "iro", "Ivo Ness")
    professional(world, second, "iro", "Ivo Ness")
    visit = booked(world, home)
    assert who(visit) == [("csw", "Ash Grove"), ("csw", "Bay Tarn"), ("iro", "Ivo Ness")]
    rows = asked(world, visit)
    assert [row.young_people.count() for row in rows] == [1, 1, 2]


def test_only_those_placed_on_the_day_of_the_visit_count(world: World) -> None:
    home = world.provision()
    leaves = placed(world, home)
    professional(world, leaves, "csw", "Ash Grove")
    placement = leaves.placements.get()
    placements.end_placement(placement=placement, ends_on=world.today + 5 * DAY, by=world.officer, seen_revision=0)
    assert who(booked(world, home, in_days=5)) == [("csw", "Ash Grove")]
    assert who(booked(world, home, in_days=6)) == []


def test_r12_the_seno_is_asked_about_a_young_person_with_a_plan_and_everybody_in_a_sen_provision(world: World) -> None:
    home, school = world.provision(), world.provision("sen")
    for place in (home, school):
        without, with_plan = placed(world, place), placed(world, place, ehc=True)
        professional(world, without, "seno", "Sol Without")
        professional(world, with_plan, "seno", "Sol Plan")
    assert [name for role, name in who(booked(world, home)) if role == "seno"] == ["Sol Plan"]
    assert [name for role, name in who(booked(world, school)) if role == "seno"] == ["Sol Plan", "Sol Without"]


def test_r12_is_read_from_the_timeframes_in_force(world: World) -> None:
    home = world.provision()
    professional(world, placed(world, home), "seno", "Sol Without")
    assert who(booked(world, home)) == []
    text = f'number = "local"\nin_force_from = {world.today}\n[readings.R12]\nchoice = "everybody"\n'
    actions.publish_timeframes(text=text, reason="Everybody has a SENO here", by=world.manager)
    assert ("seno", "Sol Without") in who(booked(world, home, in_days=21))


def test_parents_are_asked_through_the_seno_for_each_young_person(world: World) -> None:
    school = world.provision("sen")
    for _ in range(2):
        professional(world, placed(world, school), "seno", "Sol Reed")
    found = who(booked(world, school))
    assert found.count(("seno", "Sol Reed")) == 1
    assert found.count(("parent", "Parents, through Sol Reed")) == 2


def test_the_step_is_done_on_the_day_on_which_the_last_was_asked(world: World) -> None:
    home = world.provision()
    young_person = placed(world, home)
    csw = professional(world, young_person, "csw", "Ash Grove")
    professional(world, young_person, "iro", "Ivo Ness")
    visit = booked(world, home)
    asked(world, visit, f"csw:{csw.pk}", days_ago=2)
    assert Step.objects.get(visit=visit, step="feedback_requested").state == "open"
    asked(world, visit, days_ago=1)
    step = Step.objects.get(visit=visit, step="feedback_requested")
    assert (step.state, step.done_on) == ("done", world.today - DAY)


def test_the_day_of_the_step_follows_a_correction_of_the_day_on_which_somebody_was_asked(world: World) -> None:
    home = world.provision()
    professional(world, placed(world, home), "csw", "Ash Grove")
    visit = booked(world, home)
    (row,) = asked(world, visit)
    actions.take_down_feedback(
        feedback=row, asked_on=world.today - DAY, not_asked_because="", answered_on=None, how="", said="",
        by=world.officer, on=world.today, seen_revision=0,
    )  # fmt: skip
    assert Step.objects.get(visit=visit, step="feedback_requested").done_on == world.today - DAY


def test_asked_twice_by_a_double_click_is_asked_once(world: World) -> None:
    home = world.provision()
    csw = professional(world, placed(world, home), "csw", "Ash Grove")
    visit = booked(world, home)
    browser = signed_in(world.officer)
    for _ in range(2):
        sent = {"whom": [f"csw:{csw.pk}"], **day_parts("asked_on", world.today)}
        assert browser.post(feedback_of(visit), sent).status_code == 302
    assert Feedback.objects.count() == 1


def test_a_new_social_worker_is_asked_too(world: World) -> None:
    home = world.provision()
    young_person = placed(world, home)
    professional(world, young_person, "csw", "Ash Grove")
    visit = booked(world, home)
    asked(world, visit)
    placements.add_professional(
        young_person=young_person, role="csw", name="New Holm", email="new@care.example", starts_on=world.today,
        by=world.officer,
    )  # fmt: skip
    assert who(visit) == [("csw", "New Holm")]


def test_where_nobody_is_recorded_the_page_says_so_with_a_link(world: World) -> None:
    home = world.provision()
    young_person = placed(world, home)
    shown = page(world.officer, feedback_of(booked(world, home)))
    assert "Nobody is recorded" in shown
    assert "Independent reviewing officer of" in shown
    assert young_person.get_absolute_url() in shown


def test_somebody_is_left_out_with_a_reason_and_all_left_out_sets_the_step_aside(world: World) -> None:
    school = world.provision("sen")
    young_person = placed(world, school)
    professional(world, young_person, "csw", "Ash Grove")
    visit = booked(world, school)
    for line in whom_to_ask(visit):
        actions.leave_out_of_feedback(
            visit=visit, whom=[line.key], because="Not looked after", by=world.officer, on=world.today
        )
    assert whom_to_ask(visit) == []
    assert StepRecord.objects.get(visit=visit).set_aside_because
    assert "Not looked after" in page(world.officer, feedback_of(visit))


def test_what_somebody_said_by_telephone_is_taken_down_and_who_is_silent_is_shown(world: World) -> None:
    home = world.provision()
    young_person = placed(world, home)
    professional(world, young_person, "csw", "Ash Grove")
    professional(world, young_person, "iro", "Ivo Ness")
    visit = booked(world, home)
    first, _ = asked(world, visit, days_ago=3)
    shown = page(
        world.officer, first.get_absolute_url(), how="telephone", said="Settled well", revision="0",
        **day_parts("asked_on", world.today - 3 * DAY), **day_parts("answered_on", world.today),
    )  # fmt: skip
    assert "Settled well" in shown
    assert "By telephone on" in shown
    assert "1 answer outstanding" in shown
    assert "No answer yet" in shown


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"how": "", "said": "Fine"}, "Select how they answered"),
        ({"how": "email", "said": ""}, "if only that they have nothing to say"),
    ],
)
def test_an_answer_says_how_and_what(wrong: dict[str, str], told: str, world: World) -> None:
    home = world.provision()
    professional(world, placed(world, home), "csw", "Ash Grove")
    (row,) = asked(world, booked(world, home))
    days = {**day_parts("asked_on", world.today), **day_parts("answered_on", world.today)}
    assert told in page(world.officer, row.get_absolute_url(), revision="0", **days, **wrong)
    assert Feedback.objects.get().answered_on is None


def test_two_who_take_down_one_answer_lose_nothing(world: World) -> None:
    home = world.provision()
    professional(world, placed(world, home), "csw", "Ash Grove")
    (row,) = asked(world, booked(world, home))
    values = {"asked_on": world.today, "not_asked_because": "", "answered_on": world.today, "how": "email"}
    save = {"feedback": row, "by": world.officer, "on": world.today, "seen_revision": 0, **values}
    actions.take_down_feedback(**save, said="All is well")
    with pytest.raises(Conflict) as told:
        actions.take_down_feedback(**save, said="Nothing to say")
    assert told.value.theirs["said"] == ("Nothing to say", "All is well")


def test_nobody_is_asked_in_the_future_nor_about_a_cancelled_visit(world: World) -> None:
    home = world.provision()
    professional(world, placed(world, home), "csw", "Ash Grove")
    visit = booked(world, home)
    with pytest.raises(ValidationError, match="future"):
        asked(world, visit, days_ago=-1)
    actions.cancel_visit(visit=visit, because="Moved", by=world.officer, seen_revision=None)
    with pytest.raises(ValidationError, match="cancelled"):
        asked(world, visit)


def test_a_restricted_young_person_is_asked_about_by_whoever_is_named_and_closed_to_others(world: World) -> None:
    home = world.provision()
    open_one, closed_one = placed(world, home), placed(world, home)
    for each in (open_one, closed_one):
        professional(world, each, "iro", "Ivo Ness")
    restricted(world, closed_one, world.officer)
    visit = booked(world, home)
    shown = page(world.senior, feedback_of(visit))
    assert open_one.reference in shown
    assert closed_one.reference not in shown
    assert "restricted record" in shown
    rows = asked(world, visit)
    assert len(rows) == 2, "about a restricted young person somebody is asked by themselves"
    (about_closed,) = [row for row in rows if closed_one in row.young_people.all()]
    actions.take_down_feedback(
        feedback=about_closed, asked_on=world.today, not_asked_because="", answered_on=world.today, how="email",
        said="Quagmire", by=world.officer, on=world.today, seen_revision=0,
    )  # fmt: skip
    assert signed_in(world.senior).get(about_closed.get_absolute_url()).status_code == 404
    assert "Quagmire" not in page(world.senior, feedback_of(visit))
    assert "Quagmire" in page(world.officer, feedback_of(visit))
    provision_history = reverse("desk:provision_history", args=[home.pk])
    assert "Quagmire" not in page(world.senior, provision_history)


def test_somebody_who_may_not_see_a_young_person_cannot_ask_about_them(world: World) -> None:
    home = world.provision()
    csw = professional(world, restricted(world, placed(world, home), world.officer), "csw", "Ash Grove")
    visit = booked(world, home)
    made = actions.ask_for_feedback(
        visit=visit, whom=[f"csw:{csw.pk}"], asked_on=world.today, by=world.senior, on=world.today
    )
    assert made == []


def test_a_former_social_worker_is_added_by_hand_once(world: World) -> None:
    home = world.provision()
    young_person = placed(world, home)
    visit = booked(world, home)
    address = reverse("monitoring:feedback_ask_else", args=[visit.pk])
    typed = {"role": "csw", "name": "Old Ford", "young_people": [young_person.pk], "once": "one-token"}
    for _ in range(2):
        page(world.officer, address, **typed, **day_parts("asked_on", world.today))
    assert Feedback.objects.get().name == "Old Ford"


def test_a_viewer_reads_and_does_not_write(world: World) -> None:
    home = world.provision()
    csw = professional(world, placed(world, home), "csw", "Ash Grove")
    visit = booked(world, home)
    viewer = people.add_person(
        authority=world.authority, name="Vi Ewer", email="vi@fen.example", roles=[Role.VIEWER], by=None
    )
    shown = page(viewer, feedback_of(visit), whom=[f"csw:{csw.pk}"], **day_parts("asked_on", world.today))
    assert "Record who was asked" not in shown
    assert not Feedback.objects.exists()


def test_parents_through_somebody_with_a_very_long_name_are_asked_all_the_same(world: World) -> None:
    """PostgreSQL refuses a longer text than its column has room for."""
    school = world.provision("sen")
    professional(world, placed(world, school), "seno", "Sol Plan" + "n" * 112)
    for row in asked(world, booked(world, school)):
        row.clean_fields()


def test_before_the_first_placement_there_is_nobody_to_ask_and_the_page_says_so(world: World) -> None:
    """C3's ideal: the visit comes before the placement starts."""
    home = world.provision()
    world.placed(home, world.today + 30 * DAY)
    visit = booked(world, home)
    shown = page(world.officer, feedback_of(visit))
    assert "No young person of ours is placed here on that day, so there is nobody to ask" in shown
    assert reverse("monitoring:set_step_aside", args=[visit.pk, "feedback_requested"]) in shown
    assert "Nobody is left to be asked" not in shown


def test_c3_ahead_of_a_placement_the_social_worker_of_whoever_is_to_move_in_is_asked(world: World) -> None:
    """The initial visit is ideally made before the placement: its young person is not placed on the day of the visit."""
    home = world.provision()
    coming = placed(world, home, started=-30)
    worker = professional(world, coming, "csw", "Sam Ash")
    visit = actions.book_visit(
        provision=home,
        officer=world.officer,
        visit_on=world.today + 20 * DAY,
        discharges=[f"initial:{coming.placements.get().pk}"],
        by=world.officer,
        on=world.today,
    )
    assert worker.name in [line.name for line in whom_to_ask(visit)]
    assert not whom_to_ask(booked(world, home))
