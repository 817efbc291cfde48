"""What a list shows: its columns, how each is ordered, shown and written to a CSV file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from wellplaced.design import words


@dataclass(frozen=True)
class Column:
    """One column. `key` names it in `?sort=` and, without `cell`, the row's attribute or key.

    `sort`: the field or fields to order by, None where it cannot be sorted. `cell` makes a row's value: text, a number, a
    date, a `Tag`, a `Link`, a `Due`, Markup. `csv` makes the value of the download, where it differs (Markup must differ).
    `nulls_last` puts rows without a value last in both directions. `csv_only` leaves it out of the page.
    """

    key: str
    heading: str
    sort: str | Sequence[str] | None = None
    cell: Callable[[Any], Any] | None = None
    csv: Callable[[Any], Any] | None = None
    numeric: bool = False
    nulls_last: bool = False
    csv_only: bool = False

    def value(self, row: Any) -> Any:
        """The row's value as it stands."""
        if self.cell:
            return self.cell(row)
        return row[self.key] if isinstance(row, Mapping) else getattr(row, self.key)

    def shown(self, row: Any) -> Any:
        """The value for the page, in words."""
        return words.shown(self.value(row))

    def written(self, row: Any) -> Any:
        """The value for the CSV file."""
        return self.csv(row) if self.csv else self.value(row)

    def order(self, descending: bool) -> list[Any]:
        """What to order by, in one direction."""
        names = [self.sort] if isinstance(self.sort, str) else list(self.sort or ())
        return [self._order_by(name, descending) for name in names]

    def _order_by(self, name: str, descending: bool) -> Any:
        down = name.startswith("-") != descending
        field = F(name.removeprefix("-"))
        nulls_last = True if self.nulls_last else None
        return field.desc(nulls_last=nulls_last) if down else field.asc(nulls_last=nulls_last)
