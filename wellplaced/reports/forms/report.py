"""A version of the completed form: uploaded, and checked by its content."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from wellplaced.design.forms import OnceForm
from wellplaced.reports.reading import kind_of, too_large


class UploadForm(OnceForm):
    """The completed form as a file. `content` holds its bytes once it is valid."""

    file = forms.FileField(
        label="Completed form", widget=forms.FileInput(attrs={"accept": ".docx,.pdf"}), max_length=400
    )
    note = forms.CharField(
        label="What is new in this version?",
        required=False,
        max_length=300,
        help_text="Use initials, not names, for young people",
    )
    content: bytes = b""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        megabytes = settings.LARGEST_DOCUMENT // 1_000_000
        self.fields["file"].help_text = f"A Word document (.docx) or a PDF, up to {megabytes} MB"

    def clean_file(self) -> Any:
        """The upload, where its content is a report's; a file that is too large is not read."""
        file = self.cleaned_data["file"]
        if file.size > settings.LARGEST_DOCUMENT:
            raise ValidationError(too_large(settings.LARGEST_DOCUMENT))
        self.content = file.read()
        file.seek(0)
        kind_of(self.content, settings.LARGEST_DOCUMENT)
        return file
