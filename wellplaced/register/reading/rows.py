"""The typed rows of Ofsted's files. None always means: the file says nothing here (no column, blank, redacted)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from wellplaced.register.reading.refusals import Problem

Format = Literal["csv", "ods", "xlsx"]
Layout = Literal["provider_level", "places", "in_year", "premises", "authority_list"]
TypeCode = Literal["residential", "ifa", "supported_accommodation", "sen", "not_monitored"]
Outcome = Literal[
    "outstanding",
    "good",
    "requires_improvement",
    "inadequate",
    "consistently_strong",
    "inconsistent",
    "serious_weaknesses",
    "not_judged",
]
InspectionKind = Literal["full", "monitoring", "assurance", "other"]
Status = Literal["active", "suspended", "resigned", "cancelled", "closed"]


@dataclass(frozen=True, slots=True)
class Address:
    line_1: str | None
    line_2: str | None
    town: str | None
    county: str | None
    postcode: str | None


@dataclass(frozen=True, slots=True)
class Inspection:
    """One inspection: kind, days, and what it judged. `words` are Ofsted's own; `parts` the sub-judgements by name."""

    kind: InspectionKind
    event_words: str | None
    event_number: str | None
    inspected_on: date | None
    published_on: date | None
    outcome: Outcome
    words: str | None
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ProvisionRow:
    """One registration (URN) as a file describes it; one row an inspection in the layout in_year."""

    row: int
    urn: str
    education_urn: str | None
    type: TypeCode
    type_words: str | None
    registered_on: date | None
    status: Status | None
    name: str | None
    name_redacted: bool
    address: Address | None
    address_redacted: bool
    ofsted_region: str | None
    region: str | None
    local_authority: str | None
    constituency: str | None
    sector: str | None
    places: int | None
    premises_count: int | None
    short_breaks: bool | None
    multi_building: bool | None
    organisation: str | None
    inspection: Inspection | None


@dataclass(frozen=True, slots=True)
class PremisesRow:
    """One supported-accommodation premises of the public list: it has no number of its own and no address."""

    row: int
    urn: str
    name: str | None
    type: TypeCode
    type_words: str | None
    registered_on: date | None
    status: Status | None
    category: str | None
    places: int | None
    ofsted_region: str | None
    region: str | None
    local_authority: str | None
    constituency: str | None
    sector: str | None
    organisation: str | None


@dataclass(frozen=True, slots=True)
class Setting:
    """One supported-accommodation setting (a shared house or a flat) of the list that Ofsted sends authorities."""

    local_authority: str | None
    status: str | None
    status_on: date | None
    category: str | None
    capacity: int | None
    address: Address | None


@dataclass(frozen=True, slots=True)
class ListedRow:
    """One row of the list that Ofsted sends authorities: confidential, so for the authority that loads it only."""

    row: int
    urn: str
    provision: ProvisionRow
    deregistered_on: date | None
    telephone: str | None
    email: str | None
    conditions: str | None
    setting: Setting | None


Row = ProvisionRow | PremisesRow | ListedRow


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a known layout. `urns` are all that it lists, those of refused rows with a readable URN included.

    `refused` are rows left out; `doubts` are cells left out of rows that were read.
    """

    name: str | None
    layout: Layout
    header_row: int
    as_at: date | None
    rows: tuple[Row, ...]
    refused: tuple[Problem, ...]
    doubts: tuple[Problem, ...]
    urns: frozenset[str]


@dataclass(frozen=True, slots=True)
class RegisterFile:
    """A whole file: CSV has one sheet without a name; a workbook has its known sheets, and the names of the others."""

    format: Format
    encoding: str | None
    as_at: date | None
    passed_over: tuple[str, ...]
    sheets: tuple[Sheet, ...]

    @property
    def full_day(self) -> date | None:
        """The day of which the file lists all registrations; None where it lists a part, or does not say the day."""
        return self.as_at if any(self.of_layout("provider_level")) else None

    @property
    def refused(self) -> tuple[Problem, ...]:
        return tuple(problem for sheet in self.sheets for problem in sheet.refused)

    @property
    def doubts(self) -> tuple[Problem, ...]:
        return tuple(problem for sheet in self.sheets for problem in sheet.doubts)

    def of_layout(self, *layouts: Layout) -> Iterator[Sheet]:
        """The sheets of these layouts, in the file's order."""
        return (sheet for sheet in self.sheets if sheet.layout in layouts)
