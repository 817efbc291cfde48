"""The page of one step: how it stands, how it is recorded, and why it is due when it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from wellplaced.design.components import HistoryLine
from wellplaced.design.tags import Link, Tag
from wellplaced.design.words import day
from wellplaced.guidance.steps import FOLLOW_FROM_FACTS
from wellplaced.monitoring.catalogue import Entry, documents_for, sections_for
from wellplaced.monitoring.models import Step, StepRecord, StepState, Visit, VisitState
from wellplaced.monitoring.pages import steps as say
from wellplaced.monitoring.pages.requirement import Action
from wellplaced.monitoring.pages.why import Why, why_of_visit_step
from wellplaced.monitoring.past import history_of
from wellplaced.monitoring.recipients import recipients_for
from wellplaced.monitoring.setting_aside import refusal_to_set_aside
from wellplaced.monitoring.timeframes import closed_days_for
from wellplaced.monitoring.words import STEP_NAMES
from wellplaced.people.models import Person
from wellplaced.people.rights import Permission

ELSEWHERE = {  # what a step's own page is called on a link
    "feedback_requested": "Go to the feedback",
    "pre_visit_form_received": "Go to the pre-visit form",
    "visit_held": "Record that it took place",
    "actions_followed_up": "Record the follow-up",
    "questionnaires_chased": "Go to the questionnaires",
    "report_submitted": "Go to the report",
    "report_returned": "Return the report",
    "actions_completed": "Go to the report and its tasks",
    "sent_for_comment": "Send it for comment",
    "comment_received": "Go to the comments",
    "uploaded": "Go to the upload",
}


@dataclass(frozen=True)
class StepPage:
    """What the template prints. `takes_day`: whether the day is recorded on this page, by this person, now."""

    step: Step
    visit: Visit
    title: str
    state: Tag
    sentence: str
    rows: Sequence[tuple[Any, ...]]
    elsewhere: Action | None
    others: Sequence[Action]
    takes_day: bool
    note: str
    asked_for: Sequence[Entry]
    why: Why
    history: Sequence[HistoryLine]


def step_page(step: Step, record: StepRecord | None, person: Person, today: date) -> StepPage:
    """Everything that the page says about one step."""
    recipient = _recipient(step, person)
    closed = closed_days_for(step.authority_id)
    return StepPage(
        step=step,
        visit=step.visit,
        title=say.title_of(step, recipient),
        state=say.tag_of(step, today),
        sentence=_sentence(step, today),
        rows=_rows(step, record, recipient),
        elsewhere=_elsewhere(step, person, today),
        others=_others(step, record, person, today),
        takes_day=takes_day(step, person),
        note=_note(step, person, today),
        asked_for=_asked_for(step),
        why=why_of_visit_step(step, closed, _event_link(step)),
        history=history_of([record], person) if record else [],
    )


def _asked_for(step: Step) -> Sequence[Entry]:
    """What goes with what is sent to the provider: the sections of their form (C13), what is needed on the day (C15)."""
    if step.step == "letter_sent":
        return sections_for(step.provision.type)
    return documents_for(step.provision.type) if step.step == "confirmation_sent" else ()


def _sentence(step: Step, today: date) -> str:
    said = say.how_it_stands(step, today)
    return f"{said[:1].upper()}{said[1:]}"


def _recipient(step: Step, person: Person) -> Any:
    if not step.recipient:
        return None
    return recipients_for(person).filter(visit=step.visit_id, key=step.recipient).first()


def is_live(visit: Visit) -> bool:
    """Whether anybody still works on the visit's steps."""
    return visit.state in (VisitState.BOOKED, VisitState.HELD) and visit.closed_on is None and not visit.loaded


def takes_day(step: Step, person: Person) -> bool:
    """Whether the person records the step's day by hand; the report's moves are recorded where the report is."""
    is_ready = step.state in (StepState.OPEN, StepState.DONE, StepState.SET_ASIDE)
    is_by_hand = step.step in say.RECORDED_HERE and is_live(step.visit)
    return is_by_hand and is_ready and person.may(Permission.RECORD_STEP)


def can_be_set_aside(step: Step) -> bool:
    """Whether the step can be set aside by anybody: not once it is done, nor where it follows from other facts."""
    is_open = step.state in (StepState.OPEN, StepState.WAITING) and step.step not in FOLLOW_FROM_FACTS
    return is_open and is_live(step.visit)


def may_take_back(step: Step, record: StepRecord | None, person: Person) -> bool:
    """Whether what is recorded can be taken back here: of the report's moves only that they were set aside."""
    if record is None or not is_live(step.visit) or not person.may(Permission.RECORD_STEP):
        return False
    return step.step in say.RECORDED_HERE or bool(record.set_aside_because)


def _rows(step: Step, record: StepRecord | None, recipient: Any) -> list[tuple[Any, ...]]:
    visit = step.visit
    rows: list[tuple[Any, ...]] = [
        ("Whose it is", say.owner_of(step, visit, recipient)),
        ("Visit", Link(str(visit), visit.get_absolute_url())),
        ("Done on", day(step.done_on) if step.done_on else ""),
        ("Done by", _who(record)),
        ("Set aside because", record.set_aside_because if record else ""),
        ("Note", record.note if record else ""),
        ("Short notice because", visit.short_notice_because if step.short_notice else ""),
        ("Comes from", "A file loaded at going live: nobody owes the steps of such a visit" if visit.loaded else ""),
    ]
    return [row for row in rows if row[1]]


def _who(record: StepRecord | None) -> str:
    if record is None or record.done_on is None:
        return ""
    recorded = f"recorded by {record.recorded_by.name} on {day(record.recorded_on)}"
    return f"{record.done_by or record.recorded_by.name}, {recorded}"


def _elsewhere(step: Step, person: Person, today: date) -> Action | None:
    """The step's own page, where it has one to which the person may go."""
    address, known = say.own_page(step.step, step.visit_id), say.OWN_PAGES.get(step.step)
    if not address or known is None or not is_live(step.visit) or not person.may(known[1]):
        return None
    if step.step == "visit_held" and (step.state == StepState.DONE or step.visit.visit_on > today):
        return Action("Go to the visit", step.visit.get_absolute_url())
    return Action(ELSEWHERE[step.step], address)


def _others(step: Step, record: StepRecord | None, person: Person, today: date) -> list[Action]:
    at = [step.visit_id, str(step)]
    found = []
    may_record = person.may(Permission.RECORD_STEP)
    if may_record and can_be_set_aside(step) and not refusal_to_set_aside(step, step.visit, person, today):
        found.append(Action("Set it aside", reverse("monitoring:set_step_aside", args=at)))
    if may_take_back(step, record, person):
        found.append(Action("Take back what is recorded", reverse("monitoring:take_step_back", args=at)))
    return found


def _note(step: Step, person: Person, today: date) -> str:
    """Why nothing can be typed here, where that is not plain."""
    if not person.may(Permission.RECORD_STEP):
        return ""
    if step.visit.closed_on:
        return "The visit is closed. Reopen it to change what is recorded."
    if step.step in FOLLOW_FROM_FACTS:
        return {
            "visit_held": "This step follows from the visit: record there that it took place.",
            "comment_received": "This step follows from the answer: record it with the comments.",
        }[step.step]
    if step.step in say.OF_THE_REPORT:
        refusal = refusal_to_set_aside(step, step.visit, person, today) if can_be_set_aside(step) else ""
        return f"This step is recorded with the report, on its own pages. {refusal}".strip()
    return ""


def _event_link(step: Step) -> Link | str:
    """The record of what started the clock: the visit, or the step before."""
    if step.clock_event in ("visit_on", "booked_on", "visit_held"):
        return Link(str(step.visit), step.visit.get_absolute_url())
    if step.clock_event in STEP_NAMES:
        known = STEP_NAMES[step.clock_event]
        return Link(known.name, reverse("monitoring:step", args=[step.visit_id, step.clock_event]))
    return ""
