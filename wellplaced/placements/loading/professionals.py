"""The professionals named in a placements table: who is new in a role, whose name or days change."""

from collections.abc import Iterable
from datetime import date, timedelta

from wellplaced.placements.loading.checking import day, text
from wellplaced.placements.loading.columns import ROLES
from wellplaced.placements.loading.kinds import Change
from wellplaced.placements.loading.plan import Plan
from wellplaced.placements.loading.writing import Changed
from wellplaced.placements.models import Professional, YoungPerson
from wellplaced.sheets.reading import Row

DAY = timedelta(days=1)


class Professionals:
    """Everybody on record for these young people, and what a row would make of it."""

    def __init__(self, people: Iterable[YoungPerson], plan: Plan, today: date) -> None:
        self.plan, self.today = plan, today
        self.on_record: dict[tuple[int, str], list[Professional]] = {}
        rows = Professional.objects.filter(young_person__in=[each.pk for each in people]).order_by("starts_on", "pk")
        for row in rows:
            self.on_record.setdefault((row.young_person_id, row.role), []).append(row)

    def compare(self, row: Row, young_person: YoungPerson) -> list[Change]:
        """The changes that a young person's newest row makes, noted in the plan."""
        changes: list[Change] = []
        for role in ROLES:
            name, email = text(row, f"{role.value}_name"), text(row, f"{role.value}_email")
            if name and email:
                changes.extend(self._in_role(row, young_person, role, name, email))
        return changes

    def _in_role(self, row: Row, young_person: YoungPerson, role: str, name: str, email: str) -> list[Change]:
        rows = self.on_record.get((young_person.pk, role), []) if young_person.pk else []
        current = next((each for each in reversed(rows) if each.ends_on is None or each.ends_on >= self.today), None)
        label = role.upper()
        if current is None:
            self._add(young_person, role, name, email, self.today if rows else min(day(row, "starts_on"), self.today))
            return [Change(label, "none" if young_person.pk else "", name)]
        if (current.name, current.email.lower()) == (name, email):
            return []
        if current.email.lower() == email or current.starts_on >= self.today:  # a correction, no successor
            self.plan.changed.append(Changed(current, "professional changed", {"name": name, "email": email}))
        else:
            self.plan.changed.append(Changed(current, "professional ended", {"ends_on": self.today - DAY}))
            self._add(young_person, role, name, email, self.today)
        return [Change(label, current.name, name)] if current.name != name else [Change(label, current.email, email)]

    def _add(self, young_person: YoungPerson, role: str, name: str, email: str, starts_on: date) -> None:
        self.plan.professionals.append(
            Professional(
                authority_id=young_person.authority_id,
                young_person=young_person,
                role=role,
                name=name,
                email=email,
                starts_on=starts_on,
            )
        )
