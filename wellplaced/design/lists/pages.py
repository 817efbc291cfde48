"""One page of a list, finished for its template: rows, headings that sort, pagination, addresses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from wellplaced.design import words
from wellplaced.design.lists.columns import Column
from wellplaced.design.lists.filters import FilterForm

AROUND = 1  # page numbers shown on either side of the current one


@dataclass(frozen=True)
class Heading:
    """A column's heading: with `href` it sorts; `sorted` is '', 'ascending' or 'descending'."""

    column: Column
    href: str
    sorted: str


@dataclass(frozen=True)
class PageLink:
    """A link of the pagination; no number stands for the gap between two."""

    number: int | None
    href: str = ""
    current: bool = False


@dataclass(frozen=True)
class ListPage:
    """One page of a list, finished for its template (`design/list.html`)."""

    columns: Sequence[Column]
    headings: Sequence[Heading]
    rows: Sequence[Any]
    total: int
    first: int
    last: int
    page: int
    pages: int
    filters: FilterForm | None
    filtered: bool
    query: Mapping[str, Any]
    noun: str = "record"
    nouns: str = ""

    @property
    def count_sentence(self) -> str:
        """'Showing 1 to 25 of 412 provisions'."""
        if not self.total:
            return f"No {self.nouns or self.noun + 's'} found"
        counted = words.plural(self.total, self.noun, self.nouns)
        return f"Showing {self.first:,} to {self.last:,} of {counted}" if self.pages > 1 else f"Showing {counted}"

    @property
    def sorts(self) -> list[Heading]:
        """The headings that sort."""
        return [heading for heading in self.headings if heading.href]

    @property
    def sorted_sentence(self) -> str:
        """'Sorted by ‘Due by’, ascending'; nothing in the list's own order."""
        return next((f"Sorted by ‘{each.column.heading}’, {each.sorted}" for each in self.sorts if each.sorted), "")

    @property
    def csv_href(self) -> str:
        return self._href(page=None, format="csv")

    @cached_property
    def page_links(self) -> list[PageLink]:
        """The pagination: the first, the last, and those around the current page; a gap between."""
        near = range(self.page - AROUND, self.page + AROUND + 1)
        shown = sorted({1, self.pages, *(number for number in near if 1 <= number <= self.pages)})
        links: list[PageLink] = []
        for number in shown:
            if links and number - (links[-1].number or 0) > 1:
                links.append(PageLink(None))
            links.append(PageLink(number, self._href(page=number), number == self.page))
        return links

    @property
    def previous_href(self) -> str:
        return self._href(page=self.page - 1) if self.page > 1 else ""

    @property
    def next_href(self) -> str:
        return self._href(page=self.page + 1) if self.page < self.pages else ""

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the filter form carries along unseen: the order, and what is not a filter of its own."""
        own = tuple(self.filters.fields) if self.filters else ()
        return [
            (name, value)
            for name, values in self.query.items()
            for value in values
            if name not in ("page", "format")
            and name not in own
            and not name.startswith(tuple(f"{field}-" for field in own))
        ]

    @property
    def clear_href(self) -> str:
        return f"?{urlencode(self.kept)}"

    def _href(self, **changes: Any) -> str:
        return href(self.query, **changes)


def href(query: Mapping[str, Sequence[str]], **changes: Any) -> str:
    """The same address with some parameters changed, or left out where the change is None."""
    kept = {name: values for name, values in query.items() if name not in changes and any(values)}
    added = {name: [str(value)] for name, value in changes.items() if value is not None}
    return "?" + urlencode(kept | added, doseq=True)
