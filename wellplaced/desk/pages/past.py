"""What happened at a provision, in words."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from markupsafe import Markup

from wellplaced.design.components import Change, HistoryLine
from wellplaced.design.fields import GovDateField
from wellplaced.design.lists import Column, FilterForm
from wellplaced.design.words import moment
from wellplaced.desk.queries.past import without_restricted
from wellplaced.history.models import Event
from wellplaced.monitoring.past import lines_of
from wellplaced.people.models import Person
from wellplaced.register.models import Outcome, RegistrationStatus, Scale
from wellplaced.reports.past import in_words

CODES = {code: str(label) for choices in (Outcome, RegistrationStatus, Scale) for code, label in choices.choices}
CODED = {"Outcome", "Status", "Scale"}


class PastFilters(FilterForm):
    """By whom, and when."""

    who = forms.CharField(label="Who")
    since = GovDateField(label="From")
    until = GovDateField(label="To")
    lookups: ClassVar = {"who": "by_name__icontains", "since": "at__date__gte", "until": "at__date__lte"}


def _what(line: HistoryLine) -> Markup:
    reason = Markup('<span class="wp-table__aside">{}</span>').format(line.reason) if line.reason else ""
    changes = Markup("").join(Markup('<li class="wp-typed">{}</li>').format(each.said) for each in line.changes)
    return Markup("{}{}{}").format(
        line.what, reason, Markup('<ul class="wp-table__changes">{}</ul>').format(changes) if changes else ""
    )


COLUMNS = (
    Column("at", "When", sort="at", cell=lambda line: moment(line.at), csv=lambda line: line.at),
    Column("who", "Who", sort="by_name", cell=lambda line: line.who),
    Column("what", "What", cell=_what, csv=lambda line: line.what),
    Column("changes", "From and to", csv_only=True, cell=lambda line: "; ".join(each.said for each in line.changes)),
    Column("reason", "Why", csv_only=True, cell=lambda line: line.reason),
)


def listed(person: Person) -> dict[str, Any]:
    """A history as a list is declared: newest first, in words, without what the person may not see."""
    return {
        "columns": COLUMNS,
        "filters": PastFilters,
        "order": ("-at", "-pk"),
        "name": "history",
        "noun": "entry",
        "nouns": "entries",
        "said": lambda events: past(events, person),
    }


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
