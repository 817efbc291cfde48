"""Timeliness: figures of C3 to C23 that equal a slow count of the rows, each leading to the list of what it counts."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.monitoring.browsing import signed_in
from tests.monitoring.world import World, make_world
from wellplaced.monitoring import actions
from wellplaced.monitoring.actions.steps import NewRecipient
from wellplaced.monitoring.models import Requirement, Step, Visit
from wellplaced.people import actions as people
from wellplaced.people.models import Person, ProvisionType
from wellplaced.people.rights import Role

LONDON = ZoneInfo("Europe/London")
DAY = timedelta(days=1)
PAGE = "/timeliness/"
BY = ("clause", "month", "type", "officer")


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2026, 6, 10, 9, 30, tzinfo=LONDON), tick=False) as traveller:
        yield traveller


@pytest.fixture
def world(db: None, clock: time_machine.Traveller) -> World:
    return make_world()


def concern(world: World, provision: Any, raised_on: date) -> str:
    """A concern, by the key of the visit that it makes due 10 days later (C6)."""
    raised = actions.raise_concern(
        provision=provision,
        raised_on=raised_on,
        raised_by="Social worker",
        how="telephone",
        summary="Staff changed",
        by=world.officer,
        on=world.today,
    )
    return f"concern:{raised.pk}"


def held(world: World, provision: Any, visit_on: date, *keys: str, officer: Person | None = None) -> Visit:
    return actions.record_past_visit(
        provision=provision,
        visit_on=visit_on,
        booked_on=visit_on - 5 * DAY,
        officer=officer or world.officer,
        discharges=keys,
        by=world.officer,
    )


def done(world: World, visit: Visit, step: str, on: date) -> None:
    actions.record_step(visit=visit, step=step, done_on=on, by=world.officer, on=world.today)


def figures(client: Client, query: str = "") -> dict[str, dict[str, str]]:
    """The rows of the CSV file by their labels."""
    return {label: row for (_, label), row in parts(client, query).items()}


def parts(client: Client, query: str) -> dict[tuple[str, str], dict[str, str]]:
    """The rows of the CSV file by their part and their label."""
    answer = client.get(f"{PAGE}?format=csv&{query}")
    rows = csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig")))
    return {(row["Part"], row["Set out by"]): row for row in rows}


def words(client: Client, query: str = "") -> str:
    page = client.get(f"{PAGE}?{query}").text.partition("<main")[2]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_in_time_late_and_overdue_are_three_things(world: World) -> None:
    in_time, late, overdue = (world.provision() for _ in range(3))
    held(world, in_time, date(2026, 5, 11), concern(world, in_time, date(2026, 5, 1)))
    held(world, late, date(2026, 5, 12), concern(world, late, date(2026, 5, 1)))
    concern(world, overdue, date(2026, 5, 1))
    row = figures(signed_in(world.manager))["C6 Visit about a concern"]
    assert [row[name] for name in ("In time", "Late", "Open", "Of them overdue")] == ["1", "1", "1", "1"]
    assert (row["Was due (in time, late or overdue)"], row["Percent in time"]) == ("3", "33")
    assert "1 of 3" in words(signed_in(world.manager)), "of so few no percentage"


def test_a_report_of_the_fifteenth_day_is_late_and_one_of_the_fourteenth_is_not(world: World) -> None:
    for number, days in enumerate((14, 15)):
        visit = held(world, world.provision(), date(2026, 5, 4 + number))
        done(world, visit, "report_submitted", visit.visit_on + days * DAY)
    row = figures(signed_in(world.manager))["C18 Report"]
    assert (row["In time"], row["Late"], row["Of them overdue"]) == ("1", "1", "0")


def test_a_visit_that_lapsed_and_one_that_was_waived_count_as_such_and_in_no_share(world: World) -> None:
    lapsed, waived = world.provision(), world.provision()
    world.placed(lapsed, date(2026, 5, 4), date(2026, 5, 5))
    key = concern(world, waived, date(2026, 5, 1))
    owed = Requirement.objects.get(key=key)
    actions.waive(requirement=owed, reason="Raised twice", by=world.manager, on=world.today)
    rows = figures(signed_in(world.manager))
    assert (rows["C3 Initial visit"]["Lapsed"], rows["C3 Initial visit"]["Percent in time"]) == ("1", "")
    assert (rows["C6 Visit about a concern"]["Waived or set aside"], rows["C6 Visit about a concern"]["Open"]) == (
        "1",
        "0",
    )


def test_visits_of_a_file_count_for_no_step_and_the_page_says_so(world: World) -> None:
    visit = held(world, world.provision(), date(2026, 5, 4))
    Visit.objects.filter(pk=visit.pk).update(loaded=True)
    client = signed_in(world.manager)
    assert not any(label.startswith("C1") for label in figures(client))
    held(world, world.provision(), date(2026, 5, 5))
    assert "Visits that came from a file at going live are left out" in words(client)


def test_a_recipient_who_stayed_silent_is_overdue_even_when_the_visit_is_closed(world: World) -> None:
    visit = held(world, world.provision(), date(2026, 5, 4))
    for step, day in (("report_submitted", 8), ("report_returned", 12), ("sent_for_comment", 14)):
        done(world, visit, step, date(2026, 5, day))
    new = [NewRecipient(key=key, role=key, name=key.title()) for key in ("csw", "provider")]
    csw, _ = actions.name_recipients(visit=visit, recipients=new, by=world.officer, on=world.today)
    actions.record_answer(recipient=csw, answered_on=date(2026, 5, 16), by=world.officer, on=world.today)
    Visit.objects.filter(pk=visit.pk).update(closed_on=world.today)
    client = signed_in(world.manager)
    row = figures(client)["C22 Comment"]
    assert (row["In time"], row["Of them overdue"]) == ("1", "1")
    assert_each_number_leads_to_what_it_counts(client, "")


def test_without_a_due_date_the_day_on_which_it_was_done_counts(world: World) -> None:
    visit = held(world, world.provision(), date(2026, 3, 4))
    done(world, visit, "uploaded", date(2026, 5, 20))
    client = signed_in(world.manager)
    may, march = "start=2026-05-01&end=2026-05-31", "start=2026-03-01&end=2026-03-31"
    assert figures(client, may)["C23 Upload onto Mosaic"]["Done, had no due date"] == "1"
    assert "C23 Upload onto Mosaic" not in figures(client, march)


@pytest.mark.parametrize("by", BY)
def test_the_figures_equal_a_slow_count_of_the_rows(world: World, neighbour: World, by: str) -> None:
    a_year_of_work(world)
    a_year_of_work(neighbour)
    client = signed_in(world.manager)
    for query, narrowed in (("", {}), ("&type=sen", {"type": "sen"}), (f"&officer={world.officer.pk}", {"officer": 1})):
        shown = parts(client, f"by={by}&start=2026-01-01&end=2026-06-30{query}")
        assert {label: _numbers(row) for label, row in shown.items() if any(_numbers(row))} == slowly(
            world, by, narrowed
        )


@pytest.mark.parametrize("by", BY)
def test_each_number_leads_to_the_list_of_what_it_counts(world: World, by: str) -> None:
    a_year_of_work(world)
    client = signed_in(world.manager)
    assert_each_number_leads_to_what_it_counts(client, f"by={by}&start=2026-01-01&end=2026-06-30")
    assert_each_number_leads_to_what_it_counts(client, f"by={by}&type=sen")


def test_a_month_alone_a_type_alone_a_clause_alone(world: World) -> None:
    a_year_of_work(world)
    client = signed_in(world.manager)
    assert all(label.endswith("2026") for label in figures(client, "by=month"))
    assert set(figures(client, "by=type&type=sen")) == {"SEN provision"}
    assert set(figures(client, "clause=C18")) == {"C18 Report"}
    assert set(figures(client, "clause=C6")) == {"C6 Visit about a concern"}


def test_a_period_of_many_years_is_set_out_by_year(world: World) -> None:
    a_year_of_work(world)
    client = signed_in(world.manager)
    assert set(figures(client, "by=month&start=2020-01-01")) == {"2026"}
    assert_each_number_leads_to_what_it_counts(client, "by=month&start=2020-01-01")


def test_another_authority_s_work_is_in_nobody_else_s_figures(world: World, neighbour: World) -> None:
    a_year_of_work(neighbour)
    assert "No figures yet" in words(signed_in(world.manager))
    assert not figures(signed_in(world.manager), "by=officer")


def test_an_authority_that_has_recorded_nothing_is_told_how_figures_come(world: World) -> None:
    page = words(signed_in(world.manager))
    assert "No figures yet" in page
    assert "Nobody fills this in. It follows from the placements, concerns, judgements and visits" in page
    assert "Nothing counts in this period with these filters" in words(signed_in(world.manager), "type=sen")


def test_officers_and_viewers_may_not_see_the_figures_of_the_team(world: World) -> None:
    assert signed_in(world.officer).get(PAGE).status_code == 403
    assert signed_in(world.senior).get(PAGE).status_code == 200


def test_a_period_that_ends_before_it_starts_is_refused_and_what_was_typed_stays(world: World) -> None:
    page = signed_in(world.manager).get(f"{PAGE}?start=2026-05-10&end=2026-05-01").text
    assert "The end of the period must be on or after its start" in page
    assert 'value="2026"' in page
    for nonsense in ("start=2026-02-31", "by=nothing", "officer=999999", "type=palace", "clause=C99", "end=0001-01-01"):
        assert signed_in(world.manager).get(f"{PAGE}?{nonsense}").status_code == 200


def test_no_young_person_stands_in_the_figures(world: World) -> None:
    a_year_of_work(world)
    client = signed_in(world.manager)
    page = "".join(words(client, f"by={by}") for by in BY)
    assert not re.search(r"\bM\d+\b", page)


def test_the_picture_says_in_words_what_it_shows(world: World) -> None:
    a_year_of_work(world)
    page = signed_in(world.manager).get(PAGE).text
    assert page.count('role="img"') == 2
    assert '<title id="owed-title">Visits owed (C3 to C9), by clause</title>' in page
    assert re.search(r'<desc id="owed-desc">Stacked bars\. C3 Initial visit: \d+ ', page)


def test_a_name_that_a_spreadsheet_would_run_is_text_in_the_download(world: World) -> None:
    rogue = people.add_person(
        authority=world.authority,
        name="=HYPERLINK(1)",
        email="rogue@fen.example",
        roles=[Role.PLACEMENT_OFFICER],
        by=None,
    )
    people.approve(
        person=rogue, provision_type="residential", starts_on=date(2015, 1, 1), ends_on=None, by=world.manager
    )
    held(world, world.provision(), date(2026, 5, 4), officer=rogue)
    assert "'=HYPERLINK(1)" in figures(signed_in(world.manager), "by=officer")


@pytest.mark.parametrize("by", BY)
def test_the_figures_take_at_most_12_queries_however_much_there_is(world: World, by: str) -> None:
    client = signed_in(world.manager)
    a_year_of_work(world)
    few = cost(client, f"{PAGE}?by={by}")
    a_year_of_work(world)
    a_year_of_work(world)
    assert cost(client, f"{PAGE}?by={by}") == few <= 12


def cost(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


@pytest.fixture
def neighbour(world: World) -> World:
    return make_world("Alderbrook Borough Council", "ald", operator=world.operator)


def a_year_of_work(world: World) -> None:
    """Visits owed in every state and steps in every state, at two types of provision, by two people, over six months."""
    for month in (1, 4, 5):
        for kind, officer in ((ProvisionType.RESIDENTIAL, world.officer), (ProvisionType.SEN, world.senior)):
            provision = world.provision(kind)
            actions.assign(provision=provision, officer=officer, by=world.manager, on=date(2026, 1, 1))
            placement = world.placed(provision, date(2026, month, 3))
            keys = [f"initial:{placement.pk}", concern(world, provision, date(2026, month, 4))]
            concern(world, provision, date(2026, month, 20))
            visit = held(world, provision, date(2026, month, 6 + month), *keys, officer=officer)
            work_through(world, visit, late=month % 2 * 5, rounds=month)
    unlooked_after = world.provision()
    world.placed(unlooked_after, date(2026, 5, 4), date(2026, 5, 5))
    world.placed(unlooked_after, date(2026, 5, 8))
    world.judged(unlooked_after, "inadequate", date(2026, 6, 1))
    set_aside_and_called_off(world)


def work_through(world: World, visit: Visit, *, late: int, rounds: int) -> None:
    """As many steps of a visit as the month allows, some of them late."""
    steps = ("confirmation_sent", "actions_followed_up", "report_submitted", "report_returned", "sent_for_comment")
    days = (-3, 1, 12, 17, 20)
    for step, after in list(zip(steps, days, strict=True))[:rounds]:
        done(world, visit, step, visit.visit_on + (after + (late if after > 0 else 0)) * DAY)
    if rounds == 5:
        new = [NewRecipient(key=key, role=key, name=key.title()) for key in ("csw", "provider")]
        csw, _ = actions.name_recipients(visit=visit, recipients=new, by=world.officer, on=world.today)
        actions.record_answer(recipient=csw, answered_on=world.today, by=world.officer, on=world.today)


def set_aside_and_called_off(world: World) -> None:
    visit = held(world, world.provision(), date(2026, 4, 7))
    for step in ("letter_sent", "uploaded"):
        actions.set_step_aside(visit=visit, step=step, because="Came by hand", by=world.officer, on=world.today)
    done(world, visit, "questionnaires_chased", date(2026, 4, 20))
    refused = actions.book_visit(
        provision=world.provision(), officer=world.senior, visit_on=world.today, by=world.senior, on=world.today
    )
    done(world, refused, "letter_sent", world.today)
    actions.record_not_held(visit=refused, because="Refused at the door", by=world.senior, seen_revision=None)
    Visit.objects.filter(pk=held(world, world.provision(), date(2026, 4, 9)).pk).update(loaded=True)
    Visit.objects.filter(pk=held(world, world.provision(), date(2026, 4, 14)).pk).update(closed_on=world.today)


def _numbers(row: dict[str, str]) -> tuple[int, ...]:
    names = ("In time", "Late", "Done, had no due date", "Open", "Of them overdue", "Lapsed", "Waived or set aside")
    return tuple(int(row[name]) for name in names)


def slowly(world: World, by: str, narrowed: dict[str, Any]) -> dict[tuple[str, str], tuple[int, ...]]:
    """The same figures, row by row, from 1 January to 30 June."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    owed, steps = Requirement.objects.filter(authority=world.authority), Step.objects.filter(authority=world.authority)
    told = [("Visits owed (C3 to C9)", *_requirement(world, row, by), row) for row in owed]
    told += [("Steps of visits (C12 to C23)", *_step(world, row, by), row) for row in steps]
    for part, day, label, officer, said, row in told:
        if not said or day is None or not date(2026, 1, 1) <= day <= date(2026, 6, 30):
            continue
        other_type = narrowed.get("type") and row.provision.type != narrowed["type"]
        if other_type or (narrowed.get("officer") and officer != world.officer):
            continue
        counts.setdefault((part, label), Counter()).update(said)
    names = ("in time", "late", "undated", "open", "overdue", "lapsed", "aside")
    return {label: tuple(found[name] for name in names) for label, found in counts.items()}


CLAUSES = {
    "C3": "C3 Initial visit",
    "C5": "C5 Annual visit",
    "C6": "C6 Visit about a concern",
    "C7": "C7 Judged good or outstanding",
    "C8": "C8 Judged less than good",
}
STEPS = {
    "letter_sent": "C13 Letter",
    "feedback_requested": "C14 Feedback requests",
    "confirmation_sent": "C15 Confirmation",
    "pre_visit_form_received": "C13 Pre-visit form",
    "visit_held": "C12 Visit",
    "actions_followed_up": "C17 Follow-up email",
    "questionnaires_chased": "C16 Questionnaires",
    "report_submitted": "C18 Report",
    "report_returned": "C19 Return of the report",
    "sent_for_comment": "C21 Sending for comment",
    "comment_received": "C22 Comment",
    "uploaded": "C23 Upload onto Mosaic",
}


def _label(by: str, clause: str, day: date | None, row: Any, officer: Person | None) -> str:
    return {
        "clause": clause,
        "month": f"{day:%B %Y}" if day else "",
        "type": row.provision.get_type_display(),
        "officer": officer.name if officer else "Nobody yet",
    }[by]


def _requirement(world: World, row: Requirement, by: str) -> tuple[date | None, str, Person | None, list[str]]:
    looking = row.provision.assignment_set.filter(authority=world.authority, ends_on=None).first()
    officer = looking.officer if looking else None
    day = row.due_on or row.escalate_on
    said = {"discharged": [{True: "in time", False: "late", None: "undated"}[row.in_time]], "lapsed": ["lapsed"]}
    said["waived"], said["superseded"] = ["aside"], []
    if row.state not in said:
        said[row.state] = ["open", "overdue"] if row.due_on and row.due_on < world.today else ["open"]
    return day, _label(by, CLAUSES[row.clause], day, row, officer), officer, said[row.state]


def _step(world: World, row: Step, by: str) -> tuple[date | None, str, Person | None, list[str]]:
    visit, day = row.visit, row.due_on or row.done_on or row.visit.visit_on
    said = {"done": [{True: "in time", False: "late", None: "undated"}[row.in_time]], "set_aside": ["aside"]}
    said["waiting"] = []
    said["open"] = ["open", "overdue"] if row.due_on and row.due_on < world.today else ["open"]
    counts = not visit.loaded and (visit.state in ("booked", "held") or row.state in ("done", "set_aside"))
    return day, _label(by, STEPS[row.step], day, row, visit.officer), visit.officer, said[row.state] if counts else []


def assert_each_number_leads_to_what_it_counts(client: Client, query: str) -> None:
    """Every number of the tables against the list that it leads to."""
    page = client.get(f"{PAGE}?{query}").text
    links = re.findall(r'<a class="govuk-link" href="(/(?:owed|steps)/\?[^"]+)">([\d,]+)<', page)
    assert links
    for href, number in links:
        address = unescape(href)
        assert parse_qs(urlsplit(address).query)["counted_from"]
        answer = client.get(f"{address}&format=csv")
        rows = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))[1:]
        assert len(rows) == int(number), address
