"""Placements from a CSV file: each row compared with what is on record. A placement is the same when reference, provision
and first day are the same."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied

from wellplaced.design.words import day as in_words
from wellplaced.people.models import Person
from wellplaced.placements.loading import plan as plans
from wellplaced.placements.loading.checking import Checked, day, last_day, latest, text, wrong_alone
from wellplaced.placements.loading.columns import COLUMNS
from wellplaced.placements.loading.kinds import Change, Comparison, Line, LoadKind, said
from wellplaced.placements.loading.overlaps import Overlaps
from wellplaced.placements.loading.plan import Plan
from wellplaced.placements.loading.professionals import Professionals
from wellplaced.placements.loading.writing import Changed
from wellplaced.placements.models import Placement, YoungPerson
from wellplaced.placements.references import as_kept
from wellplaced.placements.warnings import is_outside_age
from wellplaced.register.models import Premises, PremisesKind, Provision
from wellplaced.sheets.reading import Row

CANCELLED_BECAUSE = "Cancelled in a loaded file"
FLAT_WORDS = ("flat", "studio", "apartment")
FACTS = (
    "premises",
    "ends_on",
    "cancelled",
)  # what the preview says of a new placement, besides who, where and from when
LABELS = {
    "initials": "Initials",
    "born_on": "Date of birth",
    "has_ehc_plan": "EHC plan",
    "premises": "Premises",
    "ends_on": "Last day",
    "cancelled": "Cancelled",
}


def compare(rows: Sequence[Row], by: Person, today: date) -> Comparison:
    """What these rows would add and change; nothing is written."""
    kept = [replace(row, values={**row.values, "reference": as_kept(text(row, "reference"))}) for row in rows]
    return _Comparing(kept, by, today).outcome()


class _Comparing:
    def __init__(self, rows: Sequence[Row], by: Person, today: date) -> None:
        if by.authority_id is None:
            raise PermissionDenied
        self.authority_id, self.today = by.authority_id, today
        self.checked = Checked(rows, by, today)
        self.people = dict(self.checked.people)
        self.changed_people: dict[str, Changed] = {}
        provisions = {provision.pk for _, provision in self.checked.good}
        own = Premises.objects.seen_by(by).filter(provision__in=provisions)
        self.premises = {(each.provision_id, each.label.lower()): each for each in own}
        self.placements = _placements(by, self.checked.people.values())
        self.overlaps = Overlaps(self.checked.good, self.placements.values())
        self.plan = Plan()
        self.professionals = Professionals(self.checked.people.values(), self.plan, today)

    def outcome(self) -> Comparison:
        newest = latest(self.checked.good)
        lines = []
        for row, provision in self.checked.good:
            line = self._line(row, provision, newest[text(row, "reference")] == row.number)
            if line.is_new or line.changes:
                lines.append(line)
        self.plan.changed.extend(change for change in self.changed_people.values() if change.values)
        return Comparison(
            lines=tuple(lines),
            unchanged=len(self.checked.good) - len(lines),
            problems=tuple(self.checked.problems),
            plan=self.plan,
        )

    def _line(self, row: Row, provision: Provision, is_newest: bool) -> Line:
        """One row's line; the newest row of a young person says who their professionals are."""
        young_person, changes = self._young_person(row)
        premises = self._premises(row, provision)
        placement = self.placements.get((young_person.pk, provision.pk, day(row, "starts_on")))
        is_new = placement is None
        if placement is None:
            changes = [*changes, *self._add(row, young_person, provision, premises)]
        else:
            changes = [*changes, *self._change(row, placement, premises)]
        if is_newest:
            changes = [*changes, *self.professionals.compare(row, young_person)]
        return Line(
            row=row.number,
            what=f"{young_person} at {provision.known_as} from {in_words(day(row, 'starts_on'))}",
            is_new=is_new,
            changes=tuple(changes),
            notes=(*_notes(row, young_person, provision, premises), *self.overlaps.notes(row)) if is_new else (),
        )

    def _young_person(self, row: Row) -> tuple[YoungPerson, list[Change]]:
        reference = text(row, "reference")
        wanted: dict[str, Any] = {"initials": text(row, "initials"), "born_on": day(row, "date_of_birth")}
        if (has_plan := self.checked.says(reference, "ehc_plan")) is not None:
            wanted["has_ehc_plan"] = has_plan
        young_person = self.people.get(reference)
        if young_person is None:
            young_person = YoungPerson(authority_id=self.authority_id, reference=reference, **wanted)
            self.people[reference] = young_person
            self.plan.people.append(young_person)
            plan = ", with an EHC plan" if young_person.has_ehc_plan else ""
            return young_person, [Change("Young person", "", f"new, {young_person.age_on(self.today)} years old{plan}")]
        if young_person.pk is None:
            return young_person, []
        change = self.changed_people.setdefault(reference, Changed(young_person, "young person changed", {}))
        fresh = {name: value for name, value in wanted.items() if getattr(young_person, name) != value}
        changes = [_change(name, young_person, value) for name, value in fresh.items() if name not in change.values]
        change.values |= fresh
        return young_person, changes

    def _premises(self, row: Row, provision: Provision) -> Premises | None:
        label = text(row, "premises")
        if not label:
            return None
        key = (provision.pk, label.lower())
        if key not in self.premises:
            is_flat = any(word in label.lower() for word in FLAT_WORDS)
            kind = PremisesKind.FLAT if is_flat else PremisesKind.SHARED_HOUSE
            added = Premises(authority_id=self.authority_id, provision=provision, label=label, kind=kind)
            self.premises[key] = added
            self.plan.premises.append(added)
        return self.premises[key]

    def _add(
        self, row: Row, young_person: YoungPerson, provision: Provision, premises: Premises | None
    ) -> list[Change]:
        cancelled = row.values.get("cancelled") is True
        placement = Placement(
            authority_id=self.authority_id,
            young_person=young_person,
            provision=provision,
            premises=premises,
            starts_on=day(row, "starts_on"),
            ends_on=last_day(row),
            cancelled=cancelled,
            cancelled_because=CANCELLED_BECAUSE if cancelled else "",
            recorded_on=self.today,
        )
        self.plan.placements.append(placement)
        return [Change(LABELS[name], "", said(value)) for name in FACTS if (value := getattr(placement, name))]

    def _change(self, row: Row, placement: Placement, premises: Premises | None) -> list[Change]:
        wanted: dict[str, Any] = {}
        if "ends_on" in row.values:
            wanted["ends_on"] = row.values["ends_on"]
        if premises is not None:
            wanted["premises"] = premises
        if row.values.get("cancelled") is not None:
            wanted["cancelled"] = row.values["cancelled"]
        fresh = {name: value for name, value in wanted.items() if getattr(placement, name) != value}
        if not fresh:
            return []
        changes = [_change(name, placement, value) for name, value in fresh.items()]
        if "cancelled" in fresh:
            fresh["cancelled_because"] = CANCELLED_BECAUSE if fresh["cancelled"] else ""
        self.plan.changed.append(Changed(placement, _verb(fresh), fresh))
        return changes


def _verb(fresh: dict[str, Any]) -> str:
    if "cancelled" in fresh:
        return "placement cancelled" if fresh["cancelled"] else "placement reinstated"
    return "placement ended" if set(fresh) == {"ends_on"} and fresh["ends_on"] else "placement changed"


def _placements(by: Person, people: Any) -> dict[tuple[int, int, date], Placement]:
    """By identity; of several the one that was not cancelled, else the last one."""
    rows = Placement.objects.of(by.authority_id).filter(young_person__in=[each.pk for each in people])
    rows = (
        rows.select_related("premises", "young_person").with_local_names(by.authority_id).order_by("-cancelled", "pk")
    )
    return {(row.young_person_id, row.provision_id, row.starts_on): row for row in rows}


def _notes(row: Row, young_person: YoungPerson, provision: Provision, premises: Premises | None) -> Iterator[str]:
    if is_outside_age(young_person, provision, day(row, "starts_on")):
        age = young_person.age_on(day(row, "starts_on"))
        yield f"{age} years old on the first day, in 16+ supported accommodation: the manager will be told."
    if provision.standing_warning and not row.values.get("ends_on"):
        yield f"{provision.standing_warning}: the manager will be told."
    if premises is not None and premises.pk is None:
        yield f"Adds the premises {premises.label} ({premises.get_kind_display().lower()})."


def _change(name: str, record: Any, after: Any) -> Change:
    return Change(LABELS[name], said(getattr(record, name)), said(after))


PLACEMENTS = LoadKind(
    code="placements",
    title="Young people and placements",
    noun="placement",
    about="Who is placed where, from your case-management system. Load it at going live, and again whenever you like: the "
    "same file twice changes nothing, and a placement whose last day has changed is updated.",
    columns=COLUMNS,
    compare=compare,
    apply=plans.apply,
    alone=wrong_alone,
)
