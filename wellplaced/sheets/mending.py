"""The file to mend (exactly the rows with a problem, as they were, with the problems beside) and the empty template."""

from collections.abc import Iterable, Sequence

from wellplaced.sheets import download
from wellplaced.sheets.cells import unguarded
from wellplaced.sheets.columns import PROBLEMS_COLUMN, Column, plain_name
from wellplaced.sheets.reading import Problem, Table


def file_to_mend(table: Table, problems: Iterable[Problem]) -> bytes:
    """A CSV file of the rows that have problems: the original columns, and 'problems'. Loading it again ignores that one."""
    by_row: dict[int, list[Problem]] = {}
    for problem in problems:
        by_row.setdefault(problem.row, []).append(problem)
    kept = [index for index, heading in enumerate(table.headings) if plain_name(heading) != PROBLEMS_COLUMN]
    lines = []
    for number in sorted(by_row):
        cells = table.cells[number]
        original = [cells[index] if index < len(cells) else "" for index in kept]
        row = [*original, _words(by_row[number]), *cells[len(table.headings) :]]
        lines.append([unguarded(cell) for cell in row])  # the download guards again what needs it
    headings = [*(table.headings[index] for index in kept), PROBLEMS_COLUMN]
    return b"".join(download.lines(headings, lines))


def template(columns: Sequence[Column]) -> bytes:
    """A CSV file with the headings of a table and nothing else."""
    return b"".join(download.lines([column.name for column in columns], []))


def _words(problems: Sequence[Problem]) -> str:
    return " ".join(f"{problem.column or 'row'}: {problem.why}" for problem in problems)
