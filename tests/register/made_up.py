"""Made-up files in Ofsted's layouts, each in one year's wording, written by the tests themselves."""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

REAL = Path(__file__).resolve().parents[2].parent / "shared" / "data"

needs_real_files = pytest.mark.skipif(
    not REAL.exists(), reason="Ofsted's real files are not at ../shared/data, so they are not tried here"
)

TITLE_2025 = "Children's social care data in England 2025 – Provider level as at 31 March 2025"
HEADER_2025 = [
    "Web link", "URN", "Linked Education URN", "Provision type", "Registration date", "Registration status", "Name",
    "Address 1", "Address 2", "Town", "County", "Postcode", "Ofsted Region", "Government Office Region",
    "Local authority", "Parliamentary constituency", "Sector", "Places", "Supported accommodation premises",
    "Short-break-only children's home", "Multi Building Children's Home", "Organisation which owns the provider",
    "\nLatest Full inspection event type", "\nLatest full inspection date", "Latest full inspection publication date",
    "\nLatest full inspection event number",
    "\nOverall experiences and progress of children and young people",
    "Outcomes in education and related learning activities", "Health services",
    "\nHow well children and young people are helped and protected", "The effectiveness of leaders and managers",
    "Supported Accommodation outcome",
]  # fmt: skip
HEADER_IN_YEAR = [
    {
        "\nLatest Full inspection event type": "\nInspection event type",
        "\nLatest full inspection date": "Inspection date",
        "Latest full inspection publication date": "Inspection publication date",
        "\nLatest full inspection event number": "\nInspection event number",
    }.get(name, name)
    for name in HEADER_2025
]
HEADER_PLACES = [*HEADER_2025[:21], "Organisation name"]
HEADER_PREMISES = [
    "Web link", "URN", "Provider name", "Provision type", "Registration date", "Registration status",
    "Service category (Note 4)", "Places", "Premises Ofsted Region", "Premises Government Office Region",
    "Premises Parliamentary Constituency", "Premises Local Authority", "Sector", "Organisation name",
]  # fmt: skip
HOME = {
    "Web link": "Ofsted Social Care Provider Webpage", "URN": "SC900001", "Provision type": "Children's home",
    "Registration date": "25/06/2020", "Registration status": "Active", "Name": "REDACTED", "Address 1": "REDACTED",
    "Address 2": "REDACTED", "Town": "REDACTED", "County": "REDACTED", "Postcode": "REDACTED",
    "Ofsted Region": "East of England", "Government Office Region": "East of England", "Local authority": "Fenmarket",
    "Sector": "Private", "Places": "4", "Organisation which owns the provider": "Alderbrook Care Ltd",
    "\nLatest Full inspection event type": "Full inspection", "\nLatest full inspection date": "05/11/2024",
    "Latest full inspection publication date": "14/01/2025", "\nLatest full inspection event number": "10360658",
    "\nOverall experiences and progress of children and young people": "Requires improvement to be good",
    "\nHow well children and young people are helped and protected": "Good",
}  # fmt: skip
AGENCY = HOME | {
    "URN": "1900002", "Provision type": "Independent Fostering Agency", "Name": "Willowmere Fostering",
    "Address 1": "1 Quay Street", "Address 2": " ", "Town": "Fenmarket", "County": "", "Postcode": "ZZ1 1ZZ",
    "Places": "", "\nLatest full inspection event number": "10360659",
    "\nOverall experiences and progress of children and young people": "Outstanding",
}  # fmt: skip
SUPPORTED = HOME | {
    "URN": "1900003", "Provision type": "Supported Accommodation", "Name": "Brightwater Living", "Places": "12",
    "Supported accommodation premises": "3", "\nLatest Full inspection event type": "",
    "\nLatest full inspection date": "", "Latest full inspection publication date": "",
    "\nLatest full inspection event number": "",
    "\nOverall experiences and progress of children and young people": "",
    "\nHow well children and young people are helped and protected": "",
}  # fmt: skip

LISTED = {
    "Local authority": "Fenmarket", "URN": "SC900001", "Provider type": "Children's Home",
    "Provider subtype": "Children's home", "Sector": "Private", "Provider name": "Larch House",
    "Registration date": date(2020, 6, 25), "Registration status": "Active", "Deregistration date": "-",
    "Placement code": "K2", "Provider address line 1": "7 Larch Lane", "Provider address line 2": "",
    "Provider town": "Fenmarket", "Provider county": "", "Provider postcode": "ZZ2 2ZZ",
    "Provider telephone number": "00000 000000", "Provider email address": "larch@example.org",
    "Owner name": "Alderbrook Care Ltd", "Region": "East of England", "Placement provider code": "PR4",
    "Date of last full inspection": date(2024, 11, 5), "Overall effectiveness": "Good", "CYP safety": "Good",
    "Number of registered places": 4.0, "Conditions": "",
}  # fmt: skip
LISTED_SETTING = {
    "Provider local authority": "Fenmarket", "Setting Local Authority": "Alderbrook", "URN": 1900003.0,
    "Provider type": "Supported accommodation", "Sector": "Private", "Provider name": "Brightwater Living",
    "Registration date": date(2023, 10, 28), "Registration status": "Active", "Closed date": "",
    "Placement code": "H5", "Setting status": "Active", "Setting status date": date(2024, 4, 3),
    "Setting category": "Category 1", "Capacity": 1.0, "Setting address line 1": "Flat 3, Mill Court",
    "Setting address line 2": "", "Setting address line 3": "", "Setting address town": "Alderbrook",
    "Setting address county": "", "Setting address postcode": "ZZ3 3ZZ", "Owner name": "Brightwater Ltd",
    "Conditions": "",
}  # fmt: skip

Cells = Sequence[Any]


def rows_under(header: Sequence[str], records: Iterable[Mapping[str, Any]]) -> list[list[Any]]:
    """Records as rows beneath their header; an in-year header finds the value of the provider-level wording."""
    same = dict(zip(HEADER_IN_YEAR, HEADER_2025, strict=True))
    return [
        list(header),
        *([record.get(name, record.get(same.get(name, name), "")) for name in header] for record in records),
    ]


def as_csv(rows: Iterable[Cells], encoding: str = "utf-8") -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode(encoding)


def provider_level(*records: Mapping[str, Any], title: str = TITLE_2025, encoding: str = "utf-8-sig") -> bytes:
    """A provider-level file of 2025 as CSV: three title rows, the header in row 4, two columns without a name."""
    wide = [*HEADER_2025, "", ""]
    table = [[*row, *[""] * (len(wide) - len(row))] for row in rows_under(HEADER_2025, records)]
    return as_csv([[title], ["This worksheet contains one table."], ["Some cells are empty."], *table], encoding)


def as_xlsx(sheets: Mapping[str, Iterable[Cells]]) -> bytes:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def as_list_2025(providers: Iterable[Mapping[str, Any]], settings: Iterable[Mapping[str, Any]] = ()) -> bytes:
    """The list that Ofsted sends authorities, in its layout of 2025: a sheet of providers, a sheet of settings."""
    sheets = {"Providers": rows_under(list(LISTED), providers)}
    if settings := list(settings):
        sheets["SA Providers"] = rows_under(list(LISTED_SETTING), settings)
    return as_xlsx(sheets)


OPEN = "urn:oasis:names:tc:opendocument:xmlns"
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def as_ods(sheets: Mapping[str, Iterable[Cells]]) -> bytes:
    """An ODS workbook as Ofsted writes it: numbers and days typed, each row padded to 16,384 columns by a repeat."""
    tables = "".join(
        f'<table:table table:name="{name}">{"".join(_ods_row(row) for row in rows)}'
        '<table:table-row table:number-rows-repeated="1040000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'
        for name, rows in sheets.items()
    )
    return ods_of(tables)


def ods_of(tables: str, manifest: str = "<manifest/>") -> bytes:
    spaces = " ".join(f'xmlns:{name}="{OPEN}:{name}:1.0"' for name in ("office", "table", "text"))
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:body><office:spreadsheet>'
        f"{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped({"mimetype": ODS_TYPE, "content.xml": content, "META-INF/manifest.xml": manifest})


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def _ods_row(row: Cells) -> str:
    padding = f'<table:table-cell table:number-columns-repeated="{16384 - len(row)}"/>'
    return f"<table:table-row>{''.join(_ods_cell(cell) for cell in row)}{padding}</table:table-row>"


def _ods_cell(cell: Any) -> str:
    match cell:
        case "" | None:
            return "<table:table-cell/>"
        case date():
            return f'<table:table-cell office:value-type="date" office:date-value="{cell.isoformat()}T00:00:00"/>'
        case int() | float():
            value = f'office:value-type="float" office:value="{cell}"'
            return f"<table:table-cell {value}><text:p>{cell}</text:p></table:table-cell>"
    escaped = str(cell).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f'<table:table-cell office:value-type="string"><text:p>{escaped}</text:p></table:table-cell>'
