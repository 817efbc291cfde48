"""What was written about a visit, where somebody who lived there has a restricted record: closed on every page of it."""

import re
from datetime import timedelta

from django.test import Client
from django.urls import reverse

from tests.monitoring.browsing import day_parts, signed_in, text_of
from tests.monitoring.world import World
from tests.reports.circulating import agreed, answered, out, placed_with, ready, sent, to
from tests.reports.making import colleague, days_ago, returned, submitted, uploaded
from wellplaced.monitoring import actions as monitoring
from wellplaced.monitoring.models import Visit
from wellplaced.people.models import Person
from wellplaced.people.rights import Role
from wellplaced.placements import actions as placements
from wellplaced.placements.models import YoungPerson
from wellplaced.reports.actions import circulation, comments
from wellplaced.reports.actions.rounds import submit_report, take_back_report

SAID = "Quagmire"  # a word that stands nowhere else


def restrict(world: World, young_person: YoungPerson, *named: Person) -> None:
    placements.restrict_record(
        young_person=young_person, named=list(named), reason="Family works here", by=world.manager, seen_revision=None
    )


def lives_there(visit: Visit) -> YoungPerson:
    return YoungPerson.objects.get(placements__provision=visit.provision_id)


def pages_of(visit: Visit) -> list[str]:
    """Every page on which something of the visit's report and its comments may stand."""
    at = [visit.pk]
    return [
        reverse("desk:visit", args=at),
        reverse("desk:visit_history", args=at),
        reverse("reports:report", args=at),
        reverse("reports:comments", args=at),
        reverse("reports:mosaic", args=at),
        reverse("reports:close", args=at),
        reverse("desk:provision_history", args=[visit.provision_id]),
    ]


def telling(browser: Client, visit: Visit) -> list[str]:
    return [page for page in pages_of(visit) if SAID in text_of(browser.get(page))]


def test_the_note_to_the_senior_officer_is_closed_on_every_page(world: World, visit: Visit) -> None:
    submitted(world, visit, note=SAID)
    restrict(world, lives_there(visit), world.manager)
    assert telling(signed_in(world.senior), visit) == []
    assert len(telling(signed_in(world.manager), visit)) > 1


def test_what_the_provider_said_is_closed_in_every_history(world: World) -> None:
    visit = out(world)
    comment = answered(world, visit, "provider", days_ago(world, 1), SAID)
    comments.correct_comment(
        comment=comment,
        recipient=comment.recipient,
        kind="comment",
        text=f"{SAID} again",
        received_on=days_ago(world, 1),
        by=world.officer,
        on=world.today,
        seen_revision=None,
    )
    restrict(world, lives_there(visit), world.manager)
    assert telling(signed_in(world.senior), visit) == []
    assert len(telling(signed_in(world.manager), visit)) > 1


def test_what_somebody_said_of_two_is_closed_once_one_of_them_is_restricted(world: World) -> None:
    visit, home = ready(world)
    other = placed_with(world, home, "Z9", csw="Ash Grove")
    submitted(world, visit, 8)
    returned(world, visit, 7)
    visit.refresh_from_db()
    sent(world, visit, days_ago(world, 3))
    assert to(visit, "csw").young_people.count() == 2
    comment = answered(world, visit, "csw", days_ago(world, 1), SAID)
    comments.correct_comment(
        comment=comment,
        recipient=comment.recipient,
        kind="comment",
        text=f"{SAID} again",
        received_on=days_ago(world, 1),
        by=world.officer,
        on=world.today,
        seen_revision=None,
    )
    restrict(world, other, world.manager)
    assert telling(signed_in(world.senior), visit) == []
    assert len(telling(signed_in(world.manager), visit)) > 1


def test_why_somebody_does_not_get_it_is_closed_with_the_record(world: World) -> None:
    visit, _ = agreed(world)
    sent(world, visit, days_ago(world, 1), {"csw": SAID})
    restrict(world, lives_there(visit), world.manager)
    assert telling(signed_in(world.senior), visit) == []
    assert len(telling(signed_in(world.manager), visit)) > 1


def test_how_a_form_goes_that_is_not_sent_by_here_is_told_to_its_reviewer_alone(world: World, visit: Visit) -> None:
    submit_report(
        visit=visit, reviewer=world.senior, submitted_on=days_ago(world, 5), sent_otherwise_because=SAID,
        by=world.officer, on=world.today,
    )  # fmt: skip
    restrict(world, lives_there(visit), world.manager)
    assert telling(signed_in(colleague(world, "Ola Finch", Role.PLACEMENT_OFFICER)), visit) == []
    assert telling(signed_in(world.senior), visit) == [f"/visits/{visit.pk}/report/"]


def test_why_a_report_is_taken_back_or_recalled_is_closed_with_it(world: World, visit: Visit) -> None:
    submitted(world, visit)
    take_back_report(visit=visit, because=SAID, by=world.officer, on=world.today)
    submitted(world, visit)
    returned(world, visit)
    visit.refresh_from_db()
    sent(world, visit, days_ago(world, 1))
    circulation.recall(visit=visit, because=f"{SAID} again", by=world.officer, on=world.today)
    restrict(world, lives_there(visit), world.manager)
    assert telling(signed_in(world.senior), visit) == []
    assert len(telling(signed_in(world.manager), visit)) > 1


def test_a_corrected_day_opens_no_report(world: World, visit: Visit) -> None:
    """Whoever may not read it says that the visit was on a day on which the young person did not live there yet."""
    address = uploaded(world, visit).get_absolute_url()
    restrict(world, lives_there(visit), world.manager)
    browser = signed_in(world.senior)
    assert browser.get(address).status_code == 403
    earlier = visit.visit_on - timedelta(days=5)
    monitoring.correct_visit(visit=visit, visit_on=earlier, discharges=[], by=world.senior, seen_revision=None)
    assert browser.get(address).status_code == 403


def test_a_visit_recorded_anew_on_another_day_opens_no_report(world: World, visit: Visit) -> None:
    address = uploaded(world, visit).get_absolute_url()
    restrict(world, lives_there(visit), world.manager)
    monitoring.record_not_held(visit=visit, because="By mistake", by=world.senior, seen_revision=None)
    monitoring.hold_visit(
        visit=visit, visit_on=visit.visit_on - timedelta(days=5), discharges=[], premises=[], whole_form=False,
        by=world.senior, seen_revision=None,
    )  # fmt: skip
    assert signed_in(world.senior).get(address).status_code == 403


def test_a_task_about_somebody_is_closed_with_their_record_on_every_page(world: World, visit: Visit) -> None:
    """Whenever it was said whom it is about: what the history told before is closed, too."""
    task = monitoring.add_task(
        provision=visit.provision, visit=visit, what=f"{SAID} of the key", owner="csw", by=world.officer
    )
    monitoring.change_task(task=task, young_person=lives_there(visit), finding=SAID, by=world.officer, seen_revision=0)
    restrict(world, lives_there(visit), world.officer)
    lists = [reverse("monitoring:tasks"), reverse("monitoring:visit_tasks", args=[visit.pk]), task.get_absolute_url()]
    lists += [f"{lists[0]}?format=csv", visit.provision.get_absolute_url(), reverse("desk:my_work")]
    for person, reads in ((world.officer, True), (world.manager, False), (world.senior, False)):
        browser = signed_in(person)
        assert bool(telling(browser, visit)) == reads
        told = [SAID in b"".join(browser.get(page)).decode() for page in lists]
        assert any(told) == reads, person
    assert signed_in(world.manager).get(task.get_absolute_url()).status_code == 404


def test_the_forms_ask_whom_a_task_is_about_and_a_return_only_about_restricted_records(world: World) -> None:
    visit = submitted(world, ready(world)[0]).visit
    whom = lives_there(visit)
    tasks, back = reverse("monitoring:visit_tasks", args=[visit.pk]), reverse("reports:return", args=[visit.pk])
    assert "Which young person is it about?" in text_of(signed_in(world.officer).get(tasks))
    assert "whose record is restricted?" not in text_of(signed_in(world.senior).get(back))
    restrict(world, whom, world.senior)
    assert "Which young person is it about?" not in text_of(signed_in(world.officer).get(tasks))
    assert "whose record is restricted?" in text_of(signed_in(world.senior).get(back))
    answer = signed_in(world.senior).post(
        back,
        {
            "outcome": "tasks",
            "slots": "1",
            "what_0": f"{SAID} again",
            "owner_0": "csw",
            "about_0": whom.pk,
            "revision": "1",
        }
        | day_parts("returned_on", world.today),
    )
    assert answer.status_code == 302, text_of(answer)
    assert visit.tasks.get().young_person == whom
    for page in (reverse("reports:report", args=[visit.pk]), reverse("reports:complete_tasks", args=[visit.pk, 1])):
        assert SAID in text_of(signed_in(world.senior).get(page))
        assert SAID not in text_of(signed_in(world.officer).get(page, follow=True))


def test_the_place_in_a_list_tells_nothing_of_what_is_closed(world: World) -> None:
    """Sorted by references and names, somebody closed would stand before or after those whom one knows."""
    visit, home = ready(world)
    hidden = placed_with(world, home, "A000001", csw="Aled Moss")
    placed_with(world, home, "Z999999", csw="Zia Brook")
    submitted(world, visit, 8)
    returned(world, visit, 7)
    visit.refresh_from_db()
    sent(world, visit, days_ago(world, 3))
    restrict(world, hidden, world.manager)
    browser = signed_in(world.senior)
    mosaic = text_of(browser.get(reverse("reports:mosaic", args=[visit.pk])))
    assert mosaic.index("Z999999") < mosaic.index("A young person (restricted record)")
    assert "Aled Moss" not in mosaic
    people = text_of(browser.get(reverse("reports:comments", args=[visit.pk])))
    assert "Aled Moss" not in people
    assert re.findall(r'card__title">([^<]+)', people)[-1] == "Social worker (CSW)"
