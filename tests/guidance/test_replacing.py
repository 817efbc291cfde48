"""What an authority may replace in the timeframes, the template for it, and counting in working days."""

from datetime import date
from typing import Any

import pytest

from wellplaced.bankholidays import england
from wellplaced.guidance import (
    Answer,
    ClosedDays,
    Concern,
    Facts,
    Refusal,
    Timeframes,
    Visit,
    answer,
    default_versions,
    needs_closed_days,
    override,
    override_template,
)
from wellplaced.guidance.validation import CHOICES, UNITS

BASE = default_versions()[-1]
APRIL = override(BASE, 'number = "2"\nin_force_from = 2026-04-01\ntimeframes.concern_visit.number = 5')


def due(answered: Answer, name: str) -> tuple[date | None, str]:
    """The due date of a requirement and the version that counted it."""
    [row] = [row for row in answered.requirements if row.id == name]
    return row.due_on, row.version


def raised(on: date) -> Facts:
    return Facts(today=date(2026, 6, 1), provision_type="sen", concerns=(Concern("c", on),))


# -- what may be replaced


@pytest.mark.parametrize("name", [name for name, units in UNITS.items() if units])
def test_every_number_unit_and_owner_may_be_replaced(name: str) -> None:
    reading = '\nreadings.R11 = "dated"' if name == "uploaded" else ""
    for unit in UNITS[name]:
        own = override(BASE, f'timeframes.{name}.number = 6\ntimeframes.{name}.unit = "{unit}"{reading}')
        assert (own.timeframes[name].number, own.timeframes[name].unit) == (6, unit)
        assert own.counts[name] == (6, unit)


@pytest.mark.parametrize("name", [name for name in UNITS if name != "comment_received"])
def test_every_duty_may_have_another_owner_and_other_words(name: str) -> None:
    own = override(BASE, f'timeframes.{name}.owner = "manager"\ntimeframes.{name}.duty = "Do it"')
    assert (own.timeframes[name].owner, own.timeframes[name].duty) == ("manager", "Do it")


@pytest.mark.parametrize(
    ("reading", "choice"), [(reading, choice) for reading in CHOICES for choice in CHOICES[reading]]
)
def test_every_reading_may_be_taken_in_every_way(reading: str, choice: str) -> None:
    number = "timeframes.uploaded.number = 5\n" if choice == "dated" else ""
    own = override(BASE, f'{number}readings.{reading} = "{choice}"')
    assert own.choices[reading] == choice
    assert own.readings[reading].sentence
    as_a_table = override(BASE, f'{number}readings.{reading}.choice = "{choice}"')
    assert as_a_table.choices == own.choices


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [("timeframes.concern_vist.number = 5", "concern_visit"), ("timeframes.concern_visit.nummber = 5", "number")],
)
def test_a_mistyped_key_is_refused_with_the_one_that_was_meant(wrong: str, meant: str) -> None:
    with pytest.raises(Refusal) as refused:
        override(BASE, wrong)
    assert wrong.startswith(refused.value.path)
    assert f"did you mean {meant}?" in str(refused.value)


def test_the_document_control_the_words_and_the_sos_part_may_be_replaced() -> None:
    own = override(
        BASE,
        'document.approved_on = 2026-04-01\ndocument.responsible = "Head of Service"\nclauses.C6 = "Within 5 days."\n'
        'sos = {label = "Summary", headings = ["What next"]}\nreadings.R7.question = "Which placements?"',
    )
    assert (own.document.approved_on, own.document.responsible) == (date(2026, 4, 1), "Head of Service")
    assert (own.clauses["C6"], own.sos.label, own.sos.headings) == ("Within 5 days.", "Summary", ("What next",))
    assert own.readings["R7"].question == "Which placements?"
    assert own.clauses["C5"] == BASE.clauses["C5"]


def test_a_version_laid_over_another_leaves_it_as_it_was() -> None:
    before = override_template(BASE)
    override(BASE, "timeframes.concern_visit.number = 1\nsos.headings = ['x']\nreadings.R1 = 'working_days'")
    assert override_template(BASE) == before


# -- the template


def test_the_template_changes_nothing_as_it_stands() -> None:
    assert override(BASE, override_template(BASE)).source == BASE.source


def test_the_template_begins_with_the_number_and_the_day_that_are_given() -> None:
    own = override(BASE, override_template(BASE, number="own 1", in_force_from=date(2026, 4, 1)))
    assert (own.number, own.in_force_from, own.title) == ("own 1", date(2026, 4, 1), BASE.title)
    assert own.counts == BASE.counts


def test_the_template_with_every_line_in_force_is_the_version_itself() -> None:
    lines = override_template(APRIL).splitlines()
    whole = "\n".join(line.removeprefix("# ") for line in lines)
    assert override(BASE, whole).source == APRIL.source


def test_the_template_names_everything_that_may_be_replaced() -> None:
    template = override_template(BASE)
    for name, units in UNITS.items():
        part = template.split(f"# [timeframes.{name}]\n")[1].split("\n\n")[0]
        assert "# owner = " in part
        assert ("# number = " in part and "# unit = " in part) or not units or name == "uploaded"
    for reading, choices in CHOICES.items():
        assert f'# {reading} = "' in template
        assert all(f"#:   {choice}: " in template for choice in choices)
    for key in ("number", "title", "in_force_from", "status", "responsible", "review_on", "label", "headings", "C26"):
        assert f"# {key} = " in template


# -- working days


def in_working_days(number: int) -> Timeframes:
    return override(BASE, f'timeframes.concern_visit = {{number = {number}, unit = "working days"}}')


def test_working_days_need_the_closed_days() -> None:
    assert needs_closed_days([BASE, in_working_days(10)])
    assert needs_closed_days([override(BASE, 'readings.R1 = "working_days"')])
    assert not needs_closed_days([BASE])
    with pytest.raises(Refusal, match=r"timeframes\.concern_visit: .*without the bank holidays"):
        answer(raised(date(2026, 4, 1)), [in_working_days(10)])


def test_easter_and_a_local_closure_day_are_stepped_over() -> None:
    bank = england()
    facts = raised(date(2026, 4, 1))  # a Wednesday; Good Friday and Easter Monday follow
    assert due(answer(facts, [in_working_days(3)], bank), "concern:c")[0] == date(2026, 4, 8)
    ours = ClosedDays(bank.days | {date(2026, 4, 8)}, bank.known_from, bank.known_until)
    assert due(answer(facts, [in_working_days(3)], ours), "concern:c")[0] == date(2026, 4, 9)


def test_no_working_days_at_all_is_the_same_day() -> None:
    assert due(answer(raised(date(2026, 4, 4)), [in_working_days(0)], england()), "concern:c")[0] == date(2026, 4, 4)


@pytest.mark.parametrize("side", ["before", "beyond"])
def test_beyond_the_bank_holidays_that_are_known_nothing_is_guessed(side: str) -> None:
    bank = england()
    on = bank.known_until if side == "beyond" else date(bank.known_from.year - 2, 1, 1)
    facts = Facts(today=date(bank.known_until.year + 1, 1, 1), provision_type="sen", concerns=(Concern("c", on),))
    with pytest.raises(Refusal, match=r"timeframes\.concern_visit: bank holidays are known from") as refused:
        answer(facts, [in_working_days(1)], bank)
    assert refused.value.path == "timeframes.concern_visit"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("", date(2026, 3, 10)),
        ('timeframes.confirmation_sent = {number = 10, unit = "working days"}', date(2026, 3, 10)),
        ('timeframes.confirmation_sent = {number = 3, unit = "weeks"}', date(2026, 3, 3)),
    ],
)
def test_the_notice_ahead_of_a_visit_is_counted_backwards(text: str, day: date) -> None:
    visit = Visit("v", date(2026, 1, 1), date(2026, 3, 24))
    facts = Facts(today=date(2026, 2, 1), provision_type="sen", visits=(visit,))
    steps: Any = answer(facts, [override(BASE, text)], england()).visits[0].steps
    assert [step.due_on for step in steps[:3]] == [day, day, day]


def test_the_first_and_the_last_day_that_are_known_can_be_counted() -> None:
    week = ClosedDays(frozenset(), date(2026, 3, 2), date(2026, 3, 6))  # Monday to Friday
    assert due(answer(raised(date(2026, 3, 1)), [in_working_days(5)], week), "concern:c")[0] == date(2026, 3, 6)
    for on, number in ((date(2026, 3, 1), 6), (date(2026, 2, 28), 1)):
        with pytest.raises(Refusal, match="known from 2026-03-02 to 2026-03-06"):
            answer(raised(on), [in_working_days(number)], week)
