"""Each of Ofsted's layouts is recognised in each year's wording, and its rows come out typed."""

from datetime import date

import pytest

from tests.register.made_up import (
    AGENCY,
    HEADER_IN_YEAR,
    HEADER_PLACES,
    HEADER_PREMISES,
    HOME,
    LISTED,
    LISTED_SETTING,
    SUPPORTED,
    TITLE_2025,
    as_csv,
    as_list_2025,
    as_ods,
    as_xlsx,
    provider_level,
    rows_under,
)
from wellplaced.register.reading import (
    Address,
    ListedRow,
    PremisesRow,
    ProvisionRow,
    RegisterFile,
    read_bytes,
    summarise,
)


def provisions(file: RegisterFile, sheet: int = 0) -> list[ProvisionRow]:
    rows = file.sheets[sheet].rows
    assert all(isinstance(row, ProvisionRow) for row in rows)
    return [row for row in rows if isinstance(row, ProvisionRow)]


def test_a_provider_level_file_of_2025_is_read() -> None:
    file = read_bytes(provider_level(HOME, AGENCY, SUPPORTED))
    said = summarise(file)
    assert said["file"] == {
        "format": "csv",
        "encoding": "utf-8-sig",
        "as_at": "2025-03-31",
        "passed_over": [],
        "sheets": [{"name": None, "layout": "provider_level", "header_row": 4, "rows": 3}],
    }
    assert said["by_type"] == {
        "residential": 1,
        "ifa": 1,
        "supported_accommodation": 1,
        "sen": 0,
        "not_monitored": 0,
    }
    assert {word: count for word, count in said["judged"].items() if count} == {
        "outstanding": 1,
        "requires_improvement": 1,
        "not_judged": 1,
    }
    assert said["refused"] == []


def test_a_home_is_read_with_its_inspection_and_without_what_is_redacted() -> None:
    home, agency, supported = provisions(read_bytes(provider_level(HOME, AGENCY, SUPPORTED)))
    assert (home.row, home.urn, home.places, home.status) == (5, "SC900001", 4, "active")
    assert (home.name, home.name_redacted, home.address, home.address_redacted) == (None, True, None, True)
    assert home.organisation == "Alderbrook Care Ltd"
    assert home.inspection is not None
    assert home.inspection.event_number == "10360658"
    assert home.inspection.inspected_on == date(2024, 11, 5)
    assert home.inspection.published_on == date(2025, 1, 14)
    assert home.inspection.words == "Requires improvement to be good"
    assert home.inspection.parts == (("helped_and_protected", "Good"),)
    assert agency.name == "Willowmere Fostering"
    assert agency.address == Address("1 Quay Street", None, "Fenmarket", None, "ZZ1 1ZZ")
    assert agency.places is None
    assert supported.premises_count == 3
    assert supported.inspection is None


HEADER_2015 = (
    "Web link,URN,Provision type,Reg Status,Setting Name,Address 1,Address 2,Town,County,Postcode,Region,"
    "Local authority,Sector,Inspection type,Inspection Date,Inspection ID,Overall effectiveness,"
    "Outcomes for children and young people,Quality of care,The safety of children and young people,"
    "Leadership and management,Outcomes in education and related learning activities,Linked ED URN,Short breaks only"
)


def test_a_file_of_2015_begins_with_its_header_and_says_adequate() -> None:
    redacted, place = "Active,REDACTED,,,,,,South East,Fenmarket", "1 Copse,,FENMARKET,,ZZ1 1ZZ,South East,Fenmarket"
    full, special = "Private,Full inspection", "Residential special school (>295 days/year)"
    rows = [
        f"x,SC900001,Children's Home,{redacted},{full},26/03/2015,326600,Adequate,Good,Good,Adequate,Adequate,,,",
        f"x,SC900002,{special},{redacted},{full},17/03/2015,324992,Outstanding,,,,,,,",
        f"x,SC900003,Residential Special School,Active,Copse,{place},{full},5/3/2015,323150,Satisfactory,,,,,,116511,",
        f"x,SC900004,Independent Fostering agency,Active,Ash,{place},{full},16/03/2015,325793,Good,,,,,,,Yes",
    ]
    file = read_bytes("\n".join([HEADER_2015, *rows]).encode())
    home, special_as_home, school, agency = provisions(file)
    assert (file.sheets[0].layout, file.sheets[0].header_row, file.as_at) == ("provider_level", 1, None)
    assert home.inspection is not None
    assert (home.inspection.outcome, home.inspection.words) == ("requires_improvement", "Adequate")
    assert home.inspection.event_number == "326600"
    assert dict(home.inspection.parts)["helped_and_protected"] == "Adequate"
    assert school.inspection is not None
    assert (school.inspection.outcome, school.inspection.words) == ("requires_improvement", "Satisfactory")
    assert [row.type for row in (home, special_as_home, school, agency)] == [
        "residential",
        "residential",
        "sen",
        "ifa",
    ]
    assert (school.name, school.education_urn, agency.short_breaks, home.short_breaks) == (
        "Copse",
        "116511",
        True,
        False,
    )


def test_a_file_of_2018_has_its_header_under_a_banner() -> None:
    banner = ["Provider information", *[""] * 17, "Latest Full Inspection", *[""] * 8]
    header = [
        "Web link",
        "URN",
        "Linked education URN",
        "Provision type",
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
        "Organisation",
        "Event type",
        "Inspection date",
        "Publication date",
        "Event number",
        "Overall effectiveness",
        "Outcomes for children and young people",
        "Quality of care",
        "Safeguarding children and young people",
        "Leadership and management",
    ]
    row = [
        "x",
        "1900001",
        "",
        "Secure children's home",
        "Active",
        "REDACTED",
        "",
        "",
        "",
        "",
        "",
        "South East",
        "South East",
        "Fenmarket",
        "X",
        "Private",
        "6",
        "Larch Ltd",
        "Full inspection",
        "24/06/2016",
        "08/08/2016",
        "10000029",
        "Requires improvement",
        "",
        "",
        "Inadequate",
        "Good",
    ]
    file = read_bytes(as_csv([banner, header, row], "cp1252"))
    (home,) = provisions(file)
    assert (file.sheets[0].layout, file.sheets[0].header_row) == ("provider_level", 2)
    assert (home.type, home.organisation, home.region) == ("residential", "Larch Ltd", "South East")
    assert home.inspection is not None
    assert home.inspection.published_on == date(2016, 8, 8)


def test_the_prefix_of_2022_and_a_month_alone_are_understood() -> None:
    header = [
        "Web link", "URN", "Provision type", "Registration status", "Name", "Places",
        "Latest full inspection event type", "Latest full inspection date",
        "Latest full inspection publication date", "Latest full inspection event number",
        "Latest full inspection overall experiences and progress of children and young people",
        "Latest full inspectio health services", "Latest full inspection the effectiveness of leaders and managers",
    ]  # fmt: skip
    row = ["x", "1900001", "Children's home", "Active", "REDACTED", "4", "Full inspection", "12/10/2021", "16/11/2021",
           "10185778", "Good", "Good", "Outstanding"]  # fmt: skip
    title = ["Children's social care data in England 2022 - Provider level as at February 2024"]
    file = read_bytes(as_csv([title, [], [], [""], header, row]))
    (home,) = provisions(file)
    assert (file.as_at, file.sheets[0].header_row) == (date(2024, 2, 29), 5)
    assert home.inspection is not None
    assert (home.inspection.outcome, home.inspection.event_number) == ("good", "10185778")
    assert home.inspection.parts == (("leaders_and_managers", "Outstanding"), ("health", "Good"))


def test_only_the_latest_inspection_of_2024_is_taken_from_a_row() -> None:
    previous = ("event type", "event number", "overall experiences and progress of children and young people")
    header = [*HOME, *(f"Previous full inspection {name}" for name in previous)]
    row = [*HOME.values(), "Full inspection", "10038111", "Inadequate"]
    (home,) = provisions(read_bytes(as_csv([header, row])))
    assert home.inspection is not None
    assert (home.inspection.event_number, home.inspection.outcome) == ("10360658", "requires_improvement")


def test_one_row_an_inspection_is_the_in_year_layout() -> None:
    visit = HOME | {
        "\nLatest Full inspection event type": "Monitoring Inspection",
        "\nLatest full inspection event number": "10360999",
        "\nOverall experiences and progress of children and young people": "",
    }
    assurance = visit | {"\nLatest Full inspection event type": "Assurance visit"}
    file = read_bytes(
        as_csv([["Provider level in year 2024-25"], *rows_under(HEADER_IN_YEAR, [HOME, visit, assurance])])
    )
    assert (file.sheets[0].layout, file.as_at) == ("in_year", None)
    inspections = [row.inspection for row in provisions(file)]
    assert [(i.kind, i.outcome) for i in inspections if i] == [
        ("full", "requires_improvement"),
        ("monitoring", "not_judged"),
        ("assurance", "not_judged"),
    ]


def test_a_file_of_places_has_no_judgements() -> None:
    file = read_bytes(as_csv(rows_under(HEADER_PLACES, [HOME | {"Organisation name": "Alderbrook Care Ltd"}])))
    (home,) = provisions(file)
    assert (file.sheets[0].layout, home.inspection, home.places) == ("places", None, 4)
    assert home.organisation == "Alderbrook Care Ltd"
    assert sum(summarise(file)["by_type"].values()) == 0  # only layouts that can carry a judgement are counted


FLAT = {
    "URN": "1900003", "Provider name": "Brightwater Living", "Provision type": "Supported Accommodation",
    "Registration date": "28/10/2023", "Registration status": "Active", "Service category (Note 4)": "Category 1",
    "Places": "1", "Premises Government Office Region": "London", "Premises Local Authority": "Alderbrook",
    "Organisation name": "Brightwater Ltd",
}  # fmt: skip


def test_premises_are_read() -> None:
    file = read_bytes(as_csv(rows_under(HEADER_PREMISES, [FLAT])))
    (flat,) = file.sheets[0].rows
    assert isinstance(flat, PremisesRow)
    assert file.sheets[0].layout == "premises"
    assert (flat.category, flat.places, flat.local_authority, flat.region) == ("Category 1", 1, "Alderbrook", "London")


def test_a_whole_workbook_is_read_and_its_other_sheets_are_named() -> None:
    leavers = [["URN", "Provision type", "Places", "Leaver status"], ["SC900009", "Children's home", 3, "Leaver"]]
    typed = HOME | {"URN": 1900001, "Registration date": date(2020, 6, 25), "Places": 4}
    file = read_bytes(
        as_ods(
            {
                "Cover": [["Cover sheet"]],
                "Provider_level_at_31_Mar_2025": [["x"], [], ["y"], *rows_under(list(HOME), [typed])],
                "SA_Premises": rows_under(HEADER_PREMISES, [FLAT | {"URN": 1900003}]),
                "Leavers+Joiners": leavers,
            }
        )
    )
    assert (file.format, file.encoding, file.as_at) == ("ods", None, date(2025, 3, 31))
    assert file.passed_over == ("Cover", "Leavers+Joiners")
    assert [(sheet.name, sheet.layout, sheet.header_row) for sheet in file.sheets] == [
        ("Provider_level_at_31_Mar_2025", "provider_level", 4),
        ("SA_Premises", "premises", 1),
    ]
    (home,) = provisions(file)
    assert (home.urn, home.registered_on, home.places) == ("1900001", date(2020, 6, 25), 4)


def test_the_list_for_authorities_is_read_with_names_addresses_and_settings() -> None:
    file = read_bytes(as_list_2025([LISTED], [LISTED_SETTING, LISTED_SETTING | {"Setting address line 1": "Flat 4"}]))
    assert [(sheet.name, sheet.layout, len(sheet.rows)) for sheet in file.sheets] == [
        ("Providers", "authority_list", 1),
        ("SA Providers", "authority_list", 2),
    ]
    (home,), settings = (sheet.rows for sheet in file.sheets)
    assert isinstance(home, ListedRow)
    assert (home.provision.name, home.provision.type, home.telephone) == ("Larch House", "residential", "00000 000000")
    assert home.provision.address == Address("7 Larch Lane", None, "Fenmarket", None, "ZZ2 2ZZ")
    assert home.provision.inspection is not None
    assert (home.provision.inspection.outcome, home.deregistered_on) == ("good", None)
    flats = [row.setting for row in settings if isinstance(row, ListedRow) and row.setting]
    assert [flat.address.line_1 for flat in flats if flat.address] == ["Flat 3, Mill Court", "Flat 4"]
    assert (flats[0].capacity, flats[0].category, flats[0].local_authority) == (1, "Category 1", "Alderbrook")
    assert summarise(file)["by_type"]["residential"] == 1  # of the first sheet only


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_each_encoding_is_told(encoding: str) -> None:
    file = read_bytes(provider_level(HOME | {"Organisation which owns the provider": "Café Søren"}, encoding=encoding))
    assert file.encoding == encoding
    assert provisions(file)[0].organisation == "Café Søren"


def test_the_title_counts_more_than_the_day_that_is_given() -> None:
    given = date(2020, 1, 1)
    assert read_bytes(provider_level(HOME), as_at=given).as_at == date(2025, 3, 31)
    assert read_bytes(provider_level(HOME, title="Provider level"), as_at=given).as_at == given


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("Provider level as at 31 March 2023", date(2023, 3, 31)),
        ("Ð Provider level as at 31st March 2024", date(2024, 3, 31)),
        ("Provider level as at September 2023", date(2023, 9, 30)),
        ("Provider_level_at_31_Mar_2025", date(2025, 3, 31)),
        ("Published on 16 July 2025", None),
        ("as at 31 February 2025", None),
        ("Provider level in year 2024-25", None),
    ],
)
def test_the_day_in_a_title(said: str, day: date | None) -> None:
    assert read_bytes(provider_level(HOME, title=said)).as_at == day


def test_a_sheet_that_begins_further_down_keeps_its_row_numbers() -> None:
    rows = [[], [], [None, None, TITLE_2025], [], *([None, None, *row] for row in rows_under(list(HOME), [HOME]))]
    file = read_bytes(as_xlsx({"Sheet": rows}))
    assert (file.sheets[0].header_row, file.sheets[0].rows[0].row) == (5, 6)
