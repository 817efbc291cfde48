"""A made-up register file of the real one's size, in Ofsted's layout."""

import csv
import io
from datetime import date, timedelta

from wellplaced.demonstration.register_file import HEADER, REDACTED

KINDS = (
    "Children's home",
    "Children's home",
    "Children's home",
    "Supported Accommodation",
    "Independent Fostering Agency",
)
GRADE = HEADER.index("Overall experiences and progress of children and young people")


def a_file(providers: int) -> bytes:
    """So many providers as CSV, each inspected once."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["Made-up data - Provider level as at 31 March 2025"])
    writer.writerow(HEADER)
    for number in range(providers):
        writer.writerow(_row(number))
    return text.getvalue().encode()


def _row(number: int) -> list[str]:
    kind = KINDS[number % len(KINDS)]
    published = date(2022, 1, 1) + timedelta(days=number % 1_000)
    cells = {
        "URN": f"{2_000_000 + number}",
        "Provision type": kind,
        "Registration date": "01/02/2015",
        "Registration status": "Active",
        "Name": REDACTED if kind == "Children's home" else f"Provision {number}",
        "Local authority": f"Place {number % 150}",
        "Sector": "Private",
        "Places": str(number % 8 + 1),
        "Organisation which owns the provider": f"Organisation {number % 2_500}",
        "Latest Full inspection event type": "Full inspection",
        "Latest full inspection date": f"{published - timedelta(days=40):%d/%m/%Y}",
        "Latest full inspection publication date": f"{published:%d/%m/%Y}",
        "Latest full inspection event number": str(10_000_000 + number),
        HEADER[GRADE]: "" if kind == "Supported Accommodation" else ("Good", "Outstanding", "Inadequate")[number % 3],
    }
    return [cells.get(column, "") for column in HEADER]
