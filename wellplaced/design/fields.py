"""Fields and widgets for forms beside Django's own, which get GOV.UK templates without anything being done."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model

from wellplaced.design.dates import DateParts, DatePartsInput, GovDateField

__all__ = [
    "Checkboxes",
    "DateParts",
    "DatePartsInput",
    "GovDateField",
    "Radios",
    "RecordsField",
    "TextBox",
    "YesNoField",
    "width",
]

Row = TypeVar("Row", bound=Model)
MOST_DIGITS = 18  # of a record's number: what is longer names none, and SQLite cannot look for it


class Radios(forms.RadioSelect):
    """Radio buttons. `hints` is {value: hint under that choice}; `inline` sets them side by side (two short choices)."""

    def __init__(self, *, hints: Mapping[str, str] | None = None, inline: bool = False, **kwargs: Any) -> None:
        self.hints = dict(hints or {})
        super().__init__(**kwargs)
        if inline:
            self.attrs.setdefault("class", "govuk-radios--inline")


class Checkboxes(forms.CheckboxSelectMultiple):
    """Checkboxes of which several may be ticked. `hints` is {value: hint under that choice}."""

    def __init__(self, *, hints: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        self.hints = dict(hints or {})
        super().__init__(**kwargs)


class TextBox(forms.Textarea):
    """A box for several lines. With `max_length` on its field it counts the characters that are left."""

    def __init__(self, *, rows: int = 5, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.attrs |= {"rows": rows}


class YesNoField(forms.TypedChoiceField):
    """Yes or no, with neither chosen beforehand; cleaned to True, False, or None where it is optional and left out."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", Radios(inline=True))
        super().__init__(
            choices=[("yes", "Yes"), ("no", "No")], coerce=lambda value: value == "yes", empty_value=None, **kwargs
        )

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value) if not isinstance(value, list) else value


class RecordsField(forms.ModelMultipleChoiceField[Row]):
    """Several records of a queryset."""

    def clean(self, value: Any) -> Any:
        if isinstance(value, list | tuple) and any(len(str(each)) > MOST_DIGITS for each in value):
            raise ValidationError(self.error_messages["invalid_list"], code="invalid_list")
        return super().clean(value)


def width(characters: int) -> dict[str, str]:
    """Attributes of a text box for so many characters (2, 3, 4, 5, 10, 20): `TextInput(attrs=width(10))`."""
    return {"class": f"govuk-input--width-{characters}"}
