"""Asked back before it is saved: a mistyped year, and a concern, a task or a visit that is on record already."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.monitoring.bookings import DAY, book, new_visit, of_visit, owed_at, rebook, typed
from tests.monitoring.browsing import day_parts, signed_in, text_of
from tests.monitoring.world import World
from wellplaced.design.words import day
from wellplaced.monitoring import actions
from wellplaced.monitoring.models import Concern, Task, Visit
from wellplaced.register.models import Provision

pytestmark = pytest.mark.django_db
YEAR, BOX, SAME = "Is the year right?", "Yes, the year is right", "This is on record already"


def years_from(start: date, years: int) -> date:
    return start.replace(year=start.year + years, day=min(start.day, 28))


def concern(raised_on: date, **more: Any) -> dict[str, Any]:
    return {
        **day_parts("raised_on", raised_on),
        "raised_by": "A neighbour",
        "how": "telephone",
        "summary": "Shouting at night\r\nand a broken window",
        **more,
    }


def new_concern(home: Provision) -> str:
    return reverse("monitoring:raise_concern", args=[home.pk])


def new_task(home: Provision) -> str:
    return reverse("monitoring:add_task", args=[home.pk])


def token(client: Client, address: str) -> str:
    found = re.search(r'name="once" value="([^"]+)"', client.get(address).content.decode())
    assert found
    return found[1]


# A mistyped year


def test_a_concern_of_twenty_years_ago_is_asked_about_and_taken_once_somebody_says_so(world: World) -> None:
    home, client = world.provision(), signed_in(world.officer)
    assert BOX not in text_of(client.get(new_concern(home)))
    sent = concern(years_from(world.today, -20))
    page = text_of(client.post(new_concern(home), sent))
    assert YEAR in page
    assert BOX in page
    assert "more than a year ago" in page
    assert not Concern.objects.exists()
    client.post(new_concern(home), sent | {"year_is_right": "on"})
    assert Concern.objects.get().raised_on == years_from(world.today, -20)


@pytest.mark.parametrize("days", [0, 1, 200, 365])
def test_a_concern_of_the_last_year_is_not_asked_about(world: World, days: int) -> None:
    home = world.provision()
    assert signed_in(world.officer).post(new_concern(home), concern(world.today - days * DAY)).status_code == 302


def test_a_concern_that_is_corrected_is_asked_about_only_where_its_day_is_another(world: World) -> None:
    home, old = world.provision(), years_from(world.today, -3)
    found = actions.raise_concern(
        provision=home,
        raised_on=old,
        raised_by="x",
        how="email",
        summary="y",
        by=world.officer,
        on=world.today,
    )
    client, page = signed_in(world.officer), reverse("monitoring:correct_concern", args=[found.pk])
    assert client.post(page, concern(old, revision=found.revision)).status_code == 302
    sent = concern(years_from(old, -20), revision=found.revision + 1)
    assert YEAR in text_of(client.post(page, sent))


@pytest.mark.parametrize("when", ["to_come", "propose"])
def test_a_visit_in_many_years_is_asked_about_and_not_how_late_it_would_be(world: World, when: str) -> None:
    (home, owed), client = owed_at(world), signed_in(world.officer)
    assert BOX not in text_of(client.get(new_visit(home)))
    sent = typed(world, 0, when=when, discharges=[owed.key]) | day_parts("visit_on", years_from(world.today, 36))
    page = text_of(client.post(new_visit(home), sent))
    assert YEAR in page
    assert "more than a year ahead" in page
    assert "days late" not in page
    assert not Visit.objects.exists()
    client.post(new_visit(home), sent | {"year_is_right": "on", "late_because": "Nobody is free"})
    assert Visit.objects.get().visit_on == years_from(world.today, 36)


def test_a_past_visit_of_many_years_ago_is_asked_about(world: World) -> None:
    home = world.provision()
    sent = typed(world, 0, when="held") | day_parts("visit_on", years_from(world.today, -8))
    assert YEAR in text_of(signed_in(world.officer).post(new_visit(home), sent))


def test_a_visit_that_is_moved_by_many_years_is_asked_about(world: World) -> None:
    visit = book(world, world.provision())
    sent = typed(world, 0, reason="Snow", revision=visit.revision)
    sent |= day_parts("visit_on", years_from(world.today, 36))
    client, page = signed_in(world.officer), of_visit("rebook_visit", visit)
    assert YEAR in text_of(client.post(page, sent))
    assert client.post(page, sent | {"year_is_right": "on"}).status_code == 302


def test_a_visit_held_in_another_decade_is_asked_about(world: World) -> None:
    visit = book(world, world.provision(), 0)
    sent = {"outcome": "held", **day_parts("visit_on", years_from(world.today, -10)), "revision": visit.revision}
    assert YEAR in text_of(signed_in(world.officer).post(of_visit("hold_visit", visit), sent))
    visit.refresh_from_db()
    assert visit.state == "booked"


def test_a_task_that_is_due_in_many_years_is_asked_about(world: World) -> None:
    home, client = world.provision(), signed_in(world.officer)
    sent = {"what": "Mend the door", "owner": "provider", **day_parts("due_on", years_from(world.today, 30))}
    assert YEAR in text_of(client.post(new_task(home), sent))
    client.post(new_task(home), sent | {"year_is_right": "on"})
    assert Task.objects.get().due_on == years_from(world.today, 30)


# On record already


def test_a_concern_that_says_the_same_is_not_recorded_twice_without_being_asked_about(world: World) -> None:
    home, client = world.provision(), signed_in(world.officer)
    page = new_concern(home)
    client.post(page, concern(world.today, once=token(client, page)))
    first = Concern.objects.get()
    again = text_of(client.post(page, concern(world.today, once=token(client, page))))
    assert SAME in again
    assert first.get_absolute_url() in again
    assert Concern.objects.count() == 1
    client.post(page, concern(world.today, once=token(client, page), once_more="on"))
    assert Concern.objects.count() == 2


def test_the_same_page_sent_twice_leads_to_the_one_concern(world: World) -> None:
    home, client = world.provision(), signed_in(world.officer)
    sent = concern(world.today, once=token(client, new_concern(home)))
    answers = [client.post(new_concern(home), sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert {answer["Location"] for answer in answers} == {Concern.objects.get().get_absolute_url()}


@pytest.mark.parametrize("other", [{"summary": "Another matter"}, {"how": "email"}])
def test_another_concern_of_the_same_day_is_recorded(world: World, other: dict[str, str]) -> None:
    home, client = world.provision(), signed_in(world.officer)
    client.post(new_concern(home), concern(world.today))
    client.post(new_concern(home), concern(world.today) | other)
    client.post(new_concern(world.provision()), concern(world.today))
    assert Concern.objects.count() == 3


def test_a_colleague_who_records_the_same_concern_is_not_asked_and_a_withdrawn_one_is_none(world: World) -> None:
    home, client = world.provision(), signed_in(world.officer)
    client.post(new_concern(home), concern(world.today))
    actions.withdraw_concern(concern=Concern.objects.get(), because="Twice", by=world.manager)
    client.post(new_concern(home), concern(world.today))
    signed_in(world.senior).post(new_concern(home), concern(world.today))
    assert Concern.objects.count() == 3


def test_a_task_that_says_the_same_is_not_added_twice_without_being_asked_about(world: World) -> None:
    home, client = world.provision(), signed_in(world.officer)
    sent = {"what": "Mend the door", "owner": "provider", **day_parts("due_on", world.today + 7 * DAY)}
    client.post(new_task(home), sent | {"once": token(client, new_task(home))})
    again = text_of(client.post(new_task(home), sent | {"once": token(client, new_task(home))}))
    assert SAME in again
    assert Task.objects.get().get_absolute_url() in again
    client.post(new_task(home), sent | {"once_more": "on"})
    client.post(new_task(home), sent | day_parts("due_on", world.today + 8 * DAY))
    assert Task.objects.count() == 3


def test_a_task_of_a_visit_is_not_added_twice_without_being_asked_about(world: World) -> None:
    visit = actions.record_past_visit(
        provision=world.provision(), visit_on=world.today, officer=world.officer, by=world.officer
    )
    client, page = signed_in(world.officer), of_visit("visit_tasks", visit)
    sent = {"what": "Mend the door", "owner": "provider"}
    client.post(page, sent)
    assert SAME in text_of(client.post(page, sent))
    once = sent | {"what": "Paint it", "once": token(client, page)}
    assert [client.post(page, once)["Location"] for _ in range(2)] == [page, page]
    assert Task.objects.count() == 2


def test_a_visit_without_a_time_is_not_booked_twice_without_being_asked_about(world: World) -> None:
    home, client = world.provision(), signed_in(world.officer)
    sent = typed(world, 20, visit_at="")
    client.post(new_visit(home), sent)
    assert SAME in text_of(client.post(new_visit(home), sent))
    client.post(new_visit(home), sent | {"once_more": "on"})
    assert Visit.objects.count() == 2


# Nothing that was typed is lost


def test_what_is_said_of_a_visit_that_has_taken_place_is_kept(world: World) -> None:
    home, owed = owed_at(world, started=40)
    sent = typed(world, -1, when="held", discharges=[owed.key])
    said = {"late_because": "Nobody was free", "short_notice_because": "It was overdue"}
    signed_in(world.officer).post(new_visit(home), sent | said)
    visit = Visit.objects.get()
    assert f"{visit.visit_at:%H:%M}" == "10:00"
    assert (visit.late_because, visit.short_notice_because) == ("Nobody was free", "It was overdue")
    page = text_of(signed_in(world.officer).get(visit.get_absolute_url()))
    assert "It was overdue" in page
    assert "No reason recorded" not in page


def test_of_a_past_visit_no_reason_is_asked_and_none_is_kept_that_does_not_fit(world: World) -> None:
    home, owed = owed_at(world)
    sent = typed(world, 0, when="held", discharges=[owed.key], told="no", unannounced_because="A concern")
    signed_in(world.officer).post(new_visit(home), sent | {"late_because": "Late", "short_notice_because": "Soon"})
    visit = Visit.objects.get()
    assert (visit.late_because, visit.short_notice_because) == ("", "")


def test_a_past_visit_does_not_keep_the_reason_that_the_page_gave_for_what_it_does_not_discharge(world: World) -> None:
    home, owed = owed_at(world)
    client = signed_in(world.officer)
    put = f"Initial visit (C7) is due by {day(world.today + 13 * DAY)}"
    assert put in text_of(client.get(new_visit(home)))
    sent = typed(world, 0, when="held", short_notice_because=put)
    client.post(new_visit(home), sent)
    client.post(new_visit(home), sent | {"discharges": [owed.key], "visit_at": "15:00"})
    assert [visit.short_notice_because for visit in Visit.objects.order_by("pk")] == ["", put]


def test_a_move_leaves_why_the_visit_is_at_short_notice(world: World) -> None:
    visit = book(world, world.provision(), 3, short_notice_because="The young person moved in at once")
    sent = typed(world, 4, reason="Snow", revision=visit.revision)
    signed_in(world.officer).post(of_visit("rebook_visit", visit), sent)
    visit.refresh_from_db()
    assert (visit.visit_on, visit.short_notice_because) == (
        world.today + 4 * DAY,
        "The young person moved in at once",
    )


def test_a_move_to_a_day_with_full_notice_takes_the_reason_away_and_one_to_short_notice_gives_one(world: World) -> None:
    visit = book(world, world.provision(), 3, short_notice_because="The young person moved in at once")
    client, page = signed_in(world.officer), of_visit("rebook_visit", visit)
    client.post(page, typed(world, 40, reason="Snow", revision=visit.revision))
    visit.refresh_from_db()
    assert visit.short_notice_because == ""
    client.post(page, typed(world, 5, reason="A concern", revision=visit.revision))
    visit.refresh_from_db()
    assert visit.short_notice_because == "A concern"
    assert rebook(world, visit, 6).short_notice_because == "A concern"


# Nothing was changed


def test_a_concern_that_is_saved_as_it_stands_says_that_nothing_was_changed(world: World) -> None:
    home, client = world.provision(), signed_in(world.officer)
    client.post(new_concern(home), concern(world.today))
    found = Concern.objects.get()
    page = reverse("monitoring:correct_concern", args=[found.pk])
    same = text_of(client.post(page, concern(world.today, revision=found.revision), follow=True))
    assert "Nothing was changed" in same
    assert "The concern is corrected" not in same
    other = concern(world.today, revision=found.revision, raised_by="A teacher")
    assert "The concern is corrected" in text_of(client.post(page, other, follow=True))


def test_a_task_that_is_saved_as_it_stands_says_that_nothing_was_changed(world: World) -> None:
    task = actions.add_task(provision=world.provision(), what="Mend the door", owner="provider", by=world.officer)
    sent = {"what": "Mend the door", "owner": "provider", "revision": task.revision}
    answer = signed_in(world.officer).post(reverse("monitoring:task", args=[task.pk]), sent, follow=True)
    assert "Nothing was changed" in text_of(answer)


def test_a_visit_that_is_saved_as_it_stands_says_that_nothing_was_changed(world: World) -> None:
    client, home = signed_in(world.officer), world.provision()
    booked = book(world, home)
    answer = client.post(of_visit("plan_visit", booked), {"revision": booked.revision}, follow=True)
    assert "Nothing was changed" in text_of(answer)
    held = actions.record_past_visit(provision=home, visit_on=world.today, officer=world.officer, by=world.officer)
    sent = {"outcome": "held", **day_parts("visit_on", world.today), "officer": world.officer.pk, "reason": "Why not"}
    answer = client.post(of_visit("correct_visit", held), sent | {"revision": held.revision}, follow=True)
    assert "Nothing was changed" in text_of(answer)
    answer = client.post(of_visit("correct_visit", held), sent | {"revision": held.revision, "note": "x"}, follow=True)
    assert "The visit is corrected" in text_of(answer)
