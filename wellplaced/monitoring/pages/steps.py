"""A step of a visit in words: what is to be done, whose it is, on what it waits, and the one page where it is done."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import NoReverseMatch, reverse

from wellplaced.design.tags import Due, Tag, state_tag
from wellplaced.design.words import day, plural
from wellplaced.guidance.steps import AHEAD, COMMENT_RECEIVED, FOLLOW_FROM_FACTS, STEPS, VISIT_HELD
from wellplaced.monitoring.columns import Closed, act_by
from wellplaced.monitoring.models import Recipient, Step, StepState, Visit
from wellplaced.monitoring.words import OWNERS, STEP_NAMES, days_late
from wellplaced.people.models import Person
from wellplaced.people.rights import Permission

# Where a step has a page of its own: the address, which takes the visit's number, and who may act there.
OWN_PAGES: Mapping[str, tuple[str, Permission]] = {
    "feedback_requested": ("monitoring:feedback", Permission.RECORD_STEP),
    "pre_visit_form_received": ("monitoring:pre_visit_form", Permission.RECORD_STEP),
    VISIT_HELD: ("monitoring:hold_visit", Permission.BOOK_VISIT),
    "actions_followed_up": ("monitoring:follow_up", Permission.RECORD_STEP),
    "questionnaires_chased": ("monitoring:questionnaires", Permission.RECORD_STEP),
    "report_submitted": ("reports:report", Permission.RECORD_STEP),
    "report_returned": ("reports:return", Permission.REVIEW_REPORT),
    "actions_completed": ("reports:report", Permission.RECORD_STEP),
    "sent_for_comment": ("reports:circulate", Permission.RECORD_STEP),
    COMMENT_RECEIVED: ("reports:comments", Permission.RECORD_STEP),
    "uploaded": ("reports:mosaic", Permission.RECORD_STEP),
}
# Moves of the report: recorded where the report is, so that its state and its steps never differ.
OF_THE_REPORT = frozenset({"report_submitted", "report_returned", "actions_completed", "sent_for_comment", "uploaded"})
RECORDED_HERE = tuple(step for step in STEPS if step not in FOLLOW_FROM_FACTS | OF_THE_REPORT)
BEFORE_THE_VISIT = frozenset({*AHEAD, "pre_visit_form_received"})
OF_OTHERS = frozenset({"pre_visit_form_received", COMMENT_RECEIVED})  # done by somebody outside the authority
OURS = frozenset({"la_representative", "sqao", "la_representative_or_sqao"})
SENIOR = "senior officer"
WAITS_FOR = {  # the clock that has not started yet
    "visit_held": "starts when the visit is held",
    "report_submitted": "starts when the report goes to the senior officer",
    "report_returned": "starts when the senior officer returns the report",
    "actions_completed": "starts when the tasks of the return are done",
    "sent_for_comment": "starts when the report goes out for comment",
    "comments_closed": "starts when everybody has answered, or the time for comments is over",
}


def title_of(step: Step, recipient: Any = None) -> str:
    """What is to be done, or what was: 'Send the confirmation', 'Confirmation sent'."""
    known = STEP_NAMES[step.step]
    if step.step == COMMENT_RECEIVED:
        return f"Comment of {recipient.shown_name if recipient else whose_comment(step.recipient)}"
    return known.done if step.state == StepState.DONE else known.to_do


def whose_comment(key: str) -> str:
    """A recipient by the key alone, where their name is not at hand."""
    label = _role(key)
    return label if label[:2].isupper() else f"{label[:1].lower()}{label[1:]}"


def _role(key: str) -> str:
    return str(dict(Recipient.Role.choices).get(key.partition(":")[0], key))


def owner_of(step: Step, visit: Visit, recipient: Any = None) -> str:
    """Whose it is, by name where somebody is named. `recipient`: of comment_received, from `recipients_for`."""
    officer = visit.by_whom or OWNERS["la_representative"]
    reviewer = visit.reviewer.name if visit.reviewer else ""
    match step.owner:
        case "la_representative":
            return officer
        case "sqao":
            return f"{reviewer} ({SENIOR})" if reviewer else "Senior officer, nobody chosen yet"
        case "la_representative_or_sqao":
            return f"{officer} or {reviewer or SENIOR}"
        case "provider" if not step.recipient:
            return OWNERS["provider"]
    return f"{_named(recipient)} ({whose_comment(step.recipient)})" if recipient else _role(step.recipient)


def _named(recipient: Any) -> str:
    shown = str(recipient.shown_name)
    return f"{shown[:1].upper()}{shown[1:]}"


def is_ours(step: Step) -> bool:
    """Whether somebody of the authority does it; the others one can only wait for."""
    return step.owner in OURS and not step.recipient


def tag_of(step: Step, today: date) -> Tag:
    """Its state; silence stays silence, and what others owe says that it is with them."""
    if step.state == StepState.DONE:
        return Tag("Done late", "amber") if step.in_time is False else state_tag("done")
    if step.is_overdue(today) and step.due_on:
        if step.step == COMMENT_RECEIVED:
            return Tag("No answer", "red")
        return Tag(f"{plural((today - step.due_on).days, 'day')} overdue", "red")
    return state_tag(step.state) if step.state != StepState.OPEN else _tag_of_open(step, today)


def _tag_of_open(step: Step, today: date) -> Tag:
    if not is_ours(step):
        return Tag("With the provider" if step.owner == "provider" else "With them", "purple")
    if step.step == VISIT_HELD:
        return state_tag("booked")
    return state_tag("due_today" if step.due_on == today else "open")


def due_of(step: Step, today: date, closed: Closed) -> Due | None:
    """The due date with the page that says why, and while it is open the day by which to act."""
    if step.due_on is None:
        return None
    act = act_by(step.due_on, today, closed) if step.state == StepState.OPEN and is_ours(step) else None
    what = STEP_NAMES[step.step].name.lower()
    return Due(on=step.due_on, why=f"{step.get_absolute_url()}#why", what=what, act_by=act)


def how_it_stands(step: Step, today: date) -> str:
    """In a few words: done when and whether in time, late by how much, or on what it waits."""
    match step.state:
        case StepState.DONE:
            return _done(step)
        case StepState.WAITING:
            return WAITS_FOR.get(step.clock_event, "")
        case StepState.OPEN:
            return _open(step, today)
    return ""


def _done(step: Step) -> str:
    on = f"on {day(step.done_on)}"
    if step.done_on is None or step.due_on is None:
        return on
    return f"{on}, {days_late(step.due_on, step.done_on) or 'in time'}"


def _open(step: Step, today: date) -> str:
    if step.due_on is None:
        return "no date is set for this step"
    left = (step.due_on - today).days
    if not is_ours(step):
        return _with_others(step, left)
    return f"{plural(left, 'day')} left" if left > 0 else ""


def _with_others(step: Step, left: int) -> str:
    if step.step == COMMENT_RECEIVED and left < 0:
        return "silence, which is not agreement"
    whom = "the provider" if step.owner == "provider" else "the answer"
    if left < 0:
        return f"waiting for {whom}"
    return f"waiting for {whom}, {plural(left, 'day')} left" if left else f"waiting for {whom}, until today"


def own_page(step: str, visit_id: int) -> str:
    """The address of the step's own page; empty where it has none."""
    if step not in OWN_PAGES:
        return ""
    try:
        return reverse(OWN_PAGES[step][0], args=[visit_id])
    except NoReverseMatch:
        return ""


def where_done(step: Step) -> str:
    """The one page where the step is done: its own, or else the page of the step itself."""
    return own_page(step.step, step.visit_id) or step.get_absolute_url()


def where_done_by(step: Step, person: Person) -> str:
    """The page where this person does it, or reads about it where it is not theirs to do."""
    right = OWN_PAGES.get(step.step, ("", Permission.RECORD_STEP))[1]
    return where_done(step) if person.may(right) else step.get_absolute_url()
