"""A list as declared, asked for and answered: filtered, sorted and paged in SQL; or all of it as CSV."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render

from wellplaced.design.lists.columns import Column
from wellplaced.design.lists.filters import FilterForm, Rows
from wellplaced.design.lists.pages import Heading, ListPage, href
from wellplaced.sheets import download

PAGE_SIZE = 25
RowsFor = Callable[[dict[str, Any]], Rows]


def _narrowed(rows: Rows | RowsFor, filters: FilterForm | None) -> Rows:
    """`rows` may be a function of the filters' answers, where they must go into the parts of a union."""
    if isinstance(rows, QuerySet):
        return filters.narrow(rows) if filters else rows
    return rows(filters.answers() if filters else {})


@dataclass(frozen=True, kw_only=True)
class Declared:
    """A list as a view declares it. `order` is the default order; `tie_break` makes every order certain ('' for none).

    `filters`: a class of FilterForm, or one made with `request.GET` where its choices depend on the person.
    `name` is the CSV's file name; `noun` and `nouns` say what is counted. `said` turns the rows of a page, and of each 1,000
    of a CSV, into what the columns read, where one row alone cannot say it.
    """

    columns: Sequence[Column]
    filters: type[FilterForm] | FilterForm | None = None
    order: Sequence[str] = ()
    tie_break: str = "pk"
    name: str = "list"
    noun: str = "record"
    nouns: str = ""
    page_size: int = PAGE_SIZE
    said: Callable[[Sequence[Any]], Sequence[Any]] = list

    def asked(self, request: HttpRequest, rows: Rows | RowsFor) -> "Listing":
        """The list as this reader asked for it."""
        form = self.filters(request.GET) if isinstance(self.filters, type) else self.filters
        return Listing(self, _narrowed(rows, form), dict(request.GET.lists()), form)


@dataclass(frozen=True)
class Listing:
    """A list as declared, and what the reader asked of it."""

    declared: Declared
    rows: Rows
    query: Mapping[str, Sequence[str]]
    filters: FilterForm | None

    @property
    def sort(self) -> tuple[Column | None, bool]:
        """The column asked for and whether descending; (None, False) where none or an unknown one was asked for."""
        asked = (self.query.get("sort") or [""])[-1]
        key = asked.removeprefix("-")
        found = next((column for column in self.declared.columns if column.key == key and column.sort), None)
        return found, found is not None and asked.startswith("-")

    def ordered(self) -> Rows:
        """The rows in the order asked for, else in the default order, and never in a chance order."""
        column, descending = self.sort
        own = self.rows.query.order_by or self.rows.model._meta.ordering or ()
        wanted = column.order(descending) if column else list(self.declared.order or own)
        tie = [F(self.declared.tie_break).asc()] if self.declared.tie_break else []
        return self.rows.order_by(*wanted, *tie)

    def headings(self) -> list[Heading]:
        """The headings with the address that sorts by each, and the direction of the one sorted by."""
        sorted_by, descending = self.sort
        made = []
        for column in self.declared.columns:
            if column.csv_only:
                continue
            mine = column is sorted_by
            direction = "" if not mine else "descending" if descending else "ascending"
            asked = f"-{column.key}" if mine and not descending else column.key
            made.append(Heading(column, href(self.query, sort=asked, page=None) if column.sort else "", direction))
        return made

    def page(self, number: str | None) -> ListPage:
        """One page, in two queries; an unknown number falls back to the first or the last."""
        page = Paginator(self.ordered(), self.declared.page_size).get_page(number)
        return ListPage(
            columns=[column for column in self.declared.columns if not column.csv_only],
            headings=self.headings(),
            rows=self.declared.said(list(page.object_list)),
            total=page.paginator.count,
            first=page.start_index(),
            last=page.end_index(),
            page=page.number,
            pages=page.paginator.num_pages,
            filters=self.filters,
            filtered=bool(self.filters and self.filters.answers()),
            query=self.query,
            noun=self.declared.noun,
            nouns=self.declared.nouns,
        )

    def csv(self) -> StreamingHttpResponse:
        """All rows, read 1,000 at a time outside any transaction, so that nobody's save waits for a slow reader."""
        headings = [column.heading for column in self.declared.columns]
        return download.csv_response(self.declared.name, headings, self._written())

    def _written(self) -> Iterator[list[Any]]:
        found = self.ordered().iterator(chunk_size=download.ROWS_AT_ONCE)
        while rows := list(islice(found, download.ROWS_AT_ONCE)):
            for row in self.declared.said(rows):
                yield [column.written(row) for column in self.declared.columns]


def wants_csv(request: HttpRequest) -> bool:
    """Whether the address asks for the download."""
    return request.GET.get("format") == "csv"


def list_page(request: HttpRequest, rows: Rows | RowsFor, **declared: Any) -> ListPage:
    """One page of rows, for a page that shows more than a list. `declared`: as the fields of Declared."""
    return Declared(**declared).asked(request, rows).page(request.GET.get("page"))


def csv_of(request: HttpRequest, rows: Rows | RowsFor, **declared: Any) -> StreamingHttpResponse:
    """All matching rows as CSV, in the order asked for. `declared`: as the fields of Declared."""
    return Declared(**declared).asked(request, rows).csv()


def answer(
    request: HttpRequest,
    template: str,
    rows: Rows | RowsFor,
    *,
    context: Mapping[str, Any] | None = None,
    **declared: Any,
) -> HttpResponseBase:
    """The list's page, with `list` in its context, or its CSV. `declared`: as the fields of Declared."""
    if wants_csv(request):
        return csv_of(request, rows, **declared)
    return render(request, template, {**(context or {}), "list": list_page(request, rows, **declared)})
