"""What else is wrong with rows that could not be compared: told at once, so that a file is mended once."""

from collections.abc import Iterator
from datetime import date

from wellplaced.people.models import Person
from wellplaced.placements.loading.checking import as_written
from wellplaced.placements.loading.kinds import Comparison, LoadKind
from wellplaced.placements.loading.lookups import NOT_FOUND, Provisions
from wellplaced.sheets.reading import Problem, Row, Table


def besides(kind: LoadKind, table: Table, comparison: Comparison, by: Person, today: date) -> Iterator[Problem]:
    """The problems of rows with a cell that cannot be read, or whose provision is not known, beside those told already."""
    told = {(each.row, each.column) for each in (*table.problems, *comparison.problems)}
    stopped = {each.row for each in comparison.problems if each.column == "provision"}
    rows = [*table.partly, *(row for row in table.rows if row.number in stopped)]
    provisions = Provisions(by, (str(row.values["provision"]) for row in rows if row.values.get("provision")))
    for row in rows:
        for column, why in _wrong(row, provisions, kind, today):
            if (row.number, column) not in told:
                yield Problem(row.number, column, as_written(row, column), why)


def _wrong(row: Row, provisions: Provisions, kind: LoadKind, today: date) -> Iterator[tuple[str, str]]:
    if row.values.get("provision") and provisions.find(str(row.values["provision"])) is None:
        yield "provision", NOT_FOUND
    yield from kind.alone(row, today)
