"""Words about somebody whose record is restricted, in the history of what is no longer about them, and in a loaded file."""

from datetime import timedelta

from django.urls import reverse

from tests.monitoring.bookings import book, hold
from tests.monitoring.browsing import signed_in, text_of
from tests.monitoring.world import World
from wellplaced.history.models import Event
from wellplaced.monitoring import actions
from wellplaced.monitoring.models import Task
from wellplaced.placements import actions as placements
from wellplaced.placements.loading import kind_of, results
from wellplaced.placements.models import YoungPerson

DAY = timedelta(days=1)
SAID = "Quagmire"  # a word that stands nowhere else


def restricted(world: World, young_person: YoungPerson) -> None:
    placements.restrict_record(
        young_person=young_person,
        named=[world.officer],
        reason="Family works here",
        by=world.officer,
        seen_revision=None,
    )


def test_what_a_task_said_while_it_was_about_somebody_restricted_stays_closed(world: World) -> None:
    home = world.provision()
    young_person = world.placed(home, world.today - 9 * DAY).young_person
    task = actions.add_task(
        provision=home, what=f"{SAID} of AB", owner="csw", young_person=young_person, by=world.officer
    )
    restricted(world, young_person)
    actions.change_task(task=task, what="Mend the door", young_person=None, by=world.officer, seen_revision=None)
    for page in (task.get_absolute_url(), reverse("desk:provision_history", args=[home.pk])):
        shown = text_of(signed_in(world.manager).get(page))
        assert "Mend the door" in shown or "Task changed" in shown
        assert SAID not in shown


def test_why_a_task_came_back_while_it_was_about_somebody_restricted_stays_closed(world: World) -> None:
    home = world.provision()
    young_person = world.placed(home, world.today - 9 * DAY).young_person
    task = actions.add_task(provision=home, what="Talk", owner="csw", young_person=young_person, by=world.officer)
    visit = hold(world, book(world, home, 0), world.today)
    actions.note_that_task_came_back(task=task, visit=visit, note=SAID, by=world.officer, on=world.today)
    restricted(world, young_person)
    task.refresh_from_db()
    actions.change_task(task=task, young_person=None, by=world.officer, seen_revision=None)
    pages = [
        task.get_absolute_url(),
        *(reverse(f"desk:{each}", args=[visit.pk]) for each in ("visit", "visit_history")),
    ]
    for page in [*pages, reverse("desk:provision_history", args=[home.pk])]:
        assert SAID not in text_of(signed_in(world.manager).get(page)), page
    assert SAID in text_of(signed_in(world.officer).get(task.get_absolute_url()))


def test_what_a_concern_said_is_closed_in_each_part_of_the_history_that_somebody_asks_for(world: World) -> None:
    home = world.provision()
    young_person = world.placed(home, world.today - 9 * DAY).young_person
    concern = actions.raise_concern(
        provision=home, raised_on=world.today, raised_by="Neighbour", how="telephone", summary=SAID,
        young_people=[young_person], by=world.officer, on=world.today,
    )  # fmt: skip
    concern = actions.change_concern(concern=concern, summary=f"{SAID} at night", by=world.senior, seen_revision=None)
    restricted(world, young_person)
    actions.change_concern(concern=concern, summary="Noise", young_people=[], by=world.officer, seen_revision=None)
    browser = signed_in(world.manager)
    page = reverse("desk:provision_history", args=[home.pk])
    for asked in ("", "?who=Dana", "?who=Dana&format=csv"):
        answer = browser.get(page + asked)
        shown = b"".join(answer.streaming_content).decode() if answer.streaming else text_of(answer)
        assert "oncern corrected" in shown
        assert SAID not in shown, asked


def test_a_loaded_file_neither_tells_nor_changes_a_task_about_somebody_restricted(world: World) -> None:
    home = world.provision()
    young_person = world.placed(home, world.today - 9 * DAY).young_person
    task = actions.add_task(
        provision=home, what=SAID, owner="csw", reference="T1", young_person=young_person, by=world.officer
    )
    restricted(world, young_person)
    load = placements.hand_in(
        kind=kind_of("tasks"),
        file_name="tasks.csv",
        content=f"reference,provision,what,owner\nT1,{home.urn},Mend the door,provider".encode(),
        by=world.manager,
        on=world.today,
    )
    assert SAID not in str(load.result)
    assert "restricted" not in str(load.result)
    assert results.lines_of(load.result) == []
    assert "ask your manager" in results.problems_of(load.result)[0].why
    placements.apply_load(load=load, by=world.manager, on=world.today, seen_revision=load.revision)
    task.refresh_from_db()
    assert task.what == SAID
    assert Task.objects.count() == 1
    assert not Event.objects.of(task).filter(verb="task changed").exists()
