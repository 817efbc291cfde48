"""The first parts of what `import-register --json` says: the file, and its rows by type and by judgement."""

from collections import Counter
from typing import Any, get_args

from wellplaced.register.reading.refusals import Problem
from wellplaced.register.reading.rows import ListedRow, Outcome, ProvisionRow, RegisterFile, Row, TypeCode


def summarise(file: RegisterFile) -> dict[str, Any]:
    """`file`, `by_type`, `judged` and `refused` of the contract, ready for JSON."""
    provisions = counted(file)
    types = Counter(row.type for row in provisions)
    outcomes = Counter(row.inspection.outcome if row.inspection else "not_judged" for row in provisions)
    return {
        "file": {
            "format": file.format,
            "encoding": file.encoding,
            "as_at": file.as_at.isoformat() if file.as_at else None,
            "passed_over": list(file.passed_over),
            "sheets": [
                {"name": sheet.name, "layout": sheet.layout, "header_row": sheet.header_row, "rows": len(sheet.rows)}
                for sheet in file.sheets
            ],
        },
        "by_type": {code: types[code] for code in get_args(TypeCode)},
        "judged": {code: outcomes[code] for code in get_args(Outcome)},
        "refused": [as_json(problem) for problem in file.refused],
    }


def counted(file: RegisterFile) -> list[ProvisionRow]:
    """The rows that are counted: those of the first sheet that can carry a judgement."""
    first = next(file.of_layout("provider_level", "in_year", "authority_list"), None)
    return [provision for row in first.rows if (provision := _provision(row))] if first else []


def _provision(row: Row) -> ProvisionRow | None:
    match row:
        case ListedRow():
            return row.provision
        case ProvisionRow():
            return row
    return None


def as_json(problem: Problem) -> dict[str, Any]:
    return {
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "value": problem.value,
        "why": problem.why,
    }
