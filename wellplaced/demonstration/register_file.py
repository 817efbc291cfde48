"""A made-up register in Ofsted's own layout, dated relative to today, the same each time: 60 provisions and two more."""

import csv
import io
import random
from dataclasses import dataclass
from datetime import date

from wellplaced.demonstration.days import days_before, working_day

HEADER = [
    "Web link",
    "URN",
    "Linked Education URN",
    "Provision type",
    "Registration date",
    "Registration status",
    "Name",
    "Address 1",
    "Address 2",
    "Town",
    "County",
    "Postcode",
    "Ofsted Region",
    "Government Office Region",
    "Local authority",
    "Parliamentary constituency",
    "Sector",
    "Places",
    "Supported accommodation premises",
    "Short-break-only children's home",
    "Multi Building Children's Home",
    "Organisation which owns the provider",
    "Latest Full inspection event type",
    "Latest full inspection date",
    "Latest full inspection publication date",
    "Latest full inspection event number",
    "Overall experiences and progress of children and young people",
    "Outcomes in education and related learning activities",
    "Health services",
    "How well children and young people are helped and protected",
    "The effectiveness of leaders and managers",
    "Supported Accommodation outcome",
]
REDACTED = "REDACTED"
OWNERS = (
    "Larchway Care Limited",
    "Brightmoor Homes Limited",
    "Kestrel & Lark Children's Services",
    "The Old Ferry Trust",
    "Millrace Support CIC",
    "Hollin Bank Education Limited",
    "Saltmarsh Fostering Limited",
    "Wrenfield Living Limited",
)
PLACES = ("Fenmarket", "Alderbrook", "Thornleigh", "Marsham Vale", "Oxmoor")
FIRST_WORDS = (
    "Alder",
    "Birch",
    "Cedar",
    "Drover",
    "Elm",
    "Fallow",
    "Gorse",
    "Heron",
    "Ivy",
    "Juniper",
    "Kiln",
    "Linden",
)
LAST_WORDS = ("Agency", "Place", "Court", "Bank", "Yard", "View", "Hall")
TYPES = (
    ("Children's home", 28),
    ("Independent Fostering Agency", 10),
    ("Supported Accommodation", 14),
    ("Residential Special School", 8),
    ("Boarding School", 2),
)
GRADES = ("Outstanding", "Good", "Good", "Good", "Good", "Requires improvement to be good")
SUPPORTED = ("", "", "", "Consistently strong service delivery", "Inconsistent quality of service delivery")


@dataclass(frozen=True)
class Row:
    """One provider of the made-up register. `published` holds (days before today, words) of its judgements, oldest first."""

    number: int
    kind: str
    owner: str
    place: str
    status: str
    places: int
    published: tuple[tuple[int, str], ...]

    @property
    def urn(self) -> str:
        return f"SC99{self.number:04}" if self.kind == "Children's home" and self.number % 2 else f"99{self.number:05}"

    @property
    def name(self) -> str:
        if self.kind == "Children's home":
            return REDACTED
        first = FIRST_WORDS[self.number % len(FIRST_WORDS)]
        last = {"Independent Fostering Agency": "Fostering", "Supported Accommodation": "Supported Living"}.get(
            self.kind
        )
        return f"{first}{LAST_WORDS[self.number % len(LAST_WORDS)].lower()} {last or 'School'}"


def rows() -> list[Row]:
    """The providers, the same at each call."""
    chance = random.Random(60)  # noqa: S311  (made-up data, not a secret)
    kinds = [kind for kind, count in TYPES for _ in range(count)]
    return [_row(number, kind, chance) for number, kind in enumerate(kinds, start=1)]


def _row(number: int, kind: str, chance: random.Random) -> Row:
    return Row(
        number=number,
        kind=kind,
        owner=chance.choice(OWNERS),
        place=chance.choice(PLACES),
        status="Suspended" if number == SUSPENDED else "Active",
        places=chance.randint(2, 8),
        published=STORIES.get(number) or _judgements(kind, chance),
    )


# Provisions whose judgements the demonstration's history turns on.
SUSPENDED = 27
IMPROVING = 3  # required improvement, the plan came and the visit was made
NO_PLAN = 5  # inadequate, and the plan never comes
OVERTAKEN = 7  # required improvement, and was inadequate before any plan came
NEWLY_GOOD = 8
STORIES: dict[int, tuple[tuple[int, str], ...]] = {
    IMPROVING: ((700, "Good"), (61, "Requires improvement to be good")),
    NO_PLAN: ((650, "Requires improvement to be good"), (24, "Inadequate")),
    OVERTAKEN: ((700, "Good"), (50, "Requires improvement to be good"), (16, "Inadequate")),
    NEWLY_GOOD: ((590, "Requires improvement to be good"), (9, "Good")),
    SUSPENDED: ((400, "Good"),),
}


def _judgements(kind: str, chance: random.Random) -> tuple[tuple[int, str], ...]:
    words = chance.choice(SUPPORTED if kind == "Supported Accommodation" else GRADES)
    return ((chance.randint(600, 900), words),) if words else ()


def as_file(today: date, days_ago: int) -> bytes:
    """The register as it was so many days ago, as CSV with Ofsted's title rows and byte-order mark."""
    as_at = days_before(today, days_ago)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([f"Made-up children's social care data – Provider level as at {as_at.day} {as_at:%B %Y}"])
    writer.writerow(
        ["This worksheet contains one table, this table begins in cell A4. Every provider in it is invented."]
    )
    writer.writerow(["Some cells in this table are empty."])
    writer.writerow(HEADER)
    for row in rows():
        writer.writerow(_cells(row, today, days_ago))
    return text.getvalue().encode("utf-8-sig")


def _cells(row: Row, today: date, days_ago: int) -> list[str]:
    known = [judgement for judgement in row.published if judgement[0] >= days_ago]
    address = REDACTED if row.kind in ("Children's home", "Supported Accommodation") else f"{row.number} Ferry Road"
    cells = {
        "Web link": "Ofsted Social Care Provider Webpage",
        "URN": row.urn,
        "Provision type": row.kind,
        "Registration date": _day(working_day(days_before(today, 1200 + row.number * 11))),
        "Registration status": row.status,
        "Name": row.name,
        "Address 1": address,
        "Town": REDACTED if address == REDACTED else row.place,
        "Postcode": REDACTED if address == REDACTED else f"ZZ{row.number % 9 + 1} {row.number % 9}ZZ",
        "Ofsted Region": "East Midlands",
        "Government Office Region": "East Midlands",
        "Local authority": row.place,
        "Sector": "Private",
        "Places": "" if "Fostering" in row.kind else str(row.places),
        "Organisation which owns the provider": row.owner,
    }
    if known:
        cells |= _inspection(row, known[-1], today)
    return [cells.get(column, "") for column in HEADER]


def _inspection(row: Row, judgement: tuple[int, str], today: date) -> dict[str, str]:
    days, words = judgement
    supported = row.kind == "Supported Accommodation"
    return {
        "Latest Full inspection event type": "Full inspection",
        "Latest full inspection date": _day(working_day(days_before(today, days + 40))),
        "Latest full inspection publication date": _day(working_day(days_before(today, days))),
        "Latest full inspection event number": str(10_900_000 + row.number * 1000 + days),
        "Supported Accommodation outcome" if supported else HEADER[26]: words,
    }


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
