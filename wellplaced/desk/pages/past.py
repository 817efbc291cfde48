"""What happened at a provision, in words."""

from collections.abc import Sequence
from dataclasses import replace

from wellplaced.design.components import Change, HistoryLine
from wellplaced.desk.queries.past import without_restricted
from wellplaced.history.models import Event
from wellplaced.monitoring.past import lines_of
from wellplaced.people.models import Person
from wellplaced.register.models import Outcome, RegistrationStatus, Scale
from wellplaced.reports.past import in_words

CODES = {code: str(label) for choices in (Outcome, RegistrationStatus, Scale) for code, label in choices.choices}
CODED = {"Outcome", "Status", "Scale"}


def past(events: Sequence[Event], person: Person) -> list[HistoryLine]:
    """The lines of the history, without what the person may not see and without fields that were and stay empty."""
    return [_plain(in_words(line)) for line in lines_of(without_restricted(events, person), person)]


def _plain(line: HistoryLine) -> HistoryLine:
    changes = [_in_words(change) for change in line.changes if change.before != change.after]
    return replace(line, changes=changes)


def _in_words(change: Change) -> Change:
    if change.label not in CODED:
        return change
    return replace(change, before=CODES.get(change.before, change.before), after=CODES.get(change.after, change.after))
