"""Each kind of field as its component: label, hint, error, and whatever was typed, still there after an error."""

from datetime import date
from html import unescape
from typing import Any, ClassVar

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from wellplaced.design.dates import month_number
from wellplaced.design.fields import Checkboxes, GovDateField, Radios, TextBox, YesNoField, width
from wellplaced.design.forms import Form, error_links
from wellplaced.design.gallery import SampleForm
from wellplaced.history import clock

WRONG_DATES = [
    (("", "3", "2026"), "‘Day’ must include a day", ("day",)),
    (("1", "", ""), "‘Day’ must include a month and year", ("month", "year")),
    (("x", "3", "2026"), "The day of ‘Day’ must be a number between 1 and 31", ("day",)),
    (("32", "3", "2026"), "The day of ‘Day’ must be a number between 1 and 31", ("day",)),
    (("1", "13", "2026"), "The month of ‘Day’ must be a number between 1 and 12, or a name such as March", ("month",)),
    (("1", "ma", "2026"), "The month of ‘Day’ must be a number between 1 and 12, or a name such as March", ("month",)),
    (("1", "3", "26"), "The year of ‘Day’ must include 4 numbers, such as 2026", ("year",)),
    (("1", "3", "9999"), "The year of ‘Day’ must include 4 numbers, such as 2026", ("year",)),
    (("31", "2", "2026"), "‘Day’ must be a real date", ("day",)),
    (("29", "feb", "2027"), "‘Day’ must be a real date", ("day",)),
]


class DayForm(Form):
    day = GovDateField(label="Day")


def typed(day: str, month: str, year: str) -> dict[str, str]:
    return {"day-day": day, "day-month": month, "day-year": year}


def form_with(field: forms.Field, value: Any = None, **kwargs: Any) -> Form:
    made: type[Form] = type("OneForm", (Form,), {"answer": field})
    return made(None if value is None else {"answer": value}, **kwargs)


def shown(field: forms.Field, value: Any = None, **kwargs: Any) -> str:
    return str(form_with(field, value, **kwargs)["answer"].as_field_group())


class TestDates:
    @pytest.mark.parametrize("month", ["3", "03", "Mar", "march", "MARCH", "mar."])
    def test_a_month_may_be_a_number_or_a_name(self, month: str) -> None:
        form = DayForm(typed("27", month, "2026"))
        assert form.is_valid()
        assert form.cleaned_data == {"day": date(2026, 3, 27)}

    @pytest.mark.parametrize(("boxes", "message", "wrong"), WRONG_DATES)
    def test_the_wrong_box_is_named_and_what_was_typed_stays(
        self, boxes: tuple[str, str, str], message: str, wrong: tuple[str, ...]
    ) -> None:
        form = DayForm(typed(*boxes))
        assert form.errors == {"day": [message]}
        html = str(form["day"].as_field_group())
        for name, value in zip(("day", "month", "year"), boxes, strict=True):
            box = next(line for line in html.split("<input")[1:] if f'name="day-{name}"' in line)
            assert f'value="{value}"' in box
            assert ("govuk-input--error" in box) == (name in wrong)
        assert error_links(form) == [{"text": message, "href": f"#id_day-{wrong[0]}"}]

    def test_nothing_at_all_says_what_to_enter(self) -> None:
        form = DayForm({})
        assert form.errors == {"day": ["Enter a date for ‘Day’"]}
        assert error_links(form)[0]["href"] == "#id_day-day"

    def test_a_label_may_hold_any_character(self) -> None:
        class Odd(Form):
            day = GovDateField(label="100% {sure}")

        assert Odd(typed("31", "2", "2026")).errors == {"day": ["‘100% {sure}’ must be a real date"]}

    def test_bounds_are_said_in_words(self) -> None:
        form = DayForm(typed("5", "1", "2027"))
        form.fields["day"].latest = date(2027, 1, 4)  # type: ignore[attr-defined]
        assert form.errors == {"day": ["‘Day’ must be on or before 4 January 2027"]}

    def test_a_date_given_stands_in_the_boxes(self) -> None:
        html = str(DayForm(initial={"day": date(2027, 1, 3)})["day"].as_field_group())
        assert [f'value="{value}"' in html for value in (3, 1, 2027)] == [True] * 3

    def test_a_change_is_noticed(self) -> None:
        same = DayForm(typed("3", "1", "2027"), initial={"day": date(2027, 1, 3)})
        other = DayForm(typed("4", "1", "2027"), initial={"day": date(2027, 1, 3)})
        assert (same.has_changed(), other.has_changed()) == (False, True)

    @pytest.mark.parametrize(("word", "number"), [("ju", None), ("jun", 6), ("july", 7), ("sept", 9), ("0", None)])
    def test_a_name_of_a_month_must_be_clear(self, word: str, number: int | None) -> None:
        assert month_number(word) == number


class TestTyped:
    def test_text_survives_and_is_escaped(self) -> None:
        html = shown(forms.CharField(label="Name", max_length=3), "<b>long</b>")
        assert 'value="&lt;b&gt;long&lt;/b&gt;"' in html
        assert "‘Name’ must be 3 characters or fewer" in html
        assert 'aria-describedby="id_answer-error"' in html

    @pytest.mark.parametrize("limit", [None, 200])
    def test_lines_and_their_indents_survive_even_where_a_choice_reveals_them(self, limit: int | None) -> None:
        class Revealing(Form):
            how = forms.ChoiceField(label="How", choices=[("a", "A"), ("b", "B")], widget=Radios())
            why = forms.CharField(label="Why", widget=TextBox(), max_length=limit)
            reveals: ClassVar = {"how": {"b": "why"}}

        written = "\nfirst\r\n    second <x>\n\nlast"
        form = Revealing({"how": "b", "why": written})
        assert [field.name for field in form.shown_fields] == ["how"]
        html = str(form["how"].as_field_group())
        inside = html.split("<textarea")[1].split(">", 1)[1].partition("</textarea>")[0]
        assert unescape(inside).removeprefix("\n") == written.replace("\r\n", "\n")

    def test_a_number_that_is_none_stays_to_be_mended(self) -> None:
        html = shown(forms.IntegerField(label="Beds"), "six")
        assert 'type="text"' in html
        assert 'inputmode="numeric"' in html
        assert 'value="six"' in html

    def test_an_empty_box_is_empty(self) -> None:
        assert "None" not in shown(forms.CharField(label="Notes", widget=TextBox()))
        assert "None" not in shown(forms.CharField(label="Notes", widget=TextBox(), max_length=9))

    def test_choices_stay_chosen(self) -> None:
        choices = [("a", "A"), ("b", "B")]
        assert 'value="b" checked' in shown(forms.ChoiceField(choices=choices, widget=Radios()), "b")
        assert 'value="b" selected' in shown(forms.ChoiceField(choices=choices), "b")
        html = shown(forms.MultipleChoiceField(choices=choices, widget=Checkboxes(hints={"a": "First"})), ["a", "b"])
        assert html.count(" checked") == 2
        assert "First" in html
        assert " checked" in shown(forms.BooleanField(), "on")
        assert " checked" not in shown(forms.BooleanField(required=False), "")

    def test_a_password_is_never_sent_back(self) -> None:
        assert "hunter2" not in shown(forms.CharField(widget=forms.PasswordInput, max_length=3), "hunter2")


class TestWords:
    def test_optional_is_said(self) -> None:
        assert "Notes (optional)" in shown(forms.CharField(label="Notes", required=False))
        assert "(optional)" not in shown(forms.BooleanField(label="Sure", required=False))

    def test_hint_and_width(self) -> None:
        html = shown(forms.CharField(help_text="As on the <file>", widget=forms.TextInput(attrs=width(10))))
        assert "As on the &lt;file&gt;" in html
        assert "govuk-input--width-10" in html
        assert 'aria-describedby="id_answer-hint"' in html

    def test_characters_are_counted_where_there_is_a_limit(self) -> None:
        html = shown(forms.CharField(widget=TextBox(), max_length=300))
        assert 'data-maxlength="300"' in html
        assert "You can enter up to 300 characters" in html

    def test_a_browser_may_fill_in_what_it_knows(self) -> None:
        html = shown(forms.EmailField(widget=forms.EmailInput(attrs={"autocomplete": "email"})))
        assert 'type="email"' in html
        assert 'autocomplete="email"' in html

    @pytest.mark.parametrize(
        ("field", "message"),
        [
            (forms.CharField(label="Name"), "Enter an answer to ‘Name’"),
            (forms.ChoiceField(label="Type", choices=[("a", "A")]), "Select an answer to ‘Type’"),
            (forms.BooleanField(label="I agree"), "Tick ‘I agree’ to continue"),
            (forms.FileField(label="CSV file"), "Choose a file for ‘CSV file’"),
            (YesNoField(label="EHC plan"), "Select an answer to ‘EHC plan’"),
            (forms.CharField(label="Name", error_messages={"required": "Enter your name"}), "Enter your name"),
        ],
    )
    def test_a_missing_answer_says_what_to_do(self, field: forms.Field, message: str) -> None:
        assert form_with(field, "").errors == {"answer": [message]}

    def test_an_empty_file_is_named(self) -> None:
        made: type[Form] = type("FileForm", (Form,), {"file": forms.FileField(label="CSV file")})
        form = made({}, {"file": SimpleUploadedFile("a.csv", b"")})
        assert form.errors == {"file": ["The file for ‘CSV file’ is empty. Choose another file"]}

    @pytest.mark.parametrize(("value", "cleaned"), [("yes", True), ("no", False), ("", None)])
    def test_yes_and_no(self, value: str, cleaned: bool | None) -> None:
        form = form_with(YesNoField(required=False), value)
        assert form.is_valid()
        assert form.cleaned_data["answer"] is cleaned

    def test_an_answer_of_no_stands_in_the_form(self) -> None:
        assert 'value="no" checked' in shown(YesNoField(), initial={"answer": False})


def test_forms_of_django_itself_get_our_components() -> None:
    class Plain(forms.Form):
        name = forms.CharField()

    assert '<input class="govuk-input" id="id_name"' in str(Plain())
    assert "govuk-form-group--error" in str(Plain({}))


def test_every_error_link_has_its_target() -> None:
    form = SampleForm({"how": "other"})
    html = str(form)
    for link in form.error_links:
        assert f'id="{link["href"][1:]}"' in html


class DoneForm(Form):
    done_on = GovDateField(label="When was it done?")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["done_on"].latest = today  # type: ignore[attr-defined]


def test_a_day_that_starts_with_today_says_so_and_another_gives_an_example() -> None:
    today = clock.today()
    says = "This is today: change it if it was another day"
    assert says in DoneForm(today=today, initial={"done_on": today})["done_on"].as_field_group()
    empty = DoneForm(today=today)["done_on"].as_field_group()
    assert says not in empty
    assert "For example, 27 3 2026" in empty
    typed = DoneForm({"done_on": today.isoformat()}, today=today)["done_on"].as_field_group()
    assert says not in typed, "somebody chose it"
