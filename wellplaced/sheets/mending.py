"""The file to mend (exactly the rows with a problem, as they were, with the problems beside) and the empty template."""

import csv
import io
from collections.abc import Iterable, Sequence

from wellplaced.sheets.cells import unguarded
from wellplaced.sheets.columns import PROBLEMS_COLUMN, Column, plain_name
from wellplaced.sheets.reading import Problem, Table

FORMULA_SIGNS = ("=", "+", "-", "@")  # a tab or line break in front of one is taken away with other space


def file_to_mend(table: Table, problems: Iterable[Problem]) -> bytes:
    """A CSV file of the rows that have problems: the original columns, and 'problems'. Loading it again ignores that one."""
    by_row: dict[int, list[Problem]] = {}
    for problem in problems:
        by_row.setdefault(problem.row, []).append(problem)
    kept = [index for index, heading in enumerate(table.headings) if plain_name(heading) != PROBLEMS_COLUMN]
    lines = [[*(table.headings[index] for index in kept), PROBLEMS_COLUMN]]
    for number in sorted(by_row):
        cells = table.cells[number]
        original = [cells[index] if index < len(cells) else "" for index in kept]
        lines.append([*original, _words(by_row[number]), *cells[len(table.headings) :]])
    return _csv(lines)


def template(columns: Sequence[Column]) -> bytes:
    """A CSV file with the headings of a table and nothing else."""
    return _csv([[column.name for column in columns]])


def _words(problems: Sequence[Problem]) -> str:
    return " ".join(f"{problem.column or 'row'}: {problem.why}" for problem in problems)


def _csv(lines: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([guarded(cell) for cell in line] for line in lines)
    return out.getvalue().encode("utf-8-sig")


def guarded(cell: str) -> str:
    """A cell that a spreadsheet shows and does not calculate; `cells.unguarded` takes the apostrophe away again."""
    cell = unguarded(cell)
    return f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell
