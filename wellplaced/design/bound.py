"""A form's field as its GOV.UK component: which template a widget gets, and the parameters of its macro."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.widgets import Input
from markupsafe import Markup, escape

from wellplaced.design.dates import BOXES, DateParts, DatePartsInput
from wellplaced.history import clock

TEMPLATES: dict[type[forms.Widget], str] = {
    forms.HiddenInput: "hidden",
    forms.MultipleHiddenInput: "hidden",
    DatePartsInput: "date",
    forms.PasswordInput: "password",
    forms.FileInput: "file",
    forms.Textarea: "textarea",
    forms.CheckboxInput: "checkbox",
    forms.CheckboxSelectMultiple: "checkboxes",
    forms.RadioSelect: "radios",
    forms.SelectMultiple: "checkboxes",
    forms.Select: "select",
    Input: "input",
}
EMPTY_CHOICE = "---------"
EXAMPLE = "For example, 27 3 2026"
TODAY = "This is today: change it if it was another day"


class GovField(forms.BoundField):
    """Django's bound field, which knows its component. `form.name.as_field_group()` prints label, hint, error and box."""

    @property
    def template_name(self) -> str:
        """The field's own template, else that of the closest ancestor of its widget."""
        named: str | None = self.field.template_name  # type: ignore[attr-defined]
        if named:
            return named
        kind = next((TEMPLATES[each] for each in type(self.field.widget).__mro__ if each in TEMPLATES), "input")
        if kind == "textarea" and self._attribute("maxlength"):
            kind = "counted"
        return f"design/fields/{kind}.html"

    @property
    def label_text(self) -> str:
        """The label, with '(optional)' where an answer may be left out and the form says so."""
        says_optional = getattr(self.form, "says_optional", True) and not self.is_single_checkbox
        return f"{self.label} (optional)" if says_optional and not self.field.required else str(self.label)

    @property
    def error_text(self) -> str:
        """The first thing wrong with the answer; nothing where all is well."""
        return str(self.errors[0]) if self.errors else ""

    @property
    def is_single_checkbox(self) -> bool:
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def first_id(self) -> str:
        """The id of the element that an error's link should go to."""
        if not isinstance(self.field.widget, DatePartsInput):
            return self.auto_id
        return f"{self.auto_id}-{next(iter(self.wrong_boxes), BOXES[0])}"

    @property
    def wrong_boxes(self) -> tuple[str, ...]:
        """Which of a date's boxes are wrong: those that the error names, else all."""
        if not self.errors:
            return ()
        error = self.errors.as_data()[0]
        named = (error.params or {}).get("boxes", ()) if isinstance(error, ValidationError) else ()
        return tuple(named) or BOXES

    @property
    def component(self) -> dict[str, Any]:
        """The parameters of the component's macro that all components share, and the plain ones of text boxes."""
        value = self.value()
        made: dict[str, Any] = {
            "id": self.auto_id,
            "idPrefix": self.auto_id,
            "name": self.html_name,
            "label": {"text": self.label_text, "classes": self._label_class("govuk-label--s")},
            "value": None if isinstance(self.field.widget, forms.PasswordInput) else _typed(value),  # never sent back
            "classes": self._attribute("class"),
            "autocomplete": self._attribute("autocomplete"),
            "inputmode": self._attribute("inputmode"),
            "rows": self._attribute("rows"),
            "maxlength": self._attribute("maxlength"),
            "disabled": self.field.disabled or None,
            "spellcheck": self._attribute("spellcheck"),
            "attributes": self._other_attributes(),
        }
        if isinstance(self.field.widget, forms.NumberInput):
            made |= {
                "inputmode": made["inputmode"] or "numeric"
            }  # a number box of the browser would drop what it cannot read
        elif isinstance(self.field.widget, Input):
            made["type"] = self.field.widget.input_type
        return made | self._hint_and_error()

    @property
    def fieldset(self) -> dict[str, Any]:
        """The legend of a group of boxes."""
        return {"legend": {"text": self.label_text, "classes": self._label_class("govuk-fieldset__legend--s")}}

    @property
    def group(self) -> dict[str, Any]:
        """Parameters of radios and checkboxes: a fieldset, and the choices with those chosen checked."""
        return self.component | {"fieldset": self.fieldset, "items": self.options, "value": None, "values": []}

    @property
    def single(self) -> dict[str, Any]:
        """Parameters of one checkbox that stands for yes."""
        item = {"id": self.auto_id, "value": "on", "text": self.label_text, "checked": bool(self.value())}
        return {
            "name": self.html_name,
            "idPrefix": self.auto_id,
            "items": [item],
            "values": [],
        } | self._hint_and_error()

    @property
    def dropdown(self) -> dict[str, Any]:
        """Parameters of a select."""
        items = [{**option, "selected": option.pop("checked")} for option in self.options]
        return self.component | {"items": items, "value": None}

    @property
    def date(self) -> dict[str, Any]:
        """Parameters of a date in three boxes, with what was typed and the wrong boxes marked."""
        parts = self.value()
        parts = parts if isinstance(parts, DateParts) else DateParts.of(parts)
        items = [self._date_box(box, getattr(parts, box)) for box in BOXES]
        made = {"id": self.auto_id, "namePrefix": self.html_name, "fieldset": self.fieldset, "items": items}
        hint = {"hint": {"html": self._date_hint()}}
        return made | self._hint_and_error() | hint

    @property
    def options(self) -> list[dict[str, Any]]:
        """The choices as the macros take them: value, text, hint, checked, and what a choice reveals."""
        chosen = _chosen(self.value())
        widget = self.field.widget
        hints = getattr(widget, "hints", {})
        revealed = getattr(self.form, "reveals", {}).get(self.name, {})
        found = []
        for value, text in _flat(getattr(widget, "choices", ())):
            option: dict[str, Any] = {"value": value, "text": self._choice_text(text), "checked": value in chosen}
            if value in hints:
                option["hint"] = {"text": hints[value]}
            if value in revealed:
                option["conditional"] = {"html": self.form[revealed[value]].as_field_group()}
            if self.field.disabled:
                option["disabled"] = True
            found.append(option)
        return found

    def _label_class(self, usual: str) -> str:
        """Questions are bold, but for the many small ones of a filter."""
        return self._attribute("label_class") or (usual if getattr(self.form, "says_optional", True) else "")

    def _choice_text(self, text: str) -> str:
        if text != EMPTY_CHOICE:
            return text
        return "Choose" if self.field.required else "Any" if not getattr(self.form, "says_optional", True) else "None"

    def _date_hint(self) -> Markup:
        """Its own words, else an example; and that today stands there, where it starts with the last day that it takes."""
        starts = None if self.form.is_bound else self.initial
        is_today = starts is not None and starts == getattr(self.field, "latest", None) == clock.today()
        said = [self.help_text or ("" if is_today else EXAMPLE), TODAY if is_today else ""]
        return Markup(". ").join(each for each in said if each)

    def _date_box(self, box: str, value: str) -> dict[str, Any]:
        width = "govuk-input--width-2" if box == "day" else "govuk-input--width-4"
        wrong = " govuk-input--error" if box in self.wrong_boxes else ""
        inputmode = "text" if box == "month" else "numeric"
        return {"name": box, "value": value, "classes": width + wrong, "inputmode": inputmode}

    def _hint_and_error(self) -> dict[str, Any]:
        made: dict[str, Any] = {}
        if self.help_text:
            made["hint"] = {"html" if isinstance(self.help_text, Markup) else "text": self.help_text}
        if self.errors:
            made["errorMessage"] = {"text": self.error_text}
        return made

    def _attribute(self, name: str) -> Any:
        return self.field.widget.attrs.get(name)

    def _other_attributes(self) -> dict[str, Any]:
        known = {"class", "autocomplete", "inputmode", "rows", "cols", "maxlength", "spellcheck", "label_class"}
        return {
            name: value for name, value in self.field.widget.attrs.items() if name not in known and value is not None
        }


def _flat(choices: Iterable[Any]) -> Iterable[tuple[str, str]]:
    """Choices without their groups: a group's name goes before each of its choices."""
    for value, text in choices:
        if isinstance(text, list | tuple):
            yield from ((str(inner), f"{value}: {inner_text}") for inner, inner_text in text)
        else:
            yield "" if value is None else str(value), str(text)


def _chosen(value: Any) -> set[str]:
    if isinstance(value, list | tuple | set):
        return {str(item) for item in value}
    return {"" if value is None else str(value)}


def _typed(value: Any) -> Markup:
    """What was typed, with line breaks as references, since the macros indent what they nest.

    A browser drops the first line break of a box of several lines, so one more stands before it.
    """
    text = "" if value is None else str(value).replace("\r\n", "\n")
    text = f"\n{text}" if text.startswith("\n") else text
    return Markup(str(escape(text)).replace("\n", "&#10;"))  # noqa: S704 (escaped just there)
