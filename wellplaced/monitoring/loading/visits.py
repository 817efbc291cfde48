"""Past visits from a CSV file. A visit is the same when provision and day are the same; one recorded by hand is left alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from wellplaced import history
from wellplaced.design.words import day, plural
from wellplaced.history import NewEvent
from wellplaced.monitoring.deadlines import count_marked
from wellplaced.monitoring.loading.discharging import Owed
from wellplaced.monitoring.models import Visit, VisitDischarge, VisitState
from wellplaced.people.models import Person, ProvisionType
from wellplaced.placements.loading import PROVISION, Change, Comparison, Line, LoadKind, rows_at, said
from wellplaced.placements.loading.writing import Changed, change, create, event
from wellplaced.register.models import Premises, Provision
from wellplaced.sheets.columns import Column, Kind
from wellplaced.sheets.reading import Problem, Row

CONCERN = "concern"
KINDS = {
    "initial": "Initial visit",
    "annual": "Annual visit",
    "judgement": "Visit after an Ofsted judgement",
    "whole_form": "Another visit that covered the whole form",
    CONCERN: "Visit about a concern only, which does not count for the 12 months (R5)",
}


@dataclass
class Past:
    """A visit of the file: as it is to be, the premises seen, what it discharges newly; `old` is the one on record."""

    visit: Visit
    premises: list[Premises]
    old: Visit | None
    keys: list[str] = field(default_factory=list)


@dataclass
class Plan:
    """Visits that are new, and those that change."""

    new: list[Past] = field(default_factory=list)
    changed: list[tuple[Changed, Past]] = field(default_factory=list)


def compare(rows: Sequence[Row], by: Person, today: date) -> Comparison:
    """What these rows would add and change; none of it is written."""
    return _Comparing(rows, by, today).outcome()


class _Comparing:
    def __init__(self, rows: Sequence[Row], by: Person, today: date) -> None:
        self.by, self.today = by, today
        self.found, self.problems = rows_at(rows, by)
        provisions = {provision.pk for _, provision in self.found}
        self.premises = {
            (each.provision_id, each.label.lower()): each
            for each in Premises.objects.seen_by(by).filter(provision__in=provisions)
        }
        self.officers = {each.email: each for each in Person.objects.seen_by(by)}
        held = Visit.objects.of(by.authority_id).filter(provision__in=provisions, state=VisitState.HELD)
        self.on_record = {
            (visit.provision_id, visit.visit_on): visit
            for visit in held.select_related("officer").prefetch_related("premises")
        }
        count_marked(by.own_authority.pk, provisions, today)  # a table of placements that was loaded just before
        self.owed = Owed(by, provisions)
        self.taken: dict[tuple[int, date], int] = {}

    def outcome(self) -> Comparison:
        good = [(row, past) for row, provision in self.found if (past := self._past(row, provision)) is not None]
        for _, past in sorted(good, key=lambda each: each[1].visit.visit_on):
            if past.visit.whole_form and past.visit.loaded:
                past.keys = self.owed.discharged_by(past.visit, past.premises)
        plan = Plan()
        lines = [line for row, past in good if (line := _line(row, past, plan)) is not None]
        return Comparison(
            lines=tuple(lines), unchanged=len(good) - len(lines), problems=tuple(self.problems), plan=plan
        )

    def _past(self, row: Row, provision: Provision) -> Past | None:
        """The visit of a row; None where there is a problem."""
        wrong = list(self._wrong(row, provision))
        for column, why in wrong:
            self.problems.append(Problem(row.number, column, said(row.values.get(column)), why))
        if wrong:
            return None
        visit_on = _visited_on(row)
        self.taken[provision.pk, visit_on] = row.number
        premises = [self.premises[provision.pk, label.lower()] for label in _labels(row)]
        old = self.on_record.get((provision.pk, visit_on))
        if old is not None and not old.loaded:
            return Past(old, list(old.premises.all()), old)
        return Past(self._visit(row, provision, visit_on), premises, old)

    def _visit(self, row: Row, provision: Provision, visit_on: date) -> Visit:
        by_whom = cast(str, row.values["officer"])
        officer = self.officers.get(by_whom.lower())
        kind = cast(str, row.values["kind"])
        note = cast("str | None", row.values.get("note"))
        return Visit(
            authority=self.by.authority,
            provision=provision,
            officer=officer,
            officer_name="" if officer else by_whom,
            booked_on=visit_on,
            visit_on=visit_on,
            state=VisitState.HELD,
            whole_form=kind != CONCERN,
            note=f"{KINDS[kind].partition(' only')[0]}. {note or ''}".strip(),
            loaded=True,
        )

    def _wrong(self, row: Row, provision: Provision) -> Iterator[tuple[str, str]]:
        yield from _wrong_alone(row, self.today)
        before = self.taken.get((provision.pk, _visited_on(row)))
        if before:
            yield "visited_on", f"Row {before} is the same visit. Put all premises seen into its cell."
        if _labels(row) and provision.type != ProvisionType.SUPPORTED_ACCOMMODATION:
            yield "premises", "Only 16+ supported accommodation has premises of its own. Leave the cell blank."
            return
        for label in _labels(row):
            if (provision.pk, label.lower()) not in self.premises:
                yield "premises", f"‘{label}’ is not on record there. Load the placements first, or add it by hand."


def _wrong_alone(row: Row, today: date) -> Iterator[tuple[str, str]]:
    visit_on = cast("date | None", row.values.get("visited_on"))
    if visit_on and visit_on > today:
        yield "visited_on", "It is in the future. Book visits that are to come on the page of the provision."


def _visited_on(row: Row) -> date:
    return cast(date, row.values["visited_on"])


def _labels(row: Row) -> list[str]:
    """The premises seen, separated by semicolons."""
    cell = cast("str | None", row.values.get("premises")) or ""
    return list(dict.fromkeys(label.strip() for label in cell.split(";") if label.strip()))


def _line(row: Row, past: Past, plan: Plan) -> Line | None:
    """What the row would do, noted in the plan; None where it changes nothing."""
    visit = past.visit
    what = f"Visit to {visit.provision.known_as} on {day(visit.visit_on)}, by {visit.by_whom}"
    discharges = f"Discharges {plural(len(past.keys), 'visit that is owed', 'visits that are owed')}."
    notes = (discharges,) if past.keys else ()
    if past.old is None:
        plan.new.append(past)
        return Line(row=row.number, what=what, is_new=True, changes=tuple(_facts(past)), notes=notes)
    if not past.old.loaded:
        return None
    changes = tuple(_changes(past, past.old, plan))
    return Line(row=row.number, what=what, is_new=False, changes=changes, notes=notes) if changes else None


def _facts(past: Past) -> Iterator[Change]:
    """What a new visit says besides where, when and by whom."""
    yield Change("Note", "", past.visit.note)
    if past.premises:
        yield Change("Premises seen", "", _said_premises(past.premises))


def _changes(past: Past, old: Visit, plan: Plan) -> Iterator[Change]:
    names = ("officer", "officer_name", "whole_form", "note")
    fresh = {name: getattr(past.visit, name) for name in names if getattr(old, name) != getattr(past.visit, name)}
    if "officer" in fresh or "officer_name" in fresh:
        yield Change("By", old.by_whom, past.visit.by_whom)
    if "whole_form" in fresh:
        yield Change("Covered the whole form", said(old.whole_form), said(past.visit.whole_form))
    if "note" in fresh:
        yield Change("Note", old.note, past.visit.note)
    before, after = _said_premises(old.premises.all()), _said_premises(past.premises)
    also: dict[str, list[Any]] = {}
    if before != after:
        also["premises"] = [sorted(each.pk for each in old.premises.all()), sorted(each.pk for each in past.premises)]
        yield Change("Premises seen", before or "none", after or "none")
    if past.keys:
        also["discharges"] = [[], past.keys]
        yield Change("Discharges", "as on record", f"and {plural(len(past.keys), 'more visit')}")
    if fresh or also:
        plan.changed.append((Changed(old, "visit corrected", fresh, also), past))


def _said_premises(premises: "Sequence[Premises] | object") -> str:
    return ", ".join(sorted(each.label for each in cast("Sequence[Premises]", premises)))


def apply(plan: Plan, by: Person, on: date) -> None:
    """Write it all, with one call of the history."""
    changed = change([each for each, _ in plan.changed])
    create(Visit, [past.visit for past in plan.new])
    for each, past in plan.changed:
        if "premises" in each.also:
            each.record.premises.set(past.premises)
    seen = [(past.visit, premises) for past in plan.new for premises in past.premises]
    through = Visit.premises.through
    create(through, [through(visit_id=visit.pk, premises_id=premises.pk) for visit, premises in seen])
    named = [(past.visit, key) for past in plan.new for key in past.keys]
    named += [(each.record, key) for each, past in plan.changed for key in past.keys]
    create(VisitDischarge, [VisitDischarge(visit=visit, key=key) for visit, key in named])
    history.record_many([*changed, *(_added(past) for past in plan.new)], by=by)


def _added(past: Past) -> NewEvent:
    changes: dict[str, list[Any]] = {"discharges": [[], past.keys], "visit_on": [None, past.visit.visit_on.isoformat()]}
    return event("past visit recorded", past.visit, changes, past.visit.visit_on)


VISITS = LoadKind(
    code="visits",
    title="Past visits",
    noun="visit",
    about="Visits that were held before you went live. One that counts (R5) starts the 12 months until the next annual "
    "visit, and discharges what was owed when it was held. Load it after the placements; if you load more placements "
    "later, load this file again.",
    columns=(
        PROVISION,
        Column(name="visited_on", kind=Kind.DATE, required=True, help="The day of the visit.", example="12/09/2025"),
        Column(name="kind", kind=Kind.CHOICE, required=True, choices=KINDS, help="What kind it was.", example="annual"),
        Column(
            name="officer",
            required=True,
            longest=120,
            help="Who made it: the email address of a colleague who signs in here, else a name.",
            example="officer@fenmarket.example",
        ),
        Column(
            name="premises",
            longest=500,
            help="For 16+ supported accommodation: the flats and shared houses seen, with semicolons between. A placement "
            "in a flat that was not seen still needs its visit (R7).",
            example="Flat 2; Flat 5",
        ),
        Column(name="note", longest=2000, help="Anything to keep beside it; nothing about a young person."),
    ),
    compare=compare,
    apply=apply,
    alone=_wrong_alone,
)
