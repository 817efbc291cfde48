"""C24: the flow chart says what the timeframes in force say, and counts who stands where."""

import re
from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.insight.making import booked, days, done, held, proposed
from tests.monitoring.browsing import signed_in, text_of
from tests.monitoring.world import World
from wellplaced.guidance import Facts, Timeframes, answer, default_versions, override
from wellplaced.guidance import facts as words
from wellplaced.guidance.clocks import TIMEFRAME_OF
from wellplaced.insight import placing
from wellplaced.insight.charting import Chart, chart_of
from wellplaced.insight.pages.flow_chart import flow_chart_page
from wellplaced.insight.placing import placed
from wellplaced.monitoring import actions
from wellplaced.monitoring.models import Step
from wellplaced.people.models import ProvisionType

TODAY = date(2026, 6, 10)
TYPES = [code for code, _ in ProvisionType.monitored()]
STEPS_IN_ORDER = [
    "letter_sent", "feedback_requested", "confirmation_sent", "pre_visit_form_received", "visit_held",
    "actions_followed_up", "questionnaires_chased", "report_submitted", "report_returned", "actions_completed",
    "sent_for_comment", "comment_received", "uploaded",
]  # fmt: skip
OWN = 'number = "own 1"\ntitle = "Our own"\nin_force_from = 2026-06-01\n'


def default() -> Timeframes:
    return default_versions()[-1]


def own(text: str) -> Timeframes:
    return override(default(), OWN + text)


def box(chart: Chart, key: str) -> Any:
    return next(each for each in (*chart.boxes, *chart.plan) if each.key == key)


@pytest.mark.parametrize("provision_type", TYPES)
def test_every_step_of_the_guidance_stands_in_its_order_with_its_clause_and_number(provision_type: str) -> None:
    version = default()
    steps = chart_of(version, provision_type).of_kind("step")
    assert [step.key for step in steps] == STEPS_IN_ORDER
    for step in steps:
        assert step.clause == version.timeframes[step.key].clause
        number = version.counts.get(step.key)
        assert number is None or f"{number[0]} " in step.time


@pytest.mark.parametrize(
    ("provision_type", "clauses"),
    [
        ("residential", ["C3", "C7", "C8", "C5", "C6"]),
        ("ifa", ["C3", "C7", "C8", "C5", "C6"]),
        ("sen", ["C3", "C5", "C6"]),
        ("supported_accommodation", ["C9", "C5", "C6"]),
    ],
)
def test_each_type_has_the_occasions_of_its_own_clauses(provision_type: str, clauses: list[str]) -> None:
    version = default()
    occasions = chart_of(version, provision_type).of_kind("occasion")
    assert [each.key for each in occasions] == clauses
    for each in occasions:
        number, unit = version.counts[TIMEFRAME_OF[each.clause]]
        assert each.time.startswith(f"{number} {unit} after ")


def test_the_action_plan_of_c8_is_asked_for_chased_twice_and_escalated() -> None:
    plan = chart_of(default(), "residential").plan
    assert [each.time.partition(" after ")[0] for each in plan] == ["1 day", "7 days", "14 days", "14 days"]
    assert chart_of(default(), "sen").plan == ()


def test_arrows_run_from_what_starts_a_clock() -> None:
    arrows = {(each.start, each.end) for each in chart_of(default(), "sen").arrows if each.starts}
    assert {
        ("booking", "confirmation_sent"), ("visit_held", "report_submitted"), ("report_submitted", "report_returned"),
        ("report_returned", "actions_completed"), ("report_returned", "sent_for_comment"),
        ("sent_for_comment", "comment_received"), ("comment_received", "uploaded"),
    } <= arrows  # fmt: skip


def test_another_reading_of_the_three_weeks_moves_the_arrow() -> None:
    """R4: counted from the visit."""
    chart = chart_of(own('readings.R4 = "from_visit"'), "residential")
    starts = [each.start for each in chart.arrows if each.end == "sent_for_comment" and each.starts]
    assert starts == ["visit_held"]
    assert box(chart, "sent_for_comment").time == "21 days after the visit is held"


@pytest.mark.parametrize(
    ("reading", "key", "time"),
    [
        ('R8 = "two_weeks_always"', "confirmation_sent", "14 days before the visit"),
        ('R8 = "day_of_booking"', "confirmation_sent", "On the day of booking"),
        ('R10 = "no_date"', "questionnaires_chased", "No due date"),
        ('R13 = "latest"', "visit_held", "By the latest due date of what it is to discharge"),
        ('R15 = "at_booking"', "letter_sent", "On the day of booking"),
        ('R16 = "day_of_visit"', "actions_followed_up", "On the day of the visit"),
        (
            'R17 = "next_day"',
            "report_returned",
            "7 days after the report goes to the senior officer, counted from the next day",
        ),
        ('R1 = "working_days"', "report_submitted", "14 working days after the visit is held"),
    ],
)
def test_a_reading_of_an_authoritys_own_is_said_in_words(reading: str, key: str, time: str) -> None:
    assert box(chart_of(own(f"readings.{reading}"), "residential"), key).time == time


def test_under_r2_general_and_r3_placement_only_no_visit_follows_a_judgement() -> None:
    chart = chart_of(own('readings.R2 = "general"\nreadings.R3 = "placement_only"'), "residential")
    assert [each.key for each in chart.of_kind("occasion")] == ["C3", "C5", "C6"]
    assert chart.plan == ()


@pytest.mark.parametrize("reading", ["", 'readings.R1 = "working_days"', "timeframes.report_submitted.number = 9"])
def test_the_numbers_of_the_chart_are_those_by_which_a_visit_is_counted(reading: str) -> None:
    """A visit held on Monday 1 June 2026: its report is due when the chart says."""
    from wellplaced.bankholidays import england
    from wellplaced.guidance.counting import later

    version = own(reading)
    visit = words.Visit("v", date(2026, 5, 1), date(2026, 6, 1), held=True)
    facts = Facts(today=TODAY, provision_type="residential", visits=(visit,))
    step = next(each for each in answer(facts, [version], england()).visits[0].steps if each.step == "report_submitted")
    number, unit = re.match(r"(\d+) (.+?) after", box(chart_of(version, "residential"), step.step).time).groups()  # type: ignore[union-attr]
    assert later(date(2026, 6, 1), int(number), unit, england()) == step.due_on


def test_an_authoritys_own_number_changes_its_chart_and_nobody_elses(world: World, neighbour: World) -> None:
    text = f"{OWN}timeframes.report_submitted.number = 10"
    actions.publish_timeframes(text=text, reason="Shorter reports", by=world.manager)
    ours = _page(world)
    assert "10 days after the visit is held" in ours
    assert "version own 1 of the timeframes" in ours
    assert "10 days after the visit is held" not in _page(neighbour)


def _page(world: World, provision_type: str = "residential") -> str:
    return text_of(signed_in(world.officer).get("/flow-chart/", {"type": provision_type}))


def a_year_of_work(world: World) -> None:
    """Visits at many steps, late ones among them, at homes and at a school."""
    for n in range(4):
        home = world.provision()
        world.placed(home, TODAY - days(400 + n))
        visit = held(world, TODAY - days(10 * n + 2), home)
        for step in STEPS_IN_ORDER[:n]:
            if step != "visit_held":
                done(world, visit, step, TODAY - days(10 * n + 2))
    booked(world, TODAY + days(30))
    booked(world, TODAY + days(3), world.provision("sen"))
    proposed(world, TODAY + days(9))
    cancelled = booked(world, TODAY + days(40))
    actions.cancel_visit(visit=cancelled, because="The home closed", by=world.officer, seen_revision=None)
    world.placed(world.provision(), TODAY - days(20))
    weak = world.provision()
    world.judged(weak, "inadequate", TODAY - days(30))
    world.placed(weak, TODAY - days(20))


def test_the_counts_equal_a_slow_count_of_the_rows(world: World, neighbour: World) -> None:
    a_year_of_work(world)
    a_year_of_work(neighbour)
    for provision_type in TYPES:
        page = flow_chart_page(world.officer, provision_type, TODAY)
        here, late = _slowly(world, provision_type)
        said = {row.box.key: row for row in page.steps if row.box.kind == "step"}
        for step, row in said.items():
            assert _number(row.here) == here[step], (provision_type, step)
            assert _number(row.late) == late[step], (provision_type, step)


def _slowly(world: World, provision_type: str) -> tuple[Counter[str], Counter[str]]:
    here: Counter[str] = Counter()
    late: Counter[str] = Counter()
    for row in Step.objects.select_related("visit", "provision"):
        is_live = row.visit.state in ("booked", "held") and row.visit.closed_on is None
        if row.authority_id == world.authority.pk and row.provision.type == provision_type and is_live:
            here[row.step] += row.state == "open"
            late[row.step] += row.is_overdue(TODAY)
    return here, late


def _number(count: Any) -> int:
    return int(re.findall(r"\d+", count.words)[-1]) if count else 0


def test_what_is_owed_waits_or_is_proposed_stands_at_its_occasion(world: World) -> None:
    a_year_of_work(world)
    page = flow_chart_page(world.officer, "residential", TODAY)
    rows = {row.box.key: row for row in (*page.occasions, *page.steps)}
    assert rows["C3"].late is not None
    assert rows["C8"].here is not None
    assert rows["plan"].here is not None
    assert rows["plan"].here.words == "1 waiting"
    assert rows["booking"].here is not None
    assert rows["booking"].here.words == "1 proposed"


def test_each_number_leads_to_the_list_of_as_many(world: World) -> None:
    a_year_of_work(world)
    browser = signed_in(world.officer)
    page = flow_chart_page(world.officer, "residential", TODAY)
    followed = 0
    for row in (*page.occasions, *page.steps):
        for count in (row.here, row.late):
            if count is None or (row.box.key == "plan" and count is row.late):
                continue
            lines = text_of(browser.get(f"{count.href}&format=csv")).strip().splitlines()
            assert len(lines) - 1 == _number(count), (row.box.key, count)
            followed += 1
    assert followed > 10


def test_the_page_costs_at_most_twelve_queries(world: World) -> None:
    a_year_of_work(world)
    browser = signed_in(world.manager)
    browser.get("/flow-chart/")
    with CaptureQueriesContext(connection) as asked:
        browser.get("/flow-chart/")
    assert len(asked) <= 12


@pytest.mark.parametrize("provision_type", TYPES)
def test_the_picture_holds_every_box_inside_its_frame_and_none_over_another(provision_type: str) -> None:
    chart = chart_of(default(), provision_type)
    layout = placed(chart)
    assert [each.box for each in layout.boxes] == list(chart.boxes)
    for each in layout.boxes:
        assert each.x >= 0
        assert each.y >= 0
        assert each.x + each.width <= layout.width
        assert each.y + each.height <= layout.height
    for n, one in enumerate(layout.boxes):
        for other in layout.boxes[n + 1 :]:
            beside = one.x + one.width <= other.x or other.x + other.width <= one.x
            assert beside or one.y + one.height <= other.y or other.y + other.height <= one.y


def test_the_picture_and_the_tables_say_the_same(world: World) -> None:
    a_year_of_work(world)
    page = _page(world)
    picture, tables = (
        page[page.index('<svg class="wp-flow__drawing') : page.index("</svg>")],
        page[page.index("<table") :],
    )
    for count in re.findall(r'href="([^"]+)">(\d[^<]*)<', picture):
        assert f'href="{count[0]}">{count[1]}<' in tables
    assert "style=" not in page


def test_without_the_program_the_tables_stand_alone(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which the program cannot run."""
    monkeypatch.setattr(placing, "PROGRAM", "no-such-program")
    placed.cache_clear()
    try:
        page = _page(world)
    finally:
        placed.cache_clear()
    assert "The picture cannot be drawn at the moment" in page
    assert "14 days after the visit is held" in page


def test_a_type_that_is_none_shows_the_first(world: World) -> None:
    assert '<h2 class="govuk-heading-m">Residential home</h2>' in _page(world, "castle")
