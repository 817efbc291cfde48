"""The first thing to know at a provision: which visit owed comes before the others, its sentence, and the first button."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from wellplaced.design import words
from wellplaced.design.tags import Link
from wellplaced.desk.pages import sentences as say
from wellplaced.monitoring.models import Requirement, RequirementState

ASKED_OR_CHASED = {"plan_requested": "asked for"}  # any later step chases


def leading(rows: Sequence[Requirement], today: date) -> Requirement | None:
    """Of what is still owed what presses most; the rows carry `still`, `plan_step` and `plan_step_due`."""
    still = [row for row in rows if row.still]  # type: ignore[attr-defined]
    return min(still, key=lambda row: _pressing(row, today), default=None)


def _pressing(row: Requirement, today: date) -> tuple[int, date]:
    """Overdue; with the manager or its plan late; to be booked now; waiting for a plan; then whatever has a later date."""
    due_on = row.due_on or date.max
    if row.is_overdue(today):
        return 0, due_on
    if row.state == RequirementState.WAITING:
        since = min(row.escalate_on or date.max, row.plan_step_due or date.max)  # type: ignore[attr-defined]
        return (1 if is_with_manager(row, today) or since < today else 3), since
    if row.state == RequirementState.OPEN and row.book_by is not None and row.book_by <= today:
        return 2, due_on
    return 4, due_on


def is_with_manager(row: Requirement, today: date) -> bool:
    """R14: the plan did not come in time."""
    return row.state == RequirementState.WAITING and row.escalate_on is not None and row.escalate_on <= today


def owed_in_short(rows: Sequence[Requirement], today: date) -> str:
    """What a provision owes in one sentence, the most pressing first; nothing where nothing is owed."""
    first = leading(rows, today)
    if first is None:
        return ""
    more = sum(row.still for row in rows) - 1  # type: ignore[attr-defined]
    others = f" {words.plural(more, 'more visit is', 'more visits are')} owed." if more else ""
    return f"The {say.first_small(say.requirement_title(first))} {_stands(first, today)}.{others}"


def _stands(row: Requirement, today: date) -> str:
    if row.due_on is None:
        return _waits(row, today)
    by = f"{'was' if row.is_overdue(today) else 'is'} due by {words.weekday_day(row.due_on)}"
    return f"{by}, and is booked" if row.state == RequirementState.BOOKED else by


def _waits(row: Requirement, today: date) -> str:
    """For the action plan, and what is to happen next with it (C8, R14)."""
    waits = "waits for the action plan"
    if is_with_manager(row, today):
        since = words.weekday_day(row.escalate_on)
        return f"{waits}. With the manager since {since}: the visit may be made without the plan"
    step: str | None = row.plan_step  # type: ignore[attr-defined]
    if step is None:
        return f"{waits}, and goes to the manager on {words.weekday_day(row.escalate_on)}" if row.escalate_on else waits
    due: date = row.plan_step_due  # type: ignore[attr-defined]
    how = ASKED_OR_CHASED.get(step, "chased")
    return f"{waits}, which {'was' if due < today else 'is'} to be {how} by {words.weekday_day(due)}"


def first_doing(rows: Sequence[Requirement], today: date) -> Link | None:
    """Where the most pressing is done, if that is not the booking of a visit: its action plan, or the visit to record."""
    first = leading(rows, today)
    if first is None:
        return None
    if first.state == RequirementState.WAITING and first.deciding_judgement_id:
        return Link("Go to the action plan", reverse("monitoring:action_plan", args=[first.deciding_judgement_id]))
    visit = first.booked_by if first.state == RequirementState.BOOKED else None
    if visit is not None and visit.visit_on <= today:
        return Link("Record the visit", reverse("monitoring:hold_visit", args=[visit.pk]))
    return None
