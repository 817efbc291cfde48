"""The columns that a table to load may have: name, kind, whether each row needs it, and what a person reads about it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

PROBLEMS_COLUMN = "problems"  # added to a file to mend, and passed over when that file is loaded again


class Kind(StrEnum):
    """What a cell of a column holds, in the words of the page that documents it."""

    TEXT = "text"
    DATE = "date"
    YES_NO = "yes or no"
    CHOICE = "one of a list"
    EMAIL = "email address"
    INT = "whole number"


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column. `choices` is {what the cell says: what it means}, for Kind.CHOICE; `longest` in characters."""

    name: str
    kind: Kind = Kind.TEXT
    required: bool = False
    help: str = ""
    example: str = ""
    longest: int = 200
    choices: Mapping[str, str] = field(default_factory=dict)


def plain_name(heading: str) -> str:
    """A heading as it is compared: 'Date of  Birth' and 'date-of-birth' are both 'date_of_birth'."""
    return re.sub(r"[^a-z0-9]+", "_", heading.lower()).strip("_")
