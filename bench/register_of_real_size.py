"""A made-up register file of the real one's size, in Ofsted's layout."""

import csv
import io
from collections.abc import Sequence
from datetime import date, timedelta

from wellplaced.demonstration.register_file import HEADER, REDACTED
from wellplaced.people.models import ProvisionType

KINDS = {
    ProvisionType.RESIDENTIAL: "Children's home",
    ProvisionType.IFA: "Independent Fostering Agency",
    ProvisionType.SUPPORTED_ACCOMMODATION: "Supported Accommodation",
    ProvisionType.SEN: "Residential special school",
}
GRADED = (KINDS[ProvisionType.RESIDENTIAL], KINDS[ProvisionType.IFA])
GRADES = ("Good", "Outstanding", "Inadequate")
GRADE = HEADER.index("Overall experiences and progress of children and young people")


def a_file(providers: int, known: Sequence[tuple[str, str]] = ()) -> bytes:
    """So many providers as CSV, each inspected once: first those that are known by URN and type, then new ones."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["Made-up data - Provider level as at 31 March 2025"])
    writer.writerow(HEADER)
    kinds = list(KINDS)
    new = ((f"{2_000_000 + number}", kinds[number % 3]) for number in range(providers - len(known)))
    for number, (urn, kind) in enumerate([*known, *new]):
        writer.writerow(_row(number, urn, KINDS[ProvisionType(kind)]))
    return text.getvalue().encode()


def _row(number: int, urn: str, kind: str) -> list[str]:
    published = date(2022, 1, 1) + timedelta(days=number % 1_000)
    cells = {
        "URN": urn,
        "Provision type": kind,
        "Registration date": "01/02/2015",
        "Registration status": "Active",
        "Name": REDACTED if kind == KINDS[ProvisionType.RESIDENTIAL] else f"Provision {number}",
        "Local authority": f"Place {number % 150}",
        "Sector": "Private",
        "Places": str(number % 8 + 1),
        "Organisation which owns the provider": f"Organisation {number % 2_500}",
        "Latest Full inspection event type": "Full inspection",
        "Latest full inspection date": f"{published - timedelta(days=40):%d/%m/%Y}",
        "Latest full inspection publication date": f"{published:%d/%m/%Y}",
        "Latest full inspection event number": str(10_000_000 + number),
        HEADER[GRADE]: GRADES[number % 3] if kind in GRADED else "",
    }
    return [cells.get(column, "") for column in HEADER]
