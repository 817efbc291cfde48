"""An uploaded table is read as people save it, and what cannot be read is named by row and column."""

import contextlib
import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellplaced.sheets.columns import Column, Kind
from wellplaced.sheets.decoding import Refusal
from wellplaced.sheets.mending import file_to_mend, template
from wellplaced.sheets.reading import Problem, read_table

COLUMNS = (
    Column(name="reference", required=True, longest=20),
    Column(name="starts_on", kind=Kind.DATE, required=True),
    Column(name="ehc_plan", kind=Kind.YES_NO),
    Column(name="kind", kind=Kind.CHOICE, choices={"initial": "An initial visit", "whole_form": "The whole form"}),
    Column(name="email", kind=Kind.EMAIL),
    Column(name="places", kind=Kind.INT),
)


def read(text: str, encoding: str = "utf-8"):
    return read_table(text.encode(encoding), COLUMNS)


def only_problem(text: str) -> Problem:
    (problem,) = read(text).problems
    return problem


def test_every_kind_of_cell_is_read():
    (row,) = read(
        "reference,starts_on,ehc_plan,kind,email,places\nM1001,01/03/2026,Yes,Whole form,A.B@Example.org,4\n"
    ).rows
    assert row.number == 2
    assert row.values == {
        "reference": "M1001",
        "starts_on": date(2026, 3, 1),
        "ehc_plan": True,
        "kind": "whole_form",
        "email": "a.b@example.org",
        "places": 4,
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encodings_and_separators_that_spreadsheets_save_in_are_read(encoding, separator):
    text = separator.join(["Reference", "Starts On"]) + "\r\n" + separator.join(["Zoë–1", "2026-03-01"]) + "\r\n"
    (row,) = read(text, encoding).rows
    assert row.values["reference"] == "Zoë–1"
    assert row.values["starts_on"] == date(2026, 3, 1)


def test_a_separator_line_of_excel_is_understood():
    (row,) = read("sep=;\nreference;starts_on\nM1;1/3/2026\n").rows
    assert (row.number, row.values["starts_on"]) == (3, date(2026, 3, 1))


def test_headings_may_differ_in_case_space_and_order_and_unknown_columns_are_passed_over():
    table = read("STARTS  ON,Notes, Reference \n2026-03-01,hello,M1\n")
    assert table.rows[0].values["reference"] == "M1"
    assert table.passed_over == ("Notes",)


def test_blank_rows_are_no_rows_and_the_rows_keep_the_numbers_a_spreadsheet_shows():
    table = read('\nreference,starts_on\n"M\n1",2026-03-01\n,\n\nM2,2026-03-02\n')
    assert [row.number for row in table.rows] == [3, 6]


@pytest.mark.parametrize("cell", ["1-Mar-2026", "1 March 2026", "01 mar 2026", "1/3/2026", "01.03.2026"])
def test_a_day_is_read_as_people_and_spreadsheets_write_it(cell):
    assert read(f"reference,starts_on\nM1,{cell}\n").rows[0].values["starts_on"] == date(2026, 3, 1)


def test_midnight_behind_a_date_is_passed_over():
    assert read("reference,starts_on\nM1,01/03/2026 00:00\n").rows[0].values["starts_on"] == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("29/02/2026", "There is no such day. Write day, month, year, like 31/03/2026."),
        ("1/3/26", "The year needs four digits, like 31/03/2026. In a spreadsheet, format the column so."),
        ("1-Mar-26", "The year needs four digits, like 31/03/2026. In a spreadsheet, format the column so."),
        ("46113", "It is a spreadsheet’s number for a day. Format the column as dates, like 31/03/2026."),
        ("1-Mai-2026", "It is not a date. Write it like 31/03/2026 or 2026-03-31."),
        ("March", "It is not a date. Write it like 31/03/2026 or 2026-03-31."),
        ("01/03/0026", "The year must be between 1900 and 2200."),
        ("", "It is blank. Every row needs it."),
    ],
)
def test_a_date_that_is_none_says_why(cell, why):
    assert only_problem(f"reference,starts_on\nM1,{cell}\n") == Problem(2, "starts_on", cell, why)


@pytest.mark.parametrize(
    ("column", "cell", "why"),
    [
        ("ehc_plan", "perhaps", "Write yes or no."),
        ("kind", "surprise", "It is not one of the values this column takes: initial, whole_form."),
        ("email", "nobody", "It is not an email address. Write it like name@example.org."),
        ("places", "four", "It is not a whole number."),
    ],
)
def test_other_cells_that_cannot_be_read_say_why(column, cell, why):
    problem = only_problem(f"reference,starts_on,{column}\nM1,2026-03-01,{cell}\n")
    assert problem == Problem(2, column, cell, why)


def test_a_text_that_is_too_long_is_named():
    assert "30 characters" in only_problem(f"reference,starts_on\n{'M' * 30},2026-03-01\n").why


def test_a_row_with_more_cells_than_headings_is_named():
    assert only_problem("reference,starts_on\nM1,2026-03-01,stray\n").value == "stray"


def test_good_rows_stand_beside_bad_ones():
    table = read("reference,starts_on\nM1,2026-03-01\nM2,never\n,2026-03-01\n")
    assert [row.number for row in table.rows] == [2]
    assert [(problem.row, problem.column) for problem in table.problems] == [(3, "starts_on"), (4, "reference")]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty"),
        (b"PK\x03\x04more", "Save as"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Excel workbook"),
        (b"%PDF-1.7", "PDF"),
        (b"reference\x00,starts_on", "not a text file"),
        (b"\x81\x8d\x8f", "not a text file"),
        (b"reference,when\nM1,1", "starts_on"),
        (b"reference,starts_on\n", "no row below"),
        (b",,\n\n", "no heading row"),
        (b"reference,Reference,starts_on\n1,2,3", "twice"),
        (b'reference,starts_on\n"M1,2026-03-01\nM2', "quotation mark"),
        (b"x" * 5_000_001, "larger than 5 MB"),
        (b"reference,starts_on" + b"," * 140_000 + b"\nM1,2026-03-01", "which no spreadsheet has"),
        (b"reference,starts_on\n" + b"\n" * 1_100_000 + b"M1,2026-03-01", "which no spreadsheet has"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_what_to_do(content, words):
    with pytest.raises(Refusal, match=words):
        read_table(content, COLUMNS)


def test_a_table_with_too_many_rows_is_refused():
    with pytest.raises(Refusal, match="10,000"):
        read("reference,starts_on\n" + "M1,2026-03-01\n" * 10_001)


def test_the_file_to_mend_has_exactly_the_bad_rows_and_loads_after_mending():
    table = read("Notes,reference,starts_on\n=1+1,M1,never\nfine,M2,2026-03-01\n-,M3,1/3/26\n")
    mend = file_to_mend(table, table.problems).decode("utf-8-sig")
    lines = mend.splitlines()
    assert lines[0] == "Notes,reference,starts_on,problems"
    assert lines[1].startswith("'=1+1,M1,never,starts_on: It is not a date.")
    assert lines[2].startswith("'-,M3,1/3/26,")
    again = read(mend.replace("never", "2026-03-01").replace("1/3/26", "1/3/2026"))
    assert [row.values["reference"] for row in again.rows] == ["M1", "M3"]
    assert again.problems == ()
    assert again.passed_over == ("Notes",)


def test_a_problem_found_later_than_by_reading_is_in_the_file_to_mend_too():
    table = read("reference,starts_on\nM1,2026-03-01\n")
    mend = file_to_mend(table, [Problem(2, "reference", "M1", "Nobody has this reference.")])
    assert b"reference: Nobody has this reference." in mend


def test_the_template_is_the_heading_row():
    assert template(COLUMNS).decode("utf-8-sig") == "reference,starts_on,ehc_plan,kind,email,places\r\n"


cells = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"]), min_size=1, max_size=20
).filter(lambda text: not text.startswith(("'", '"', "\ufeff")))


@given(st.lists(cells, min_size=1, max_size=8))
def test_whatever_is_written_comes_back_from_the_file_to_mend(references):
    """Any text of a bad row, formula signs and quotation marks included, is read again as it was."""
    out = io.StringIO()
    csv.writer(out).writerows([["reference", "starts_on"], *([text, "never"] for text in references)])
    table = read(out.getvalue())
    mend = file_to_mend(table, table.problems).decode("utf-8-sig")
    again = read(mend.replace(",never,", ",2026-03-01,"))
    assert [row.values["reference"] for row in again.rows] == references


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 12, 31)))
def test_every_day_is_read_in_both_ways_of_writing_it(day):
    text = f"reference,starts_on\nM1,{day:%d/%m/%Y}\nM2,{day.isoformat()}\n"
    assert [row.values["starts_on"] for row in read(text).rows] == [day, day]


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content):
    with contextlib.suppress(Refusal):
        read_table(content, COLUMNS)
