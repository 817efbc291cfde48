"""Provisions under contract, from a CSV file: an annual visit is owed there although nobody is placed (R6)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from wellplaced import history
from wellplaced.people.models import Person
from wellplaced.placements.loading import PROVISION, Change, Comparison, Line, LoadKind, rows_at, said
from wellplaced.placements.loading.writing import Changed, change, create, event, from_nothing
from wellplaced.register.models import LocalDetails, Provision
from wellplaced.sheets.columns import Column, Kind
from wellplaced.sheets.reading import Problem, Row

VERB = "contract changed"


@dataclass
class Plan:
    """Details of provisions of which the authority had typed nothing yet, and those that change."""

    new: list[LocalDetails] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)


def compare(rows: Sequence[Row], by: Person, today: date) -> Comparison:
    """What these rows would add and change; nothing is written."""
    found, problems = rows_at(rows, by)
    own = LocalDetails.objects.seen_by(by).filter(provision__in={provision.pk for _, provision in found})
    details = {each.provision_id: each for each in own}
    plan, lines, first = Plan(), [], dict[int, int]()
    for row, provision in found:
        before = first.setdefault(provision.pk, row.number)
        if before != row.number:
            why = f"Row {before} is about the same provision. Leave one of them out."
            problems.append(Problem(row.number, "provision", str(row.values["provision"]), why))
            continue
        line = _line(row, provision, details.get(provision.pk), by, plan)
        if line:
            lines.append(line)
    bad = {problem.row for problem in problems}
    unchanged = len([row for row in rows if row.number not in bad]) - len(lines)
    return Comparison(lines=tuple(lines), unchanged=unchanged, problems=tuple(problems), plan=plan)


def _line(row: Row, provision: Provision, details: LocalDetails | None, by: Person, plan: Plan) -> Line | None:
    starts_on = cast("date | None", row.values["under_contract_from"])
    now = details.under_contract_from if details else None
    if starts_on == now:
        return None
    if details is None:
        details = LocalDetails(authority=by.authority, provision=provision, under_contract_from=starts_on)
        plan.new.append(details)
    else:
        plan.changed.append(Changed(details, VERB, {"under_contract_from": starts_on}))
    changes = (Change("Under contract from", said(now), said(starts_on)),)
    return Line(row=row.number, what=provision.known_as, is_new=now is None, changes=changes)


def apply(plan: Plan, by: Person, on: date) -> None:
    """Write it all, with one call of the history."""
    changed = change(plan.changed)
    create(LocalDetails, plan.new)
    added = [event(VERB, each, from_nothing(each, "under_contract_from")) for each in plan.new]
    history.record_many([*changed, *added], by=by)


CONTRACTS = LoadKind(
    code="contracts",
    title="Provisions under contract",
    noun="contract",
    about="Provisions that you keep under contract, with the first day. An annual visit is owed there although nobody is "
    "placed; the first is due 12 months after the contract starts.",
    columns=(
        PROVISION,
        Column(
            name="under_contract_from",
            kind=Kind.DATE,
            help="The first day of the contract. Blank: not under contract, and a day that is on record is taken away.",
            example="01/04/2025",
        ),
    ),
    compare=compare,
    apply=apply,
)
