"""How the desk says things about what is owed; every page says the same thing in the same words."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from wellplaced.design import words
from wellplaced.design.tags import Due, Tag, state_tag
from wellplaced.guidance import ClosedDays, act_by
from wellplaced.monitoring.models import Requirement, RequirementState, Task, Visit
from wellplaced.monitoring.words import KINDS, PLAN_STEPS, RESTRICTED, TOO_LATE_TO_BOOK
from wellplaced.register.models import Provision

UNNAMED = RESTRICTED[:1].lower() + RESTRICTED[1:]  # inside a sentence

RECIPIENTS = {
    "provider": ("the provider", ""),
    "csw": ("a social worker", "social workers"),
    "iro": ("a reviewing officer", "reviewing officers"),
    "seno": ("a SEN officer", "SEN officers"),
}
LONG = 100  # letters of what was typed that a line shows


def who(young_person: Any, seen: bool) -> str:
    """Initials and reference; of a restricted record nothing, unless the reader is named on it."""
    return str(young_person) if seen else UNNAMED


def requirement_title(owed: Requirement) -> str:
    """What is owed: 'Initial visit for AB (10234)'. The row carries `seen`, whether the reader may see the young person."""
    title = KINDS[owed.kind]
    if owed.kind != "initial" or owed.placement is None:
        return title
    return f"{title} for {who(owed.placement.young_person, owed.seen)}"  # type: ignore[attr-defined]


def plan_step_title(step: str) -> str:
    return PLAN_STEPS[step]


def first_small(text: str) -> str:
    """As it stands inside a sentence."""
    return text[:1].lower() + text[1:]


def due(on: date | None, today: date, closed_days: ClosedDays, *, why: str = "", what: str = "") -> Due:
    """A due date with its reason and, where it falls on a closed day that is still to come, the day by which to act."""
    act = act_by(on, closed_days) if on and on >= today else None
    return Due(on=on, why=why, what=what, act_by=act.on if act else None)


def requirement_due(owed: Requirement, today: date, closed_days: ClosedDays) -> Due:
    """The row carries `seen`, as for its title."""
    why, what = reverse("monitoring:why", args=[owed.provision_id, owed.key]), first_small(requirement_title(owed))
    return due(owed.due_on, today, closed_days, why=why, what=f"{what}, {owed.provision.known_as}")


def task_due(task: Task, place: Provision, today: date, closed_days: ClosedDays) -> Due:
    """When it was agreed to be done; its page says where that was."""
    why, what = f"{task.get_absolute_url()}#why", f"{short(task.what).rstrip(' .')}, {place.known_as}"
    return due(task.due_on, today, closed_days, why=why, what=what)


def requirement_tag(owed: Requirement, today: date) -> Tag:
    """Its state, 'overdue' before any other as in the contract; or that it must be booked now."""
    if owed.is_overdue(today):
        return Tag(f"{words.plural((today - owed.due_on).days, 'day')} overdue", "red")  # type: ignore[operator]
    if owed.state == RequirementState.OPEN and owed.due_on == today:
        return state_tag("due_today")
    if owed.state == RequirementState.OPEN and owed.book_by is not None and owed.book_by <= today:
        return Tag("Book now", "amber")
    if owed.state == RequirementState.WAITING and owed.escalate_on is not None and owed.escalate_on <= today:
        return Tag("With the manager", "amber")
    return state_tag(owed.state)


def book_by_sentence(owed: Requirement, today: date) -> str:
    """By when to book, so that the confirmation can go two weeks ahead (C15)."""
    if owed.state == RequirementState.BOOKED and owed.booked_by:
        return booked_sentence(owed.booked_by)
    if owed.state != RequirementState.OPEN or owed.book_by is None:
        return ""
    if owed.book_by < today:
        return f"Book now: {TOO_LATE_TO_BOOK}"
    return f"Book by {words.weekday_day(owed.book_by)}"


def booked_sentence(visit: Visit) -> str:
    return f"Booked for {words.weekday_day(visit.visit_on)} with {visit.by_whom}"


def day_tag(on: date | None, today: date) -> Tag:
    """Where something with a plain due date stands today."""
    if on is None:
        return Tag("No date")
    if on < today:
        return Tag(f"{words.plural((today - on).days, 'day')} overdue", "red")
    return state_tag("due_today") if on == today else state_tag("open")


def waiting_tag(on: date | None, today: date) -> Tag:
    """Where something that others owe stands: waiting, or how long it is overdue."""
    return day_tag(on, today) if on is not None and on < today else state_tag("waiting")


def in_a_row(names: Sequence[str]) -> str:
    """'Letter, feedback requests and confirmation'."""
    said = [names[0], *map(first_small, names[1:])]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"


def recipients(keys: Sequence[str]) -> str:
    """Whom the document went to: 'the provider, 2 social workers and a SEN officer'."""
    counts = Counter(key.partition(":")[0] for key in keys)
    said = [_recipient(role, counts[role]) for role in RECIPIENTS if counts[role]]
    return f"{', '.join(said[:-1])} and {said[-1]}" if len(said) > 1 else "".join(said)


def _recipient(role: str, count: int) -> str:
    one, several = RECIPIENTS[role]
    return one if count == 1 or not several else f"{count} {several}"


def short(text: str) -> str:
    """The beginning of what was typed, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= LONG else f"{line[: LONG - 2].rstrip()} …"


def waited(since: date | None, today: date) -> str:
    """'12 days, since Wednesday 3 June 2026'; nothing where it is not known since when."""
    if since is None or since > today:
        return ""
    days = (today - since).days
    return f"{words.plural(days, 'day')}, since {words.weekday_day(since)}" if days else "since today"


def waiting_sentence(owed: Requirement, today: date, *, asks: bool = False) -> str:
    """On whom a requirement waits, and for how long (C8). The row carries `requested_on` and `to_request_since`.

    `asks`: the reader is a senior officer, who is to ask for the plan.
    """
    if owed.state != RequirementState.WAITING:
        return ""
    requested_on = owed.requested_on  # type: ignore[attr-defined]
    if requested_on:
        return f"Waiting for the provider’s action plan: {waited(requested_on, today)}"
    since = waited(owed.to_request_since, today)  # type: ignore[attr-defined]
    whom = "For you as a senior officer" if asks else "Waiting for a senior officer"
    return f"{whom} to ask for the action plan{': ' + since if since else ''}"


def escalation_sentence(owed: Requirement, today: date) -> str:
    """R14: from the 14th day on the manager may have the visit made without the plan."""
    if owed.state != RequirementState.WAITING or owed.escalate_on is None:
        return ""
    if owed.escalate_on > today:
        return f"Goes to the manager on {words.weekday_day(owed.escalate_on)} if the plan has not come"
    return f"With the manager since {words.weekday_day(owed.escalate_on)}: the visit may be made without the plan"


def fallback_sentence(owed: Requirement, today: date) -> str:
    """C4: what stands in for an initial visit that could not be made in time. The row carries `other_asked_on`."""
    if owed.fallback != "needed":
        return ""
    asked_on = owed.other_asked_on  # type: ignore[attr-defined]
    if asked_on:
        return f"Waiting for another authority’s feedback: {waited(asked_on, today)}"
    return "Ask the provider which other authorities have a young person there, and get their feedback"
