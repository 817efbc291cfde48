"""Who looks after a provision; and an authority's own version of the timeframes."""

from datetime import date
from typing import Any

from django import forms

from wellplaced.design.fields import TextBox
from wellplaced.design.forms import Form, RevisionForm
from wellplaced.monitoring.forms.offering import offer_officers
from wellplaced.people.models import Person
from wellplaced.register.models import Provision


class AssignForm(RevisionForm):
    """An approved officer (C11), from today."""

    officer = forms.ModelChoiceField(label="Who looks after it from today?", queryset=Person.objects.none())
    reason = forms.CharField(
        label="Why?", max_length=200, required=False, help_text="For example, ‘leave’ or ‘new in the team’"
    )

    def __init__(self, *args: Any, person: Person, provision: Provision, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_officers(self.fields["officer"], person, provision, today)


class TimeframesForm(Form):
    """TOML that holds only what it replaces; it is published once it was checked (see `Proposal.seal`)."""

    says_optional = False  # the reason is needed to publish, not to check

    text = forms.CharField(
        label="What your version replaces",
        strip=False,
        widget=forms.Textarea(attrs={"rows": 30, "spellcheck": "false"}),
        help_text="Take the # away in front of what you want to replace. Everything else is as in the guidance",
    )
    reason = forms.CharField(
        label="Why does your authority replace this?",
        max_length=2000,
        widget=TextBox(rows=3),
        help_text="The reason and your name are shown with the version",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = "publish" in self.data

    def publishes(self, seal: str) -> bool:
        """Whether the text is to be published, and is the one that was checked."""
        return "publish" in self.data and self.data.get("checked") == seal
