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
        current = next((each for each in reversed(rows) if self._holds(each)), None)
        following = next((each for each in rows if each.starts_on > self.today), None)
        label = role.upper()
        if current is not None and (current.name, current.email.lower()) == (name, email):
            return []
        is_still = current is not None and current.email.lower() == email
        if following is not None and following.email.lower() == email and not is_still:
            return self._sooner(current, following, name, label)
        new = Professional(
            authority_id=young_person.authority_id,
            young_person=young_person,
            role=role,
            name=name,
            email=email,
            starts_on=self.today if rows else min(day(row, "starts_on"), self.today),
            ends_on=following.starts_on - DAY if following else None,  # up to whoever is on record to follow
        )
        if current is None:
            self.plan.professionals.append(new)
            return [Change(label, "none" if young_person.pk else "", name)]
        if is_still or current.starts_on >= self.today:  # a correction, no successor
            self.plan.changed.append(Changed(current, "professional changed", {"name": name, "email": email}))
        else:
            self.plan.changed.append(Changed(current, "professional ended", {"ends_on": self.today - DAY}))
            self.plan.professionals.append(new)
        return [Change(label, current.name, name)] if current.name != name else [Change(label, current.email, email)]

    def _holds(self, each: Professional) -> bool:
        return each.starts_on <= self.today and (each.ends_on is None or each.ends_on >= self.today)

    def _sooner(self, current: Professional | None, following: Professional, name: str, label: str) -> list[Change]:
        """Whoever was to follow is there already, it seems: their first day is today."""
        if current is not None and current.starts_on < self.today:
            self.plan.changed.append(Changed(current, "professional ended", {"ends_on": self.today - DAY}))
        elif current is not None:  # the handover began and was to end today: what stands is left to a person
            return []
        values = {"name": name, "starts_on": self.today}
        self.plan.changed.append(Changed(following, "professional changed", values))
        return [Change(label, current.name if current else "none", name)]
