"""Forms whose questions must be answered, if only under another's answer: none says '(optional)', and all are bold."""

from typing import Any, ClassVar

from django import forms

from wellplaced.design.fields import DatePartsInput
from wellplaced.design.forms import Form

LEGENDS = (forms.RadioSelect, forms.CheckboxSelectMultiple, DatePartsInput)


class AsksPlainly(Form):
    """A form that says itself what may be left out."""

    says_optional: ClassVar[bool] = False

    def __getitem__(self, name: str) -> Any:
        widget = self.fields[name].widget if name in self.fields else None
        if widget is not None:
            kind = "fieldset__legend" if isinstance(widget, LEGENDS) else "label"
            widget.attrs.setdefault("label_class", f"govuk-{kind}--s")
        return super().__getitem__(name)
