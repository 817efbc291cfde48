"""What one file says of each registration: its sheets folded into one statement a URN. No database."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

from wellplaced.register.naming import one_line
from wellplaced.register.reading import (
    Address,
    Inspection,
    Layout,
    ListedRow,
    PremisesRow,
    ProvisionRow,
    RegisterFile,
    Sheet,
)

# Where two sheets of one file differ, the first of these layouts is believed; the others fill in what it leaves open.
BELIEVED: tuple[Layout, ...] = ("provider_level", "places", "in_year", "premises")
PUBLIC_NAMES = {"ifa", "supported_accommodation", "sen"}  # whose names Ofsted publishes


@dataclass(frozen=True)
class Stated:
    """What a file says of a registration; None where it says nothing. `premises`: counts by place and category."""

    urn: str
    type: str | None = None
    ofsted_type: str | None = None
    status: str | None = None
    registered_on: date | None = None
    ended_on: date | None = None
    linked_education_urn: str | None = None
    name: str | None = None
    address: str | None = None
    postcode: str | None = None
    local_authority: str | None = None
    region: str | None = None
    sector: str | None = None
    places: int | None = None
    owner: str | None = None
    premises: list[dict[str, Any]] | None = None
    inspections: tuple[Inspection, ...] = ()
    from_list: bool = False


@dataclass(frozen=True)
class Listed:
    """What the list for authorities says of a registration, for the authority that loads it only."""

    urn: str
    details: Mapping[str, str] = field(default_factory=dict)
    settings: tuple[ListedRow, ...] = ()


def fold(file: RegisterFile) -> dict[str, Stated]:
    """One statement for each URN of the file, in the order in which the file first names them."""
    found: dict[str, Stated] = {}
    for layout in BELIEVED:
        for sheet in file.of_layout(layout):
            for partial in _of_sheet(sheet):
                known = found.get(partial.urn)
                found[partial.urn] = _filled(known, partial) if known else partial
    for sheet in file.of_layout("authority_list"):
        for row in sheet.rows:
            if isinstance(row, ListedRow):
                partial = _of_list(row)
                known = found.get(row.urn)
                found[row.urn] = _filled(known, partial) if known else partial
    return found


def fold_list(file: RegisterFile) -> dict[str, Listed]:
    """Names, addresses and settings of the list for authorities, one entry for each URN."""
    rows: dict[str, list[ListedRow]] = defaultdict(list)
    for sheet in file.of_layout("authority_list"):
        for row in sheet.rows:
            if isinstance(row, ListedRow):
                rows[row.urn].append(row)
    return {urn: _listed(urn, of_one) for urn, of_one in rows.items()}


def _of_sheet(sheet: Sheet) -> Iterable[Stated]:
    if sheet.layout == "premises":
        return _of_premises([row for row in sheet.rows if isinstance(row, PremisesRow)])
    rows = [row for row in sheet.rows if isinstance(row, ProvisionRow)]
    if sheet.layout == "in_year":  # the newest inspection's row describes the registration best
        rows.sort(key=lambda row: row.inspection.inspected_on or date.min if row.inspection else date.min, reverse=True)
    return [_of_row(row) for row in rows]


def _of_row(row: ProvisionRow) -> Stated:
    return Stated(
        urn=row.urn,
        type=row.type,
        ofsted_type=row.type_words,
        status=row.status,
        registered_on=row.registered_on,
        linked_education_urn=row.education_urn,
        name=row.name,
        address=address_lines(row.address),
        postcode=row.address.postcode if row.address else None,
        local_authority=row.local_authority,
        region=row.region or row.ofsted_region,
        sector=row.sector,
        places=row.places,
        owner=row.organisation,
        inspections=(row.inspection,) if row.inspection and _is_judgement(row.inspection) else (),
    )


def _is_judgement(inspection: Inspection) -> bool:
    """A visit that carries no grade is no judgement: it would blank the grade in force. Nor are words unknown to us."""
    says = inspection.words is not None and (
        inspection.outcome != "not_judged" or inspection.words.lower() == "not judged"
    )
    return says and bool(inspection.inspected_on or inspection.published_on)


def _of_list(row: ListedRow) -> Stated:
    """The public facts of a listed registration: not its address, and its name only where Ofsted publishes names."""
    said = _of_row(row.provision)
    name = said.name if said.type in PUBLIC_NAMES else None
    public = replace(said, name=name, address=None, postcode=None, from_list=True)
    if row.deregistered_on is None:
        return public
    return replace(public, ended_on=row.deregistered_on, status=_ended(said.status))


def _ended(status: str | None) -> str:
    """The status of a registration that has a last day: one of those that have ended."""
    return status if status in {"resigned", "cancelled", "closed"} else "closed"


def _of_premises(rows: Iterable[PremisesRow]) -> Iterable[Stated]:
    of_one: dict[str, list[PremisesRow]] = defaultdict(list)
    for row in rows:
        of_one[row.urn].append(row)
    for urn, premises in of_one.items():
        first = premises[0]
        yield Stated(
            urn=urn,
            type=first.type,
            ofsted_type=first.type_words,
            status=first.status,
            registered_on=first.registered_on,
            name=first.name,
            sector=first.sector,
            owner=first.organisation,
            premises=_counted(premises),
        )


def _counted(premises: Iterable[PremisesRow]) -> list[dict[str, Any]]:
    """How many premises and places a provider has in each authority's area and category: the rows have no address."""
    count: Counter[tuple[str, str]] = Counter()
    places: Counter[tuple[str, str]] = Counter()
    for row in premises:
        key = (row.local_authority or "", row.category or "")
        count[key] += 1
        places[key] += row.places or 0
    return [
        {"local_authority": area, "category": category, "premises": number, "places": places[area, category]}
        for (area, category), number in sorted(count.items())
    ]


def _filled(known: Stated, more: Stated) -> Stated:
    """What is known, with what it leaves open filled in, and all inspections, each once."""
    keys = {_event(inspection) for inspection in known.inspections}
    extra = tuple(one for one in more.inspections if _event(one) not in keys)
    blanks = {
        each.name: getattr(more, each.name)
        for each in fields(Stated)
        if getattr(known, each.name) is None and getattr(more, each.name) is not None
    }
    if not blanks and not extra:
        return known
    if (
        "address" in blanks or "postcode" in blanks
    ):  # an address is one thing: not the lines of one, the code of another
        blanks = _without_half_an_address(known, blanks)
    return replace(known, inspections=known.inspections + extra, **blanks)


def _without_half_an_address(known: Stated, blanks: dict[str, Any]) -> dict[str, Any]:
    half = known.address is not None or known.postcode is not None
    return {name: value for name, value in blanks.items() if not (half and name in {"address", "postcode"})}


def _event(inspection: Inspection) -> tuple[str, date | None]:
    """The key of an inspection at one registration: its event number, else its day."""
    return (inspection.event_number, None) if inspection.event_number else ("", inspection.inspected_on)


def _listed(urn: str, rows: list[ListedRow]) -> Listed:
    details: dict[str, str] = {}
    for row in rows:
        said = {
            "name": row.provision.name,
            "address": address_lines(row.provision.address),
            "postcode": row.provision.address.postcode if row.provision.address else None,
            "telephone": row.telephone,
            "email": row.email if row.email and "@" in row.email else None,
        }
        details = {name: value for name, value in said.items() if value} | details
    return Listed(urn, details, tuple(row for row in rows if row.setting))


def address_lines(address: Address | None) -> str | None:
    """An address as lines, without its postcode."""
    if address is None:
        return None
    return one_line((address.line_1, address.line_2, address.town, address.county)) or None
