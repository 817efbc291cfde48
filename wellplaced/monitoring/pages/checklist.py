"""The day of a visit as a page reads it: who may still write, and what is recorded, in finished words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from wellplaced.design import words
from wellplaced.design.components import HistoryLine
from wellplaced.design.tags import Tag
from wellplaced.monitoring.actions.checklist import FORM_STEP, MISSING, THERE
from wellplaced.monitoring.catalogue import Entry, documents_for, sections_for
from wellplaced.monitoring.day import Day, day_of
from wellplaced.monitoring.models import PreVisitForm, StepRecord, Visit, VisitState, YoungPersonSeen
from wellplaced.monitoring.past import history_of
from wellplaced.monitoring.placed import Placed, placed_for
from wellplaced.monitoring.sight import Sight
from wellplaced.monitoring.words import RESTRICTED
from wellplaced.people.models import Person
from wellplaced.people.rights import Permission
from wellplaced.register.models import Premises

DOCUMENT_WORDS = {"seen": "Seen", "not_there": "Not there"}
SECTION_WORDS = {THERE: "There", MISSING: "Missing"}
NOTHING = "Not recorded"
Rows = Sequence[tuple[Any, Any]]


@dataclass(frozen=True)
class Section:
    """A heading and what is recorded under it."""

    title: str
    rows: Rows


@dataclass(frozen=True)
class DayPage:
    """The checklist for somebody who reads it."""

    visit: Visit
    sections: Sequence[Section]
    some_closed: bool
    history: Sequence[HistoryLine]


@dataclass(frozen=True)
class FormPage:
    """C13: how the pre-visit form stands."""

    visit: Visit
    state: Tag
    sentence: str
    missing: Sequence[str]
    rows: Rows
    history: Sequence[HistoryLine]


def is_open_for(visit: Visit, person: Person) -> bool:
    """Whether the person may record something of this visit now."""
    is_live = visit.state not in (VisitState.PROPOSED, VisitState.CANCELLED) and visit.closed_on is None
    return is_live and person.may(Permission.RECORD_STEP)


def premises_to_see(visit: Visit, person: Person) -> list[Premises]:
    """The premises in use there, and those that the visit names already."""
    rows = Premises.objects.seen_by(person).filter(provision=visit.provision_id)
    named = Q(pk__in=visit.premises.values("pk")) | Q(pk__in=visit.to_see.values("pk"))
    return list(rows.filter(Q(closed_on=None) | named))


def premises_rows(visit: Visit) -> Rows:
    """The plan and the fact: each of the premises that was to be seen or was, in words."""
    to_see, seen = list(visit.to_see.all()), list(visit.premises.all())
    missed = "Planned, not seen" if visit.state == VisitState.HELD else "To be seen"
    return [*((str(each), "Seen") for each in seen), *((str(each), missed) for each in to_see if each not in seen)]


def asks_sections(day: Day, visit: Visit, today: date) -> bool:
    """Whether the provider promised the form for the day, and the day has come."""
    return day.form is not None and day.form.ready_on_the_day and visit.visit_on <= today


def day_page(visit: Visit, person: Person) -> DayPage:
    """What is recorded of the day."""
    day, placed = day_of(visit), placed_for(visit, person)
    return DayPage(visit, _sections(visit, day, placed, person), placed.some_closed, day_history(day, person))


def day_history(day: Day, person: Person) -> list[HistoryLine]:
    """What happened to the day's records, those of restricted young people left out."""
    sight = Sight.of(person)
    rows = [row for row in day.rows.values() if sight.sees(row.young_person)]
    return history_of([row for row in (day.checklist, day.form, *rows) if row is not None], person)


def _sections(visit: Visit, day: Day, placed: Placed, person: Person) -> list[Section]:
    notes = day.checklist
    tour = notes.get_tour_display() if notes and notes.tour else NOTHING
    found = [
        Section("Staff met", [(each.role, each.note or "Met") for each in day.staff]),
        Section("Documents and files", _answers(documents_for(visit.provision.type), "document", DOCUMENT_WORDS, day)),
        Section("Tour", [("Tour", tour), ("What was seen", notes.tour_note if notes else "")]),
        Section("Premises", premises_rows(visit)),
        Section("Young people", _young_people(day, placed)),
        Section("Notes", [("Notes of the day", notes.note if notes else "")]),
    ]
    return [section for section in found if section.rows]


def _answers(entries: Iterable[Entry], kind: str, said: dict[str, str], day: Day) -> Rows:
    return [(entry.title, said.get(day.stands(f"{kind}-{entry.code}"), NOTHING)) for entry in entries]


def _young_people(day: Day, placed: Placed) -> list[tuple[Any, Any]]:
    lines: list[tuple[Any, Any]] = []
    for each in placed.seen:
        row = day.rows.get(each.pk)
        lines.append((str(each), _young_person(row) if row else NOTHING))
    return [*lines, (RESTRICTED, "Whoever is named on the record reads this")] if placed.some_closed else lines


def questionnaire_rows(day: Day, placed: Placed) -> Rows:
    """What became of each questionnaire, for somebody who reads it."""
    return [(each, _questionnaire(day.rows.get(each.pk))) for each in placed.seen]


def _questionnaire(row: YoungPersonSeen | None) -> str:
    if row is None or not row.questionnaire:
        return NOTHING
    chased = f", chased on {words.day(row.chased_on)}" if row.chased_on else ""
    return f"{row.get_questionnaire_display()}{chased}"


def _young_person(row: YoungPersonSeen) -> str:
    asked = f"Questionnaire: {row.get_questionnaire_display().lower()}" if row.questionnaire else ""
    chased = f"chased on {words.day(row.chased_on)}" if row.chased_on else ""
    return ". ".join(part for part in (row.get_seen_display(), asked, chased, row.note) if part) or NOTHING


def form_page(visit: Visit, form: PreVisitForm | None, person: Person) -> FormPage:
    """How the pre-visit form stands."""
    day = day_of(visit)
    record = StepRecord.objects.filter(visit=visit, step=FORM_STEP).first()
    sections = sections_for(visit.provision.type)
    missing = [entry.title for entry in sections if form and form.sections.get(entry.code) == MISSING]
    state, sentence = _form_state(form, record, len(sections))
    rows = _answers(sections, "section", SECTION_WORDS, day)
    return FormPage(visit, state, sentence, missing, rows, history_of([form] if form else [], person))


def _form_state(form: PreVisitForm | None, record: StepRecord | None, count: int) -> tuple[Tag, str]:
    if record is not None and record.done_on:
        return Tag("Received", "green"), f"On {words.day(record.done_on)}."
    if record is not None:
        return Tag("Set aside", "grey"), record.set_aside_because
    there = sum(1 for stands in form.sections.values() if stands == THERE) if form else 0
    promise = "The provider says that it is ready on the day. " if form and form.ready_on_the_day else ""
    if there or (form and form.sections):
        return Tag(
            "Not complete", "amber"
        ), f"{promise}{there} of {count} sections are there. It is received with the last one."
    if promise:
        return Tag("Ready on the day", "blue"), f"{promise}Its sections are checked with the list of the day."
    return Tag("Not received", "amber"), "It is received once every section is there."
