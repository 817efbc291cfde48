"""Which rows of a placements table cannot be loaded, and why: each problem by row and column."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, cast

from wellplaced.people.models import Person, ProvisionType
from wellplaced.placements.loading.columns import ROLES
from wellplaced.placements.loading.lookups import NOT_FOUND, Provisions
from wellplaced.placements.models import HELD_BACK, YoungPerson
from wellplaced.placements.references import why_not
from wellplaced.register.models import Provision
from wellplaced.sheets.reading import Problem, Row

OF_A_PERSON = ("initials", "date_of_birth", "ehc_plan")  # what all rows of one reference must say the same of
DAYS = ("date_of_birth", "starts_on", "ends_on")
Identity = tuple[str, int, date]  # reference, provision, first day


class Checked:
    """The rows of a file, gone through in order: those that can be loaded, with their provision, and the problems."""

    def __init__(self, rows: Sequence[Row], by: Person, today: date) -> None:
        self.today = today
        self.provisions = Provisions(by, (text(row, "provision") for row in rows))
        references = {text(row, "reference") for row in rows}
        people = YoungPerson.objects.of(by.authority_id).filter(reference__in=references)
        self.people: Mapping[str, YoungPerson] = {each.reference: each for each in people}
        self.seen = set(YoungPerson.objects.seen_by(by).filter(reference__in=references).values_list("pk", flat=True))
        self.good: list[tuple[Row, Provision]] = []
        self.problems: list[Problem] = []
        self._said: dict[tuple[str, str], Row] = {}  # by reference and column: the first row that says something
        self._taken: dict[Identity, int] = {}
        for row in rows:
            self._take(row)

    def _take(self, row: Row) -> None:
        provision = self.provisions.find(text(row, "provision"))
        problems = [
            Problem(row.number, column, as_written(row, column), why) for column, why in self._wrong(row, provision)
        ]
        self.problems.extend(problems)
        if provision is None or problems:
            return
        self.good.append((row, provision))
        for column in OF_A_PERSON:
            if row.values.get(column) is not None:
                self._said.setdefault((text(row, "reference"), column), row)
        self._taken[self._identity(row, provision)] = row.number

    def says(self, reference: str, column: str) -> Any:
        """What the file says of a young person; None where no row does."""
        row = self._said.get((reference, column))
        return row.values[column] if row else None

    def _identity(self, row: Row, provision: Provision) -> Identity:
        return text(row, "reference"), provision.pk, day(row, "starts_on")

    def _wrong(self, row: Row, provision: Provision | None) -> Iterator[tuple[str, str]]:
        yield from wrong_alone(row, self.today)
        yield from self._wrong_person(row)
        if provision is None:
            yield "provision", NOT_FOUND
        else:
            yield from self._wrong_place(row, provision)

    def _wrong_person(self, row: Row) -> Iterator[tuple[str, str]]:
        if wrong := why_not(text(row, "reference")):
            yield "reference", f"{wrong}."
        young_person = self.people.get(text(row, "reference"))
        if young_person is not None and young_person.pk not in self.seen:
            yield "reference", HELD_BACK
        for column in OF_A_PERSON:
            first = self._said.get((text(row, "reference"), column), row)
            if row.values.get(column) not in (None, first.values.get(column)):
                yield column, f"Row {first.number} says otherwise of the same reference. Make both rows say the same."

    def _wrong_place(self, row: Row, provision: Provision) -> Iterator[tuple[str, str]]:
        if text(row, "premises") and provision.type != ProvisionType.SUPPORTED_ACCOMMODATION:
            yield "premises", "Only 16+ supported accommodation has premises of its own. Leave the cell blank."
        before = self._taken.get(self._identity(row, provision))
        if before:
            yield "starts_on", f"Row {before} is the same placement (reference, provision, first day). Leave one out."


def wrong_alone(row: Row, today: date) -> Iterator[tuple[str, str]]:
    """What is wrong with a row by itself, as (column, why); cells that could not be read are not there."""
    born_on, starts_on, ends_on = (cast("date | None", row.values.get(name)) for name in DAYS)
    if born_on and born_on > today:
        yield "date_of_birth", "It is in the future."
    if starts_on and ends_on and ends_on < starts_on:
        yield "ends_on", "It is before the first day (starts_on)."
    for role in ROLES:
        yield from _wrong_professional(row, role.value)


def _wrong_professional(row: Row, role: str) -> Iterator[tuple[str, str]]:
    name, email = row.values.get(f"{role}_name"), row.values.get(f"{role}_email")
    if bool(name) != bool(email):
        missing = f"{role}_email" if name else f"{role}_name"
        yield missing, "Give both the name and the email address, or neither."


def text(row: Row, column: str) -> str:
    """A cell's text; empty where it is blank."""
    return cast(str, row.values.get(column) or "")


def day(row: Row, column: str) -> date:
    """The day of a cell that every row has."""
    return cast(date, row.values[column])


def last_day(row: Row) -> date | None:
    """The last day of a placement; None where there is no end yet."""
    return cast("date | None", row.values.get("ends_on"))


def latest(rows: Iterable[tuple[Row, Any]]) -> dict[str, int]:
    """The number of each young person's row with the latest first day: the one that names today's professionals."""
    found: dict[str, Row] = {}
    for row, _ in rows:
        reference = text(row, "reference")
        if reference not in found or day(row, "starts_on") >= day(found[reference], "starts_on"):
            found[reference] = row
    return {reference: row.number for reference, row in found.items()}


def as_written(row: Row, column: str) -> str:
    """A cell that could be read, about as the file has it."""
    value = row.values.get(column)
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value or "")
