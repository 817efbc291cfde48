"""What this room's codes are called on a page: kinds of requirement, clocks, owners, steps; and spans of days."""

from dataclasses import dataclass
from datetime import date

from wellplaced.design.words import day, plural

KINDS = {
    "initial": "Initial visit",
    "annual": "Annual visit",
    "concern": "Visit about a concern",
    "judgement": "Visit after an Ofsted judgement",
}
CLAUSES = ("C3", "C5", "C6", "C7", "C8", "C9")
CLOCKS = {
    "placement_starts": "The placement started",
    "judgement_published": "Ofsted published the judgement",
    "action_plan_received": "The action plan was received",
    "visit_held": "The last visit that counted was held",
    "contract_starts": "The contract started",
    "concern_raised": "The concern was raised",
    "visit_on": "The day of the visit",
    "booked_on": "The visit was booked",
    "report_submitted": "The report went to the senior officer",
    "report_returned": "The senior officer returned the report",
    "actions_completed": "The tasks of the return were done",
    "sent_for_comment": "The report went out for comment",
    "comments_closed": "The last comment came, or the time for comments ran out",
}
OWNERS = {
    "la_representative": "Placement officer",
    "sqao": "Senior officer (SQAO)",
    "manager": "Manager",
    "provider": "Provider",
    "la_representative_or_sqao": "Placement officer or senior officer",
    "recipient": "Each recipient",
}
PLAN_STEPS = {
    "plan_requested": "Ask the provider for the action plan",
    "plan_chased_first": "Chase the action plan for the first time",
    "plan_chased_second": "Chase the action plan for the second time",
    "plan_escalated": "The manager decides whether to visit without the plan",
}


@dataclass(frozen=True)
class StepWords:
    """A step of a visit: what is to be done, what it is called, and inside a sentence once it is done."""

    to_do: str
    name: str
    done: str


STEP_NAMES = {
    "letter_sent": StepWords("Send the letter to the provider", "Letter", "Letter sent"),
    "feedback_requested": StepWords("Ask for feedback", "Feedback requests", "Feedback asked for"),
    "confirmation_sent": StepWords("Send the confirmation", "Confirmation", "Confirmation sent"),
    "pre_visit_form_received": StepWords("Get the pre-visit form", "Pre-visit form", "Pre-visit form received"),
    "visit_held": StepWords("Make the visit", "Visit", "Visit made"),
    "actions_followed_up": StepWords("Follow up the tasks agreed by email", "Follow-up email", "Tasks followed up"),
    "questionnaires_chased": StepWords("Chase the questionnaires", "Questionnaires", "Questionnaires chased"),
    "report_submitted": StepWords("Send the report to the senior officer", "Report", "Report sent"),
    "report_returned": StepWords("Return the report", "Return of the report", "Report returned"),
    "actions_completed": StepWords("Do the tasks of the return", "Tasks of the return", "Tasks of the return done"),
    "sent_for_comment": StepWords("Send the report for comment", "Sending for comment", "Sent for comment"),
    "comment_received": StepWords("Comment on the report", "Comment", "Comment received"),
    "uploaded": StepWords("Upload onto Mosaic", "Upload onto Mosaic", "Uploaded onto Mosaic"),
}
RESTRICTED = "A young person (restricted record)"


def kind_of(key: str) -> str:
    """The kind of a requirement by its key: 'initial:412' is an initial visit."""
    return KINDS[key.partition(":")[0]]


def in_a_sentence(kind: str) -> str:
    """The kind of a requirement inside a sentence: 'visit after an Ofsted judgement'."""
    return KINDS[kind][:1].lower() + KINDS[kind][1:]


def days_late(due_on: date, on: date) -> str:
    """'4 days late' where a day is past the due date; nothing where it is in time."""
    return f"{plural((on - due_on).days, 'day')} late" if on > due_on else ""


def from_today(on: date, today: date) -> str:
    """'today', 'in 3 days', '3 days ago'."""
    days = (on - today).days
    if days == 0:
        return "today"
    return f"in {plural(days, 'day')}" if days > 0 else f"{plural(-days, 'day')} ago"


def by_day(on: date | None) -> str:
    """'by 3 January 2027', or that there is no date yet."""
    return f"by {day(on)}" if on else "no date yet"


TOO_LATE_TO_BOOK = "two weeks’ notice is no longer possible"  # C15


def book_by_words(book_by: date, today: date) -> str:
    """The day by which to book; once it is past, that it is to be booked now: a day in the past is nothing to act by."""
    if book_by < today:
        return f"As soon as you can: {TOO_LATE_TO_BOOK}"
    return f"{day(book_by)}, so that the confirmation goes out in time (C15)"
