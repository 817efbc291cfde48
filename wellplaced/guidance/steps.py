"""The steps of a visit, from the letter to the upload: which apply, what starts their clocks, and how each stands."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from wellplaced.guidance.counting import ONE_DAY
from wellplaced.guidance.facts import Visit
from wellplaced.guidance.owed import Requirement, Step, StepState, VisitSteps
from wellplaced.guidance.reckoning import Reckoning
from wellplaced.guidance.timeframes import in_force

VISIT_ON = "visit_on"
BOOKED_ON = "booked_on"
VISIT_HELD = "visit_held"
COMMENT_RECEIVED = "comment_received"
COMMENTS_CLOSED = "comments_closed"

# In the order of the guidance. The first three are due ahead of the visit, and may be booked at short notice (R8).
AHEAD = ("letter_sent", "feedback_requested", "confirmation_sent")
STEPS = (
    *AHEAD,
    "pre_visit_form_received",
    VISIT_HELD,
    "actions_followed_up",
    "questionnaires_chased",
    "report_submitted",
    "report_returned",
    "actions_completed",
    "sent_for_comment",
    COMMENT_RECEIVED,
    "uploaded",
)
# These two follow from other facts, so that nobody says when they were done.
FOLLOW_FROM_FACTS = frozenset({VISIT_HELD, COMMENT_RECEIVED})

# A step's clock: the event, its day where known, and the due date.
Timing = tuple[str, date | None, date | None]


def visits(reckonings: Sequence[Reckoning], owed: Sequence[Requirement]) -> tuple[VisitSteps, ...]:
    """The steps of each visit, counted by the version in force on the day of its booking."""
    due_dates = {requirement.id: requirement.due_on for requirement in owed}
    by_version = {reckoning.timeframes: reckoning for reckoning in reckonings}
    versions = [reckoning.timeframes for reckoning in reckonings]
    return tuple(
        VisitSteps(visit.id, tuple(_steps(visit, due_dates, by_version[in_force(versions, visit.booked_on)])))
        for visit in reckonings[0].record.facts.visits
    )


def _steps(visit: Visit, due_dates: Mapping[str, date | None], reckoning: Reckoning) -> Iterator[Step]:
    lead = reckoning.timeframes.before("confirmation_sent", visit.visit_on, reckoning.closed)
    is_short_notice = visit.booked_on > lead
    for name, timing in _ahead(visit, reckoning, lead):
        yield _step(name, timing, visit.done.get(name), visit, reckoning, short_notice=is_short_notice)
    yield _step(
        "pre_visit_form_received",
        (VISIT_ON, visit.visit_on, visit.visit_on),
        visit.done.get("pre_visit_form_received"),
        visit,
        reckoning,
    )
    yield _step(
        VISIT_HELD, _visit_held(visit, due_dates, reckoning), visit.visit_on if visit.held else None, visit, reckoning
    )
    for name, timing in _after(visit, reckoning):
        yield _step(name, timing, visit.done.get(name), visit, reckoning)
    timing = _after_event("comment_received", "sent_for_comment", visit.done.get("sent_for_comment"), reckoning)
    for recipient in visit.recipients:
        yield _step(COMMENT_RECEIVED, timing, visit.comments.get(recipient), visit, reckoning, recipient=recipient)
    yield _step("uploaded", _uploaded(visit, timing[2], reckoning), visit.done.get("uploaded"), visit, reckoning)


def _ahead(visit: Visit, reckoning: Reckoning, lead: date) -> Iterator[tuple[str, Timing]]:
    """C13, C14 and C15 with the readings R8 and R15."""
    if reckoning.takes("R8", "day_of_booking"):
        confirmation = visit.booked_on
    elif reckoning.takes("R8", "two_weeks_always"):
        confirmation = lead
    else:
        confirmation = max(visit.booked_on, lead)
    with_confirmation = (VISIT_ON, visit.visit_on, confirmation)
    letter = (
        (BOOKED_ON, visit.booked_on, visit.booked_on) if reckoning.takes("R15", "at_booking") else with_confirmation
    )
    yield "letter_sent", letter
    yield "feedback_requested", letter
    yield "confirmation_sent", with_confirmation


def _visit_held(visit: Visit, due_dates: Mapping[str, date | None], reckoning: Reckoning) -> Timing:
    """R13: the earliest due date among the requirements that the visit names, whatever their state."""
    dates = [due_on for name in visit.discharges if (due_on := due_dates.get(name)) is not None]
    governing = max if reckoning.takes("R13", "latest") else min
    return BOOKED_ON, visit.booked_on, governing(dates, default=None)


def _after(visit: Visit, reckoning: Reckoning) -> Iterator[tuple[str, Timing]]:
    """The steps between the visit and the comments."""
    held_on = visit.visit_on if visit.held else None
    submitted, returned = visit.done.get("report_submitted"), visit.done.get("report_returned")
    if reckoning.takes("R16", "day_of_visit"):
        yield "actions_followed_up", (VISIT_HELD, held_on, held_on)
    else:
        yield "actions_followed_up", _after_event("actions_followed_up", VISIT_HELD, held_on, reckoning)
    if visit.questionnaires_left:
        chased = _after_event("questionnaires_chased", VISIT_HELD, held_on, reckoning)
        yield "questionnaires_chased", (VISIT_HELD, held_on, None) if reckoning.takes("R10", "no_date") else chased
    yield "report_submitted", _after_event("report_submitted", VISIT_HELD, held_on, reckoning)
    received = submitted + ONE_DAY if submitted and reckoning.takes("R17", "next_day") else submitted
    yield "report_returned", _after_event("report_returned", "report_submitted", received, reckoning)
    if visit.actions_named:
        yield "actions_completed", _after_event("actions_completed", "report_returned", returned, reckoning)
    event, on = _sending_starts(visit, reckoning)
    yield "sent_for_comment", _after_event("sent_for_comment", event, on, reckoning)


def _sending_starts(visit: Visit, reckoning: Reckoning) -> tuple[str, date | None]:
    """What the three weeks of C21 are counted from (R4)."""
    if reckoning.takes("R4", "from_visit"):
        return VISIT_HELD, visit.visit_on if visit.held else None
    if reckoning.takes("R4", "from_actions_completed") and visit.actions_named:
        return "actions_completed", visit.done.get("actions_completed")
    return "report_returned", visit.done.get("report_returned")


def _uploaded(visit: Visit, comments_due: date | None, reckoning: Reckoning) -> Timing:
    closed_on = _comments_closed(visit, comments_due, reckoning.record.today)
    if reckoning.takes("R11", "dated"):
        return _after_event("uploaded", COMMENTS_CLOSED, closed_on, reckoning)
    return COMMENTS_CLOSED, closed_on, None


def _comments_closed(visit: Visit, comments_due: date | None, today: date) -> date | None:
    """The day on which the last comment came, or on which the time for comments ran out; None while it runs."""
    sent_on = visit.done.get("sent_for_comment")
    if sent_on is None:
        return visit.done.get("report_returned") if "sent_for_comment" in visit.set_aside else None
    answers = [visit.comments[recipient] for recipient in visit.recipients if recipient in visit.comments]
    if len(answers) == len(visit.recipients):
        return max(answers, default=sent_on)
    return comments_due if comments_due is not None and comments_due < today else None


def _after_event(name: str, event: str, on: date | None, reckoning: Reckoning) -> Timing:
    return event, on, None if on is None else reckoning.due(name, on)


def _step(
    name: str,
    timing: Timing,
    done_on: date | None,
    visit: Visit,
    reckoning: Reckoning,
    *,
    short_notice: bool = False,
    recipient: str | None = None,
) -> Step:
    version = reckoning.timeframes
    timeframe = version.timeframes[name]
    event, clock_on, due_on = timing
    return Step(
        step=name,
        clause=timeframe.clause,
        owner=recipient if recipient is not None else timeframe.owner,
        recipient=recipient,
        clock_event=event,
        clock_on=clock_on,
        due_on=due_on,
        done_on=done_on,
        state=_state(timing, done_on, reckoning.record.today, is_set_aside=name in visit.set_aside),
        in_time=None if done_on is None or due_on is None else done_on <= due_on,
        short_notice=short_notice,
        version=version.number,
        version_title=version.title,
    )


def _state(timing: Timing, done_on: date | None, today: date, *, is_set_aside: bool) -> StepState:
    """The first state that fits."""
    _, clock_on, due_on = timing
    if done_on is not None:
        return StepState.DONE
    if is_set_aside:
        return StepState.SET_ASIDE
    if clock_on is None:
        return StepState.WAITING
    return StepState.OVERDUE if due_on is not None and due_on < today else StepState.OPEN
