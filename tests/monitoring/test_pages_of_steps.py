"""Steps of visits, as pages: why this date, recorded on the real day, set aside, taken back; several at once; all of them."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.http import HttpResponse
from django.urls import reverse

from tests.monitoring.browsing import day_parts, signed_in, text_of
from tests.monitoring.world import World, make_world
from wellplaced.monitoring import actions
from wellplaced.monitoring.models import Step, StepRecord, Visit
from wellplaced.people import actions as people
from wellplaced.people.models import Person
from wellplaced.people.rights import Role

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 10)  # a Wednesday
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """It is Wednesday 10 June 2026."""
    with time_machine.travel(datetime(2026, 6, 10, 9, 30, tzinfo=ZoneInfo("Europe/London")), tick=False) as traveller:
        yield traveller


@pytest.fixture
def world(clock: time_machine.Traveller, db: None) -> World:
    return make_world()


def booked(world: World, visit_on: date, **values: Any) -> Visit:
    values.setdefault("officer", world.officer)
    provision = values.pop("provision", None) or world.provision()
    return actions.book_visit(provision=provision, visit_on=visit_on, by=world.officer, on=TODAY, **values)


def held(world: World, visit_on: date, **values: Any) -> Visit:
    provision = values.pop("provision", None) or world.provision()
    return actions.record_past_visit(
        provision=provision, officer=world.officer, visit_on=visit_on, booked_on=visit_on - 30 * DAY, by=world.officer,
        **values,
    )  # fmt: skip


def at(visit: Visit, step: str, name: str = "step") -> str:
    return reverse(f"monitoring:{name}", args=[visit.pk, step])


def page(person: Person, address: str) -> str:
    return text_of(signed_in(person).get(address))


def post(person: Person, address: str, typed: dict[str, Any]) -> HttpResponse:
    return signed_in(person).post(address, typed)  # type: ignore[return-value]


def record_of(visit: Visit, step: str) -> StepRecord:
    return StepRecord.objects.get(visit=visit, step=step)


def step_of(visit: Visit, step: str) -> Step:
    return Step.objects.get(visit=visit, step=step)


def viewer(world: World) -> Person:
    return people.add_person(
        authority=world.authority, name="Vera Low", email="vera@fen.example", roles=[Role.VIEWER], by=None
    )


def test_c18_why_the_report_is_due_is_counted_across_the_months_end(world: World) -> None:
    text = page(world.officer, at(held(world, date(2026, 5, 24)), "report_submitted"))
    for said in (
        "C18",
        "Sunday 7 June 2026",
        "falls on a Sunday: act by Friday 5 June",
        "The visit was held on Sunday 24 May 2026",
        "24 May 2026 + 14 days = 7 June 2026",
        "7 days to 31 May, then 7 days to 7 June: 14 days in all",
        "Days are calendar days",
        "Best practice quality assurance and monitoring process",
    ):
        assert said in text, said


def test_r8_why_a_confirmation_at_short_notice_is_due_on_the_day_of_booking(world: World) -> None:
    text = page(world.officer, at(booked(world, date(2026, 6, 15)), "confirmation_sent"))
    assert "15 June 2026 − 14 days = 1 June 2026; the visit was booked on 10 June 2026" in text


def test_c19_a_step_whose_clock_has_not_started_says_for_what_it_waits(world: World) -> None:
    text = page(world.officer, at(held(world, date(2026, 6, 8)), "report_returned"))
    assert "Starts when the report goes to the senior officer." in text
    assert "There is no due date yet: its clock has not started." in text
    assert at(Visit.objects.get(), "report_submitted") in text


def test_r11_an_upload_whose_clock_runs_has_no_date_by_default(world: World) -> None:
    visit = held(world, date(2026, 6, 1))
    for step, day in (("report_submitted", 2), ("report_returned", 3), ("sent_for_comment", 4)):
        actions.record_step(visit=visit, step=step, done_on=date(2026, 6, day), by=world.officer, on=TODAY)
    text = page(world.officer, at(visit, "uploaded"))
    assert "There is no due date: nothing that is counted here sets one." in text
    assert "R11" in text


def test_a_step_is_recorded_on_the_day_on_which_somebody_else_did_it(world: World) -> None:
    visit = booked(world, date(2026, 7, 8))
    typed = {**day_parts("done_on", date(2026, 6, 5)), "done_by": "Tom Barrowby", "note": "By post", "revision": "-1"}
    answer = post(world.officer, at(visit, "letter_sent"), typed)
    assert answer.status_code == 302
    assert answer.headers["Location"] == visit.get_absolute_url()
    record, step = record_of(visit, "letter_sent"), step_of(visit, "letter_sent")
    assert (record.done_on, record.done_by, record.note) == (date(2026, 6, 5), "Tom Barrowby", "By post")
    assert (step.state, step.in_time) == ("done", True)
    text = page(world.officer, at(visit, "letter_sent"))
    assert "Tom Barrowby, recorded by Priya Oakes on 10 June 2026" in text
    assert "Correct the day" in text


def test_a_day_to_come_is_refused_and_what_was_typed_stays(world: World) -> None:
    visit = booked(world, date(2026, 7, 8))
    typed = {**day_parts("done_on", TODAY + DAY), "note": "By post", "revision": "-1"}
    text = text_of(post(world.officer, at(visit, "letter_sent"), typed))
    assert "There is a problem" in text
    assert "By post" in text
    assert not StepRecord.objects.exists()


def test_a_follow_up_before_the_visit_took_place_is_refused(world: World) -> None:
    visit = held(world, date(2026, 6, 8))
    typed = {**day_parts("done_on", date(2026, 6, 7)), "revision": "-1"}
    assert "This is before the visit" in text_of(post(world.officer, at(visit, "actions_followed_up"), typed))


def test_a_double_click_records_a_step_once(world: World) -> None:
    visit = booked(world, date(2026, 7, 8))
    typed = {**day_parts("done_on", TODAY), "revision": "-1"}
    answers = [post(world.officer, at(visit, "letter_sent"), typed) for _ in range(2)]
    assert [each.status_code for each in answers] == [302, 302]
    assert record_of(visit, "letter_sent").revision == 0


def test_two_people_who_record_the_same_step_differently_are_told(world: World) -> None:
    visit = booked(world, date(2026, 7, 8))
    first = {**day_parts("done_on", date(2026, 6, 8)), "revision": "-1"}
    post(world.officer, at(visit, "letter_sent"), first)
    second = {**day_parts("done_on", date(2026, 6, 9)), "revision": "-1"}
    text = text_of(post(world.senior, at(visit, "letter_sent"), second))
    assert "Priya Oakes saved this first" in text
    assert "8 June 2026" in text
    assert record_of(visit, "letter_sent").done_on == date(2026, 6, 8)
    again = {**second, "revision": "0"}
    assert post(world.senior, at(visit, "letter_sent"), again).status_code == 302
    assert record_of(visit, "letter_sent").done_on == date(2026, 6, 9)


def test_a_step_that_does_not_apply_is_set_aside_with_a_reason(world: World) -> None:
    visit = booked(world, date(2026, 7, 8))
    address = at(visit, "letter_sent", "set_step_aside")
    assert "Enter an answer" in text_of(post(world.officer, address, {"because": "", "revision": "-1"}))
    typed = {"because": "Told by telephone", "revision": "-1"}
    assert [post(world.officer, address, typed).status_code for _ in range(2)] == [302, 302]
    assert step_of(visit, "letter_sent").state == "set_aside"
    text = page(world.officer, at(visit, "letter_sent"))
    assert "Told by telephone" in text
    assert "Record it done after all" in text


def test_what_was_recorded_by_mistake_is_taken_back_once(world: World) -> None:
    visit = booked(world, date(2026, 7, 8))
    actions.record_step(visit=visit, step="letter_sent", done_on=TODAY, by=world.officer, on=TODAY)
    address = at(visit, "letter_sent", "take_step_back")
    assert "recorded as done on 10 June 2026" in page(world.officer, address)
    typed = {"because": "It was another home's letter", "revision": "0"}
    answers = [post(world.officer, address, typed) for _ in range(2)]
    assert [each.status_code for each in answers] == [302, 302]
    assert not StepRecord.objects.exists()
    assert step_of(visit, "letter_sent").state == "open"


@pytest.mark.parametrize("step", ["report_submitted", "report_returned", "sent_for_comment", "uploaded"])
def test_a_move_of_the_report_is_not_recorded_by_hand_but_may_be_set_aside(step: str, world: World) -> None:
    visit = held(world, date(2026, 6, 1))
    text = page(world.senior, at(visit, step))
    assert "This step is recorded with the report" in text
    assert "When was it done?" not in text
    post(world.senior, at(visit, step), {**day_parts("done_on", TODAY), "revision": "-1"})
    assert not StepRecord.objects.exists()
    typed = {"because": "The report was written before we went live", "revision": "-1"}
    assert post(world.senior, at(visit, step, "set_step_aside"), typed).status_code == 302
    assert step_of(visit, step).state == "set_aside"


def test_a_move_of_the_report_that_was_made_is_not_taken_back_here(world: World) -> None:
    visit = held(world, date(2026, 6, 1))
    actions.record_step(visit=visit, step="report_submitted", done_on=TODAY, by=world.officer, on=TODAY)
    for name in ("set_step_aside", "take_step_back"):
        typed = {"because": "By mistake", "revision": "0"}
        assert post(world.senior, at(visit, "report_submitted", name), typed).status_code == 302
    assert step_of(visit, "report_submitted").state == "done"


def test_the_visit_and_a_comment_follow_from_facts_and_say_where_they_are_recorded(world: World) -> None:
    visit = held(world, date(2026, 6, 1))
    for step, day in (("report_submitted", 2), ("report_returned", 3), ("sent_for_comment", 4)):
        actions.record_step(visit=visit, step=step, done_on=date(2026, 6, day), by=world.officer, on=TODAY)
    new = actions.NewRecipient(key="csw:12", role="csw", name="Ash Grove")
    actions.name_recipients(visit=visit, recipients=[new], by=world.officer, on=TODAY)
    text = page(world.officer, at(visit, "comment_received:csw:12"))
    assert "Comment of Ash Grove" in text
    assert "Silence, which is not agreement" in text
    assert reverse("reports:comments", args=[visit.pk]) in text
    assert "record there that it took place" in page(world.officer, at(visit, "visit_held"))
    for step in ("visit_held", "comment_received:csw:12"):
        assert post(world.officer, at(visit, step, "set_step_aside"), {"because": "No"}).status_code == 302
    assert StepRecord.objects.count() == 3


def test_a_viewer_reads_a_step_and_records_nothing(world: World) -> None:
    visit, reader = booked(world, date(2026, 7, 8)), viewer(world)
    text = page(reader, at(visit, "letter_sent"))
    assert "24 June 2026" in text
    assert "When was it done?" not in text
    post(reader, at(visit, "letter_sent"), {**day_parts("done_on", TODAY), "revision": "-1"})
    for name in ("set_step_aside", "take_step_back"):
        assert post(reader, at(visit, "letter_sent", name), {"because": "No"}).status_code == 403
    assert post(reader, reverse("monitoring:record_steps", args=[visit.pk]), {}).status_code == 403
    assert not StepRecord.objects.exists()


def test_another_authoritys_step_and_one_that_does_not_exist_are_not_found(world: World) -> None:
    visit = booked(world, date(2026, 7, 8))
    other = make_world("Wold Borough Council", "wold", operator=world.operator)
    for name in ("step", "set_step_aside", "take_step_back"):
        assert signed_in(other.officer).get(at(visit, "letter_sent", name)).status_code == 404
        assert signed_in(world.officer).get(at(visit, "tea_served", name)).status_code == 404
    assert signed_in(other.officer).get(reverse("monitoring:record_steps", args=[visit.pk])).status_code == 404
    assert visit.get_absolute_url() not in page(other.officer, reverse("monitoring:steps"))


def test_several_steps_of_a_visit_recorded_after_the_fact_are_kept_at_once(world: World) -> None:
    visit = held(world, date(2026, 6, 8))
    address = reverse("monitoring:record_steps", args=[visit.pk])
    typed = {
        **day_parts("letter_sent", date(2026, 5, 20)),
        **day_parts("confirmation_sent", date(2026, 5, 24)),
        "done_by": "Tom Barrowby",
        "set_aside": ["feedback_requested", "report_returned"],
        "because": "Nobody of ours lived there then",
    }
    assert [post(world.senior, address, typed).status_code for _ in range(2)] == [302, 302]
    kept = {each.step: each.done_on for each in StepRecord.objects.filter(visit=visit)}
    assert kept == {
        "letter_sent": date(2026, 5, 20),
        "confirmation_sent": date(2026, 5, 24),
        "feedback_requested": None,
        "report_returned": None,
    }
    assert set(StepRecord.objects.values_list("revision", flat=True)) == {0}
    otherwise = typed | day_parts("letter_sent", date(2026, 5, 21))
    told = text_of(post(world.senior, address, otherwise))
    assert "it is recorded already, as done on 20 May 2026" in told
    assert StepRecord.objects.get(visit=visit, step="letter_sent").done_on == date(2026, 5, 20)
    text = page(world.officer, address)
    assert "Letter sent on" not in text
    assert "Pre-visit form received on" in text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"done_by": "Tom Barrowby"}, "Enter the date of a step that was done, or tick one that does not apply"),
        ({"set_aside": ["letter_sent"]}, "Say why these steps do not apply"),
        (
            {"set_aside": ["letter_sent"], "because": "No", **day_parts("letter_sent", date(2026, 5, 20))},
            "Letter: give a date, or tick that it does not apply, not both",
        ),
        (
            {**day_parts("letter_sent", date(2026, 5, 20)), **day_parts("actions_followed_up", date(2026, 6, 1))},
            "Follow-up email: This is before the visit",
        ),
        ({"set_aside": ["visit_held"], "because": "No"}, "There is a problem"),
        (day_parts("report_submitted", date(2026, 6, 9)), "Enter the date of a step"),
    ],
)
def test_several_steps_that_cannot_be_are_refused_whole(typed: dict[str, Any], told: str, world: World) -> None:
    visit = held(world, date(2026, 6, 8))
    text = text_of(post(world.officer, reverse("monitoring:record_steps", args=[visit.pk]), typed))
    assert told in text
    assert not StepRecord.objects.exists()


def test_a_day_that_somebody_else_recorded_meanwhile_is_not_overwritten_among_several(world: World) -> None:
    visit = held(world, date(2026, 6, 8))
    actions.record_step(visit=visit, step="letter_sent", done_on=date(2026, 5, 18), by=world.senior, on=TODAY)
    typed = day_parts("letter_sent", date(2026, 5, 20))
    text = text_of(post(world.officer, reverse("monitoring:record_steps", args=[visit.pk]), typed))
    assert "recorded already, as done on 18 May 2026" in text
    assert record_of(visit, "letter_sent").done_on == date(2026, 5, 18)


# The list of all steps


@pytest.fixture
def many(world: World) -> dict[str, Visit]:
    """A visit to come; one that was held with a report three days late; one that could not be held; one loaded."""
    made = {
        "to come": booked(world, date(2026, 7, 8), provision=world.provision("sen", name="Reed School")),
        "held": held(world, date(2026, 5, 20), reviewer=world.senior),
        "refused": booked(world, TODAY),
        "loaded": held(world, date(2026, 2, 2), loaded=True),
    }
    actions.record_not_held(visit=made["refused"], because="Refused at the door", by=world.officer, seen_revision=None)
    actions.record_step(
        visit=made["held"], step="report_submitted", done_on=date(2026, 6, 6), by=world.officer, on=TODAY
    )
    actions.set_step_aside(
        visit=made["held"], step="letter_sent", because="Told by telephone", by=world.officer, on=TODAY
    )
    return made


def listed(person: Person, query: str) -> list[tuple[str, int]]:
    """The step and the visit of each row of the download."""
    lines = page(person, f"{reverse('monitoring:steps')}?format=csv&{query}").lstrip("\ufeff").splitlines()
    heads = lines[0].split(",")
    code, number = heads.index("Step’s name"), heads.index("Visit’s number")
    return [(row[code], int(row[number])) for row in (line.split(",") for line in lines[1:])]


def test_the_list_shows_what_is_open_of_visits_that_somebody_works_on(world: World, many: dict[str, Visit]) -> None:
    rows = listed(world.officer, "")
    assert {number for _, number in rows} == {many["to come"].pk, many["held"].pk}
    assert ("letter_sent", many["to come"].pk) in rows
    assert ("report_submitted", many["held"].pk) not in rows
    assert listed(world.officer, "state=open") == rows


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("state=done", {"report_submitted:held", "visit_held:held", "visit_held:loaded"}),
        ("in_time=no", {"report_submitted:held"}),
        ("state=set_aside&step=letter_sent", {"letter_sent:held", "letter_sent:loaded"}),
        ("state=overdue&clause=C17", {"actions_followed_up:held"}),
        ("state=open&clause=C19&officer=OFFICER&reviewer=SENIOR", {"report_returned:held"}),
        ("state=open&clause=C19&reviewer=none", set()),
        ("step=letter_sent&type=sen", {"letter_sent:to come"}),
        ("step=confirmation_sent&month=2026-06", {"confirmation_sent:to come"}),
        ("step=confirmation_sent&month=2026-05", {"confirmation_sent:held"}),
        ("step=confirmation_sent&due_from=2026-06-01&due_to=2026-06-30", {"confirmation_sent:to come"}),
        ("state=waiting&clause=C23", {"uploaded:to come", "uploaded:held"}),
    ],
)
def test_other_pages_link_into_the_list_by_its_filters(
    query: str, wanted: set[str], world: World, many: dict[str, Visit]
) -> None:
    asked = query.replace("OFFICER", str(world.officer.pk)).replace("SENIOR", str(world.senior.pk))
    names = {visit.pk: name for name, visit in many.items()}
    assert {f"{step}:{names[number]}" for step, number in listed(world.officer, asked)} == wanted


def test_the_csv_of_everything_holds_every_step_of_every_visit(world: World, many: dict[str, Visit]) -> None:
    rows = listed(world.officer, "state=all")
    assert len(rows) == Step.objects.count()
    text = page(world.officer, f"{reverse('monitoring:steps')}?format=csv&state=all")
    assert "Told by telephone" in text
    assert "2026-06-06" in text


def test_a_month_that_is_none_filters_nothing_and_is_named(world: World, many: dict[str, Visit]) -> None:
    for month in ("2026-13", "0000-01", "soon"):
        text = page(world.officer, f"{reverse('monitoring:steps')}?month={month}")
        assert "Enter a month like 2026-11" in text


def test_the_list_costs_the_same_however_many_steps_there_are(
    world: World, many: dict[str, Visit], django_assert_max_num_queries: Any
) -> None:
    client = signed_in(world.officer)
    client.get(reverse("monitoring:steps"))
    with django_assert_max_num_queries(12):
        client.get(reverse("monitoring:steps"))


def test_a_step_with_a_page_of_its_own_leads_there_and_keeps_the_form_for_the_day_folded(world: World) -> None:
    visit = booked(world, TODAY + 20 * DAY)
    feedback, letter = (
        page(world.officer, at(visit, "feedback_requested")),
        page(world.officer, at(visit, "letter_sent")),
    )
    assert "Go to the feedback" in feedback
    assert "Record the day only" in feedback
    assert "Send it yourself" not in feedback
    assert "Send it yourself, by email or post" in letter
    assert "Record the day only" not in letter
