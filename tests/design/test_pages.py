"""The frame of a page, whole forms, error pages, the gallery: complete, without inline styles, and never silent."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import render
from django.template import engines
from django.test import RequestFactory

from wellplaced.design import errors, words
from wellplaced.design.forms import RevisionForm
from wellplaced.design.gallery import ERROR_PAGES, TODAY, picture
from wellplaced.design.rendering import Navigation
from wellplaced.design.tags import Due, Link, state_tag
from wellplaced.design.timeline import Lane, Mark, Span, Timeline
from wellplaced.design.views import gallery
from wellplaced.history import Conflict

BUILT = Path(errors.__file__).parent / "static" / "built" / "wellplaced.css"
INLINE = re.compile(r"<[^>]*\s(style|on[a-z]+)=", re.IGNORECASE)
PAGE = (
    '{% extends "design/layout.html" %}{% block title %}Rename{% endblock %}'
    "{% block content %}{{ form_page(form) }}{% endblock %}"
)


def request(address: str = "/", person: Any = None) -> HttpRequest:
    made = RequestFactory().get(address)
    made.person = person  # type: ignore[attr-defined]
    made.csp_nonce = "n0nce"  # type: ignore[attr-defined]
    made._messages = ()  # type: ignore[attr-defined]
    return made


def page(source: str, **context: Any) -> str:
    return str(engines["jinja2"].from_string(source).render(context, request(person=context.get("viewer"))))


class NameForm(RevisionForm):
    name = forms.CharField(label="Name")
    type = forms.ChoiceField(label="Type", choices=[("a", "Residential"), ("b", "16+")])


def items(request: HttpRequest) -> list[Navigation]:
    return [Navigation(text="My work", href="/work", active=True), Navigation(text="Team", href="/team")]


class TestFrame:
    def test_who_is_looking_and_where_they_may_go(self, settings: Any) -> None:
        settings.NAVIGATION = f"{__name__}.items"
        viewer = SimpleNamespace(name="Robin Ashdown", authority=SimpleNamespace(name="Fenmarket County Council"))
        html = page('{% extends "design/layout.html" %}', viewer=viewer, person="somebody else")
        assert "Robin Ashdown" in html
        assert "Fenmarket County Council" in html
        assert html.count("govuk-service-navigation__item--active") == 1

    def test_nobody_signed_in_sees_no_navigation(self, settings: Any) -> None:
        settings.NAVIGATION = f"{__name__}.items"
        html = page('{% extends "design/layout.html" %}')
        assert "Sign out" not in html
        assert "/team" not in html

    def test_it_is_not_gov_uk(self) -> None:
        html = page('{% extends "design/layout.html" %}')
        for theirs in ("GOV.UK", "crown", "Crown", "Open Government Licence"):
            assert theirs not in html

    def test_every_script_carries_the_nonce(self) -> None:
        html = page('{% extends "design/layout.html" %}')
        assert html.count("<script") == html.count('nonce="n0nce"') == 2

    def test_an_error_comes_first_in_the_title(self) -> None:
        assert "<title>Error: Rename – Wellplaced</title>" in page(PAGE, form=NameForm({}))
        assert "<title>Rename – Wellplaced</title>" in page(PAGE, form=NameForm())


class TestConflict:
    def conflict(self) -> Conflict:
        record: Any = SimpleNamespace(pk=7, revision=5, _meta=SimpleNamespace(verbose_name="home"))
        return Conflict(record, {"name": ("Alder", "Birch"), "type": ("b", "a")})

    def form(self) -> NameForm:
        form = NameForm({"name": "Alder", "type": "b", "revision": "4"})
        assert form.is_valid()
        form.add_conflict(self.conflict(), by="Sam Fenwick")
        return form

    def test_both_answers_are_shown_in_words_and_what_was_typed_is_kept(self) -> None:
        html = page(PAGE, form=self.form())
        for text in (
            "Sam Fenwick saved this first",
            "Alder",
            "Birch",
            "Residential",
            "16+",
            "Somebody else saved this record",
        ):
            assert text in html
        assert 'name="name" type="text" value="Alder"' in html

    def test_saving_again_carries_the_new_revision(self) -> None:
        html = page(PAGE, form=self.form())
        assert '<input type="hidden" name="revision" value="5" id="id_revision">' in html


class TestErrors:
    @pytest.mark.parametrize("name", ERROR_PAGES)
    def test_each_page_says_what_to_do(self, name: str) -> None:
        html = render(request(), f"design/errors/{name}.html").content.decode()
        assert html.count("<h1") == 1
        assert html.count("<p") >= 2
        assert not INLINE.search(html)

    def test_a_fault_of_ours_needs_neither_context_nor_database(self) -> None:
        response = errors.server_error(RequestFactory().get("/"))
        assert response.status_code == 500
        assert b"Nothing of what you sent was saved" in response.content

    def test_a_refusal_may_say_why_and_a_missing_record_never_says_what(self) -> None:
        refused = errors.forbidden(request(), PermissionDenied("Only a manager may waive."))
        missing = errors.not_found(request(), Exception("No Visit matches"))
        assert b"Only a manager may waive." in refused.content
        assert b"No Visit" not in missing.content
        assert (refused.status_code, missing.status_code) == (403, 404)
        assert errors.bad_request(request(), Exception()).status_code == 400
        assert errors.csrf_failure(request()).status_code == 403


class TestGallery:
    def test_it_shows_everything_without_inline_styles(self) -> None:
        response = gallery(request("/design"))
        html = response.content.decode()
        assert response.status_code == 200
        assert not INLINE.search(html)
        ids = re.findall(r'\sid="([^"]+)"', html)
        assert len(ids) == len(set(ids))

    def test_it_shows_the_error_pages(self) -> None:
        assert b"Page not found" in gallery(request("/design?show=404")).content
        assert b"Gallery of components" in gallery(request("/design?show=../gallery")).content


class TestPieces:
    def test_a_due_date_on_a_sunday_says_by_when_to_act(self) -> None:
        html = Due(on=date(2027, 1, 3), why="/why", what="visit", act_by=date(2027, 1, 1)).__html__()
        assert "Falls on a Sunday: act by Friday 1 January" in html
        assert 'href="/why">Why this date?<span class="govuk-visually-hidden"> visit</span>' in html

    def test_pieces_are_plain_words_in_a_file(self) -> None:
        assert [
            str(state_tag("overdue")),
            str(Link("Alder", "/x")),
            str(Due(on=date(2027, 1, 3))),
            str(Due(on=None)),
        ] == [
            "Overdue",
            "Alder",
            "2027-01-03",
            "",
        ]

    def test_what_comes_from_people_is_escaped(self) -> None:
        html = page("{{ link(text, href) }}{{ state_tag(text) }}", text="<x>", href='"><script>')
        assert "<x>" not in html
        assert "<script>" not in html

    def test_an_unknown_state_is_shown_in_words(self) -> None:
        assert str(state_tag("not_monitored")) == "Not monitored"

    def test_days_and_moments_are_londons(self) -> None:
        late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
        assert (words.day(late), words.moment(late)) == ("1 July 2026", "1 July 2026 at 12:30am")
        assert words.weekday_day(date(2027, 1, 3)) == "Sunday 3 January 2027"

    def test_values_in_words(self) -> None:
        assert [words.shown(value) for value in (None, True, 1234, date(2027, 1, 3), ["a", 2])] == [
            "",
            "Yes",
            "1,234",
            "3 January 2027",
            "a, 2",
        ]
        assert (words.plural(1, "visit"), words.plural(0, "reply", "replies")) == ("1 visit", "0 replies")


class TestTimeline:
    def test_the_table_says_all_that_the_picture_shows(self) -> None:
        line = picture()
        html = page('{% from "design/timeline.html" import timeline %}{{ timeline(line) }}', line=line)
        assert html.count("<tr ") == 1 + sum(len(lane.marks) + len(lane.spans) for lane in line.lanes)
        assert 'role="img"' in html
        assert not INLINE.search(html)

    def test_marks_stand_in_order_inside_the_picture_and_never_on_one_another(self) -> None:
        days = [date(2026, 1, 1), date(2026, 1, 2), date(2026, 12, 31), date(2030, 1, 1)]
        lane = Lane("Visits", [Mark(day, "Visit") for day in days], [Span(date(2020, 1, 1), None, "Placed")])
        line = Timeline("Home", date(2026, 1, 1), date(2026, 12, 31), TODAY, [lane])
        marks = line.placed_marks
        assert [mark.x for mark in marks] == [190, 192.2, 980]
        assert len({(mark.x, mark.y) for mark in marks}) == 3
        assert marks[0].y != marks[1].y
        assert (line.placed_spans[0].x, line.placed_spans[0].width) == (190, 790)
        assert line.today_x is None

    def test_ticks_stay_few(self) -> None:
        assert len(Timeline("Long", date(2016, 2, 10), date(2026, 12, 31), TODAY, []).ticks) <= 9
        assert [tick.label for tick in Timeline("Short", date(2026, 1, 1), date(2026, 2, 15), TODAY, []).ticks] == [
            "Jan 2026",
            "Feb 2026",
        ]


@pytest.mark.skipif(not BUILT.exists(), reason="the style sheet is not built: run `make setup`")
def test_the_style_sheet_is_without_the_font_and_the_crest_of_gov_uk() -> None:
    css = BUILT.read_text()
    for theirs in ("GDS Transport", "@font-face", "crest", "crown"):
        assert theirs not in css


def test_no_template_of_the_house_has_inline_styles_or_handlers() -> None:
    for template in Path(errors.__file__).parents[1].glob("*/templates/**/*.html"):
        assert not INLINE.search(template.read_text()), template.name
