"""Which version of the timeframes counts what, and what an authority's own version may replace."""

from datetime import date

import pytest

from wellplaced.bankholidays import england
from wellplaced.guidance import (
    Answer,
    ClosedDays,
    Concern,
    Facts,
    Judgement,
    Placement,
    Refusal,
    Requirement,
    Timeframes,
    Visit,
    answer,
    default_versions,
    in_force,
    needs_closed_days,
    override,
)
from wellplaced.guidance.validation import CHOICES

(SHIPPED,) = default_versions()
NEWER = override(
    SHIPPED,
    """
    number = "2"
    title = "Our own timeframes"
    in_force_from = 2026-04-01
    readings.R3 = "placement_only"
    timeframes.concern_visit.number = 5
    timeframes.judged_inadequate_or_requires_improvement.number = 2
    timeframes.confirmation_sent.number = 7
    timeframes.report_submitted.number = 10
    """,
)
BOTH = (SHIPPED, NEWER)


def one(answered: Answer, name: str) -> Requirement:
    return next(requirement for requirement in answered.requirements if requirement.id == name)


def test_a_requirement_is_counted_by_the_version_in_force_when_its_clock_starts() -> None:
    before, after = Concern("a", date(2026, 3, 31)), Concern("b", date(2026, 4, 1))
    answered = answer(Facts(date(2026, 4, 2), "sen", concerns=(before, after)), BOTH)
    assert (one(answered, "concern:a").due_on, one(answered, "concern:a").version) == (date(2026, 4, 10), "1")
    assert (one(answered, "concern:b").due_on, one(answered, "concern:b").version) == (date(2026, 4, 6), "2")
    assert one(answered, "concern:b").version_title == "Our own timeframes"


def test_the_order_in_which_versions_are_given_does_not_matter() -> None:
    facts = Facts(date(2026, 4, 2), "sen", concerns=(Concern("a", date(2026, 3, 31)), Concern("b", date(2026, 4, 1))))
    assert answer(facts, BOTH) == answer(facts, BOTH[::-1])


def test_a_clock_that_has_not_started_is_todays() -> None:
    judgement = Judgement("j", "inadequate", date(2026, 1, 1))
    placement = Placement("p", date(2026, 3, 20))
    for today, version in ((date(2026, 3, 31), "1"), (date(2026, 4, 1), "2")):
        answered = answer(Facts(today, "ifa", judgements=(judgement,), placements=(placement,)), BOTH)
        assert one(answered, "initial:p").version == version


def test_a_plan_that_comes_under_the_newer_version_is_counted_by_it() -> None:
    judgement = Judgement("j", "inadequate", date(2026, 1, 1), action_plan_received_on=date(2026, 4, 3))
    facts = Facts(date(2026, 4, 4), "ifa", judgements=(judgement,), placements=(Placement("p", date(2026, 3, 20)),))
    assert one(answer(facts, BOTH), "initial:p").due_on == date(2026, 4, 5)


def test_a_judgement_is_owed_by_the_reading_in_force_at_its_publication() -> None:
    judgements = (Judgement("a", "good", date(2026, 3, 31)), Judgement("b", "good", date(2026, 4, 30)))
    facts = Facts(date(2026, 5, 1), "ifa", judgements=judgements, placements=(Placement("p", date(2026, 3, 1)),))
    assert [requirement.id for requirement in answer(facts, BOTH).requirements if requirement.kind == "judgement"] == [
        "judgement:a"
    ]


def test_a_visits_steps_are_counted_by_the_version_in_force_at_its_booking() -> None:
    visits = (
        Visit("old", date(2026, 3, 31), date(2026, 5, 1), held=True),
        Visit("new", date(2026, 4, 1), date(2026, 5, 1), held=True),
    )
    old, new = answer(Facts(date(2026, 5, 2), "sen", visits=visits), BOTH).visits
    due = [{step.step: step.due_on for step in steps.steps} for steps in (old, new)]
    assert [each["confirmation_sent"] for each in due] == [date(2026, 4, 17), date(2026, 4, 24)]
    assert [each["report_submitted"] for each in due] == [date(2026, 5, 15), date(2026, 5, 11)]


def test_before_the_first_version_the_first_counts() -> None:
    assert in_force(BOTH, date(2000, 1, 1)) is SHIPPED
    assert in_force(BOTH, date(2026, 4, 1)) is NEWER


def test_two_versions_of_one_number_are_refused() -> None:
    with pytest.raises(Refusal):
        answer(Facts(date(2026, 4, 2), "sen"), (SHIPPED, SHIPPED))


def test_an_override_that_replaces_nothing_is_the_version_it_lies_over() -> None:
    same = override(SHIPPED, "")
    assert (same.counts, same.choices, same.document) == (SHIPPED.counts, SHIPPED.choices, SHIPPED.document)


def test_the_shipped_version_carries_its_document_control() -> None:
    assert SHIPPED.document.responsible == "named in the original"
    assert SHIPPED.document.review_on == date(2020, 7, 31)
    assert SHIPPED.document.approved_on is None
    assert len(SHIPPED.clauses) == 26


def test_every_timeframe_names_a_clause_and_every_reading_has_another_choice() -> None:
    for timeframe in SHIPPED.timeframes.values():
        assert SHIPPED.clauses[timeframe.clause]
        assert set(timeframe.readings) <= set(SHIPPED.readings)
    assert list(SHIPPED.readings) == [f"R{number}" for number in range(1, 19)]
    for reading in SHIPPED.readings.values():
        assert len(reading.choices) > 1
        assert reading.choice == CHOICES[reading.id][0]
        assert reading.sentence == reading.choices[reading.choice]


@pytest.mark.parametrize(
    ("reading", "choice"), [(reading, choice) for reading in CHOICES for choice in CHOICES[reading]]
)
def test_each_choice_can_be_taken(reading: str, choice: str) -> None:
    needed = "\ntimeframes.uploaded.number = 5" if choice == "dated" else ""
    ours = override(SHIPPED, f'readings.{reading} = "{choice}"{needed}')
    assert ours.choices[reading] == choice
    facts = Facts(date(2026, 5, 2), "sen", visits=(Visit("v", date(2026, 3, 31), date(2026, 5, 1), held=True),))
    assert answer(facts, (ours,), england()).visits


def test_the_sos_part_of_the_report_follows_its_reading() -> None:
    assert SHIPPED.sos_headings == SHIPPED.sos.headings
    assert override(SHIPPED, 'readings.R9 = "outstanding_actions"').sos_headings == ("Outstanding actions",)
    assert override(SHIPPED, 'sos.label = "Signs"\nsos.headings = ["One"]').sos.label == "Signs"


def in_working_days() -> Timeframes:
    return override(SHIPPED, "timeframes.concern_visit.unit = 'working days'")


def test_working_days_leave_out_a_local_closure() -> None:
    known = england()
    local = ClosedDays(known.days | {date(2026, 6, 1)}, known.known_from, known.known_until)
    facts = Facts(date(2026, 5, 29), "sen", concerns=(Concern("c", date(2026, 5, 29)),))
    assert one(answer(facts, (in_working_days(),), known), "concern:c").due_on == date(2026, 6, 12)
    assert one(answer(facts, (in_working_days(),), local), "concern:c").due_on == date(2026, 6, 15)


def test_working_days_are_not_counted_beyond_what_is_known() -> None:
    known = england()
    facts = Facts(known.known_until, "sen", concerns=(Concern("c", known.known_until),))
    for closed in (known, None):
        with pytest.raises(Refusal) as refused:
            answer(facts, (in_working_days(),), closed)
        assert refused.value.path == "timeframes.concern_visit"


def test_closed_days_are_asked_for_only_where_they_are_needed() -> None:
    assert not needs_closed_days(BOTH)
    assert needs_closed_days((SHIPPED, in_working_days()))
    assert needs_closed_days((override(SHIPPED, "readings.R1 = 'working_days'"),))
