"""Reading Ofsted's files into typed rows: no Django, no database. Contract: `contracts/register.md`.

`read_file(path)` and `read_bytes(content)` give a `RegisterFile`, or raise `UnreadableFile` with one line that says
what was expected and what was found. A row that cannot be read is refused by itself and does not stop the rest.
"""

from wellplaced.register.reading.reader import read_bytes, read_file
from wellplaced.register.reading.refusals import Problem, UnreadableFile
from wellplaced.register.reading.rows import (
    Address,
    Inspection,
    Layout,
    ListedRow,
    PremisesRow,
    ProvisionRow,
    RegisterFile,
    Setting,
    Sheet,
)
from wellplaced.register.reading.summary import summarise

__all__ = [
    "Address",
    "Inspection",
    "Layout",
    "ListedRow",
    "PremisesRow",
    "Problem",
    "ProvisionRow",
    "RegisterFile",
    "Setting",
    "Sheet",
    "UnreadableFile",
    "read_bytes",
    "read_file",
    "summarise",
]
