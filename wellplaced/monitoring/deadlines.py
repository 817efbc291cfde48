"""Django's one window on the guidance: facts out of the database, answers into rows, in the action's transaction.

`refresh` is a listener of the history: whatever an action recorded, the rows of the provisions concerned are computed
anew in the same transaction, and where very many are concerned right after it, in parts. Rows change by time alone only on
the day that `changes_on` names; the worker refreshes those each morning (`refresh_due`), and once after an update of the
service. `rebuild` makes all rows anew from the facts.
"""

import logging
import time
from collections.abc import Collection, Sequence
from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from wellplaced import guidance
from wellplaced.history import clock
from wellplaced.history.models import Event
from wellplaced.monitoring.answered import Counting, Rows, answered
from wellplaced.monitoring.concerned import concerned, hold_still
from wellplaced.monitoring.counted_by import edition
from wellplaced.monitoring.gathering import Pair, gather
from wellplaced.monitoring.models import PlanChase, PlanStep, Refreshed, Requirement, Step
from wellplaced.monitoring.storing import store
from wellplaced.monitoring.timeframes import closed_days_of, needs_closed_days, versions_of

log = logging.getLogger(__name__)

TOMORROW = timedelta(days=1)
AT_ONCE = 400  # provisions gathered together: few queries, little memory
IN_ONE_GO = 100  # provisions counted in one transaction: other people's saves wait as long, under half a second
BREATH = 0.25  # seconds before each of several such: who waits for the one writer of SQLite looks every 0.1 s
NOT_YET = ""  # no edition's mark: to be counted anew


def refresh(events: Sequence[Event]) -> None:
    """Listener: what is owed at the provisions that the events concern. Raises Refusal where a fact cannot be.

    Where one action concerns very many (a file, timeframes of one's own), they are marked, and counted in parts as soon as
    its transaction is through (ADR 13): nobody else's save waits until all are counted.
    """
    own, others = concerned(events)
    for pairs, refuse in ((own, True), (others, False)):
        if len(pairs) <= IN_ONE_GO:
            refresh_pairs(pairs, clock.today(), refuse=refuse)
        else:
            _count_soon(pairs, clock.today(), refuse=refuse)


def _count_soon(pairs: Collection[Pair], today: date, *, refuse: bool) -> None:
    ordered = sorted(pairs)  # everybody takes these rows in this order
    _hold_where_first(ordered)
    marked = (Refreshed(authority_id=a, provision_id=p, refreshed_on=today, counted_by=NOT_YET) for a, p in ordered)
    Refreshed.objects.bulk_create(
        marked,
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["authority", "provision"],
        update_fields=["counted_by"],
    )
    for start in range(0, len(ordered) if refuse else 0, AT_ONCE):
        _check(ordered[start : start + AT_ONCE], today)
    transaction.on_commit(lambda: refresh_due(clock.today()), robust=True)  # failing that, the worker's next look


def _check(pairs: Collection[Pair], today: date) -> None:
    versions, pruned = versions_of({authority_id for authority_id, _ in pairs}), _pruned(pairs)
    for pair, facts in gather(pairs, today).items():
        if pair not in pruned:
            guidance.check(facts, versions[pair[0]][-1])


def refresh_due(today: date) -> int:
    """Refresh what changes by time alone today or before, or was marked, or was counted by another edition of the service.

    In parts, between which others save. Returns how many provisions.
    """
    rows = Refreshed.objects.filter(Q(changes_on__lte=today) | ~Q(counted_by=edition()))
    due = list(rows.order_by("authority", "provision").values_list("pk", flat=True))
    for start in range(0, len(due), IN_ONE_GO):
        if len(due) > IN_ONE_GO:
            time.sleep(BREATH)
        with transaction.atomic():
            still = rows.filter(pk__in=due[start : start + IN_ONE_GO])  # another process may count the same marks
            refresh_pairs(still.values_list("authority_id", "provision_id"), today)
    return len(due)


def count_marked(authority_id: int, provisions: Collection[int], today: date) -> None:
    """Before facts are made of what is owed there (a loaded visit discharges it): what was marked is counted first."""
    marked = Refreshed.objects.filter(authority=authority_id, provision__in=provisions, counted_by=NOT_YET)
    refresh_pairs(marked.values_list("authority_id", "provision_id"), today)


@transaction.atomic
def rebuild(today: date) -> int:
    """Make every row anew from the facts; returns how many provisions. The outcome equals what was stored before.

    What cannot be counted (see `refresh_pairs`) stays as it was: what is owed there is never forgotten.
    """
    pairs = sorted(Refreshed.objects.values_list("authority_id", "provision_id"))
    refresh_pairs(pairs, today)
    return len(pairs)


def refresh_pairs(pairs: Collection[Pair], today: date, *, refuse: bool = False) -> None:
    """Compute and store what is owed for each authority at each provision.

    Where dates cannot be counted (working days beyond the bank holidays that are known), `refuse` raises Refusal; without
    it, where many are concerned who did nothing, that one stays as it was, is logged, and is tried again each morning. So
    is one at which the guidance's code fails: a fault that one provision brings out keeps nobody else's dates from them.
    """
    ordered = sorted(pairs)
    for start in range(0, len(ordered), AT_ONCE):
        _refresh(ordered[start : start + AT_ONCE], today, refuse=refuse)


def _refresh(pairs: Collection[Pair], today: date, *, refuse: bool) -> None:
    _one_at_a_time(pairs, today)
    authorities = {authority_id for authority_id, _ in pairs}
    versions = versions_of(authorities)
    closed: dict[int, guidance.ClosedDays] = {}
    if any(needs_closed_days(own) for own in versions.values()):
        closed = closed_days_of(authorities)
    rows = Rows({}, {}, {}, {})
    chases = _chases(pairs)
    pruned = _pruned(pairs) if refuse else set()
    uncounted: set[Pair] = set()
    gathered = gather(pairs, today)
    for authority_id, provision_id in set(pairs) - set(gathered):  # nothing is owed, until its type is another
        rows.refreshed[authority_id, provision_id] = Refreshed(
            authority_id=authority_id, provision_id=provision_id, refreshed_on=today, counted_by=edition()
        )
    for pair, facts in gathered.items():
        own = Counting(versions[pair[0]], closed.get(pair[0]))
        try:
            found = answered(pair, facts, own, chases, refuse=refuse and pair not in pruned)
        except Exception as fault:  # a refusal or a fault of ours: the others do not wait for it (ADR 14)
            if refuse:
                raise
            key = getattr(fault, "path", "")
            log.exception("dates not counted anew", extra={"authority": pair[0], "provision": pair[1], "key": key})
            uncounted.add(pair)
            continue
        rows.take(found)
    _store(rows, set(pairs) - uncounted)
    for authority_id, provision_id in uncounted:  # tried again each morning, and stays as it was until then
        row = Refreshed.objects.filter(authority=authority_id, provision=provision_id)
        row.update(changes_on=today + TOMORROW, counted_by=edition())


def _one_at_a_time(pairs: Collection[Pair], today: date) -> None:
    """Whoever else records a fact there waits, and then counts with ours; else each would store what it alone knows.

    Where a database has one writer at a time there is nothing to wait for.
    """
    if not connection.features.has_select_for_update:
        return
    _hold_where_first(pairs)
    locked = _rows_of(pairs).order_by("authority_id", "provision_id").select_for_update(no_key=True)
    known = set(locked.values_list("authority_id", "provision_id"))
    new = [Refreshed(authority_id=a, provision_id=p, refreshed_on=today) for a, p in sorted(set(pairs) - known)]
    if new:  # the first fact of all there: of two, the second waits here
        Refreshed.objects.bulk_create(new, ignore_conflicts=True)
        list(locked.values_list("pk"))


def _hold_where_first(pairs: Collection[Pair]) -> None:
    known = set(_rows_of(pairs).values_list("authority_id", "provision_id"))
    hold_still({provision_id for _, provision_id in set(pairs) - known})


def _store(rows: Rows, pairs: Collection[Pair]) -> None:
    scope = Q(authority__in={a for a, _ in pairs}, provision__in={p for _, p in pairs})
    store(Requirement, scope, pairs, rows.requirements, ("authority_id", "provision_id", "key"))
    store(PlanStep, scope, pairs, rows.plan_steps, ("authority_id", "judgement_id", "step"))
    store(Step, scope, pairs, rows.steps, ("visit_id", "step", "recipient"))
    store(Refreshed, scope, pairs, rows.refreshed, ("authority_id", "provision_id"))


def _pruned(pairs: Collection[Pair]) -> set[Pair]:
    """Where an earlier change of the shared register left an entry that cannot be: not the fault of whoever acts now."""
    return set(_rows_of(pairs).filter(pruned=True).values_list("authority_id", "provision_id"))


def _rows_of(pairs: Collection[Pair]) -> QuerySet[Refreshed]:
    """The rows of these authorities at these provisions, those of pairs that were not asked for among them."""
    return Refreshed.objects.filter(authority__in={a for a, _ in pairs}, provision__in={p for _, p in pairs})


def _chases(pairs: Collection[Pair]) -> dict[tuple[int, int], list[date]]:
    found: dict[tuple[int, int], list[date]] = {}
    rows = (
        PlanChase.objects.standing()
        .filter(follow_up__authority__in={a for a, _ in pairs}, follow_up__provision__in={p for _, p in pairs})
        .order_by("chased_on", "pk")
    )
    for authority_id, judgement_id, day in rows.values_list(
        "follow_up__authority_id", "follow_up__judgement_id", "chased_on"
    ):
        found.setdefault((authority_id, judgement_id), []).append(day)
    return found
