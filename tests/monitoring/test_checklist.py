"""C13, C16: the pre-visit form section by section, the checklist of the day, the questionnaires and their chase (R10)."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.monitoring.browsing import day_parts, signed_in
from tests.monitoring.days import booked, held, page, placed, professional, restricted
from tests.monitoring.world import World
from wellplaced.history import Conflict
from wellplaced.monitoring import actions
from wellplaced.monitoring.catalogue import CatalogueError, documents_for, read, sections_for
from wellplaced.monitoring.day import Answer, Met, day_of
from wellplaced.monitoring.models import DayChecklist, PreVisitForm, Step, StepRecord, Visit, YoungPersonSeen
from wellplaced.monitoring.whom_to_ask import whom_to_ask
from wellplaced.people.models import Person, ProvisionType

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NOBODY = Met("", "")


def address_of(visit: Visit, name: str = "checklist") -> str:
    return reverse(f"monitoring:{name}", args=[visit.pk])


def save(world: World, visit: Visit, *answers: tuple[str, str, str], by: Person | None = None, **more: Any) -> Visit:
    """Answers as (question, what stood there, what it is to be)."""
    said = [Answer(*answer) for answer in answers]
    return actions.save_day(visit=visit, answers=said, by=by or world.officer, on=world.today, **more)


def as_sent(shown: str) -> dict[str, str]:
    """What a browser would send of a page that nobody has touched."""
    found = dict(re.findall(r'<input type="hidden" name="(was-[^"]+)" value="([^"]*)"', shown))
    return found | {name.removeprefix("was-"): value for name, value in found.items()}


def form_of(world: World, visit: Visit, stands: dict[str, str], **more: Any) -> PreVisitForm:
    values: dict[str, Any] = {"ready_on_the_day": False, "received_on": None, "seen_revision": None} | more
    return actions.record_pre_visit_form(visit=visit, sections=stands, by=world.officer, on=world.today, **values)


def all_there(visit: Visit) -> dict[str, str]:
    return {section.code: "there" for section in sections_for(visit.provision.type)}


def step_of(visit: Visit, name: str) -> Step:
    return Step.objects.get(visit=visit, step=name)


# The catalogue


@pytest.mark.parametrize("kind", [code for code, _ in ProvisionType.monitored()])
def test_every_type_of_provision_is_asked_for_sections_and_documents(kind: str) -> None:
    assert len(sections_for(kind)) > 8
    assert any("file" in entry.title.lower() for entry in documents_for(kind))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[[section]]\ncode = "Big"\ntitle = "T"', "small letters"),
        ('[[section]]\ncode = "one"\ntitle = ""', "title"),
        ('[[section]]\ncode = "one"\ntitle = "T"\ntypes = ["castle"]', "types"),
        ('[[section]]\ncode = "one"\ntitle = "T"\ncolour = "red"', "colour"),
        ('[[section]]\ncode = "one"\ntitle = "T"\n[[section]]\ncode = "one"\ntitle = "T"', "twice"),
        ('[[section]]\ncode = "one"\ntitle = "T"\ntypes = ["ifa"]', "nothing is asked for at residential"),
        ("[[section", "form.toml: Expected"),
        ('[[document]]\ncode = "one"\ntitle = "T"', "tables and nothing else"),
    ],
)
def test_a_catalogue_with_a_mistake_stops_the_start_and_says_where(text: str, told: str) -> None:
    with pytest.raises(CatalogueError, match=re.escape(told)):
        read(text, "section", "form.toml")


# The pre-visit form


def test_c13_the_form_is_received_once_every_section_is_there(world: World) -> None:
    visit = booked(world, world.provision())
    stands = all_there(visit) | {"staff": "missing"}
    form_of(world, visit, stands)
    assert step_of(visit, "pre_visit_form_received").state == "open"
    shown = page(world.officer, address_of(visit, "pre_visit_form"))
    assert "Ask the provider for these sections" in shown
    form_of(world, visit, all_there(visit), received_on=world.today)
    step = step_of(visit, "pre_visit_form_received")
    assert (step.state, step.done_on) == ("done", world.today)


def test_a_section_that_is_missing_after_all_opens_the_step_again(world: World) -> None:
    visit = booked(world, world.provision())
    form_of(world, visit, all_there(visit), received_on=world.today)
    form_of(world, visit, all_there(visit) | {"training": "missing"})
    assert step_of(visit, "pre_visit_form_received").state == "open"


def test_a_step_recorded_by_hand_stands_while_somebody_looks_through_the_sections(world: World) -> None:
    visit = booked(world, world.provision())
    actions.record_step(
        visit=visit, step="pre_visit_form_received", done_on=world.today, by=world.officer, on=world.today
    )
    form_of(world, visit, {"staff": "there"})
    assert step_of(visit, "pre_visit_form_received").state == "done"


def test_the_page_asks_for_the_day_of_a_complete_form_and_keeps_what_was_typed(world: World) -> None:
    visit = booked(world, world.provision())
    typed = {f"section-{code}": stands for code, stands in all_there(visit).items()}
    shown = page(
        world.officer, address_of(visit, "pre_visit_form"), ready_on_the_day="no", revision="0", note="Came by post",
        **typed,
    )  # fmt: skip
    assert "Enter the day on which the last section was there" in shown
    assert "Came by post" in shown
    assert not PreVisitForm.objects.exists()


def test_one_tick_says_that_every_section_is_there(world: World) -> None:
    visit = booked(world, world.provision())
    sent = {"ready_on_the_day": "no", "revision": "0", "all_there": "on", **day_parts("received_on", world.today)}
    shown = page(world.officer, address_of(visit, "pre_visit_form"), **sent, **{"section-staff": "missing"})
    assert "A section is marked ‘Missing’" in shown
    page(world.officer, address_of(visit, "pre_visit_form"), **sent)
    assert step_of(visit, "pre_visit_form_received").state == "done"


def test_two_people_with_the_form_open_neither_loses(world: World) -> None:
    visit = booked(world, world.provision())
    form_of(world, visit, {"staff": "there"}, seen_revision=0)
    with pytest.raises(Conflict) as told:
        form_of(world, visit, {"staff": "missing"}, seen_revision=0)
    assert told.value.theirs == {"section-staff": ("missing", "there")}


def test_the_form_promised_for_the_day_is_checked_there_section_by_section(world: World) -> None:
    visit = booked(world, world.provision(), in_days=0)
    form_of(world, visit, {}, ready_on_the_day=True)
    assert "Pre-visit form, promised for the day" in page(world.officer, address_of(visit))
    answers = [(f"section-{code}", "", "there") for code in all_there(visit)]
    save(world, visit, *answers[1:])
    assert step_of(visit, "pre_visit_form_received").state == "open"
    save(world, visit, answers[0])
    assert step_of(visit, "pre_visit_form_received").done_on == visit.visit_on


def test_the_form_in_advance_is_not_asked_for_on_the_day(world: World) -> None:
    visit = booked(world, world.provision(), in_days=0)
    assert "promised for the day" not in page(world.officer, address_of(visit))


# The checklist


def test_c16_the_checklist_is_saved_before_the_outcome_and_leads_to_it(world: World) -> None:
    home = world.provision()
    young_person = placed(world, home)
    visit = booked(world, home, in_days=0)
    sent = as_sent(page(world.officer, address_of(visit)))
    sent |= {
        "staff-0-role": "Registered manager",
        "staff-0-note": "Open about the vacancies",
        "document-yp_files": "seen",
        "tour": "part",
        f"seen-{young_person.pk}": "at_school",
        f"questionnaire-{young_person.pk}": "paper_left",
        "note": "Quiet house",
        "outcome": "yes",
    }
    answer = signed_in(world.officer).post(address_of(visit), sent)
    assert answer.headers["Location"] == reverse("monitoring:hold_visit", args=[visit.pk])
    checklist = DayChecklist.objects.get()
    assert checklist.staff == [{"role": "Registered manager", "note": "Open about the vacancies"}]
    assert (checklist.documents, checklist.tour, checklist.note) == ({"yp_files": "seen"}, "part", "Quiet house")
    row = YoungPersonSeen.objects.get()
    assert (row.seen, row.questionnaire, row.paper_was_left) == ("at_school", "paper_left", True)


def test_what_is_too_long_is_named_in_the_error(world: World) -> None:
    visit = booked(world, world.provision(), in_days=0)
    answer = page(world.officer, address_of(visit), **{"staff-0-role": "r" * 81, "note": "n" * 8001})
    assert "‘Role of person 1’ must be 80 characters or fewer" in answer
    assert "‘Notes of the day’ must be 8,000 characters or fewer" in answer


def test_one_tick_says_that_every_other_document_was_seen(world: World) -> None:
    visit = booked(world, world.provision(), in_days=0)
    browser, codes = signed_in(world.officer), [each.code for each in documents_for(visit.provision.type)]
    typed = as_sent(page(world.officer, address_of(visit))) | {f"document-{codes[0]}": "not_there", "others_seen": "on"}
    browser.post(address_of(visit), typed)
    seen = DayChecklist.objects.get().documents
    assert seen == {codes[0]: "not_there"} | dict.fromkeys(codes[1:], "seen")


def test_the_script_hears_that_it_is_saved_before_it_forgets_what_was_typed(world: World) -> None:
    visit = booked(world, world.provision(), in_days=0)
    answer = signed_in(world.officer).post(
        address_of(visit), {"was-note": "", "note": "Quiet", "was-tour": "", "tour": ""}, headers={"X-Draft": "yes"}
    )
    assert answer.json() == {"next": address_of(visit)}
    assert DayChecklist.objects.get().note == "Quiet"


def test_two_people_fill_in_different_parts_of_one_checklist_and_both_are_kept(world: World) -> None:
    home = world.provision()
    young_person = placed(world, home)
    visit = booked(world, home, in_days=0)
    on_the_phone = as_sent(page(world.officer, address_of(visit)))
    at_the_desk = dict(on_the_phone)
    signed_in(world.senior).post(
        address_of(visit), at_the_desk | {"note": "Ring the CSW", "document-insurance": "seen"}
    )
    signed_in(world.officer).post(
        address_of(visit), on_the_phone | {f"seen-{young_person.pk}": "seen", "document-yp_files": "not_there"}
    )
    checklist = DayChecklist.objects.get()
    assert checklist.note == "Ring the CSW"
    assert checklist.documents == {"insurance": "seen", "yp_files": "not_there"}
    assert YoungPersonSeen.objects.get().seen == "seen"


def test_where_two_answer_one_question_differently_the_second_sees_both_and_saves_again(world: World) -> None:
    visit = booked(world, world.provision(), in_days=0)
    sent = as_sent(page(world.officer, address_of(visit)))
    signed_in(world.senior).post(address_of(visit), sent | {"note": "Loud"})
    shown = page(world.officer, address_of(visit), **sent | {"note": "Quiet", "tour": "done"})
    assert "Dana Holloway saved this first" in shown
    assert "Quiet" in shown
    assert "Loud" in shown
    assert DayChecklist.objects.get().tour == "", "nothing of the second is saved by halves"
    page(world.officer, address_of(visit), **as_sent(shown) | {"note": "Quiet, later loud", "tour": "done"})
    checklist = DayChecklist.objects.get()
    assert (checklist.note, checklist.tour) == ("Quiet, later loud", "done")


def test_the_same_checklist_sent_twice_is_saved_once(world: World) -> None:
    visit = booked(world, world.provision(), in_days=0)
    staff = [(NOBODY, Met("Support worker", "")), (NOBODY, Met("Support worker", ""))]
    for _ in range(2):
        save(world, visit, ("note", "", "Quiet"), staff=staff)
    checklist = DayChecklist.objects.get()
    assert len(checklist.staff) == 2
    assert checklist.revision == 1


def test_staff_added_by_two_people_are_all_there(world: World) -> None:
    visit = booked(world, world.provision(), in_days=0)
    save(world, visit, staff=[(NOBODY, Met("Manager", ""))])
    save(world, visit, staff=[(NOBODY, Met("Cook", "Proud of the kitchen"))])
    assert day_of(visit).staff == (Met("Manager", ""), Met("Cook", "Proud of the kitchen"))
    save(world, visit, staff=[(Met("Manager", ""), NOBODY)])
    assert day_of(visit).staff == (Met("Cook", "Proud of the kitchen"),)


def test_a_line_that_somebody_else_took_away_is_not_changed_in_silence(world: World) -> None:
    visit = booked(world, world.provision(), in_days=0)
    save(world, visit, staff=[(NOBODY, Met("Manager", ""))])
    save(world, visit, staff=[(Met("Manager", ""), Met("Deputy", ""))])
    with pytest.raises(Conflict) as told:
        save(world, visit, staff=[(Met("Manager", ""), Met("Manager", "New"))])
    assert told.value.theirs["staff"] == (["Manager: New"], ["Deputy"])


def test_a_young_person_who_came_since_is_not_answered_by_a_page_that_did_not_ask(world: World) -> None:
    home = world.provision()
    visit = booked(world, home, in_days=0)
    sent = as_sent(page(world.officer, address_of(visit)))
    later = placed(world, home)
    save(world, visit, (f"seen-{later.pk}", "", "seen"))
    page(world.officer, address_of(visit), **sent | {"note": "Quiet"})
    assert YoungPersonSeen.objects.get().seen == "seen"


def test_premises_seen_are_those_of_the_visit(world: World) -> None:
    place = world.provision("supported_accommodation")
    flat = world.flat(place)
    visit = booked(world, place, in_days=0)
    assert "Flat 2" in page(world.officer, address_of(visit))
    save(world, visit, (f"premises-{flat.pk}", "", "yes"))
    assert list(visit.premises.all()) == [flat]


def test_of_a_restricted_young_person_the_day_shows_nothing_to_others_and_takes_nothing_from_them(world: World) -> None:
    home = world.provision()
    closed = restricted(world, placed(world, home), world.officer)
    visit = booked(world, home, in_days=0)
    save(world, visit, (f"seen-{closed.pk}", "", "away"), (f"about-{closed.pk}", "", "Quagmire"))
    shown = page(world.senior, address_of(visit))
    assert closed.reference not in shown
    assert "Quagmire" not in shown
    assert "restricted record" in shown
    save(world, visit, (f"seen-{closed.pk}", "away", "seen"), by=world.senior)
    assert YoungPersonSeen.objects.get().seen == "away"
    assert "Quagmire" in page(world.officer, address_of(visit))
    assert "Quagmire" not in page(world.senior, reverse("desk:provision_history", args=[home.pk]))


def test_a_closed_visit_is_read_and_not_written(world: World) -> None:
    visit = held(world, world.provision())
    save(world, visit, ("note", "", "Quiet house"))
    Visit.objects.filter(pk=visit.pk).update(closed_on=world.today)
    shown = page(world.officer, address_of(visit))
    assert "Quiet house" in shown
    assert 'name="note"' not in shown
    with pytest.raises(ValidationError, match="closed"):
        save(world, visit, ("note", "Quiet house", "Loud"))


# The questionnaires


def test_r10_a_paper_copy_left_is_chased_within_7_days_and_the_step_is_done_with_the_last(world: World) -> None:
    home = world.provision()
    first, second = placed(world, home), placed(world, home)
    visit = held(world, home, days_ago=5)
    save(
        world, visit, (f"questionnaire-{first.pk}", "", "paper_left"), (f"questionnaire-{second.pk}", "", "paper_left")
    )
    step = step_of(visit, "questionnaires_chased")
    assert (step.state, step.due_on) == ("open", visit.visit_on + 7 * DAY)
    save(world, visit, (f"questionnaire-{first.pk}", "paper_left", "posted_back"))
    assert step_of(visit, "questionnaires_chased").state == "open"
    chased_on = visit.visit_on + 3 * DAY
    save(world, visit, (f"chased-{second.pk}", "", chased_on.isoformat()))
    step = step_of(visit, "questionnaires_chased")
    assert (step.state, step.done_on) == ("done", chased_on)
    earlier = (chased_on - DAY).isoformat()
    save(world, visit, (f"chased-{second.pk}", chased_on.isoformat(), earlier))
    assert step_of(visit, "questionnaires_chased").done_on == chased_on - DAY, "the day is corrected"
    save(world, visit, (f"chased-{second.pk}", earlier, ""))
    assert step_of(visit, "questionnaires_chased").state == "open", "the chase was recorded by mistake"


def test_a_paper_copy_that_was_left_stays_on_record(world: World) -> None:
    home = world.provision()
    young_person = placed(world, home)
    visit = held(world, home)
    question = f"questionnaire-{young_person.pk}"
    save(world, visit, (question, "", "paper_left"))
    save(world, visit, (question, "paper_left", "not_returned"))
    row = YoungPersonSeen.objects.get()
    assert (row.questionnaire, row.paper_was_left) == ("not_returned", True)


def test_no_questionnaire_left_on_paper_means_no_chase(world: World) -> None:
    home = world.provision()
    young_person = placed(world, home)
    visit = held(world, home)
    save(world, visit, (f"questionnaire-{young_person.pk}", "", "done"))
    assert not Step.objects.filter(visit=visit, step="questionnaires_chased").exists()
    assert not StepRecord.objects.exists()
    with pytest.raises(ValidationError, match="nothing to chase"):
        save(world, visit, (f"chased-{young_person.pk}", "", world.today.isoformat()))


def test_the_page_of_questionnaires_records_the_chase(world: World) -> None:
    home = world.provision()
    young_person = placed(world, home)
    visit = held(world, home, days_ago=2)
    save(world, visit, (f"questionnaire-{young_person.pk}", "", "paper_left"))
    sent = as_sent(page(world.officer, address_of(visit, "questionnaires")))
    page(
        world.officer, address_of(visit, "questionnaires"), **sent,
        **day_parts(f"chased-{young_person.pk}", world.today - DAY),
    )  # fmt: skip
    assert step_of(visit, "questionnaires_chased").done_on == world.today - DAY


def test_questionnaires_wait_until_the_visit_took_place(world: World) -> None:
    home = world.provision()
    placed(world, home)
    shown = page(world.officer, address_of(booked(world, home, in_days=0), "questionnaires"))
    assert "Record first that the visit took place" in shown


# How many queries the pages take


def test_the_pages_of_the_day_take_as_many_queries_for_six_young_people_as_for_one(world: World) -> None:
    few, many = world.provision(), world.provision()
    for place in (few, *[many] * 6):
        young_person = placed(world, place)
        professional(world, young_person, "csw", f"Ash {young_person.pk}")
    visits = [held(world, few), held(world, many)]
    for visit in visits:
        rows = visit.provision.placements.values_list("young_person", flat=True)
        save(world, visit, *((f"questionnaire-{number}", "", "paper_left") for number in rows))
        actions.ask_for_feedback(
            visit=visit, whom=[line.key for line in whom_to_ask(visit)], asked_on=world.today, by=world.officer,
            on=world.today,
        )  # fmt: skip
    browser = signed_in(world.officer)
    for name in ("checklist", "questionnaires", "feedback", "pre_visit_form", "visit_tasks"):
        browser.get(address_of(visits[0], name))  # what is read once a session or once a process
        taken = []
        for visit in visits:
            with CaptureQueriesContext(connection) as queries:
                browser.get(address_of(visit, name))
            taken.append(len(queries))
        assert taken[0] == taken[1] <= 24, f"{name}: {taken}"
