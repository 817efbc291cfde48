"""The base of our forms: errors in plain words, nothing typed is lost, and a save that somebody else's save overtook."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet

from wellplaced.design import words
from wellplaced.design.bound import GovField
from wellplaced.design.dates import GovDateField
from wellplaced.history import Conflict


class Form(forms.Form):
    """A Django form whose errors say what to do ('Enter the reference') and that prints in one line.

    `reveals` is {radio field: {value: field shown under that choice}}. `says_optional` adds '(optional)' to labels.
    A field's own `error_messages` are left as they are.
    """

    reveals: ClassVar[Mapping[str, Mapping[str, str]]] = {}
    says_optional: ClassVar[bool] = True
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            speak_plainly(field, field.label or name.replace("_", " ").capitalize())

    @property
    def shown_fields(self) -> list[GovField]:
        """The fields to print one after the other: not the hidden ones, nor those under a choice."""
        revealed = {name for options in self.reveals.values() for name in options.values()}
        return [field for field in self.visible_fields() if field.name not in revealed]  # type: ignore[misc]

    @property
    def error_links(self) -> list[dict[str, str]]:
        """Every error once, in the order of the fields, with the address of the element that it is about."""
        return error_links(self)


def fresh_token() -> str:
    return token_urlsafe(16)


class OnceForm(Form):
    """A form that makes a record, once however often it is sent: it carries a token of its own (see `history.once`).

    visit = history.once(form.sent, lambda: actions.book_visit(**form.cleaned_data, by=person), by=person)
    """

    once = forms.CharField(widget=forms.HiddenInput, required=False, initial=fresh_token)
    sent: str = ""  # the token with all that was typed, in 64 letters; empty where the form carried no token

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.pop("once", ""):
            self.sent = self._all_that_was_typed()
        return cleaned

    def _all_that_was_typed(self) -> str:
        """The same page sent again is the same; with another answer or another file it is not."""
        data = self.data
        typed = {name: data.getlist(name) if hasattr(data, "getlist") else data[name] for name in data}
        typed.pop("csrfmiddlewaretoken", None)
        made = sha256(json.dumps(typed, sort_keys=True, default=str).encode())
        for name in sorted(self.files):
            for file in self.files.getlist(name):
                made.update(f"{name} {file.name}".encode())
                for chunk in file.chunks():
                    made.update(chunk)
                file.seek(0)
        return made.hexdigest()


def error_links(form: forms.BaseForm) -> list[dict[str, str]]:
    """The items of the error summary of any form; errors of the whole form have no address."""
    found = [{"text": str(error), "href": ""} for error in form.non_field_errors()]
    for field in form:
        address = f"#{field.first_id}" if isinstance(field, GovField) else f"#{field.id_for_label}"
        found += [{"text": str(error), "href": "" if field.is_hidden else address} for error in field.errors]
    return found


def speak_plainly(field: forms.Field, label: object) -> None:
    """Put our words in the place of Django's, where the field has no words of its own."""
    field.label = str(label)
    for code, text in _plain_messages(field, str(label)).items():
        if field.error_messages.get(code) == _django_message(field, code):
            field.error_messages[code] = text
    for validator in field.validators:
        if (limit := getattr(validator, "limit_value", None)) is not None:
            _limit(validator, str(label), limit)


def _plain_messages(field: forms.Field, label: str) -> dict[str, str]:
    choose = f"Select one of the choices for ‘{label}’"
    made = {
        "required": _required(field, label),
        "invalid_choice": choose,
        "invalid_pk_value": choose,
        "invalid_list": choose,
        "empty": f"The file for ‘{label}’ is empty. Choose another file",
    }
    invalid = _invalid(field, label)
    return made | ({"invalid": invalid} if invalid else {})


def _required(field: forms.Field, label: str) -> str:
    match field:
        case forms.FileField():
            return f"Choose a file for ‘{label}’"
        case forms.ChoiceField() | forms.ModelChoiceField():
            return f"Select an answer to ‘{label}’"
        case forms.BooleanField():
            return f"Tick ‘{label}’ to continue"
        case GovDateField():
            return f"Enter a date for ‘{label}’"
    return f"Enter an answer to ‘{label}’"


def _invalid(field: forms.Field, label: str) -> str:
    match field:
        case forms.IntegerField():
            return f"‘{label}’ must be a whole number"
        case forms.EmailField():
            return f"‘{label}’ must be an email address like name@example.com"
        case forms.TimeField():
            return f"‘{label}’ must be a time like 14:30"
        case forms.DateField():
            return f"‘{label}’ must be a date like 27/3/2026"
    return ""


def _django_message(field: forms.Field, code: str) -> Any:
    """What the field would say had nobody given it words: the message of its classes or of its validators."""
    for each in type(field).__mro__:
        messages: Mapping[str, Any] = getattr(each, "default_error_messages", {})
        if code in messages:
            return messages[code]
    return field.error_messages.get(code)


def _limit(validator: Any, label: str, limit: Any) -> None:
    match validator.code:
        case "max_length":
            validator.message = f"‘{label}’ must be {limit:,} characters or fewer"
        case "min_length":
            validator.message = f"‘{label}’ must be {limit:,} characters or more"
        case "max_value":
            validator.message = f"‘{label}’ must be {limit} or less"
        case "min_value":
            validator.message = f"‘{label}’ must be {limit} or more"


NOT_SEEN = (
    "The page did not say which state of this record you had open, so nothing is saved. Compare your answers with what is "
    "recorded, then save again."
)


class SeenRevision(forms.IntegerField):
    """The revision that a page carries; what cannot be read was not seen."""

    def to_python(self, value: Any) -> int | None:
        try:
            return super().to_python(value)
        except forms.ValidationError:
            return None


@dataclass(frozen=True)
class Overtaken:
    """One field that somebody else saved first: its label, what was typed, what stands now."""

    label: str
    typed: str
    stands: str


class RevisionForm(Form):
    """A form that changes a record: it carries the revision that the person saw, and can tell of a Conflict.

    form = NameForm(request.POST or None, initial={"name": home.name, "revision": home.revision})
    if form.is_valid():
        try:
            actions.rename(home, by=request.person, **form.cleaned_data)   # takes `revision`
        except history.Conflict as conflict:
            form.add_conflict(conflict)
        else:
            return redirect(home)
    return render(...)
    """

    revision = SeenRevision(widget=forms.HiddenInput, required=False)
    conflicts: tuple[Overtaken, ...] = ()
    conflict_heading: str = ""

    def clean(self) -> dict[str, Any]:
        """Whoever does not say what they saw of a record that is there is shown it, before anything is replaced."""
        cleaned = super().clean() or self.cleaned_data
        stands = self.get_initial_for_field(self.fields["revision"], "revision")
        if stands is not None and cleaned.get("revision") is None:
            changed = [name for name in self.changed_data if name in cleaned and name != "revision"]
            self._set_beside(
                {name: (cleaned[name], self.get_initial_for_field(self.fields[name], name)) for name in changed}, stands
            )
            self.conflict_heading = "Look at what is recorded now"
            self.add_error(None, NOT_SEEN)
        return cleaned

    def add_conflict(
        self, conflict: Conflict, *, by: str = "", show: Mapping[str, Callable[[Any], str]] | None = None
    ) -> None:
        """Show what was typed beside what stands now, and carry the new revision, so that saving again overwrites.

        `by` names who saved first. `show` turns a field's value into words where its own words do not do.
        """
        self._set_beside(conflict.theirs, conflict.revision, show)
        self.conflict_heading = f"{by or 'Somebody else'} saved this first"
        self.add_error(None, "Somebody else saved this record while you had it open. Nothing of yours is saved yet.")

    def _set_beside(
        self,
        theirs: Mapping[str, tuple[Any, Any]],
        revision: int,
        show: Mapping[str, Callable[[Any], str]] | None = None,
    ) -> None:
        """Put what was typed beside what stands, and carry the revision that the person sees now."""
        self.conflicts = tuple(self._overtaken(theirs.items(), show or {}))
        self.data = self.data.copy() if hasattr(self.data, "copy") else dict(self.data)
        self.data[self.add_prefix("revision")] = str(revision)

    def _overtaken(
        self, theirs: Iterable[tuple[str, tuple[Any, Any]]], show: Mapping[str, Callable[[Any], str]]
    ) -> Iterable[Overtaken]:
        for name, (typed, stands) in theirs:
            field = self.fields.get(name)
            label = str(field.label) if field else words.words(name)
            say = show.get(name) or partial(in_words, field)
            yield Overtaken(label, say(typed), say(stands))


def in_words(field: forms.Field | None, value: Any) -> str:
    """A field's value as a person reads it: the choice's words, the day, 'Nothing' for an empty one."""
    if value in (None, "", [], ()):
        return "Nothing"
    if isinstance(field, forms.ModelChoiceField):
        return _records_in_words(field, value)
    if isinstance(field, forms.ChoiceField):
        chosen = dict(field.choices)  # type: ignore[arg-type]
        many = value if isinstance(value, list | tuple) else [value]
        return ", ".join(str(chosen.get(item, item)) for item in many)
    return str(words.shown(value))


def _records_in_words(field: forms.ModelChoiceField[Any], value: Any) -> str:
    if hasattr(value, "_meta"):
        return field.label_from_instance(value)
    many = value if isinstance(value, list | tuple | set | QuerySet) else [value]
    keys = [getattr(item, "pk", item) for item in many]
    found = field.queryset.filter(pk__in=keys) if field.queryset is not None else []
    return ", ".join(field.label_from_instance(each) for each in found) or "Nothing"


__all__ = ["Form", "GovDateField", "OnceForm", "Overtaken", "RevisionForm", "error_links", "in_words", "speak_plainly"]
