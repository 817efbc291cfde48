"""Ofsted's real files reconcile with the totals that Ofsted publishes. Skipped where the files are not at hand."""

import io
import resource
import subprocess
import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.register.made_up import REAL, needs_real_files
from wellplaced.register.reading import PremisesRow, ProvisionRow, RegisterFile, read_bytes, read_file, summarise

pytestmark = needs_real_files

WORKBOOK = REAL / "ofsted" / "provider_at_march_2025.ods"


@pytest.fixture(scope="module")
def workbook() -> RegisterFile:
    return read_file(WORKBOOK)


def test_the_workbook_of_2025_is_read_whole(workbook: RegisterFile) -> None:
    said = summarise(workbook)["file"]
    assert (said["format"], said["encoding"], said["as_at"]) == ("ods", None, "2025-03-31")
    assert [(sheet["layout"], sheet["header_row"], sheet["rows"]) for sheet in said["sheets"]] == [
        ("provider_level", 4, 5600),
        ("in_year", 4, 4921),
        ("places", 4, 5600),
        ("premises", 4, 8119),
    ]
    assert len(said["passed_over"]) == 9
    assert "Leavers+Joiners_at_31_Mar_2025" in said["passed_over"]
    assert (workbook.refused, workbook.doubts) == ((), ())


def test_the_workbook_reconciles_with_published_totals(workbook: RegisterFile) -> None:
    said = summarise(workbook)
    assert said["by_type"] == {
        "residential": 4009,
        "ifa": 339,
        "supported_accommodation": 893,
        "sen": 95,
        "not_monitored": 264,
    }
    assert said["judged"] == {
        "outstanding": 658,
        "good": 3059,
        "requires_improvement": 522,
        "inadequate": 54,
        "consistently_strong": 26,
        "inconsistent": 19,
        "serious_weaknesses": 5,
        "not_judged": 1257,
    }
    rows = [row for row in workbook.sheets[0].rows if isinstance(row, ProvisionRow)]
    agencies = [row.inspection.outcome for row in rows if row.type == "ifa" and row.inspection]
    grades = ("outstanding", "good", "requires_improvement", "inadequate")
    assert [agencies.count(grade) for grade in grades] == [78, 230, 14, 3]
    assert sum(row.places or 0 for row in rows if row.type == "residential") == 15_742
    assert sum(row.places or 0 for row in rows if row.type == "supported_accommodation") == 20_224


def test_the_in_year_sheet_keeps_ungraded_visits_ungraded(workbook: RegisterFile) -> None:
    inspections = [
        row.inspection for row in workbook.sheets[1].rows if isinstance(row, ProvisionRow) and row.inspection
    ]
    kinds = [i.kind for i in inspections]
    assert (kinds.count("monitoring"), kinds.count("assurance")) == (470, 457)
    graded = [i for i in inspections if i.kind == "monitoring" and i.outcome != "not_judged"]
    assert len(graded) == 2


def test_premises_are_counted_by_category(workbook: RegisterFile) -> None:
    categories = [row.category for row in workbook.sheets[3].rows if isinstance(row, PremisesRow)]
    assert [categories.count(f"Category {n}") for n in (1, 2, 3, 4)] == [3387, 2345, 1705, 682]


@pytest.mark.parametrize(
    ("year", "encoding", "as_at", "header_row", "rows"),
    [
        (2016, "utf-8-sig", None, 2, 2647),
        (2023, "utf-8", date(2023, 3, 31), 4, 3546),
        (2025, "utf-8-sig", date(2025, 3, 31), 4, 5600),
    ],
)
def test_each_years_file_is_read(year: int, encoding: str, as_at: date | None, header_row: int, rows: int) -> None:
    file = read_file(REAL / "ofsted" / f"provider_at_march_{year}.csv")
    (sheet,) = file.sheets
    assert (file.encoding, file.as_at, sheet.layout) == (encoding, as_at, "provider_level")
    assert (sheet.header_row, len(sheet.rows), file.refused, file.doubts) == (header_row, rows, (), ())


def test_the_file_of_2016_speaks_of_older_scales() -> None:
    said = summarise(read_file(REAL / "ofsted" / "provider_at_march_2016.csv"))["judged"]
    assert (said["outstanding"], said["good"], said["inadequate"]) == (520, 1606, 33)
    assert said["requires_improvement"] == 457 + 10 + 20 + 1  # two spellings, Adequate, Satisfactory


def test_a_copy_saved_as_windows_1252_reads_the_same() -> None:
    content = (REAL / "ofsted" / "provider_at_march_2025.csv").read_bytes()
    copy = content.decode("utf-8-sig").encode("cp1252")
    saved, original = read_bytes(copy), read_bytes(content)
    assert (saved.encoding, original.encoding) == ("cp1252", "utf-8-sig")
    assert (saved.as_at, saved.sheets) == (original.as_at, original.sheets)


def test_the_csv_file_and_the_workbook_say_the_same(workbook: RegisterFile) -> None:
    assert read_file(REAL / "ofsted" / "provider_at_march_2025.csv").sheets[0].rows == workbook.sheets[0].rows


LISTS = [
    ("combined_scp_ch_fake.xlsx", {"Providers": 4}),
    ("scp_ch_2025_fake.xlsx", {"Providers": 1, "SA Providers": 1}),
]


@pytest.mark.parametrize(("name", "rows"), LISTS)
def test_the_lists_are_recognised_and_every_row_is_refused(name: str, rows: dict[str, int]) -> None:
    file = read_file(REAL / "lists" / name)
    assert {sheet.name: len(sheet.refused) for sheet in file.sheets} == rows
    assert all(sheet.layout == "authority_list" and sheet.rows == () for sheet in file.sheets)
    assert {(problem.column, problem.why) for problem in file.refused} == {
        ("URN", "A URN is SC and six digits, or seven digits.")
    }


@pytest.mark.parametrize(("name", "rows"), LISTS)
def test_the_same_lists_with_urns_of_the_real_form_are_read(name: str, rows: dict[str, int], tmp_path: Path) -> None:
    file = read_bytes(with_real_urns(REAL / "lists" / name))
    assert {sheet.name: len(sheet.rows) for sheet in file.sheets} == rows
    assert file.refused == ()


def with_real_urns(path: Path) -> bytes:
    """The list with a URN of the real form in each row."""
    workbook = openpyxl.load_workbook(path)
    for number, sheet in enumerate(workbook.worksheets):
        column = next(cell.column for cell in sheet[1] if cell.value == "URN")
        for row in range(2, sheet.max_row + 1):
            sheet.cell(row, column).value = 1900000 + 100 * number + row
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def test_the_workbook_is_read_within_its_budget_of_time_and_memory() -> None:
    code = (
        "import resource, sys; from pathlib import Path; from wellplaced.register.reading import read_file;"
        "read_file(Path(sys.argv[1])); print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    )
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([sys.executable, "-c", code, str(WORKBOOK)], capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert int(done.stdout) < 500  # MB
    assert after.ru_utime - before.ru_utime < 30  # seconds of work
