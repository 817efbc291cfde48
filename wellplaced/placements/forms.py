"""The forms of this room: young people, who may see them, placements, professionals, files to load."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from wellplaced.design.fields import Checkboxes, GovDateField, Radios, RecordsField, TextBox, YesNoField, width
from wellplaced.design.forms import Form, RevisionForm
from wellplaced.people.models import Person, ProvisionType
from wellplaced.placements.actions import NewPremises
from wellplaced.placements.models import ProfessionalRole
from wellplaced.register.models import Premises, PremisesKind, Provision
from wellplaced.sheets.decoding import MAX_BYTES

NEW_FLAT, NEW_HOUSE, NOT_KNOWN = "new_flat", "new_house", "not_known"


def text(label: str, longest: int, *, help_text: str = "", size: int = 0, required: bool = True) -> forms.CharField:
    """One line of text, which browsers do not offer again."""
    widget = forms.TextInput(attrs={"autocomplete": "off", **(width(size) if size else {})})
    return forms.CharField(label=label, max_length=longest, help_text=help_text, widget=widget, required=required)


class YoungPersonForm(RevisionForm):
    """The least that starts a clock; no name is kept."""

    reference = text("Reference", 40, help_text="The person id in Mosaic", size=20)
    initials = text("Initials", 6, help_text="Initials only, never a name", size=5)
    born_on = GovDateField(label="Date of birth", help_text="For example, 27 3 2010. Pages show the age only")
    has_ehc_plan = YesNoField(label="Is there an education, health and care (EHC) plan?")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["born_on"].latest = today  # type: ignore[attr-defined]


class NamedForm(RevisionForm):
    """Who may see a restricted record."""

    named = RecordsField(
        label="Who may see this record?",
        queryset=Person.objects.none(),
        widget=Checkboxes(),
        help_text="Nobody else will find it in a list, a search or by its address. Name yourself, or you lose it too",
        error_messages={"required": "Name at least one person who may see the record"},
    )
    reason = forms.CharField(label="Why?", widget=TextBox(rows=3), max_length=1000)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["named"].queryset = Person.objects.seen_by(person).filter(is_active=True)  # type: ignore[attr-defined]


class ReasonForm(RevisionForm):
    """Why something is done."""

    reason = forms.CharField(label="Why?", widget=TextBox(rows=3), max_length=200)


class PlacementForm(RevisionForm):
    """When a placement is, and in 16+ supported accommodation where. `premises` comes out as what the actions take."""

    premises = forms.ChoiceField(
        label="Which flat or shared house?", widget=Radios(), help_text="A visit must see these premises (R7)"
    )
    new_flat = text("What do you call the flat?", 120, help_text="Such as ‘Flat 3, Mill Court’", required=False)
    new_house = text("What do you call the shared house?", 120, required=False)
    starts_on = GovDateField(
        label="First day",
        help_text="A day in the past is fine: placements made out of hours are recorded afterwards",
    )
    ends_on = GovDateField(label="Last day", required=False, help_text="Leave blank while there is no end")
    known = forms.CharField(required=False, widget=forms.HiddenInput)  # the codes of the warnings already shown
    reveals: ClassVar[Mapping[str, Mapping[str, str]]] = {"premises": {NEW_FLAT: "new_flat", NEW_HOUSE: "new_house"}}

    def __init__(self, *args: Any, provision: Provision, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if provision.type != ProvisionType.SUPPORTED_ACCOMMODATION:
            for name in ("premises", "new_flat", "new_house"):
                del self.fields[name]
            return
        own = Premises.objects.seen_by(person).filter(provision=provision)
        self.own = {str(each.pk): each for each in own}
        open_ = [(key, _described(each)) for key, each in self.own.items() if self._offered(key, each)]
        self.fields["premises"].choices = [  # type: ignore[attr-defined]
            *open_,
            (NEW_FLAT, "A flat that is not in this list" if open_ else "An individual flat"),
            (NEW_HOUSE, "A shared house that is not in this list" if open_ else "A shared house"),
            (NOT_KNOWN, "Not known yet"),
        ]

    def _offered(self, key: str, premises: Premises) -> bool:
        return premises.closed_on is None or str(self.initial.get("premises")) == key

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "premises" in cleaned:
            cleaned["premises"] = self._premises(cleaned["premises"])
        return cleaned

    def _premises(self, chosen: str) -> Premises | NewPremises | None:
        if chosen == NOT_KNOWN:
            return None
        if chosen in self.own:
            return self.own[chosen]
        label = (self.cleaned_data.get(chosen) or "").strip()
        if not label:
            self.add_error(chosen, "Enter a name by which your team knows it")
        kind = PremisesKind.FLAT if chosen == NEW_FLAT else PremisesKind.SHARED_HOUSE
        return NewPremises(label=label, kind=kind)

    def values(self) -> dict[str, Any]:
        """What was entered, as the actions take it."""
        names = ("premises", "starts_on", "ends_on")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


def _described(premises: Premises) -> str:
    where = f", {premises.postcode}" if premises.postcode else ""
    return f"{premises.label} ({premises.get_kind_display().lower()}{where})"


class ChangePlacementForm(PlacementForm):
    """The same, with the reason of the correction."""

    reason = text("Why is it changed?", 200, required=False)


class EndForm(RevisionForm):
    """The last day of a placement."""

    ends_on = GovDateField(label="Last day", help_text="The last day counts as a day there")


class CancelForm(RevisionForm):
    """That a placement never began."""

    because = text("Why did it not begin?", 200)


class MoveForm(RevisionForm):
    """Which provision a placement is really at."""

    provision = forms.IntegerField(widget=forms.HiddenInput)
    reason = text("Why is it moved?", 200, help_text="Such as ‘Recorded at the wrong home’")


class ProfessionalForm(RevisionForm):
    """Somebody new in a role."""

    role = forms.ChoiceField(label="Role", choices=ProfessionalRole.choices, widget=Radios())
    name = text("Name", 120)
    email = forms.EmailField(label="Work email address", widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    starts_on = GovDateField(
        label="First day in the role", help_text="Whoever has the role now, without a last day, ends on the day before"
    )
    ends_on = GovDateField(label="Last day in the role", required=False)


class ChangeProfessionalForm(ProfessionalForm):
    """A correction, or the last day; the role stays."""

    role = None  # type: ignore[assignment]


class UploadForm(Form):
    """A CSV file to compare."""

    file = forms.FileField(
        label="CSV file",
        help_text=f"Up to {MAX_BYTES // 1_000_000} MB. Nothing is loaded before you have seen what it would change",
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )

    def clean_file(self) -> Any:
        """The upload, where it is not too large to look at."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise ValidationError(f"The file is larger than {MAX_BYTES // 1_000_000} MB. Split it into smaller files")
        return file
