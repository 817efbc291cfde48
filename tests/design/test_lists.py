"""Lists: filtered, sorted and paged in SQL with two queries; the CSV is complete and safe."""

import csv
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any, ClassVar

import pytest
from django import forms
from django.db import connection
from django.http import HttpResponseBase, StreamingHttpResponse
from django.template import engines
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from markupsafe import Markup

from wellplaced.design import lists
from wellplaced.design.fields import Checkboxes, GovDateField
from wellplaced.design.lists import Column, FilterForm, Link
from wellplaced.history.models import Event
from wellplaced.sheets import download

pytestmark = pytest.mark.django_db
ABOUT = {"about_type": "design.thing"}


class Filters(FilterForm):
    q = forms.CharField(label="Who")
    verb = forms.MultipleChoiceField(
        label="What", choices=[("visit held", "Visit held"), ("visit booked", "Booked")], widget=Checkboxes()
    )
    since = GovDateField(label="Since")
    lookups: ClassVar = {"q": "by_name__icontains", "since": "happened_on__gte"}


COLUMNS = (
    Column("by_name", "Who", sort="by_name", cell=lambda event: Link(event.by_name, f"/{event.pk}")),
    Column("verb", "What", sort="verb"),
    Column("happened_on", "When", sort="happened_on", nulls_last=True),
    Column("about_id", "Number", numeric=True, sort=("verb", "-about_id")),
    Column("reason", "Reason", cell=lambda event: Markup("<b>{}</b>").format(event.reason), csv=lambda e: e.reason),
    Column("about_type", "Kind", csv_only=True),
)


@pytest.fixture
def events() -> None:
    at = datetime(2026, 3, 27, 9, tzinfo=UTC)
    Event.objects.bulk_create(
        Event(
            at=at,
            verb="visit held" if number % 2 else "visit booked",
            by_name=f"Person {number:03}",
            about_id=number,
            happened_on=date(2026, 3, 27) + timedelta(days=number) if number % 3 else None,
            reason="=HYPERLINK(1)" if number == 7 else "plain",
            **ABOUT,
        )
        for number in range(60)
    )


def ask(query: str = "", **declared: Any) -> lists.ListPage:
    request = RequestFactory().get(f"/things?{query}")
    return lists.list_page(request, Event.objects.all(), **({"columns": COLUMNS, "filters": Filters} | declared))


def rows(response: HttpResponseBase) -> list[list[str]]:
    assert isinstance(response, StreamingHttpResponse)
    text = b"".join(response).decode("utf-8-sig")
    return list(csv.reader(StringIO(text)))


@pytest.mark.usefixtures("events")
class TestPages:
    def test_a_page_takes_two_queries(self) -> None:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = ask("page=2&q=person&sort=-happened_on")
        assert len(queries) == 2
        assert (page.first, page.last, page.total, page.pages) == (26, 50, 60, 3)

    def test_the_count_is_said_in_words(self) -> None:
        assert ask(noun="event").count_sentence == "Showing 1 to 25 of 60 events"
        assert ask("q=Person+007", noun="event").count_sentence == "Showing 1 event"
        assert ask("q=nobody", noun="reply", nouns="replies").count_sentence == "No replies found"

    @pytest.mark.parametrize(("asked", "given"), [("0", 3), ("-4", 3), ("99", 3), ("x", 1), ("", 1), ("2", 2)])
    def test_an_unknown_page_falls_back(self, asked: str, given: int) -> None:
        assert ask(f"page={asked}").page == given

    def test_an_unknown_or_unsortable_column_falls_back_to_the_default_order(self) -> None:
        expected = [row.pk for row in ask(order=["-about_id"]).rows]
        for sort in ("nonsense", "-nonsense", "reason", "by_name__secret", "--verb", ""):
            assert [row.pk for row in ask(f"sort={sort}", order=["-about_id"]).rows] == expected

    def test_equal_rows_keep_one_order_over_all_pages(self) -> None:
        seen = [row.pk for number in (1, 2, 3) for row in ask(f"sort=verb&page={number}").rows]
        assert len(set(seen)) == 60

    def test_sorting_goes_both_ways_and_says_so(self) -> None:
        up, down = ask("sort=by_name"), ask("sort=-by_name")
        assert (up.rows[0].by_name, down.rows[0].by_name) == ("Person 000", "Person 059")
        assert (up.headings[0].sorted, down.headings[0].sorted) == ("ascending", "descending")
        assert (up.headings[0].href, down.headings[0].href) == ("?sort=-by_name", "?sort=by_name")

    def test_a_column_may_sort_by_several_fields_each_its_own_way(self) -> None:
        page = ask("sort=about_id")
        assert (page.rows[0].verb, page.rows[0].about_id) == ("visit booked", 58)

    def test_rows_without_a_value_come_last_in_both_directions(self) -> None:
        for sort in ("happened_on", "-happened_on"):
            days = [row.happened_on for number in (1, 2, 3) for row in ask(f"sort={sort}&page={number}").rows]
            assert None not in days[:40]
            assert set(days[40:]) == {None}

    def test_links_keep_what_else_was_asked(self) -> None:
        page = ask("q=Person&verb=visit+held&verb=visit+booked&sort=verb&page=2")
        assert page.next_href == "?q=Person&verb=visit+held&verb=visit+booked&sort=verb&page=3"
        assert page.csv_href == "?q=Person&verb=visit+held&verb=visit+booked&sort=verb&format=csv"
        assert page.kept == [("sort", "verb")]
        assert page.clear_href == "?sort=verb"

    def test_the_pagination_shows_the_ends_and_the_neighbours(self) -> None:
        shown = [link.number for link in ask("page=6", page_size=5).page_links]
        assert shown == [1, None, 5, 6, 7, None, 12]


@pytest.mark.usefixtures("events")
class TestFilters:
    def test_filters_narrow_together(self) -> None:
        page = ask("q=person+00&verb=visit+held&since-day=1&since-month=april&since-year=2026")
        assert {row.by_name for row in page.rows} == {"Person 005", "Person 007"}
        assert page.filtered

    def test_a_day_may_come_as_one_word(self) -> None:
        assert ask("since=2026-05-20").total == 4

    def test_an_answer_without_sense_filters_nothing_and_is_named(self) -> None:
        page = ask("verb=nonsense&since-day=99")
        assert page.total == 60
        assert page.filters is not None
        assert set(page.filters.errors) == {"verb", "since"}

    def test_filters_may_be_made_with_the_person_and_rows_with_the_answers(self) -> None:
        made = Filters({"q": "Person 001"})
        page = lists.list_page(
            RequestFactory().get("/"),
            lambda answers: Event.objects.filter(by_name=answers["q"]),
            columns=COLUMNS,
            filters=made,
        )
        assert [row.by_name for row in page.rows] == ["Person 001"]


@pytest.mark.usefixtures("events")
class TestRowsThatAreNoRecords:
    COLUMNS = (Column("by_name", "Who", sort="by_name"), Column("about_id", "Number", sort="about_id"))

    def test_values(self) -> None:
        page = lists.list_page(
            RequestFactory().get("/?sort=-about_id"),
            Event.objects.values("pk", "by_name", "about_id"),
            columns=self.COLUMNS,
        )
        assert self.COLUMNS[0].shown(page.rows[0]) == "Person 059"

    def test_a_union(self) -> None:
        few = Event.objects.filter(about_id__lt=3).order_by().values("id", "by_name", "about_id")
        many = Event.objects.filter(about_id__gt=50).order_by().values("id", "by_name", "about_id")
        declared: dict[str, Any] = {"columns": self.COLUMNS, "tie_break": "id", "order": ["about_id"]}
        page = lists.list_page(RequestFactory().get("/?sort=-by_name&page=1"), few.union(many), **declared)
        assert [row["about_id"] for row in page.rows][:2] == [59, 58]
        assert page.total == 12
        found = rows(lists.csv_of(RequestFactory().get("/?format=csv"), few.union(many), **declared))
        assert [row[1] for row in found[1:4]] == ["0", "1", "2"]


@pytest.mark.usefixtures("events")
class TestDownload:
    def test_the_file_holds_every_matching_row_in_the_order_asked_for(self) -> None:
        request = RequestFactory().get("/?format=csv&verb=visit+held&sort=-by_name&page=2")
        response = lists.answer(request, "", Event.objects.all(), columns=COLUMNS, filters=Filters, name="events")
        found = rows(response)
        assert found[0] == ["Who", "What", "When", "Number", "Reason", "Kind"]
        assert found[1] == ["Person 059", "visit held", "2026-05-25", "59", "plain", "design.thing"]
        assert len(found) == 31
        assert response["Content-Disposition"] == 'attachment; filename="events.csv"'
        assert response["Cache-Control"] == "private, no-store"

    def test_no_cell_is_a_formula(self) -> None:
        request = RequestFactory().get("/?format=csv&q=007")
        found = rows(lists.csv_of(request, Event.objects.all(), columns=COLUMNS, filters=Filters))
        assert found[1][4] == "'=HYPERLINK(1)"

    def test_many_rows_take_one_query(self) -> None:
        at = datetime(2026, 3, 27, 9, tzinfo=UTC)
        Event.objects.bulk_create(Event(at=at, verb="x", about_id=number, **ABOUT) for number in range(2500))
        with CaptureQueriesContext(connection) as queries:
            pieces = list(lists.csv_of(RequestFactory().get("/"), Event.objects.all(), columns=COLUMNS))
        assert len(queries) == 1
        assert len(pieces) == 3


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "  =", "＝", "-1+cmd|"])
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(start: str) -> None:
    assert download.cell(f"{start}1").startswith("'")


def test_numbers_and_days_stay_what_they_are() -> None:
    assert [download.cell(value) for value in (-1, -1.5, date(2026, 3, 27), None, True, "plain")] == [
        "-1",
        "-1.5",
        "2026-03-27",
        "",
        "yes",
        "plain",
    ]


def test_excel_is_told_that_the_file_is_utf_8() -> None:
    assert next(download.lines(["Ä"], [])) == "\ufeffÄ\r\n".encode()


@pytest.mark.usefixtures("events")
class TestTemplate:
    SOURCE = (
        '{% from "design/list.html" import list_view %}{% call list_view(list) %}Nothing yet: record one.{% endcall %}'
    )

    def shown(self, page: lists.ListPage) -> str:
        return str(engines["jinja2"].from_string(self.SOURCE).render({"list": page}))

    def test_cells_are_labelled_for_phones_and_the_sorted_heading_says_so(self) -> None:
        html = self.shown(ask("sort=by_name"))
        assert 'aria-sort="ascending"' in html
        assert '<td role="cell" data-heading="What">visit held</td>' in html
        assert '<td role="cell" data-heading="When">28 March 2026</td>' in html
        assert "Download as CSV" in html
        assert "style=" not in html

    def test_the_orders_stand_above_the_cards_and_say_the_one_in_force(self) -> None:
        html = self.shown(ask("sort=by_name"))
        assert "<summary>Sorted by ‘Who’, ascending</summary>" in html
        assert 'href="?sort=-by_name"><span class="govuk-visually-hidden">Sort by </span>Who, descending</a>' in html
        assert 'href="?sort=verb"><span class="govuk-visually-hidden">Sort by </span>What</a>' in html
        assert "<summary>Sort by</summary>" in self.shown(ask(""))

    def test_an_empty_list_teaches_and_a_filtered_one_offers_to_clear(self) -> None:
        assert "Nothing matches these filters" in self.shown(ask("q=nobody"))
        empty = lists.list_page(RequestFactory().get("/"), Event.objects.none(), columns=COLUMNS, filters=Filters)
        assert "Nothing yet: record one." in self.shown(empty)
