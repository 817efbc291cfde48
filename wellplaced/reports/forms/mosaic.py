"""What was uploaded onto Mosaic (C23), for the provision or for a young person."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms

from wellplaced.design.fields import Checkboxes, GovDateField, Radios, TextBox, width
from wellplaced.design.forms import RevisionForm
from wellplaced.monitoring.models import Visit
from wellplaced.people.models import Person
from wellplaced.people.rights import RIGHTS, Permission, Role
from wellplaced.reports.forms.asking import AsksPlainly
from wellplaced.reports.models import MosaicUpload
from wellplaced.reports.uploading import PARTS

YES, NOTHING = "yes", "nothing"
WHO_RECORD = [role for role in Role if Permission.RECORD_STEP in RIGHTS[role]]


class UploadForm(AsksPlainly, RevisionForm):
    """With Mosaic's reference, or why there is nothing to upload."""

    is_uploaded = forms.ChoiceField(
        label="Is it on Mosaic?",
        choices=[(YES, "Yes, it is uploaded"), (NOTHING, "There is nothing to upload here")],
        widget=Radios(),
    )
    reference = forms.CharField(
        label="Mosaic’s reference", required=False, max_length=60, widget=forms.TextInput(attrs=width(20))
    )
    none_because = forms.CharField(label="Why not?", required=False, max_length=300, widget=TextBox(rows=2))
    what = forms.MultipleChoiceField(label="What is uploaded?", required=False, widget=Checkboxes())
    missing_because = forms.CharField(
        label="If a part is not uploaded, why? (optional)", required=False, max_length=300, widget=TextBox(rows=2)
    )
    uploaded_on = GovDateField(label="On which day?")
    uploaded_by = forms.ModelChoiceField(label="Who did it?", queryset=Person.objects.none(), empty_label=None)
    reveals: ClassVar = {"is_uploaded": {YES: "reference", NOTHING: "none_because"}}

    def __init__(
        self,
        *args: Any,
        visit: Visit,
        upload: MosaicUpload | None,
        parts: Sequence[str],
        person: Person,
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, initial=_initial(upload, parts, person, today), **kwargs)
        self.fields["what"].choices = [(part, PARTS[part][:1].upper() + PARTS[part][1:]) for part in PARTS]  # type: ignore[attr-defined]
        self.fields["uploaded_on"].earliest, self.fields["uploaded_on"].latest = visit.visit_on, today  # type: ignore[attr-defined]
        colleagues = Person.objects.seen_by(person).filter(is_active=True, roles__role__in=WHO_RECORD).distinct()
        self.fields["uploaded_by"].queryset = colleagues  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        chosen = cleaned.get("is_uploaded")
        if chosen == YES and not cleaned.get("reference", "").strip():
            self.add_error("reference", "Enter Mosaic’s reference: without it nothing counts as uploaded")
        if chosen == YES and not cleaned.get("what"):
            self.add_error("what", "Select what is uploaded")
        if chosen == NOTHING and not cleaned.get("none_because", "").strip():
            self.add_error("none_because", "Say why there is nothing to upload")
        return cleaned

    def values(self) -> dict[str, Any]:
        """For the action `record_upload`."""
        cleaned = self.cleaned_data
        is_there = cleaned["is_uploaded"] == YES
        what = cleaned["what"] if is_there else []
        return {
            **{part: part in what for part in PARTS},
            "reference": cleaned["reference"] if is_there else "",
            "missing_because": cleaned["missing_because"] if is_there else "",
            "none_because": "" if is_there else cleaned["none_because"],
            "uploaded_on": cleaned["uploaded_on"],
            "uploaded_by": cleaned["uploaded_by"],
            "seen_revision": cleaned["revision"],
        }


def _initial(upload: MosaicUpload | None, parts: Sequence[str], person: Person, today: date) -> dict[str, Any]:
    if upload is None:
        return {"is_uploaded": YES, "what": list(parts), "uploaded_on": today, "uploaded_by": person.pk}
    names = ("reference", "missing_because", "none_because", "uploaded_on", "uploaded_by", "revision")
    return {
        "is_uploaded": NOTHING if upload.none_because else YES,
        "what": [part for part in PARTS if getattr(upload, part)],
        **{name: getattr(upload, name) for name in names},
    }
