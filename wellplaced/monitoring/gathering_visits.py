"""From the database to the facts of the guidance: visits, and what was done around each.

Thousands of steps may be asked for at once, so that plain values are read, not records.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Count

from wellplaced.guidance import facts as words
from wellplaced.guidance.steps import FOLLOW_FROM_FACTS, STEPS
from wellplaced.monitoring.models import Recipient, StepRecord, Visit, VisitDischarge, VisitState, YoungPersonSeen

Pair = tuple[int, int]  # authority, provision
ALL_STEPS = tuple(step for step in STEPS if step not in FOLLOW_FROM_FACTS)
COLUMNS = (
    "pk", "authority_id", "provision_id", "booked_on", "visit_on", "state", "whole_form", "actions_named", "loaded",
)  # fmt: skip


@dataclass
class _Around:
    """What was recorded around one visit."""

    discharges: list[str] = field(default_factory=list)
    premises: list[str] = field(default_factory=list)
    done: dict[str, date] = field(default_factory=dict)
    set_aside: list[str] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    comments: dict[str, date] = field(default_factory=dict)
    left_on_paper: int | None = None


def gather_visits(
    authorities: Collection[int], provisions: Collection[int], today: date
) -> dict[Pair, list[words.Visit]]:
    """The visits of each pair but proposed and cancelled ones, in order; six queries, however many visits."""
    visits = Visit.objects.filter(authority__in=authorities, provision__in=provisions)
    visits = visits.exclude(state__in=[VisitState.PROPOSED, VisitState.CANCELLED])
    around = _around({"visit__authority__in": authorities, "visit__provision__in": provisions})
    found: dict[Pair, list[words.Visit]] = defaultdict(list)
    for row in visits.order_by("visit_on", "pk").values_list(*COLUMNS, named=True):
        found[row.authority_id, row.provision_id].append(_visit(row, around[row.pk], today))
    return found


def _around(scope: dict[str, Any]) -> dict[int, _Around]:
    found: dict[int, _Around] = defaultdict(_Around)
    for visit, key in VisitDischarge.objects.filter(**scope).order_by("key").values_list("visit_id", "key"):
        found[visit].discharges.append(key)
    for visit, premises in _premises(scope):
        found[visit].premises.append(str(premises))
    records = StepRecord.objects.filter(**scope).values_list("visit_id", "step", "done_on")
    for visit, step, done_on in records.order_by("pk"):
        if done_on is None:
            found[visit].set_aside.append(step)
        else:
            found[visit].done[step] = done_on
    recipients = Recipient.objects.filter(**scope, left_out_because="").order_by("position", "pk")
    for visit, key, answered_on in recipients.values_list("visit_id", "key", "answered_on"):
        found[visit].recipients.append(key)
        if answered_on is not None:
            found[visit].comments[key] = answered_on
    left = YoungPersonSeen.objects.filter(**scope, paper_was_left=True).order_by().values("visit_id")
    for visit, count in left.annotate(count=Count("pk")).values_list("visit_id", "count"):
        found[visit].left_on_paper = count
    return found


def _premises(scope: dict[str, Any]) -> "models.QuerySet[Any, Any]":
    seen: models.QuerySet[Any] = Visit.premises.through._default_manager.filter(**scope)
    return seen.order_by("premises_id").values_list("visit_id", "premises_id")


def _visit(row: Any, around: _Around, today: date) -> words.Visit:
    """A visit that could not be held books nothing any more, from the hour on which that is recorded.

    One that a file brought in at going live was made before the service was used: nobody owes its steps.
    """
    is_given_up = row.state == VisitState.NOT_HELD and row.visit_on >= today
    return words.Visit(
        id=str(row.pk),
        booked_on=row.booked_on,
        visit_on=row.visit_on,
        held=row.state == VisitState.HELD,
        premises=tuple(around.premises),
        discharges=() if is_given_up else tuple(around.discharges),
        whole_form=row.whole_form,
        questionnaires_left=around.left_on_paper,
        actions_named=row.actions_named,
        recipients=tuple(around.recipients),
        done=around.done,
        set_aside=ALL_STEPS if row.loaded else tuple(around.set_aside),
        comments=around.comments,
    )
