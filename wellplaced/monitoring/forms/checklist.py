"""The day (C16): the checklist, the questionnaires, the pre-visit form (C13). Each answer carries what stood before."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, cast

from django import forms

from wellplaced.design.fields import GovDateField, Radios, TextBox
from wellplaced.design.forms import RevisionForm, speak_plainly
from wellplaced.design.words import day as in_words
from wellplaced.history import Conflict
from wellplaced.monitoring.actions.checklist import MISSING, THERE
from wellplaced.monitoring.catalogue import Entry, documents_for, sections_for
from wellplaced.monitoring.day import YES, Answer, Day, Met
from wellplaced.monitoring.models import DayChecklist, PreVisitForm, Visit, YoungPersonSeen
from wellplaced.monitoring.placed import Placed
from wellplaced.placements.models import YoungPerson
from wellplaced.register.models import Premises

Choices = list[tuple[str, str]]
NOT_YET = ("", "Not yet")
SEEN_OR_NOT: Choices = [("seen", "Seen"), ("not_there", "Not there"), NOT_YET]
THERE_OR_NOT: Choices = [(THERE, "There"), (MISSING, "Missing"), NOT_YET]
ON_THE_DAY = ("done", "declined", "paper_left")
BLANK_LINES, MOST_LINES = 2, 40
STAFF_LINE = re.compile(r"^staff-(\d{1,2})-role$")
WAS = "was-"  # before a field's name: what stood there when the page was opened


class DayForm(RevisionForm):
    """Answers that are saved one by one: those that the person did not touch stay as somebody else saved them."""

    says_optional = False  # nothing is required

    def __init__(self, *args: Any, day: Day, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day
        self.stood: dict[str, Any] = {}
        self.initial = self.stood

    def ask(self, name: str, field: forms.Field) -> None:
        """Add a question; a choice that stands and is not offered is offered besides."""
        stands = self.day.stands(name)
        if isinstance(field, forms.ChoiceField) and stands and stands not in dict(field.choices):  # type: ignore[arg-type]
            field.choices = [(stands, _known(stands)), *field.choices]  # type: ignore[misc]
        speak_plainly(field, field.label)
        self.fields[name] = field
        self.stood[name] = date.fromisoformat(stands) if stands and isinstance(field, GovDateField) else stands

    def was(self, name: str) -> str:
        """What stood there when the page was opened, for the hidden field beside the question."""
        return str(self.data.get(WAS + name, "")) if self.is_bound else self.day.stands(name)

    def answers(self) -> list[Answer]:
        """Every question that the page held; one that came up since is not answered by it."""
        asked = [name for name in self.fields if name in self.cleaned_data and WAS + name in self.data]
        return [Answer(name, one_line_end(self.data[WAS + name]), _text(self.cleaned_data[name])) for name in asked]

    def add_conflict(
        self, conflict: Conflict, *, by: str = "", show: Mapping[str, Callable[[Any], str]] | None = None
    ) -> None:
        """What stands now becomes what the person has seen: saving again replaces it."""
        super().add_conflict(
            conflict, by=by, show={**(show or {}), **{name: self._said(name) for name in conflict.theirs}}
        )
        for name, (_, stands) in conflict.theirs.items():
            if name in self.fields:
                cast(Any, self.data)[WAS + name] = stands

    def _said(self, name: str) -> Callable[[Any], str]:
        field = self.fields.get(name)
        choices = dict(field.choices) if isinstance(field, forms.ChoiceField) else {}  # type: ignore[arg-type]

        def said(value: Any) -> str:
            if isinstance(value, list):
                return "; ".join(value) or "Nothing"
            if isinstance(field, GovDateField) and value:
                return in_words(date.fromisoformat(value))
            return str(choices.get(value, value)) or "Nothing"

        return said


class ChecklistForm(DayForm):
    """C16: everything of the day, in any order, as often as one likes."""

    others_seen = forms.BooleanField(label="All the others were seen", required=False)

    def __init__(
        self, *args: Any, visit: Visit, placed: Placed, premises: Iterable[Premises], asks_sections: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.documents = self._ask_entries("document", documents_for(visit.provision.type), SEEN_OR_NOT)
        self.ask("tour", choice("Was there a tour?", [*DayChecklist.Tour.choices, NOT_YET]))
        self.ask("tour_note", text("What was seen on the tour", 300, rows=2))
        to_see = {each.pk for each in visit.to_see.all()}
        self.premises = [self._ask_premises(each, is_planned=each.pk in to_see) for each in premises]
        self.sections = (
            self._ask_entries("section", sections_for(visit.provision.type), THERE_OR_NOT) if asks_sections else []
        )
        self.young_people = [(each, self._ask_about(each)) for each in placed.seen]
        warning = "Everybody who may see the visit reads this: do not name or describe a young person here"
        self.ask("note", text("Notes of the day", 8000, rows=6, hint=warning))
        self.staff = self._ask_staff()

    def _ask_entries(self, kind: str, entries: Iterable[Entry], choices: Choices) -> list[str]:
        names = []
        for entry in entries:
            names.append(f"{kind}-{entry.code}")
            self.ask(names[-1], choice(entry.title, choices, entry.hint))
        return names

    def _ask_premises(self, premises: Premises, *, is_planned: bool) -> str:
        name = f"premises-{premises.pk}"
        hint = "The visit is to see this" if is_planned else ""
        self.ask(name, choice(f"{premises}", [(YES, "Seen"), ("", "Not seen")], hint))
        return name

    def _ask_about(self, young_person: YoungPerson) -> list[str]:
        names = [f"{kind}-{young_person.pk}" for kind in ("seen", "questionnaire", "about")]
        offered = [pair for pair in YoungPersonSeen.Questionnaire.choices if pair[0] in ON_THE_DAY]
        self.ask(names[0], choice(f"Was {young_person} seen?", [*YoungPersonSeen.Seen.choices, NOT_YET]))
        self.ask(names[1], choice(f"Questionnaire of {young_person}", [*offered, NOT_YET]))
        self.ask(
            names[2],
            text(f"Note about {young_person}", 4000, rows=2, hint="Read only by those who may see their record"),
        )
        return names

    def _ask_staff(self) -> list[tuple[str, str]]:
        """A line for each member of staff met, and blank ones."""
        known = self.day.staff
        sent = [int(found[1]) for name in self.data if (found := STAFF_LINE.match(str(name)))]
        count = min(MOST_LINES, max([len(known) + BLANK_LINES, *(number + 1 for number in sent)]))
        lines = []
        for number in range(count):
            line = known[number] if number < len(known) else Met("", "")
            role, note = f"staff-{number}-role", f"staff-{number}-note"
            self.fields[role] = one_line(f"Role of person {number + 1}", 80)
            self.fields[note] = one_line(f"Note on person {number + 1}", 300)
            self.stood |= {role: line.role, note: line.note}
            lines.append((role, note))
        return lines

    def was(self, name: str) -> str:
        if name.startswith("staff-") and not self.is_bound:
            return str(self.stood[name])
        return super().was(name)

    def answers(self) -> list[Answer]:
        """The staff apart; with one tick each document that nobody has answered for was seen."""
        answers = [answer for answer in super().answers() if not answer.question.startswith("staff-")]
        if not self.cleaned_data.get("others_seen"):
            return answers
        documents = set(self.documents)
        return [replace(each, now="seen") if each.question in documents and not each.now else each for each in answers]

    def staff_met(self) -> list[tuple[Met, Met]]:
        """Each line as it was on the page and as it is to be."""
        lines = [line for line in self.staff if WAS + line[0] in self.data and line[0] in self.cleaned_data]
        return [
            (
                Met(*(one_line_end(self.data.get(WAS + name, "")) for name in line)),
                Met(*(str(self.cleaned_data.get(name, "")) for name in line)),
            )
            for line in lines
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for role, note in self.staff:
            if cleaned.get(note) and not cleaned.get(role) and role not in self.errors:
                self.add_error(role, f"Enter the role of the person of whom you noted ‘{cleaned[note][:40]}’")
        return cleaned

    def add_conflict(
        self, conflict: Conflict, *, by: str = "", show: Mapping[str, Callable[[Any], str]] | None = None
    ) -> None:
        """Of the staff, a line that somebody else changed or took away is added when it is saved again."""
        super().add_conflict(conflict, by=by, show=show)
        if "staff" not in conflict.theirs:
            return
        for line in self.staff:
            was = Met(*(one_line_end(self.data.get(WAS + name, "")) for name in line))
            if was not in self.day.staff:
                cast(Any, self.data).update({WAS + name: "" for name in line})


class QuestionnairesForm(DayForm):
    """R10: what became of each questionnaire, and when a paper copy was chased."""

    def __init__(self, *args: Any, placed: Placed, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.young_people = [(each, self._ask_about(each, today)) for each in placed.seen]

    def _ask_about(self, young_person: YoungPerson, today: date) -> list[str]:
        names = [f"questionnaire-{young_person.pk}"]
        self.ask(names[0], choice("What became of it?", [*YoungPersonSeen.Questionnaire.choices, NOT_YET]))
        row = self.day.rows.get(young_person.pk)
        if row is not None and row.paper_was_left:
            names.append(f"chased-{young_person.pk}")
            hint = "The day on which you asked for the paper copy again"
            self.ask(names[1], GovDateField(label="Chased on", required=False, latest=today, help_text=hint))
            self.fields[names[1]].widget.attrs["label_class"] = "govuk-fieldset__legend--s"
        return names


class PreVisitFormForm(RevisionForm):
    """C13: in advance, or promised for the day; section by section."""

    ready_on_the_day = forms.ChoiceField(
        label="How does the form come?",
        choices=[("no", "In advance"), (YES, "Ready on the day: it is checked there")],
        widget=Radios(),
    )
    all_there = forms.BooleanField(label="Every section is there", required=False)
    received_on = GovDateField(
        label="On which day was the last section there?",
        required=False,
        help_text="The form is received once every section is there. Leave this empty while one is missing",
    )
    note = forms.CharField(label="Note", required=False, max_length=2000, widget=TextBox(rows=3))

    def __init__(
        self, *args: Any, visit: Visit, stands: PreVisitForm | None, received_on: date | None, today: date
    ) -> None:
        initial = {
            "ready_on_the_day": YES if stands and stands.ready_on_the_day else "no",
            "received_on": received_on,
            "note": stands.note if stands else "",
            "revision": stands.revision if stands else 0,
        }
        entries = sections_for(visit.provision.type)
        initial |= {f"section-{entry.code}": stands.sections.get(entry.code, "") if stands else "" for entry in entries}
        super().__init__(*args, initial=initial)
        self.fields["received_on"].latest = today  # type: ignore[attr-defined]
        self.sections = [f"section-{entry.code}" for entry in entries]
        for entry, name in zip(entries, self.sections, strict=True):
            self.fields[name] = choice(entry.title, THERE_OR_NOT, entry.hint)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("all_there"):
            self._mark_all(cleaned)
        if "received_on" in self.errors or "all_there" in self.errors:
            return cleaned
        is_complete = all(cleaned.get(name) == THERE for name in self.sections)
        if is_complete and not cleaned.get("received_on"):
            self.add_error("received_on", "Enter the day on which the last section was there")
        elif cleaned.get("received_on") and not is_complete:
            self.add_error(
                "received_on", "A section is not there yet: leave this date empty, or mark every section ‘There’"
            )
        return cleaned

    def _mark_all(self, cleaned: dict[str, Any]) -> None:
        """One tick in the place of many; a section that is marked as missing contradicts it."""
        if any(cleaned.get(name) == MISSING for name in self.sections):
            self.add_error(
                "all_there", "A section is marked ‘Missing’: take this tick away, or mark that section ‘There’"
            )
        cleaned.update(dict.fromkeys(self.sections, THERE))

    def values(self) -> dict[str, Any]:
        """What the action takes, the revision apart."""
        return {
            "ready_on_the_day": self.cleaned_data["ready_on_the_day"] == YES,
            "received_on": self.cleaned_data["received_on"],
            "note": self.cleaned_data["note"],
            "sections": {name.partition("-")[2]: self.cleaned_data[name] for name in self.sections},
        }


def choice(label: str, choices: Choices, hint: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False, help_text=hint, widget=Radios(inline=True))


def text(label: str, longest: int, *, rows: int, hint: str = "") -> forms.CharField:
    widget = TextBox(rows=rows, attrs={"label_class": "govuk-label--s"})
    return forms.CharField(label=label, max_length=longest, required=False, help_text=hint, widget=widget)


def one_line(label: str, longest: int) -> forms.CharField:
    """A line asked for past `ask`, and so with our words for its errors from here."""
    field = forms.CharField(label=label, max_length=longest, required=False)
    speak_plainly(field, label)
    return field


def one_line_end(value: Any) -> str:
    """A text with the line ends of the database, as the fields strip it."""
    return str(value).replace("\r\n", "\n").strip()


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else one_line_end(value or "")


def _known(stands: str) -> str:
    known = dict(YoungPersonSeen.Questionnaire.choices)
    return str(known.get(stands, stands))
