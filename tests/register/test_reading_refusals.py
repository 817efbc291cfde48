"""What is refused: a row by itself, or a file as a whole, each with what was expected and what was found."""

import io
import random
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from tests.register.made_up import (
    AGENCY,
    HEADER_2025,
    HOME,
    LISTED,
    as_csv,
    as_list_2025,
    as_ods,
    as_xlsx,
    ods_of,
    provider_level,
    rows_under,
    zipped,
)
from wellplaced.register.reading import UnreadableFile, measure, read_bytes, read_file


@pytest.mark.parametrize(
    "urn", ["", " ", "\u00a0", "SC12345", "SC1234567", "sc123456", "123456", "12345678", "12-3456", "１２３４５６７"]
)
def test_a_row_without_a_urn_of_the_real_form_is_refused_by_itself(urn: str) -> None:
    file = read_bytes(provider_level(HOME | {"URN": urn}, AGENCY))
    (refused,) = file.refused
    assert (refused.sheet, refused.row, refused.column) == (None, 5, "URN")
    assert "URN" in refused.why
    assert [row.urn for row in file.sheets[0].rows] == ["1900002"]


@pytest.mark.parametrize("urn", [1234567, 1234567.0, "1234567.0", " 1234567 "])
def test_a_urn_that_was_saved_as_a_number_is_read(urn: float | str) -> None:
    file = read_bytes(as_xlsx({"S": rows_under(list(HOME), [HOME | {"URN": urn}])}))
    assert [row.urn for row in file.sheets[0].rows] == ["1234567"]


@pytest.mark.parametrize("said", ["31/02/2025", "soon", "13/13/2024", "05/03/25", "2025"])
def test_a_date_that_is_none_refuses_its_row_and_names_its_column(said: str) -> None:
    file = read_bytes(provider_level(HOME | {"\nLatest full inspection date": said}, AGENCY))
    (refused,) = file.refused
    assert (refused.row, refused.column, refused.value) == (5, "Latest full inspection date", said)
    assert "date" in refused.why
    assert len(file.sheets[0].rows) == 1
    assert file.sheets[0].urns == {"SC900001", "1900002"}  # the refused row is listed all the same


@pytest.mark.parametrize(
    "said", ["25/6/2020", "2020-06-25", "2020-06-25T00:00:00", "25 June 2020", "25-Jun-2020", 44007.0]
)
def test_a_date_in_another_form_is_read(said: str | float) -> None:
    file = read_bytes(as_xlsx({"S": rows_under(list(HOME), [HOME | {"Registration date": said}])}))
    assert [str(row.registered_on) for row in file.sheets[0].rows] == ["2020-06-25"]  # type: ignore[union-attr]


def test_a_wholly_blank_row_is_no_row() -> None:
    blanks = [dict.fromkeys(HEADER_2025, mark) for mark in ("", " ", "\u00a0")]
    file = read_bytes(provider_level(HOME, *blanks, AGENCY, blanks[0]))
    assert [row.row for row in file.sheets[0].rows] == [5, 9]
    assert file.refused == ()


def test_a_judgement_that_is_not_known_counts_as_not_judged_and_is_told() -> None:
    overall = "\nOverall experiences and progress of children and young people"
    file = read_bytes(provider_level(HOME | {overall: "Splendid"}))
    assert file.refused == ()
    (doubt,) = file.doubts
    assert (doubt.row, doubt.value) == (5, "Splendid")


def test_a_service_inspected_with_its_authority_is_not_judged() -> None:
    note = "Not provided as service is inspected as part of the ILACS inspection"
    row = LISTED | {"Date of last full inspection": note, "Overall effectiveness": note, "CYP safety": note}
    file = read_bytes(as_list_2025([row]))
    assert (file.refused, file.doubts) == ((), ())
    assert file.sheets[0].rows[0].provision.inspection is None  # type: ignore[union-attr]


def found(content: bytes) -> str:
    with pytest.raises(UnreadableFile) as refusal:
        read_bytes(content)
    said = str(refusal.value)
    assert said.startswith("Expected a list of Ofsted's")
    assert "\n" not in said
    return said.partition("; found ")[2]


def encrypted_workbook() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)


ENCRYPTED_ODS = ods_of("", "<manifest:manifest><manifest:encryption-data/></manifest:manifest>")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "an empty file"),
        (b"Name,Age\nX,3\n", "no table has one of Ofsted's layouts"),
        (b"URN,Colour\nSC123456,red\n", "no table has one of Ofsted's layouts"),
        (provider_level(), "nothing beneath it"),
        (b"%PDF-1.7 x", "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not text"),
        ("URN,Places".encode("utf-16"), "UTF-16"),
        (b"URN,Places\n\x81\x8d", "neither UTF-8 nor Windows-1252"),
        (encrypted_workbook(), "encrypted"),
        (ENCRYPTED_ODS, "encrypted"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old kind"),
        (zipped({"a.csv": "URN"}), "neither an ODS nor an XLSX"),
        (zipped({"[Content_Types].xml": "x", "xl/workbook.xml": "<broken"}), "damaged"),
        (as_xlsx({"Sheet": [["nothing"]]}), "no table has one of Ofsted's layouts"),
        (b"URN,Provision type,Places\n" + b"x" * 2_000_000, "million characters"),
    ],
)
def test_a_file_that_is_none_of_these_is_refused(content: bytes, says: str) -> None:
    assert says in found(content)


@pytest.mark.parametrize("make", [provider_level, lambda *rows: as_xlsx({"S": rows_under(list(HOME), rows)}),
                                  lambda *rows: as_ods({"S": rows_under(list(HOME), rows)})])  # fmt: skip
def test_a_file_that_is_cut_off_is_refused(make) -> None:  # type: ignore[no-untyped-def]
    whole = make(*[HOME | {"URN": f"{1900000 + n}"} for n in range(40)])
    for kept in (0.35, 0.6, 0.9):
        cut = whole[: int(len(whole) * kept)]
        while cut.endswith((b"\n", b"\r")):  # a cut at the very end of a row cannot be told
            cut = cut[:-1] + b"x"
        assert "cut off" in found(cut)


def test_a_csv_file_cut_off_inside_quotes_or_a_character_is_refused() -> None:
    whole = provider_level(HOME | {"Organisation which owns the provider": 'Søren, "Sons"'}, encoding="utf-8")
    assert "cut off" in found(whole[: whole.index(b"Sons")])
    assert "cut off" in found(whole[: whole.index("ø".encode()) + 1])


def test_a_csv_file_whose_last_row_has_no_line_end_is_whole() -> None:
    assert len(read_bytes(provider_level(HOME, AGENCY).rstrip()).sheets[0].rows) == 2


def test_a_damaged_entry_is_refused() -> None:
    content = bytearray(as_ods({"S": rows_under(list(HOME), [HOME | {"URN": str(1900000 + n)} for n in range(200)])}))
    for place in range(600, 700):
        content[place] ^= 0xFF
    assert "cut off or damaged" in found(bytes(content))


def test_a_workbook_that_unpacks_without_measure_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = zipped({"mimetype": "x", "content.xml": b" " * 20_000_000})
    assert "out of all measure" in found(bomb)
    monkeypatch.setattr(measure, "MOST_TIMES", 10**9)
    monkeypatch.setattr(measure, "MOST_BYTES", 10_000_000)
    assert "out of all measure" in found(bomb)


def test_a_workbook_that_says_too_little_of_its_size_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sizes that an archive declares are not believed: a lying one is caught while it unpacks."""
    bomb = zipped({"mimetype": "x", "content.xml": b" " * 20_000_000})
    monkeypatch.setattr(measure, "MOST_BYTES", 10_000_000)
    true, lie = (20_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little")
    assert "workbook that" in found(bomb.replace(true, lie))


CELL = '<table:table-cell{} office:value-type="string"><text:p>a</text:p></table:table-cell>'
ONE, WIDE = CELL.format(""), CELL.format(' table:number-columns-repeated="1000000000"')
GAP = '<table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row>'
FAR = '<table:table-cell table:number-columns-repeated="16000"/>'
ENDLESS = {
    "a row repeated": f'<table:table-row table:number-rows-repeated="1000000">{ONE * 10}</table:table-row>',
    "a cell repeated": f"<table:table-row>{WIDE}</table:table-row>",
    "a cell far away": f"<table:table-row>{ONE}</table:table-row>{GAP}<table:table-row>{FAR}{ONE}</table:table-row>",
}


@pytest.mark.parametrize("rows", ENDLESS.values(), ids=ENDLESS)
def test_an_ods_workbook_of_endless_cells_is_refused(rows: str) -> None:
    assert "cells" in found(ods_of(f'<table:table table:name="A">{rows}</table:table>'))


def test_a_workbook_whose_cells_share_one_long_text_too_often_is_refused() -> None:
    """Each cell that shares a text gets a copy of it from the reader."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    shared = f'<sst xmlns="{space}"><si><t>{"x" * 1_000_000}</t></si></sst>'
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 501))
    sheet = f'<worksheet xmlns="{space}"><sheetData>{cells}</sheetData></worksheet>'
    parts = _parts(as_xlsx({"S": rows_under(list(HOME), [HOME])}))
    assert "out of all measure" in found(
        zipped(parts | {"xl/sharedStrings.xml": shared, "xl/worksheets/sheet1.xml": sheet})
    )


@pytest.mark.parametrize(
    ("part", "old", "new", "says"),
    [
        ("xl/worksheets/sheet1.xml", b'r="B2"', b'r="B99999999999999999999"', "B9999"),
        ("xl/worksheets/sheet1.xml", b'r="B2"', b'r="XFE2"', "XFE"),
        ("xl/worksheets/sheet1.xml", b"</sheetData>", b"", "damaged"),
        ("xl/workbook.xml", b"<workbook", b'<!DOCTYPE x [<!ENTITY a "b">]><workbook', "document type"),
        ("xl/_rels/workbook.xml.rels", b"worksheets/sheet1.xml", b"worksheets/sheet1.bin", "sheet1.bin"),
    ],
)
def test_a_workbook_that_would_lead_its_reader_astray_is_refused(part: str, old: bytes, new: bytes, says: str) -> None:
    parts = _parts(as_xlsx({"S": rows_under(list(HOME), [HOME])}))
    assert old in parts[part]
    assert says in found(zipped(parts | {part: parts[part].replace(old, new)}))


def test_a_workbook_that_claims_shared_texts_without_measure_is_refused() -> None:
    """A reader makes room for as many as are claimed before it reads the first, and ends where there is not that much."""
    shared = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" uniqueCount="{}"/>'
    parts = _parts(as_xlsx({"S": rows_under(list(HOME), [HOME])}))
    assert read_bytes(zipped(parts | {"xl/sharedStrings.xml": shared.format(107)}))
    assert "99999999999" in found(zipped(parts | {"xl/sharedStrings.xml": shared.format(99_999_999_999)}))


def test_an_xlsx_workbook_of_endless_cells_is_refused() -> None:
    rows = rows_under(list(HOME), [HOME])
    content = as_xlsx({"S": rows})
    assert len(read_bytes(content).sheets) == 1
    far = zipped(_parts(content) | {"xl/worksheets/sheet1.xml": _far_cell()})
    assert "cells" in found(far)


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _far_cell() -> bytes:
    cell = '<c r="{0}" t="inlineStr"><is><t>URN</t></is></c>'
    rows = f'<row r="1">{cell.format("A1")}</row><row r="1048576">{cell.format("XFD1048576")}</row>'
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def test_a_file_that_is_not_there_is_refused_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no file that can be opened"):
        read_file(tmp_path / "nothing.csv")


@pytest.mark.parametrize("make", [provider_level, lambda *rows: as_xlsx({"S": rows_under(list(HOME), rows)}),
                                  lambda *rows: as_ods({"S": rows_under(list(HOME), rows)})])  # fmt: skip
def test_no_damage_does_more_than_refuse(make) -> None:  # type: ignore[no-untyped-def]
    """Whatever bytes change, the file is read or refused: nothing else is raised."""
    chance = random.Random(20250331)
    whole = make(HOME, AGENCY)
    for _ in range(150):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        with suppress(UnreadableFile):
            read_bytes(bytes(damaged))


def test_rows_shorter_than_the_header_are_read() -> None:
    rows = rows_under(list(HOME), [HOME])
    rows.append(["", "1900009", "Children's home"])
    assert [row.urn for row in read_bytes(as_csv(rows)).sheets[0].rows] == ["SC900001", "1900009"]
