"""The forms of this room: what an authority knows of a provision, premises, provisions entered by hand, judgements."""

from collections.abc import Collection
from datetime import date
from typing import Any, ClassVar

from django import forms

from wellplaced.design.fields import GovDateField, Radios, TextBox, YesNoField, width
from wellplaced.design.forms import Form, RevisionForm
from wellplaced.people.models import ProvisionType
from wellplaced.register.actions.judgements import outcomes_for
from wellplaced.register.models import Inspectorate, PremisesKind, Provision, RegistrationStatus


def text(label: str, longest: int, *, required: bool = False, help_text: str = "", size: int = 0) -> forms.CharField:
    """One line of text; `size` is its width in characters."""
    widget = forms.TextInput(attrs={"autocomplete": "off", **(width(size) if size else {})})
    return forms.CharField(label=label, max_length=longest, required=required, help_text=help_text, widget=widget)


def several_lines(label: str, help_text: str = "", longest: int | None = None) -> forms.CharField:
    """Several lines of text."""
    return forms.CharField(label=label, required=False, help_text=help_text, max_length=longest, widget=TextBox(rows=4))


class DetailsForm(RevisionForm):
    """What the authority knows of a provision."""

    name = text("Name", 255, help_text="As your authority knows it. Nobody outside your authority sees it.")
    alias = text(
        "Alias",
        120,
        help_text="What your own systems call it, such as Mosaic. Files of placements can name it by this.",
    )
    address = several_lines("Address", "Keep it to your authority: the addresses of children’s homes are not public.")
    postcode = text("Postcode", 12, size=10)
    telephone = forms.CharField(
        label="Telephone", max_length=40, required=False, widget=forms.TextInput(attrs={"type": "tel", **width(20)})
    )
    email = forms.EmailField(label="Email", required=False)
    under_contract_from = GovDateField(
        label="Under contract from",
        required=False,
        help_text="The first day on which you hold it under contract. Annual visits are counted from it.",
    )
    notes = several_lines("Notes", "Nothing about a young person.", longest=4000)


class PremisesForm(RevisionForm):
    """A shared house or a flat."""

    label = text(
        "Name", 120, required=True, help_text="How your team tells it from the others, such as ‘Flat 3, Mill Court’"
    )
    kind = forms.ChoiceField(
        label="What is it?",
        choices=PremisesKind.choices,
        widget=Radios(hints={PremisesKind.FLAT: "For one young person, and seen with a form of its own"}),
    )
    address = several_lines("Address")
    postcode = text("Postcode", 12, size=10)
    capacity = forms.IntegerField(
        label="How many young people can live there?",
        min_value=1,
        max_value=500,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", **width(3)}),
    )


class ChangePremisesForm(PremisesForm):
    """The same, and the day on which it closed."""

    closed_on = GovDateField(
        label="Closed on",
        required=False,
        help_text="The first day on which nobody lives there any more. Empty it to open the premises again.",
    )


class EnteredForm(RevisionForm):
    """A provision entered by hand."""

    type = forms.ChoiceField(label="Type of provision", choices=ProvisionType.monitored(), widget=Radios())
    name = text("Name", 255, required=True)
    owner = text("Organisation that owns it", 255)
    inspectorate = forms.ChoiceField(
        label="Who inspects it?",
        choices=Inspectorate.choices,
        widget=Radios(
            hints={
                Inspectorate.OFSTED: "Unless it is a SEN provision, it will be shown as ‘Not registered with Ofsted’",
                Inspectorate.ISI: "Many independent special schools",
            }
        ),
    )
    local_authority = text("Place", 120, help_text="The local authority in whose area it is")
    address = several_lines("Address")
    postcode = text("Postcode", 12, size=10)
    places = forms.IntegerField(
        label="Places",
        min_value=1,
        max_value=5000,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", **width(4)}),
    )


class ChangeEnteredForm(EnteredForm):
    """The same, and whether it is open."""

    status = forms.ChoiceField(
        label="Is it open?",
        required=False,
        choices=[("", "Open"), (RegistrationStatus.SUSPENDED, "Suspended"), (RegistrationStatus.CLOSED, "Closed")],
        widget=Radios(),
    )


class JudgementForm(RevisionForm):
    """What an inspection concluded."""

    outcome = forms.ChoiceField(
        label="Outcome", widget=Radios(), error_messages={"required": "Select what the inspection concluded"}
    )
    inspected_on = GovDateField(
        label="Day of the inspection", required=False, help_text="Its last day, where it took several"
    )
    published_on = GovDateField(label="Day of publication", help_text="What is owed is counted from this day")
    words = text("In the inspectorate’s own words", 120, help_text="Only where they differ from the outcome above")
    event_type = text("Kind of inspection", 80, help_text="Such as ‘Full inspection’ or ‘Monitoring visit’")
    event_number = text("Number of the inspection", 20, help_text="On the report’s first page", size=10)

    def __init__(self, *args: Any, provision: Provision, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(outcome.value, outcome.label) for outcome in outcomes_for(provision.type)]
        self.fields["outcome"].choices = choices  # type: ignore[attr-defined]
        self.fields["published_on"].latest = today  # type: ignore[attr-defined]
        if provision.entered_by_id is None:
            self.fields["inspected_on"].required = True


class RegistrationForm(RevisionForm):
    """What stands of a registration."""

    status = forms.ChoiceField(label="Status", choices=RegistrationStatus.choices, widget=Radios())
    ended_on = GovDateField(
        label="Ended on", required=False, help_text="Only where it resigned, was cancelled or closed"
    )


class LeftForm(RevisionForm):
    """What became of a registration that a later file no longer lists."""

    still_active = YesNoField(
        label="Is it still active?", error_messages={"required": "Say whether the registration is still active"}
    )
    closed_on = GovDateField(label="When did it close?", required=False, help_text="If you know the day")
    reveals: ClassVar = {"still_active": {"no": "closed_on"}}


class LinkForm(Form):
    """The provision that a re-registered home continues, by its URN."""

    urn = text(
        "URN of the home as it was registered before",
        8,
        required=True,
        help_text="Its history, and this registration’s judgements, will stand together",
        size=10,
    )


SHARED, OWN = "shared", "own"
MOST_BYTES = 30_000_000
ENDINGS = (".csv", ".ods", ".xlsx")


class UploadForm(Form):
    """A file of Ofsted's to hand in."""

    what = forms.ChoiceField(
        label="What is it?",
        choices=[
            (SHARED, "A file that Ofsted publishes, for the shared register"),
            (OWN, "The list that Ofsted sends your authority"),
        ],
        widget=Radios(hints={OWN: "Names, addresses and premises, which only your authority will see"}),
        error_messages={"required": "Say what the file is: one that Ofsted publishes, or your authority’s own list"},
    )
    file = forms.FileField(
        label="File",
        help_text="CSV, ODS or XLSX, as Ofsted gives it, up to 30 MB",
        error_messages={"required": "Choose the file that Ofsted gave"},
    )
    as_at = GovDateField(
        label="The day that it describes",
        required=False,
        help_text="Only where the file’s title does not say it, such as 31 3 2025",
    )

    def __init__(self, *args: Any, kinds: Collection[str], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["as_at"].latest = today  # type: ignore[attr-defined]
        if len(kinds) == 1:
            self.fields["what"].required = False
            self.fields["what"].widget = forms.HiddenInput()
        self.kinds = kinds

    def clean_what(self) -> str:
        """The one kind that the person may load, or the one chosen among several."""
        chosen: str = self.cleaned_data.get("what") or ""
        return next(iter(self.kinds)) if len(self.kinds) == 1 else chosen

    def clean_file(self) -> Any:
        """A file of one of the three kinds, and not larger than can be read; the worker looks inside."""
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith(ENDINGS):
            raise forms.ValidationError("The file must be a CSV, ODS or XLSX file. Save it as one of these first.")
        if file.size > MOST_BYTES:
            raise forms.ValidationError("The file must be 30 MB or smaller. Ofsted’s own files are under 5 MB.")
        return file


class DecideForm(RevisionForm):
    """What to do with a file that was compared."""

    decision = forms.ChoiceField(choices=[(each, each) for each in ("apply", "leave", "compare")])
