"""The rounds of review: sent to the senior officer, taken back, returned, tasks done (C18 to C20)."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.datastructures import MultiValueDict

from wellplaced.design.fields import GovDateField, Radios, TextBox
from wellplaced.design.forms import OnceForm, RevisionForm, SeenRevision, speak_plainly
from wellplaced.design.words import day
from wellplaced.history import Conflict
from wellplaced.monitoring.models import Task
from wellplaced.people.models import Person
from wellplaced.placements.models import YoungPerson
from wellplaced.reports.actions.rounds import Done, NewComment, NewTask
from wellplaced.reports.models import Document
from wellplaced.reports.reviewing import deputies_of

OTHERWISE = "otherwise"
AGREED, WITH_TASKS = "agreed", "tasks"
INITIALS = "Use initials, not names, for young people"
FIRST_TASKS, MORE_TASKS, MOST_TASKS = 2, 3, 40
LONGEST = 4_000
NOTHING = -1  # no record has this revision


class SubmitForm(OnceForm, RevisionForm):
    """To whom, which version or why none, on which day."""

    document = forms.ChoiceField(label="What do you send?", widget=Radios())
    sent_otherwise_because = forms.CharField(
        label="How does it reach them, and why not by here?", max_length=300, required=False
    )
    reviewer = forms.ModelChoiceField(
        label="Who reviews it?", queryset=Person.objects.none(), widget=Radios(), empty_label=None
    )
    submitted_on = GovDateField(label="On which day was it sent?")
    note = forms.CharField(
        label="Note to the senior officer",
        required=False,
        max_length=LONGEST,
        widget=TextBox(rows=3),
        help_text=INITIALS,
    )
    reveals: ClassVar[Mapping[str, Mapping[str, str]]] = {"document": {OTHERWISE: "sent_otherwise_because"}}

    def __init__(
        self,
        *args: Any,
        versions: Sequence[Document],
        reviewers: Sequence[Person],
        chosen: int | None,
        revision: int,
        earliest: date,
        today: date,
        **kwargs: Any,
    ) -> None:
        newest = str(versions[-1].number) if versions else None
        only = reviewers[0].pk if len(reviewers) == 1 else None
        kwargs["initial"] = {
            "revision": revision,
            "document": newest,
            "reviewer": chosen if chosen in {each.pk for each in reviewers} else only,
            "submitted_on": today,
        }
        super().__init__(*args, **kwargs)
        self.versions = {str(each.number): each for each in reversed(versions)}
        self.fields["document"].choices = [  # type: ignore[attr-defined]
            *((number, f"{each}, uploaded on {day(each.uploaded_at)}") for number, each in self.versions.items()),
            (OTHERWISE, "No file: they get the completed form another way"),
        ]
        people = Person.objects.filter(pk__in=[each.pk for each in reviewers])
        away = deputies_of(reviewers, today)
        self.fields["reviewer"].widget = Radios(hints={str(number): words for number, words in away.items()})
        self.fields["reviewer"].queryset = people  # type: ignore[attr-defined]
        self.fields["submitted_on"].earliest = earliest  # type: ignore[attr-defined]
        self.fields["submitted_on"].latest = today  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("document") == OTHERWISE and not cleaned.get("sent_otherwise_because"):
            self.add_error("sent_otherwise_because", "Enter how the completed form reaches them, and why not by here")
        return cleaned

    def values(self) -> dict[str, Any]:
        """As the action takes them."""
        made = {name: self.cleaned_data[name] for name in ("reviewer", "submitted_on", "note")}
        document = self.versions.get(self.cleaned_data["document"])
        because = "" if document else self.cleaned_data["sent_otherwise_because"]
        return made | {
            "document": document,
            "sent_otherwise_because": because,
            "seen_revision": self.cleaned_data["revision"],
        }


class TakeBackForm(OnceForm, RevisionForm):
    """Why the officer takes the report back."""

    because = forms.CharField(label="Why do you take it back?", max_length=300, widget=TextBox(rows=2))


class ReturnForm(OnceForm, RevisionForm):
    """Agreed or with tasks, comments by heading, and the tasks: what, who, by when. `slots`: how many tasks have room."""

    outcome = forms.ChoiceField(
        label="What is the outcome?",
        choices=[(AGREED, "Agreed: nothing has to be done"), (WITH_TASKS, "Returned with tasks")],
        widget=Radios(),
    )
    returned_on = GovDateField(label="On which day did you return it?")
    other_heading = forms.CharField(label="Another heading", required=False, max_length=120)
    other_text = forms.CharField(
        label="Comment under that heading", required=False, max_length=LONGEST, widget=TextBox(rows=3)
    )
    slots = forms.IntegerField(widget=forms.HiddenInput, required=False)
    says_optional: ClassVar[bool] = False

    def __init__(
        self,
        *args: Any,
        headings: Sequence[str],
        revision: int,
        earliest: date,
        today: date,
        due_on: date | None,
        about: "QuerySet[YoungPerson]",
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = {"revision": revision, "returned_on": today}
        super().__init__(*args, **kwargs)
        self.headings, self.room, self.about = tuple(headings), self._room(), list(about)
        self.initial["slots"] = self.room
        for number, heading in enumerate(headings):
            self.fields[f"comment_{number}"] = _comment(heading)
        for number in range(self.room):
            self._add_task(number, due_on)
        self.fields["returned_on"].earliest, self.fields["returned_on"].latest = earliest, today  # type: ignore[attr-defined]

    def _room(self) -> int:
        typed = str(self.data.get("slots", "")) if self.data else ""
        asked = int(typed) if typed.isdecimal() and len(typed) < 4 else FIRST_TASKS
        return max(1, min(asked, MOST_TASKS))

    def _add_task(self, number: int, due_on: date | None) -> None:
        left_empty = f"Left empty, it is due by the day that C20 gives: {day(due_on)}, if you return it today"
        self.fields[f"what_{number}"] = _plain(
            forms.CharField(required=False, max_length=2_000, widget=TextBox(rows=2), help_text=INITIALS),
            "What must be done?",
        )
        owner = forms.ChoiceField(choices=Task.Owner.choices, required=False, initial=Task.Owner.OFFICER)
        self.fields[f"owner_{number}"] = _plain(owner, "Who must do it?")
        by_when = GovDateField(required=False, help_text=left_empty if due_on else "")
        self.fields[f"due_{number}"] = _plain(by_when, "By when?")
        if self.about:
            self._add_about(number)

    def _add_about(self, number: int) -> None:
        """Asked only where somebody's record is restricted: the task is then read only by those named on it."""
        choices = [("", "None of them"), *((str(each.pk), str(each)) for each in self.about)]
        hint = "Then only those who are named on their record read this task"
        about = forms.ChoiceField(choices=choices, required=False, help_text=hint)
        self.fields[f"about_{number}"] = _plain(about, "Is it about somebody whose record is restricted?")

    @property
    def head(self) -> list[Any]:
        return [self["outcome"], self["returned_on"]]

    @property
    def comment_fields(self) -> list[Any]:
        named = [self[f"comment_{number}"] for number in range(len(self.headings))]
        return [*named, self["other_heading"], self["other_text"]]

    @property
    def task_fields(self) -> list[list[Any]]:
        return [[self[f"{name}_{number}"] for name in self._asked] for number in range(self.room)]

    @property
    def _asked(self) -> tuple[str, ...]:
        return ("what", "owner", "due", *(("about",) if self.about else ()))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        has_tasks = any(True for _ in self._tasks())
        if cleaned.get("outcome") == WITH_TASKS and not has_tasks:
            self.add_error("what_0", "Enter at least one task, or choose ‘Agreed’")
        if cleaned.get("outcome") == AGREED and has_tasks:
            self.add_error("outcome", "You typed a task: choose ‘Returned with tasks’, or empty the task")
        if cleaned.get("other_text") and not cleaned.get("other_heading"):
            self.add_error("other_heading", "Enter the heading that your comment is about")
        return cleaned

    def values(self) -> dict[str, Any]:
        """As the action takes them."""
        return {
            "returned_on": self.cleaned_data["returned_on"],
            "comments": list(self._comments()),
            "tasks": list(self._tasks()),
            "seen_revision": self.cleaned_data["revision"],
        }

    def _comments(self) -> Iterator[NewComment]:
        for number, heading in enumerate(self.headings):
            if text := self.cleaned_data.get(f"comment_{number}"):
                yield NewComment(heading=heading, text=text)
        if text := self.cleaned_data.get("other_text"):
            yield NewComment(heading=self.cleaned_data["other_heading"], text=text)

    def _tasks(self) -> Iterator[NewTask]:
        for number in range(self.room):
            if what := self.cleaned_data.get(f"what_{number}"):
                owner = self.cleaned_data.get(f"owner_{number}") or Task.Owner.OFFICER
                whom = {str(each.pk): each for each in self.about}.get(self.cleaned_data.get(f"about_{number}", ""))
                due_on = self.cleaned_data.get(f"due_{number}")
                yield NewTask(what=what, owner=owner, due_on=due_on, young_person=whom)


def with_more_room(data: "MultiValueDict[str, str]") -> "MultiValueDict[str, str]":
    """What was typed so far, with room for more tasks."""
    typed = data.copy()
    room = str(data.get("slots") or "")
    typed["slots"] = str(min(MOST_TASKS, (int(room) if room.isdecimal() and len(room) < 4 else 0) + MORE_TASKS))
    return typed


class TasksDoneForm(OnceForm):
    """Tasks of a return: on which day each was done, and what shows it. Those left empty stay as they are."""

    says_optional: ClassVar[bool] = False

    def __init__(self, *args: Any, tasks: Sequence[Task], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tasks = [task for task in tasks if task.done_on is None]
        for task in self.tasks:
            self.fields[f"done_{task.pk}"] = _plain(GovDateField(required=False, latest=today), "When was it done?")
            evidence = forms.CharField(required=False, max_length=2_000, widget=TextBox(rows=2))
            self.fields[f"evidence_{task.pk}"] = _plain(evidence, "What shows that it was done?")
            seen = SeenRevision(widget=forms.HiddenInput, required=False, initial=task.revision)
            self.fields[f"seen_{task.pk}"] = seen

    @property
    def task_fields(self) -> list[tuple[Task, list[Any]]]:
        return [(task, [self[f"{name}_{task.pk}"] for name in ("done", "evidence")]) for task in self.tasks]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for task in self.tasks:
            done, evidence = cleaned.get(f"done_{task.pk}"), cleaned.get(f"evidence_{task.pk}")
            if done and not evidence:
                self.add_error(f"evidence_{task.pk}", "Enter what shows that it was done, such as ‘certificate seen’")
            if evidence and not done and f"done_{task.pk}" not in self.errors:
                self.add_error(f"done_{task.pk}", "Enter the day on which it was done")
        if self.tasks and not self.errors and not self.done():
            self.add_error(None, "Enter for at least one task when it was done, and what shows it")
        return cleaned

    def done(self) -> dict[int, Done]:
        """As the action takes them."""
        return {
            task.pk: Done(on=on, evidence=self.cleaned_data[f"evidence_{task.pk}"], seen_revision=self._seen(task))
            for task in self.tasks
            if (on := self.cleaned_data.get(f"done_{task.pk}"))
        }

    @contextmanager
    def overtaken(self) -> Iterator[None]:
        """Somebody changed a task meanwhile: the page shows it as it stands now, and sending again saves."""
        try:
            yield
        except Conflict as conflict:
            task = conflict.record
            self.add_error(None, f"Somebody changed ‘{task}’ while you had it open. Nothing of yours is saved yet.")
            self.data = MultiValueDict(dict(self.data.lists()))  # type: ignore[attr-defined]
            self.data[f"seen_{task.pk}"] = str(task.revision)  # type: ignore[attr-defined]

    def _seen(self, task: Task) -> int:
        """A page that does not say what it showed of a task showed none of it: the action tells of a conflict."""
        seen: int | None = self.cleaned_data.get(f"seen_{task.pk}")
        return NOTHING if seen is None else seen


def _comment(heading: str) -> forms.Field:
    return _plain(forms.CharField(required=False, max_length=LONGEST, widget=TextBox(rows=3)), heading)


def _plain(field: forms.Field, label: str) -> forms.Field:
    """A field added to a form later speaks as those declared with it."""
    speak_plainly(field, label)
    return field
