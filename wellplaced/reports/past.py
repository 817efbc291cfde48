"""What happened to this room's records, in words: the codes of comments and replies as their words."""

from collections.abc import Iterable
from dataclasses import replace

from django.db import models

from wellplaced.design.components import Change, HistoryLine
from wellplaced.monitoring.past import history_of
from wellplaced.people.models import Person
from wellplaced.reports.models import Comment

LABELS = {
    "Text": "What they said",
    "Received on": "When it came",
    "Reply": "Reply",
    "Reply because": "Why",
    "Replied on": "Replied on",
    "Answered on": "First answer",
    "Left out because": "Does not get it because",
    "In copy": "In copy",
    "None because": "Nothing to upload because",
    "Missing because": "A part is not uploaded because",
    "Kind": "Answer",
    "Key": "Recipient",
}
HIDDEN = {"Replied by", "Uploaded by", "Recipient", "Taken back because"}
CODES = dict(Comment.Kind.choices) | dict(Comment.Reply.choices)


def past_of(records: Iterable[models.Model], person: Person) -> list[HistoryLine]:
    """The lines of `monitoring.past`, with this room's words."""
    return [in_words(line) for line in history_of(records, person)]


def in_words(line: HistoryLine) -> HistoryLine:
    """A line with this room's words; without numbers of people, and without fields that were and stay empty."""
    return replace(line, changes=[_said(each) for each in line.changes if _is_told(each)])


def _is_told(change: Change) -> bool:
    return change.label not in HIDDEN and change.before != change.after


def _said(change: Change) -> Change:
    before, after = (CODES.get(side, side) for side in (change.before, change.after))
    return Change(LABELS.get(change.label, change.label), before, after)
