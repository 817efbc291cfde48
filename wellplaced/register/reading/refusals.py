"""What is said about a file, a row or a cell that cannot be read."""

from dataclasses import dataclass

EXPECTED = "a list of Ofsted's as CSV, ODS or XLSX, with a header row that has a cell 'URN'"
LONGEST_VALUE = 80


class UnreadableFile(Exception):
    """The file as a whole cannot be read. Its text is one line: what was expected and what was found."""

    def __init__(self, found: str) -> None:
        super().__init__(f"Expected {EXPECTED}; found {' '.join(found.split())}.")


class UnreadableCell(Exception):
    """A cell's value is not what its column holds. Its text says why."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell that could not be read: where (rows count from 1, as in a spreadsheet), what it holds, and why not."""

    sheet: str | None
    row: int
    column: str
    value: str
    why: str


def shortened(value: str) -> str:
    """A cell's text as a list of problems shows it."""
    return value if len(value) <= LONGEST_VALUE else value[: LONGEST_VALUE - 1] + "…"
