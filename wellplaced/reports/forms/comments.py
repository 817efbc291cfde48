"""What a recipient answered (C22), taken down quickly; put right; and the officer's reply."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms

from wellplaced.design.fields import GovDateField, Radios, TextBox
from wellplaced.design.forms import OnceForm, RevisionForm
from wellplaced.monitoring.models import Recipient
from wellplaced.reports.forms.asking import AsksPlainly
from wellplaced.reports.models import Comment

COMMENT, NO_COMMENT = Comment.Kind.COMMENT, Comment.Kind.NO_COMMENT
LONGEST = 10000
SAYS = {"kind": {COMMENT.value: "text"}}


def kind_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="What did they answer?",
        choices=[(COMMENT, "They have a comment"), (NO_COMMENT, "They have no comment")],
        widget=Radios(),
    )


def text_field() -> forms.CharField:
    return forms.CharField(
        label="What did they say?",
        required=False,
        max_length=LONGEST,
        widget=TextBox(rows=6, attrs={"maxlength": None}),
    )


class _Answer:
    """What both forms ask: a comment says something, and it came after the document went out."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data  # type: ignore[misc,attr-defined]
        if cleaned.get("kind") == COMMENT and not cleaned.get("text", "").strip():
            self.add_error("text", "Write down what they said")  # type: ignore[attr-defined]
        return cleaned


class CommentForm(_Answer, AsksPlainly, OnceForm):
    """An answer, taken down by whoever heard or read it."""

    kind = kind_field()
    text = text_field()
    received_on = GovDateField(label="When did it come?")
    reveals: ClassVar = SAYS

    def __init__(self, *args: Any, sent_on: date, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"received_on": today}, **kwargs)
        self.fields["received_on"].earliest, self.fields["received_on"].latest = sent_on, today  # type: ignore[attr-defined]


class CorrectCommentForm(_Answer, AsksPlainly, RevisionForm):
    """An answer that was written down wrongly, or for the wrong recipient."""

    recipient = forms.ModelChoiceField(label="Who answered?", queryset=Recipient.objects.none(), empty_label=None)
    kind = kind_field()
    text = text_field()
    received_on = GovDateField(label="When did it come?")
    reveals: ClassVar = SAYS

    def __init__(
        self, *args: Any, comment: Comment, recipients: Sequence[Recipient], sent_on: date, today: date, **kwargs: Any
    ) -> None:
        names = ("recipient", "kind", "text", "received_on", "revision")
        super().__init__(*args, initial={name: getattr(comment, name) for name in names}, **kwargs)
        field = self.fields["recipient"]
        numbers = [each.pk for each in recipients]
        field.queryset = Recipient.objects.filter(visit=comment.visit_id, pk__in=numbers)  # type: ignore[attr-defined]
        self.fields["received_on"].earliest, self.fields["received_on"].latest = sent_on, today  # type: ignore[attr-defined]


class ReplyForm(AsksPlainly, RevisionForm):
    """Accepted or not, and why."""

    reply = forms.ChoiceField(label="Is the comment accepted?", choices=Comment.Reply.choices, widget=Radios())
    reply_because = forms.CharField(
        label="Why, or what changes in the report?", required=False, max_length=LONGEST, widget=TextBox(rows=4)
    )

    def __init__(self, *args: Any, comment: Comment, **kwargs: Any) -> None:
        names = ("reply", "reply_because", "revision")
        super().__init__(*args, initial={name: getattr(comment, name) for name in names}, **kwargs)
        self.fields["reply_because"].help_text = "Needed where it is not accepted"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("reply") == Comment.Reply.NOT_ACCEPTED and not cleaned.get("reply_because", "").strip():
            self.add_error("reply_because", "Say why the comment is not accepted")
        return cleaned
