"""What a list is narrowed by: a form asked by GET."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import QuerySet

from wellplaced.design.forms import Form

Rows = QuerySet[Any, Any]


class FilterForm(Form):
    """The filters of a list, asked by GET. An answer that makes no sense filters nothing and is named on the page.

    `lookups` is {field: lookup}; a field without an entry filters by its own name. For more, override `narrow`.
    """

    lookups: ClassVar[Mapping[str, str]] = {}
    says_optional = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False

    def answers(self) -> dict[str, Any]:
        """What was asked for, without the empty answers."""
        self.is_valid()
        cleaned = getattr(self, "cleaned_data", {})
        return {name: value for name, value in cleaned.items() if not is_empty(value)}

    def narrow(self, rows: Rows) -> Rows:
        """The rows that match every answer."""
        for name, value in self.answers().items():
            several = isinstance(value, list | tuple | QuerySet)
            lookup = self.lookups.get(name, f"{name}__in" if several else name)
            rows = rows.filter(**{lookup: value})
        return rows


def is_empty(value: Any) -> bool:
    """Whether a filter's answer asks for nothing; False and 0 ask for something."""
    if isinstance(value, QuerySet):
        return not value
    return value is None or value in ("", [], ())
