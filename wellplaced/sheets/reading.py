"""An uploaded table read against its declared columns: the rows that can be read, and every problem by row and column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wellplaced.sheets.cells import Unreadable, Value, read_cell
from wellplaced.sheets.columns import PROBLEMS_COLUMN, Column, plain_name
from wellplaced.sheets.decoding import Refusal, decode, split

MAX_ROWS = 10_000
TOO_MANY_CELLS = (
    "The row has more cells than the heading row. A cell with a comma or semicolon in it needs quotation marks."
)


@dataclass(frozen=True)
class Problem:
    """What is wrong with one cell. `row` counts from 1 with the heading, as a spreadsheet shows it; `column` may be ''."""

    row: int
    column: str
    value: str
    why: str


@dataclass(frozen=True)
class Row:
    """One row that could be read: its number, and the value of each declared column that the file has (None: blank)."""

    number: int
    values: Mapping[str, Value]


@dataclass(frozen=True)
class Table:
    """A whole file. `cells` holds every row with something in it as it was written, by row number.

    `partly` are the rows with a problem, each with those of its cells that could be read.
    """

    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    partly: tuple[Row, ...]
    problems: tuple[Problem, ...]
    cells: Mapping[int, tuple[str, ...]]
    encoding: str
    separator: str
    passed_over: tuple[str, ...]  # headings that no declared column has


def read_table(content: bytes, columns: Sequence[Column]) -> Table:
    """Read a CSV file. Raises Refusal where the file as a whole is none, or lacks a required column."""
    text, encoding = decode(content)
    known = {column.name: column for column in columns}
    rows, separator = split(text, known)
    at = next((index for index, cells in enumerate(rows) if cells), None)
    if at is None:
        raise Refusal("The file has no heading row. The first row must name the columns.")
    headings = tuple(heading.strip() for heading in rows[at])
    places = _places(headings, known)
    cells = {number: tuple(row) for number, row in enumerate(rows, start=1) if row and number > at + 1}
    _refuse_size(cells)
    good, partly, problems = _read_rows(cells, columns, places, len(headings))
    ignored = {*places.values(), *(i for i, heading in enumerate(headings) if plain_name(heading) == PROBLEMS_COLUMN)}
    passed_over = tuple(heading for index, heading in enumerate(headings) if index not in ignored and heading)
    return Table(headings, good, partly, problems, cells, encoding, separator, passed_over)


def _places(headings: Sequence[str], known: Mapping[str, Column]) -> dict[str, int]:
    """Where each declared column stands."""
    places: dict[str, int] = {}
    for index, heading in enumerate(headings):
        name = plain_name(heading)
        if name in places:
            raise Refusal(f"The column ‘{name}’ is there twice. Remove or rename one of them.")
        if name in known:
            places[name] = index
    missing = [name for name, column in known.items() if column.required and name not in places]
    if missing:
        them = "this column, which is" if len(missing) == 1 else "these columns, which are"
        raise Refusal(f"The heading row lacks {them} needed: {', '.join(missing)}. Found: {', '.join(headings)[:500]}.")
    return places


def _refuse_size(cells: Mapping[int, tuple[str, ...]]) -> None:
    if not cells:
        raise Refusal("There is no row below the heading row.")
    if len(cells) > MAX_ROWS:
        raise Refusal(f"The file has {len(cells):,} rows. Split it into files of at most {MAX_ROWS:,}.")


def _read_rows(
    cells: Mapping[int, tuple[str, ...]], columns: Sequence[Column], places: Mapping[str, int], width: int
) -> tuple[tuple[Row, ...], tuple[Row, ...], tuple[Problem, ...]]:
    good: list[Row] = []
    partly: list[Row] = []
    problems: list[Problem] = []
    for number, row in cells.items():
        values, wrong = _read_row(number, row, columns, places)
        if any(cell.strip() for cell in row[width:]):
            extra = next(cell for cell in row[width:] if cell.strip())
            wrong.append(Problem(number, "", extra[:200], TOO_MANY_CELLS))
        problems.extend(wrong)
        (partly if wrong else good).append(Row(number, values))
    return tuple(good), tuple(partly), tuple(problems)


def _read_row(
    number: int, row: Sequence[str], columns: Sequence[Column], places: Mapping[str, int]
) -> tuple[dict[str, Value], list[Problem]]:
    values: dict[str, Value] = {}
    wrong: list[Problem] = []
    for column in columns:
        if column.name not in places:
            continue
        place = places[column.name]
        text = row[place] if place < len(row) else ""
        try:
            values[column.name] = read_cell(column, text)
        except Unreadable as error:
            wrong.append(Problem(number, column.name, text[:200], str(error)))
    return values, wrong
