"""Who gets the document (C21), who of them does not after all, and why it is recalled."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from django import forms

from wellplaced.design.fields import Checkboxes, GovDateField, Radios, TextBox
from wellplaced.design.forms import Form, OnceForm, RevisionForm
from wellplaced.monitoring.actions.steps import NewRecipient
from wellplaced.monitoring.models import Recipient, StepRecord, Visit
from wellplaced.people.models import Person
from wellplaced.reports.circulating import ROLE_WORDS
from wellplaced.reports.forms.asking import AsksPlainly
from wellplaced.reports.reviewing import reviewers

YES, NO = "yes", "no"
WHY = "Say why they do not get it"


def in_words(new: NewRecipient) -> str:
    """'Ash Grove, social worker (CSW)'."""
    return f"{new.name}, {ROLE_WORDS[new.role]}"


class CirculateForm(AsksPlainly, OnceForm):
    """Each recipient gets it, or does not and why; the day; the senior officer in copy."""

    sent_on = GovDateField(label="On which day did it go out?")
    copied_to = forms.ModelChoiceField(
        label="Which senior officer gets a copy?",
        queryset=Person.objects.none(),
        empty_label="Choose a senior officer",
        error_messages={"required": "Choose the senior officer who gets a copy (C21)"},
    )

    def __init__(
        self,
        *args: Any,
        proposed: Sequence[NewRecipient],
        known: Sequence[Recipient],
        visit: Visit,
        person: Person,
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, initial={"sent_on": today, "copied_to": visit.reviewer_id}, **kwargs)
        self.proposed = proposed
        self.reveals = {}  # type: ignore[misc]
        left_out = {each.key: each.left_out_because for each in known}
        for new in proposed:
            self._ask(new, left_out.get(new.key, ""))
        self.order_fields([name for name in self.fields if name[:4] in ("gets", "why_")])
        self.fields["sent_on"].latest, self.fields["sent_on"].earliest = today, visit.visit_on  # type: ignore[attr-defined]
        seniors = Person.objects.seen_by(person).filter(pk__in=[each.pk for each in reviewers(visit, today)])
        self.fields["copied_to"].queryset = seniors  # type: ignore[attr-defined]
        self.fields["copied_to"].required = seniors.exists()  # where there is nobody else, nobody gets a copy

    def _ask(self, new: NewRecipient, left_out_because: str) -> None:
        gets, why = _names(new)
        self.fields[gets] = forms.ChoiceField(
            label=in_words(new),
            help_text=_whom(new),
            choices=[(YES, "Gets it"), (NO, "Does not get it")],
            widget=Radios(),
            initial=NO if left_out_because else YES,
            error_messages={"required": f"Say whether {new.name} gets it"},
        )
        self.fields[why] = forms.CharField(
            label="Why not?", required=False, max_length=300, initial=left_out_because, widget=TextBox(rows=2)
        )
        self.reveals[gets] = {NO: why}  # type: ignore[index]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for new in self.proposed:
            gets, why = _names(new)
            if cleaned.get(gets) == NO and not cleaned.get(why, "").strip():
                self.add_error(why, f"{WHY}: {new.name}")
        return cleaned

    def values(self) -> dict[str, Any]:
        """For the action `circulate`."""
        cleaned = self.cleaned_data
        recipients = []
        for new in self.proposed:
            gets, why = _names(new)
            recipients.append(replace(new, left_out_because=cleaned[why] if cleaned[gets] == NO else ""))
        return {"recipients": recipients, "sent_on": cleaned["sent_on"], "copied_to": cleaned["copied_to"]}


def _names(new: NewRecipient) -> tuple[str, str]:
    """The fields of a recipient, by whom they are about: who is proposed may change while the page is open."""
    key = new.key.replace(":", "_")
    return f"gets_{key}", f"why_{key}"


def _whom(new: NewRecipient) -> str:
    return "For " + ", ".join(str(each) for each in new.young_people) if new.young_people else ""


class CorrectSendingForm(RevisionForm):
    """On which day it went out, and who got a copy."""

    sent_on = GovDateField(label="On which day did it go out?")
    note = forms.CharField(label="Who got a copy?", required=False, max_length=200)

    def __init__(self, *args: Any, sending: StepRecord, visit: Visit, today: date, **kwargs: Any) -> None:
        initial = {"sent_on": sending.done_on, "note": sending.note, "revision": sending.revision}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["sent_on"].latest, self.fields["sent_on"].earliest = today, visit.visit_on  # type: ignore[attr-defined]


class AddRecipientsForm(Form):
    """Others who get the document, after it went out."""

    who = forms.MultipleChoiceField(
        label="Who else gets it?", widget=Checkboxes(), error_messages={"required": "Select who else gets it"}
    )

    def __init__(self, *args: Any, offered: Sequence[NewRecipient], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {new.key: new for new in offered}
        field = self.fields["who"]
        field.widget = Checkboxes(hints={new.key: _whom(new) for new in offered if new.young_people})
        field.choices = [(new.key, in_words(new)) for new in offered]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> list[NewRecipient]:
        return [self.offered[key] for key in self.cleaned_data["who"]]


class ChangeRecipientForm(AsksPlainly, RevisionForm):
    """Whether somebody gets the document after all."""

    gets = forms.ChoiceField(
        label="Do they get the document?", choices=[(YES, "They get it"), (NO, "They do not get it")], widget=Radios()
    )
    left_out_because = forms.CharField(label="Why not?", required=False, max_length=300, widget=TextBox(rows=2))
    reveals: ClassVar = {"gets": {NO: "left_out_because"}}

    def __init__(self, *args: Any, recipient: Recipient, **kwargs: Any) -> None:
        because = recipient.left_out_because
        initial = {"gets": NO if because else YES, "left_out_because": because, "revision": recipient.revision}
        super().__init__(*args, initial=initial, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("gets") == NO and not cleaned.get("left_out_because", "").strip():
            self.add_error("left_out_because", WHY)
        return cleaned

    @property
    def because(self) -> str:
        """Why they do not get it; empty where they do."""
        return self.cleaned_data["left_out_because"] if self.cleaned_data["gets"] == NO else ""
