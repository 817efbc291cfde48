"""'Why this date?', the day to act and the day to book by, and the steps while an action plan is awaited."""

from datetime import date

from wellplaced.bankholidays import england
from wellplaced.guidance import (
    PLAN_STEPS,
    Concern,
    Facts,
    Judgement,
    Placement,
    StepState,
    Visit,
    act_by,
    answer,
    book_by,
    default_versions,
    explain,
    override,
    plan_steps,
)
from wellplaced.guidance.owed import Step

VERSIONS = default_versions()
(SHIPPED,) = VERSIONS


def steps_of(visit: Visit, today: date) -> dict[str, Step]:
    (found,) = answer(Facts(today, "sen", visits=(visit,)), VERSIONS).visits
    return {step.step: step for step in found.steps}


def test_a_count_across_a_months_end() -> None:
    judgement = Judgement("j", "good", date(2025, 6, 1))
    facts = Facts(date(2026, 1, 25), "ifa", judgements=(judgement,), placements=(Placement("p", date(2026, 1, 20)),))
    why = explain(answer(facts, VERSIONS).requirements[0], VERSIONS)
    assert why.clause == "C7"
    assert why.event == "the placement starts"
    assert why.count == "20 January 2026 + 14 days = 3 February 2026"
    assert [station.words for station in why.stations] == ["11 days to 31 January", "3 days to 3 February"]
    assert why.stations[-1].total == 14
    assert [reading.id for reading in why.readings] == ["R1", "R2", "R3", "R7", "R18"]
    assert (why.version, why.in_force_from) == ("1", SHIPPED.in_force_from)


def test_a_clock_that_has_not_started_has_no_count() -> None:
    judgement = Judgement("j", "inadequate", date(2025, 6, 1))
    facts = Facts(date(2026, 1, 25), "ifa", judgements=(judgement,), placements=(Placement("p", date(2026, 1, 20)),))
    why = explain(answer(facts, VERSIONS).requirements[0], VERSIONS)
    assert (why.count, why.stations, why.due_on) == ("", (), None)
    assert why.event == "the action plan is received"


def test_a_count_where_the_first_day_counts_begins_the_day_before() -> None:
    ours = (override(SHIPPED, "readings.R1 = 'first_day_counts'"),)
    facts = Facts(date(2026, 3, 22), "sen", concerns=(Concern("c", date(2026, 3, 20)),))
    why = explain(answer(facts, ours).requirements[0], ours)
    assert why.count == "19 March 2026 + 10 days = 29 March 2026"


def test_a_count_in_working_days() -> None:
    ours = (override(SHIPPED, "timeframes.concern_visit.unit = 'working days'"),)
    facts = Facts(date(2026, 12, 24), "sen", concerns=(Concern("c", date(2026, 12, 24)),))
    why = explain(answer(facts, ours, england()).requirements[0], ours, england())
    assert why.count == "24 December 2026 + 10 working days = 12 January 2027"
    assert [(station.days, station.until) for station in why.stations] == [
        (3, date(2026, 12, 31)),
        (7, date(2027, 1, 12)),
    ]


def test_a_count_ahead_of_a_visit_and_at_short_notice() -> None:
    ahead = steps_of(Visit("v", date(2026, 3, 1), date(2026, 3, 20)), date(2026, 3, 1))
    assert explain(ahead["letter_sent"], VERSIONS).count == "20 March 2026 − 14 days = 6 March 2026"
    short = steps_of(Visit("v", date(2026, 3, 10), date(2026, 3, 20)), date(2026, 3, 10))
    assert explain(short["confirmation_sent"], VERSIONS).count == (
        "20 March 2026 − 14 days = 6 March 2026; the visit was booked on 10 March 2026"
    )


def test_every_step_can_be_explained() -> None:
    done = {
        "report_submitted": date(2026, 3, 21),
        "report_returned": date(2026, 3, 22),
        "sent_for_comment": date(2026, 3, 23),
    }
    visit = Visit(
        "v", date(2026, 3, 1), date(2026, 3, 20), held=True, recipients=("provider",), done=done, actions_named=1
    )
    for step in steps_of(visit, date(2026, 4, 1)).values():
        why = explain(step, VERSIONS)
        assert why.clause_words == SHIPPED.clauses[step.clause]
        assert why.duty
        assert why.event


def test_a_due_date_on_a_closed_day_says_when_to_act() -> None:
    sunday = act_by(date(2026, 6, 7))
    assert sunday is not None
    assert (sunday.on, sunday.words) == (date(2026, 6, 5), "falls on a Sunday: act by Friday 5 June")
    christmas = act_by(date(2026, 12, 28), england())
    assert christmas is not None
    assert christmas.on == date(2026, 12, 24)
    assert act_by(date(2026, 6, 5), england()) is None


def test_a_visit_is_booked_two_weeks_before_it_is_due() -> None:
    assert book_by(date(2026, 3, 20), SHIPPED) == date(2026, 3, 6)


def awaited(
    today: date, received_on: date | None = None, chased_on: tuple[date, ...] = ()
) -> list[tuple[str, date | None, str]]:
    steps = plan_steps(
        clock_on=date(2026, 1, 20),
        requested_on=date(2026, 1, 21),
        chased_on=chased_on,
        received_on=received_on,
        escalated_on=None,
        today=today,
        timeframes=SHIPPED,
    )
    return [(step.step, step.due_on, step.state.value) for step in steps]


def test_an_action_plan_is_asked_for_chased_twice_and_goes_to_the_manager() -> None:
    assert awaited(date(2026, 1, 28)) == [
        ("plan_requested", date(2026, 1, 21), "done"),
        ("plan_chased_first", date(2026, 1, 27), "overdue"),
        ("plan_chased_second", date(2026, 2, 3), "open"),
        ("plan_escalated", date(2026, 2, 3), "open"),
    ]


def test_what_was_not_done_when_the_plan_came_is_not_needed() -> None:
    states = [state for _, _, state in awaited(date(2026, 2, 20), date(2026, 1, 30), (date(2026, 1, 27),))]
    assert states == ["done", "done", "not_needed", "not_needed"]


def test_without_dates_for_chasing_the_request_stands_alone() -> None:
    ours = override(SHIPPED, "readings.R14 = 'requested_only'")
    steps = plan_steps(
        clock_on=date(2026, 1, 20),
        requested_on=None,
        chased_on=(),
        received_on=None,
        escalated_on=None,
        today=date(2026, 1, 21),
        timeframes=ours,
    )
    assert [(step.step, step.state) for step in steps] == [(PLAN_STEPS[0], StepState.OPEN)]
