"""A reason, and nothing else: for what is cancelled, set aside, taken back or withdrawn."""

from typing import Any

from django import forms

from wellplaced.design.fields import TextBox
from wellplaced.design.forms import RevisionForm


class WhyForm(RevisionForm):
    """`question` asks for the reason; `revision` is that of the record as the person sees it."""

    because = forms.CharField(label="Why?", max_length=300, widget=TextBox(rows=3))

    def __init__(
        self, *args: Any, question: str, help_text: str = "", revision: int | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, initial={"revision": revision}, **kwargs)
        self.fields["because"].label = question
        self.fields["because"].help_text = help_text
        self.fields["because"].error_messages["required"] = f"Enter an answer to ‘{question}’"
