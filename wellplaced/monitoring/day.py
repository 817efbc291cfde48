"""The day's answers as they stand, question by question: what the pages of the day show and actions compare with.

A question is the name of a field on those pages: `tour`, `document-fire_safety`, `section-staff`, `premises-12`,
`seen-7`, `questionnaire-7`, `about-7`, `chased-7` (7: the young person). Every answer is a text, empty where there is none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from wellplaced.monitoring.models import DayChecklist, PreVisitForm, Visit, YoungPersonSeen

NOTES = ("tour", "tour_note", "note")
OF_YOUNG_PERSON = {"seen": "seen", "questionnaire": "questionnaire", "about": "note", "chased": "chased_on"}
YES = "yes"


@dataclass(frozen=True)
class Met:
    """A member of staff who was met: their role, and what there is to say."""

    role: str
    note: str


@dataclass(frozen=True)
class Answer:
    """One answer: to which question, what stood there when the page was opened, and what it is to be."""

    question: str
    was: str
    now: str


@dataclass(frozen=True)
class Day:
    """Everything that is recorded of a visit's day."""

    checklist: DayChecklist | None
    form: PreVisitForm | None
    rows: Mapping[int, YoungPersonSeen]  # by young person
    premises: frozenset[int]

    @property
    def staff(self) -> tuple[Met, ...]:
        return tuple(Met(each["role"], each["note"]) for each in (self.checklist.staff if self.checklist else []))

    def stands(self, question: str) -> str:
        """The answer on record."""
        kind, _, of = question.partition("-")
        if kind in NOTES:
            return str(getattr(self.checklist, kind)) if self.checklist else ""
        if kind == "document":
            return str(self.checklist.documents.get(of, "")) if self.checklist else ""
        if kind == "section":
            return str(self.form.sections.get(of, "")) if self.form else ""
        if kind == "premises":
            return YES if int(of) in self.premises else ""
        return self._of_young_person(kind, int(of))

    def _of_young_person(self, kind: str, number: int) -> str:
        row = self.rows.get(number)
        value = getattr(row, OF_YOUNG_PERSON[kind]) if row else ""
        return value.isoformat() if isinstance(value, date) else str(value or "")


def day_of(visit: Visit) -> Day:
    """What is recorded of a visit's day, in four queries."""
    return Day(
        checklist=DayChecklist.objects.filter(visit=visit).first(),
        form=PreVisitForm.objects.filter(visit=visit).first(),
        rows={row.young_person_id: row for row in visit.young_people_seen.select_related("young_person")},
        premises=frozenset(visit.premises.values_list("pk", flat=True)),
    )
