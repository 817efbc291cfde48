"""Loading a table: a file is handed in and compared, then its good rows are applied or all is left."""

import hashlib
from dataclasses import replace
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from wellplaced import history
from wellplaced.history import clock
from wellplaced.people.models import Authority, Person
from wellplaced.placements.loading import results
from wellplaced.placements.loading.besides import besides
from wellplaced.placements.loading.kinds import Comparison, LoadKind, kind_of
from wellplaced.placements.models import TableLoad
from wellplaced.sheets.reading import Table, read_table

State = TableLoad.State


@transaction.atomic
def hand_in(*, kind: LoadKind, file_name: str, content: bytes, by: Person, on: date) -> TableLoad:
    """Keep a file and what it would do; nothing of it is loaded yet. Raises sheets' Refusal for a file that is no table."""
    if by.authority_id is None:
        raise PermissionDenied
    table, comparison = _compared(kind, content, by, on)
    load = TableLoad.objects.create(
        authority_id=by.authority_id,
        kind=kind.code,
        file_name=file_name[:200],
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        result=results.result_of(table, comparison),
        handed_in_by=by,
        handed_in_at=clock.now(),
    )
    history.record("table handed in", about=load, by=by, changes={"rows": [None, load.result["rows"]]})
    return load


@transaction.atomic
def apply_load(*, load: TableLoad, by: Person, on: date, seen_revision: int | None) -> TableLoad:
    """Load the good rows, all or none of them; afterwards only the rows to mend are kept.

    Where the rows would do something else than was shown, since somebody changed a record meanwhile, nothing is loaded:
    the load stays COMPARED with the new comparison, to be looked at again. Of two files of one authority the second waits
    for the first. Raises Conflict, guidance.Refusal; IntegrityError where the same was recorded by hand at this moment.
    """
    Authority.objects.select_for_update(no_key=True).get(pk=load.authority_id)
    current = _undecided(load, seen_revision)
    kind = kind_of(current.kind)
    if kind is None:
        raise ValidationError("Tables of this kind are no longer loaded.")
    table, comparison = _compared(kind, bytes(current.content or b""), by, on)
    result = results.result_of(table, comparison)
    if result["fingerprint"] != current.result["fingerprint"]:
        current.result = result
        return _saved(current, "table compared again", by)
    if comparison.lines:
        kind.apply(comparison.plan, by, on)
    current.content = results.mend(table, result)
    return _decided(current, State.APPLIED, "table loaded", by)


@transaction.atomic
def leave_load(*, load: TableLoad, by: Person, seen_revision: int | None) -> TableLoad:
    """Load nothing of a file, and forget what it held. Raises Conflict."""
    current = _undecided(load, seen_revision)
    current.content = None
    current.result["problems"] = []
    return _decided(current, State.LEFT, "table not loaded", by)


def _compared(kind: LoadKind, content: bytes, by: Person, on: date) -> tuple[Table, Comparison]:
    table = read_table(content, kind.columns)
    comparison = kind.compare(table.rows, by, on)
    problems = (*comparison.problems, *besides(kind, table, comparison, by, on))
    return table, replace(comparison, problems=problems)


def _undecided(load: TableLoad, seen_revision: int | None) -> TableLoad:
    current = TableLoad.objects.select_for_update(no_key=True).get(pk=load.pk)
    if current.state != State.COMPARED or seen_revision not in (None, current.revision):
        raise history.Conflict(current, {})
    return current


def _decided(load: TableLoad, state: str, verb: str, by: Person) -> TableLoad:
    load.state = state
    load.result = results.decided(load.result)
    load.decided_at = clock.now()
    return _saved(load, verb, by, state=[State.COMPARED, state])


def _saved(load: TableLoad, verb: str, by: Person, **changes: Any) -> TableLoad:
    load.revision += 1
    load.save()
    counted = {name: [None, load.result[name]] for name in ("new", "changed", "unchanged", "bad_rows")}
    history.record(verb, about=load, by=by, changes=changes | counted)
    return load
