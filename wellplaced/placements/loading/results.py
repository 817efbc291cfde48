"""What a comparison said, as it is kept with the file and shown until somebody decides."""

import hashlib
import json
from dataclasses import asdict
from typing import Any

from wellplaced.placements.loading.kinds import Change, Comparison, Line
from wellplaced.sheets.mending import file_to_mend
from wellplaced.sheets.reading import Problem, Table

SHOWN_AT_ONCE = 100


def result_of(table: Table, comparison: Comparison) -> dict[str, Any]:
    """The comparison as JSON; `fingerprint` is the same where the same would be added, changed and refused."""
    problems = sorted([*table.problems, *comparison.problems], key=lambda each: each.row)
    said = {
        "lines": [asdict(line) for line in sorted(comparison.lines, key=lambda line: not line.notes)],
        "problems": [asdict(problem) for problem in problems],
    }
    return {
        **counts(table, comparison, problems),
        **said,
        "passed_over": list(table.passed_over),
        "fingerprint": hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest(),
    }


def counts(table: Table, comparison: Comparison, problems: list[Problem]) -> dict[str, int]:
    return {
        "rows": len(table.cells),
        "new": len(comparison.news),
        "changed": len(comparison.changes),
        "unchanged": comparison.unchanged,
        "bad_rows": len({problem.row for problem in problems}),
    }


def decided(result: dict[str, Any]) -> dict[str, Any]:
    """What stays of a result once it is loaded or left: the counts and the problems, not the rows."""
    return {name: value for name, value in result.items() if name not in {"lines", "fingerprint"}}


def lines_of(result: dict[str, Any]) -> list[Line]:
    """The lines that a kept result shows."""
    return [
        Line(
            row=each["row"],
            what=each["what"],
            is_new=each["is_new"],
            changes=tuple(Change(**change) for change in each["changes"]),
            notes=tuple(each["notes"]),
        )
        for each in result.get("lines", [])
    ]


def problems_of(result: dict[str, Any]) -> list[Problem]:
    """The problems that a kept result shows."""
    return [Problem(**each) for each in result.get("problems", [])]


def mend(table: Table, result: dict[str, Any]) -> bytes | None:
    """The file to mend; None where no row has a problem."""
    problems = problems_of(result)
    return file_to_mend(table, problems) if problems else None
