"""The desk's forms: whose provisions to move, and to whom."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from wellplaced.design import words
from wellplaced.design.fields import Checkboxes
from wellplaced.design.forms import Form
from wellplaced.design.lists import FilterForm
from wellplaced.monitoring.forms.filters import NOBODY
from wellplaced.people.approvals import approval_problem
from wellplaced.people.models import Person, ProvisionType
from wellplaced.register.models import Provision


class WhoseFilters(FilterForm):
    """Whose provisions are to be moved, narrowed by type and place."""

    whose = forms.ChoiceField(label="Looked after by")
    type = forms.ChoiceField(label="Type", choices=[("", "Any"), *ProvisionType.monitored()])
    place = forms.CharField(label="Place", help_text="The local authority that it is in")

    def __init__(self, *args: Any, officers: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(str(each.pk), each.name) for each in officers]
        self.fields["whose"].choices = [("", "Choose"), (NOBODY, "Nobody yet"), *people]  # type: ignore[attr-defined]

    @property
    def asked(self) -> bool:
        return "whose" in self.answers()

    @property
    def officer(self) -> int | None:
        """The number of the officer; None for the provisions that nobody looks after."""
        whose = self.answers().get("whose", NOBODY)
        return None if whose == NOBODY else int(whose)

    def narrow(self, rows: Any) -> Any:
        answers = self.answers()
        if "type" in answers:
            rows = rows.filter(type=answers["type"])
        return rows.filter(local_authority__icontains=answers["place"]) if "place" in answers else rows


class MoveForm(Form):
    """Which provisions, to whom, and why. C11's refusals stand beside the provisions that they are about."""

    provisions = forms.MultipleChoiceField(label="Provisions to move", widget=Checkboxes())
    officer = forms.ModelChoiceField(label="Who is to look after them", queryset=Person.objects.none())
    reason = forms.CharField(label="Why", help_text="For example: leave until 1 March", max_length=200)

    def __init__(self, *args: Any, offered: Sequence[Provision], person: Person, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {str(each.pk): each for each in offered}
        self.today = today
        choices = [(key, _offer(each)) for key, each in self.offered.items()]
        self.fields["provisions"].choices = choices  # type: ignore[attr-defined]
        approved = Person.objects.seen_by(person).filter(is_active=True, approvals__isnull=False).distinct()
        self.fields["officer"].queryset = approved  # type: ignore[attr-defined]

    @property
    def chosen(self) -> list[Provision]:
        return [self.offered[key] for key in self.cleaned_data["provisions"]]

    def clean(self) -> dict[str, Any]:
        """Refuse what the officer is not approved for, provision by provision."""
        officer: Person | None = self.cleaned_data.get("officer")
        if officer is None or "provisions" not in self.cleaned_data:
            return self.cleaned_data
        chosen = self.chosen
        problems = {kind: approval_problem(officer, kind, self.today) for kind in {each.type for each in chosen}}
        for each in chosen:
            if problems[each.type]:
                self.add_error("provisions", f"{each.known_as}: {problems[each.type]}")
        return self.cleaned_data


def _offer(provision: Provision) -> str:
    owed = words.plural(provision.owed, "visit owed", "visits owed")  # type: ignore[attr-defined]
    place = provision.local_authority or "place not known"
    warning = f". {provision.standing_warning}" if provision.standing_warning else ""
    return f"{provision.known_as} ({provision.get_type_display()}, {place}): {owed}{warning}"
