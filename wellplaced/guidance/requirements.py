"""The requirements: which are listed, their dates, and how each stands."""

from collections.abc import Sequence
from datetime import date

from wellplaced.guidance.candidates import Candidate, Initial, Judged, candidates
from wellplaced.guidance.clocks import TIMEFRAME_OF, Clock
from wellplaced.guidance.facts import Visit
from wellplaced.guidance.owed import Requirement, State
from wellplaced.guidance.reckoning import Reckoning
from wellplaced.guidance.record import Record
from wellplaced.guidance.timeframes import in_force

_HAS_A_FALLBACK = frozenset({"C3", "C9"})


def requirements(record: Record, reckonings: Sequence[Reckoning]) -> list[Requirement]:
    """What is owed or named, each counted by the version in force when its clock starts; ordered by due date, then id."""
    listed: list[Requirement] = []
    for candidate in candidates(record):
        reckoning, clock = _in_force(candidate, reckonings)
        due_on = None if clock.on is None else reckoning.due(TIMEFRAME_OF[clock.clause], clock.on)
        is_owed = candidate.is_owed(reckoning, due_on)
        if is_owed or record.is_named(candidate.id):
            listed.append(_requirement(candidate, reckoning, clock, due_on, is_owed=is_owed))
    return sorted(
        listed, key=lambda requirement: (requirement.due_on or date.max, requirement.due_on is None, requirement.id)
    )


def _in_force(candidate: Candidate, reckonings: Sequence[Reckoning]) -> tuple[Reckoning, Clock]:
    """The version in force on the day on which the clock starts; not started: today's.

    Versions may differ on when the clock starts. The newest that is in force on its own day counts, else today's.
    """
    if len(reckonings) == 1:
        return reckonings[0], candidate.clock(reckonings[0])
    versions = [reckoning.timeframes for reckoning in reckonings]
    for reckoning in reversed(reckonings):
        clock = candidate.clock(reckoning)
        if in_force(versions, clock.on or reckoning.record.today) is reckoning.timeframes:
            return reckoning, clock
    current = reckonings[versions.index(in_force(versions, reckonings[0].record.today))]
    return current, candidate.clock(current)


def _requirement(
    candidate: Candidate, reckoning: Reckoning, clock: Clock, due_on: date | None, *, is_owed: bool
) -> Requirement:
    record, version = reckoning.record, reckoning.timeframes
    discharging = _discharging(candidate, reckoning, clock)
    booking = next(
        (visit for visit in record.naming.get(candidate.id, ()) if not visit.held and not record.is_stale(visit)), None
    )
    state = _state(candidate, reckoning, due_on, is_owed=is_owed, discharging=discharging, booking=booking)
    made_or_planned = discharging or booking
    in_time = made_or_planned.visit_on <= due_on if made_or_planned and due_on and state is not State.WAIVED else None
    return Requirement(
        id=candidate.id,
        kind=candidate.kind,
        clause=clock.clause,
        clock_event=clock.event,
        clock_on=clock.on,
        ideal_by=candidate.placement.starts_on if isinstance(candidate, Initial) else None,
        due_on=due_on,
        escalate_on=_escalate_on(reckoning, clock),
        state=state,
        discharged_by=discharging.id if discharging else None,
        booked_by=booking.id if booking else None,
        in_time=in_time,
        fallback=_fallback(candidate, record, clock, state, in_time=in_time),
        version=version.number,
        version_title=version.title,
        deciding_judgement=clock.deciding.id if clock.deciding else None,
        plan_clock_on=clock.plan_from,
    )


def _discharging(candidate: Candidate, reckoning: Reckoning, clock: Clock) -> Visit | None:
    """The earliest held visit that names it; an annual one is also discharged by the next visit that counts."""
    named = next((visit for visit in reckoning.record.naming.get(candidate.id, ()) if visit.held), None)
    following = reckoning.next_counted(clock.on) if candidate.kind == "annual" and clock.on else None
    if named is None or following is None:
        return named or following
    return min(named, following, key=lambda visit: reckoning.record.position[visit.id])


def _state(
    candidate: Candidate,
    reckoning: Reckoning,
    due_on: date | None,
    *,
    is_owed: bool,
    discharging: Visit | None,
    booking: Visit | None,
) -> State:
    """The first state that fits."""
    if candidate.id in reckoning.record.waived:
        return State.WAIVED
    if discharging is not None:
        return State.DISCHARGED
    if isinstance(candidate, Judged) and _is_superseded(candidate, reckoning, due_on):
        return State.SUPERSEDED
    if not is_owed or _has_lapsed(candidate, reckoning, due_on):
        return State.LAPSED
    return _unsettled(due_on, reckoning.record.today, is_booked=booking is not None)


def _unsettled(due_on: date | None, today: date, *, is_booked: bool) -> State:
    if due_on is not None and due_on < today:
        return State.OVERDUE
    if is_booked:
        return State.BOOKED
    return State.WAITING if due_on is None else State.OPEN


def _is_superseded(candidate: Judged, reckoning: Reckoning, due_on: date | None) -> bool:
    following = reckoning.record.next_graded(candidate.judgement)
    return following is not None and (due_on is None or following.published_on <= due_on)


def _has_lapsed(candidate: Candidate, reckoning: Reckoning, due_on: date | None) -> bool:
    """R6: nobody was left there after an annual visit fell due. R18: the placement ended before its visit fell due."""
    record = reckoning.record
    if isinstance(candidate, Initial):
        ended = candidate.placement.ends_on
        if ended is None or ended >= record.today or reckoning.takes("R18", "stays_owed"):
            return False
        return due_on is None or ended < due_on
    if candidate.kind != "annual" or due_on is None or reckoning.takes("R6", "always"):
        return False
    return record.was_out_of_use(due_on, record.today)


def _escalate_on(reckoning: Reckoning, clock: Clock) -> date | None:
    if clock.plan_from is None or reckoning.takes("R14", "requested_only"):
        return None
    return reckoning.due("plan_escalated", clock.plan_from)


def _fallback(candidate: Candidate, record: Record, clock: Clock, state: State, *, in_time: bool | None) -> str | None:
    """C4: other authorities are asked where the initial visit is not, or will not be, made in time."""
    if not isinstance(candidate, Initial) or clock.clause not in _HAS_A_FALLBACK:
        return None
    if candidate.id in record.checked:
        return "done"
    return "needed" if state is State.OVERDUE or (state is State.BOOKED and in_time is False) else None
