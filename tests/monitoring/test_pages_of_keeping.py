"""Tasks, who looks after what (C11), notices, timeframes (C26), and 'Why this date?', as pages."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from tests.monitoring.browsing import day_parts, signed_in, text_of
from tests.monitoring.world import World, make_world
from wellplaced.guidance import default_versions
from wellplaced.monitoring import actions
from wellplaced.monitoring.models import Assignment, Notice, PublishedTimeframes, Requirement, Task
from wellplaced.monitoring.pages.notices import SHOWN
from wellplaced.monitoring.pages.timeframes import preview, template
from wellplaced.people import actions as people
from wellplaced.people.rights import Role
from wellplaced.placements import actions as placements

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


# Why this date?


def test_why_this_date_counts_across_the_months_end(world: World) -> None:
    provision = world.provision()
    concern = actions.raise_concern(
        provision=provision,
        raised_on=date(2026, 1, 25),
        raised_by="staff",
        how="email",
        summary="Noise",
        by=world.officer,
        on=world.today,
    )
    owed = Requirement.objects.get(key=f"concern:{concern.pk}")
    page = text_of(signed_in(world.officer).get(owed.get_absolute_url() + "why/"))
    assert "Due by Wednesday 4 February 2026" in page
    assert "25 January 2026 + 10 days = 4 February 2026" in page
    assert "6 days to 31 January, then 4 days to 4 February: 10 days in all" in page
    assert "C6" in page
    assert "R1" in page
    assert concern.get_absolute_url() in page
    assert "Version" in page


def test_why_this_date_without_one_says_what_it_waits_for(world: World) -> None:
    provision = world.provision()
    world.placed(provision, world.today - 400 * DAY)
    judgement = world.judged(provision, "inadequate", world.today - 2 * DAY)
    owed = Requirement.objects.get(key=f"judgement:{judgement.pk}")
    page = text_of(signed_in(world.officer).get(owed.get_absolute_url() + "why/"))
    assert "There is no due date yet" in page
    assert "The action plan was received: not yet" in page


# Tasks


def test_c17_a_task_is_added_done_and_on_record(world: World) -> None:
    provision = world.provision()
    client = signed_in(world.officer)
    typed = {"what": "Mend the fire door", "owner": "provider", **day_parts("due_on", world.today + DAY)}
    client.post(reverse("monitoring:add_task", args=[provision.pk]), typed)
    task = Task.objects.get()
    done = {**typed, **day_parts("done_on", world.today), "revision": "0"}
    assert "Enter what shows that it was done" in text_of(client.post(task.get_absolute_url(), done))
    page = text_of(client.post(task.get_absolute_url(), {**done, "evidence": "Seen on the day"}, follow=True))
    assert "Task done" in page
    task.refresh_from_db()
    assert task.done_on == world.today


def test_a_viewer_reads_a_task_and_does_not_change_it(world: World) -> None:
    task = actions.add_task(provision=world.provision(), what="Mend the door", owner="provider", by=world.officer)
    viewer = people.add_person(
        authority=world.authority, name="Vera Lune", email="vera@fen.example", roles=[Role.VIEWER], by=None
    )
    client = signed_in(viewer)
    typed = {"what": "Nothing", "owner": "provider", "revision": "0"}
    assert "Mend the door" in text_of(client.post(task.get_absolute_url(), typed))
    task.refresh_from_db()
    assert task.what == "Mend the door"


def test_tasks_are_listed_in_few_questions(world: World, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    provision = world.provision()
    for number in range(5):
        actions.add_task(provision=provision, what=f"Task {number}", owner="provider", by=world.officer)
    client = signed_in(world.officer)
    with django_assert_max_num_queries(12):
        assert "Task 4" in text_of(client.get("/tasks/?owner=provider"))
    assert "Task 4" not in text_of(client.get("/tasks/?state=done"))


# Who looks after what


def test_c11_an_unapproved_officer_is_refused_and_the_reason_typed_is_kept(world: World) -> None:
    provision = world.provision()
    newt = people.add_person(
        authority=world.authority, name="Newt Farrow", email="newt@fen.example", roles=[Role.PLACEMENT_OFFICER], by=None
    )
    address = reverse("monitoring:assign", args=[provision.pk])
    client = signed_in(world.manager)
    page = text_of(client.post(address, {"officer": newt.pk, "reason": "New in the team", "revision": "0"}))
    assert "Newt Farrow is not approved for residential home" in page
    assert "New in the team" in page
    client.post(address, {"officer": world.officer.pk, "reason": "New in the team", "revision": "0"})
    assert Assignment.objects.get().officer == world.officer
    page = text_of(client.get(address))
    assert "Priya Oakes has looked after it since" in page


def test_of_two_managers_who_assign_one_provision_the_second_is_told(world: World) -> None:
    provision = world.provision()
    address = reverse("monitoring:assign", args=[provision.pk])
    client = signed_in(world.manager)
    client.post(address, {"officer": world.officer.pk, "revision": "0"})
    page = text_of(client.post(address, {"officer": world.senior.pk, "reason": "Nobody has it", "revision": "0"}))
    assert "Somebody else saved this record" in page
    assert "Nobody has it" in page
    first = Assignment.objects.get()
    assert first.officer == world.officer
    client.post(address, {"officer": world.senior.pk, "reason": "Agreed with both", "revision": str(first.pk)})
    assert Assignment.objects.get(ends_on=None).officer == world.senior


def test_only_a_manager_assigns(world: World) -> None:
    address = reverse("monitoring:assign", args=[world.provision().pk])
    assert signed_in(world.officer).post(address, {"officer": world.officer.pk}).status_code == 403
    assert not Assignment.objects.exists()


# Notices


def test_a_judgement_is_told_to_officers_until_one_has_seen_it(world: World) -> None:
    provision = world.provision()
    world.placed(provision, world.today - 100 * DAY)
    world.judged(provision, "good", world.today)
    client = signed_in(world.officer)
    assert "Ofsted published a judgement" in text_of(client.get("/notices/"))
    notice = Notice.objects.get(for_role=Role.PLACEMENT_OFFICER)
    address = reverse("monitoring:notice_seen", args=[notice.pk])
    assert client.get(address).status_code == 405
    assert "Seen by Priya Oakes" in text_of(client.post(address, follow=True))
    assert signed_in(world.manager).post(address).status_code == 404  # not for managers


def test_the_manager_is_told_of_somebody_too_young_and_restricted_ones_are_not_named(world: World) -> None:
    provision = world.provision("supported_accommodation")
    placement = world.placed(provision, world.today, born_on=world.today - 15 * 365 * DAY)
    placements.restrict_record(
        young_person=placement.young_person,
        named=[world.senior],
        reason="Court order",
        by=world.manager,
        seen_revision=None,
    )  # fmt: skip
    page = text_of(signed_in(world.manager).get(reverse("monitoring:notices")))
    assert "Somebody outside 16 to 17" in page
    assert "A young person (restricted record)" in page
    assert str(placement.young_person) not in page


# Timeframes


def test_the_timeframes_in_force_are_told_clause_by_clause(world: World) -> None:
    page = text_of(signed_in(world.officer).get("/timeframes/"))
    for words in ("C6", "10 days", "Document control", "Are days calendar days or working days"):
        assert words in page
    assert "were to be reviewed by 31 July 2020" in page  # C26
    assert "Publish your own version" not in page
    assert "Publish your own version" in text_of(signed_in(world.manager).get("/timeframes/"))


def test_c26_managers_are_told_that_the_review_date_is_past(world: World) -> None:
    told = "were to be reviewed by 31 July 2020"
    assert told in text_of(signed_in(world.manager).get("/notices/"))
    assert told not in text_of(signed_in(world.officer).get("/notices/"))


def test_managers_are_told_of_an_edition_of_the_guidance_that_takes_the_place_of_their_own(world: World) -> None:
    told = "counts instead of your own version own 1"
    publish(world, OWN)
    assert told not in text_of(signed_in(world.manager).get("/notices/"))
    PublishedTimeframes.objects.all().delete()
    publish(world, OWN.replace("in_force_from = 2026-01-01", "in_force_from = 2018-01-01"))
    page = text_of(signed_in(world.manager).get("/notices/"))
    assert f"From 1 July 2019 the guidance’s version 1 {told}" in page
    publish(world, OWN.replace('"own 1"', '"own 2"').replace("2026-01-01", "2099-01-01"))
    assert told in text_of(signed_in(world.manager).get("/notices/")), "until then the guidance's counts"
    publish(world, OWN.replace('"own 1"', '"own 3"'))
    assert told not in text_of(signed_in(world.manager).get("/notices/"))


OWN = """
number = "own 1"
in_force_from = 2026-01-01
[document]
review_on = 2099-01-01
[timeframes.concern_visit]
number = 5
[readings]
R7 = "every_placement"
"""


def publish(world: World, text: str) -> Any:
    """Check, then publish, as the page has it."""
    client = signed_in(world.manager)
    typed = {"text": text, "reason": "We visit sooner"}
    checked = seal_of(client.post("/timeframes/new/", {**typed, "check": "1"}))
    return client.post("/timeframes/new/", {**typed, "publish": "1", "checked": checked}, follow=True)


def seal_of(answer: Any) -> str:
    [seal] = re.findall(r'name="checked" value="(\w+)"', answer.content.decode())
    return str(seal)


def test_an_own_version_is_checked_then_published_and_counts(world: World) -> None:
    provision = world.provision()
    concern = actions.raise_concern(
        provision=provision,
        raised_on=world.today,
        raised_by="staff",
        how="email",
        summary="Noise",
        by=world.officer,
        on=world.today,
    )
    client = signed_in(world.manager)
    page = text_of(client.post("/timeframes/new/", {"text": OWN, "check": "1"}))
    assert "Nothing is published yet" in page
    for words in (
        "C6: Visit within this time",
        "In what time",
        "concern_visit.<wbr>number",
        ">10 days<",
        ">5 days<",
    ):
        assert words in page
    assert not PublishedTimeframes.objects.exists()
    page = text_of(publish(world, OWN))
    assert Requirement.objects.get(key=f"concern:{concern.pk}").due_on == world.today + 5 * DAY
    assert "We visit sooner" in page
    assert "Your own reading" in page
    assert "were to be reviewed" not in page


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[timeframes.concern_visit]\nnumber = -1\n", "timeframes.concern_visit.number"),
        ("[timeframes.concern]\nnumber = 1\n", "timeframes.concern"),
        ("number = \n", "TOML"),
        ("[timeframes.concern_visit]\nnumber = 5\n", "same number"),
    ],
)
def test_a_text_that_cannot_be_is_refused_with_the_key_and_kept(world: World, text: str, said: str) -> None:
    typed = {"text": text, "reason": "We visit sooner", "publish": "1"}
    page = text_of(signed_in(world.manager).post("/timeframes/new/", typed))
    assert "There is a problem" in page
    assert said in page
    assert "We visit sooner" in page
    assert not PublishedTimeframes.objects.exists()


def test_the_template_is_taken_as_it_stands_and_replaces_its_head_alone(world: World) -> None:
    text = template(world.manager, world.today)
    assert "# [timeframes.concern_visit]" in text
    uncommented = "\n".join(line.removeprefix("# ") for line in text.splitlines() if not is_prose(line))
    for each in (text, uncommented):
        proposal = preview(each, world.manager, world.today)
        assert (proposal.changes, proposal.back, proposal.kept) == ([], [], [])


def is_prose(line: str) -> bool:
    return line.startswith("# ") and "=" not in line and not line.startswith("# [")


def test_another_authoritys_version_is_its_own(world: World) -> None:
    publish(world, OWN)
    other = make_world("Wold Borough Council", "wold", operator=world.operator)
    assert "We visit sooner" not in text_of(signed_in(other.manager).get("/timeframes/"))
    assert signed_in(world.officer).get("/timeframes/new/").status_code == 403


SECOND = """
number = "own 2"
in_force_from = 2026-02-01
timeframes.report_submitted = {number = 10, unit = "working days", owner = "sqao"}
"""


def test_a_second_version_says_what_of_the_first_goes_back_to_the_guidance(world: World) -> None:
    publish(world, OWN)
    proposal = preview(SECOND, world.manager, world.today)
    assert [(each.clause, each.keys, each.before, each.after) for each in proposal.back] == [
        ("C26", ("document.review_on",), "1 January 2099", "31 July 2020"),
        ("C6", ("timeframes.concern_visit.number",), "5 days", "10 days"),
        ("R7", ("readings.R7.choice",), *(sentence_of(choice) for choice in ("every_placement", "when_not_seen"))),
    ]
    assert [(each.clause, each.part, each.before, each.after) for each in proposal.changes] == [
        ("C18", "In what time", "14 days", "10 working days"),
        ("C18", "Who", "Placement officer", "Senior officer (SQAO)"),
    ]
    typed = {"text": SECOND, "check": "1"}
    page = text_of(signed_in(world.manager).post("/timeframes/new/", typed))
    assert "leaves out some of what version own 1 replaced. This goes back to the guidance:" in page
    assert "Bank holidays are known until 31 December" in page


def sentence_of(choice: str) -> str:
    return default_versions()[-1].readings["R7"].choices[choice]


def test_the_text_of_a_second_version_begins_with_what_the_first_replaced(world: World) -> None:
    publish(world, OWN)
    text = template(world.manager, world.today).replace(
        "# [timeframes.report_submitted]\n# number = 14", "[timeframes.report_submitted]\nnumber = 10"
    )
    proposal = preview(text, world.manager, world.today)
    assert (proposal.follows.number, proposal.back) == ("own 1", [])
    assert [each.keys for each in proposal.changes] == [("timeframes.report_submitted.number",)]
    assert {each.clause for each in proposal.kept} == {"C6", "C26", "R7"}


def test_what_was_not_checked_is_not_published(world: World) -> None:
    client = signed_in(world.manager)
    typed = {"text": SECOND, "reason": "We visit sooner", "publish": "1"}
    page = text_of(client.post("/timeframes/new/", typed))
    assert "Nothing is published yet" in page
    checked = seal_of(client.post("/timeframes/new/", typed))
    page = text_of(client.post("/timeframes/new/", {**typed, "text": SECOND.replace("10", "9"), "checked": checked}))
    assert "9 working days" in page
    assert not PublishedTimeframes.objects.exists()
    publish(world, OWN)  # somebody else's, in between: it would now follow another version
    page = text_of(client.post("/timeframes/new/", {**typed, "checked": checked}))
    assert "goes back to the guidance" in page
    assert PublishedTimeframes.objects.count() == 1


def test_a_version_between_two_says_until_when_it_counts_and_one_of_a_day_taken_is_refused(world: World) -> None:
    publish(world, SECOND)
    earlier = preview(OWN, world.manager, world.today)
    assert (earlier.until, earlier.is_past, earlier.follows_guidance) == (date(2026, 1, 31), True, True)
    same_day = {"text": SECOND.replace("own 2", "own 3"), "check": "1"}
    page = text_of(signed_in(world.manager).post("/timeframes/new/", same_day))
    assert "in_force_from: Another version comes into force on this day" in page


def test_a_page_of_notices_shows_the_newest_and_says_that_there_are_older_ones(world: World) -> None:
    home = world.provision()
    world.placed(home, starts_on=world.today)
    Notice.objects.all().delete()
    Notice.objects.bulk_create(
        Notice(
            authority=world.authority, provision=home, kind="standing", for_role="manager",
            about_type="placements.placement", about_id=number, raised_on=world.today,
        )
        for number in range(SHOWN + 1)
    )  # fmt: skip
    page = text_of(signed_in(world.manager).get(reverse("monitoring:notices")))
    assert page.count("Mark as seen") == SHOWN
    assert "There are older ones" in page
