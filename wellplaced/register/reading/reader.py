"""Opening a file: what it is, whether it may be opened at all, and its sheets. Formats: CSV, ODS, XLSX."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from wellplaced.register.reading import measure
from wellplaced.register.reading.cells import Cell
from wellplaced.register.reading.layouts import is_header
from wellplaced.register.reading.refusals import UnreadableFile
from wellplaced.register.reading.rows import Format, RegisterFile, Sheet
from wellplaced.register.reading.tables import first_day, read_sheet

MOST_FILE_BYTES = 100_000_000
LONGEST_LINE = 1_000_000
ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CUT_OFF = "a CSV file that is cut off: its last row ends before its last column"


def read_file(path: Path, as_at: date | None = None) -> RegisterFile:
    """Read a file from disk. `as_at` is its day, used where its title names none. Raises UnreadableFile."""
    try:
        if path.stat().st_size > MOST_FILE_BYTES:
            raise UnreadableFile(f"a file larger than {MOST_FILE_BYTES // 1_000_000} MB")
        return read_bytes(path.read_bytes(), as_at)
    except OSError as problem:
        raise UnreadableFile(f"no file that can be opened ({problem.strerror})") from problem


def read_bytes(content: bytes, as_at: date | None = None) -> RegisterFile:
    """Read a file's content: `read_file` for an upload. Raises UnreadableFile."""
    if not content.strip():
        raise UnreadableFile("an empty file")
    if content.startswith(OLD_OFFICE):
        raise UnreadableFile(_old_office(content))
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _workbook(content, as_at)
    return _csv_file(content, as_at)


def _old_office(content: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "a workbook that is encrypted with a password; save it without one"
    return "an Excel workbook of the old kind (XLS); save it as XLSX"


def _workbook(content: bytes, as_at: date | None) -> RegisterFile:
    format_ = _checked_format(content)
    sheets: list[Sheet] = []
    passed_over: list[str] = []
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            for about in workbook.sheets_metadata:
                sheet = _worksheet(workbook, about.name) if about.typ == SheetTypeEnum.WorkSheet else None
                if sheet:
                    sheets.append(sheet)
                else:
                    passed_over.append(about.name)
    except CalamineError as problem:
        raise UnreadableFile(f"a damaged {format_.upper()} workbook ({problem})") from problem
    return _whole(format_, None, as_at, sheets, passed_over)


def _worksheet(workbook: CalamineWorkbook, name: str) -> Sheet | None:
    sheet = workbook.get_sheet_by_name(name)
    if sheet.start is None:  # nothing in it
        return None
    return read_sheet(name, sheet.iter_rows())


def _checked_format(content: bytes) -> Format:
    """Which kind of workbook, once it is known to be whole, open and of a size that can be unpacked."""
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            if any(entry.flag_bits & 1 for entry in archive.infolist()):
                raise UnreadableFile("a workbook that is encrypted with a password; save it without one")
            measure.check(archive, len(content))
            return _format(archive)
    except (BadZipFile, EOFError, ValueError, NotImplementedError) as problem:
        raise UnreadableFile("a workbook that is cut off or damaged") from problem


def _format(archive: ZipFile) -> Format:
    names = set(archive.namelist())
    if "encrypted-package" in names or _is_encrypted_ods(archive, names):
        raise UnreadableFile("a workbook that is encrypted with a password; save it without one")
    if "mimetype" in names and archive.read("mimetype").strip() == ODS_TYPE and "content.xml" in names:
        return "ods"
    if "[Content_Types].xml" in names and "xl/workbook.xml" in names:
        return "xlsx"
    raise UnreadableFile("a ZIP file that is neither an ODS nor an XLSX workbook")


def _is_encrypted_ods(archive: ZipFile, names: set[str]) -> bool:
    return "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml")


def _csv_file(content: bytes, as_at: date | None) -> RegisterFile:
    text, encoding = _decoded(content)
    whole = _rows_of(text)
    sheet = read_sheet(None, whole)
    return _whole("csv", encoding, as_at, [sheet] if sheet else [], [])


def _decoded(content: bytes) -> tuple[str, str]:
    """The text and its encoding: UTF-8 with or without a byte-order mark, else Windows-1252."""
    if b"\x00" in content:
        raise UnreadableFile("a file that is not text, or text in UTF-16; save it as CSV in UTF-8")
    if content.startswith(b"%PDF"):
        raise UnreadableFile("a PDF document")
    marked = content.startswith(b"\xef\xbb\xbf")
    try:
        return content.decode("utf-8-sig"), "utf-8-sig" if marked else "utf-8"
    except UnicodeDecodeError as problem:
        if marked or _ends_inside_a_character(content, problem):
            raise UnreadableFile("a CSV file that is cut off or damaged inside a character") from problem
    try:
        return content.decode("cp1252"), "cp1252"
    except UnicodeDecodeError as problem:
        raise UnreadableFile("text that is neither UTF-8 nor Windows-1252") from problem


def _ends_inside_a_character(content: bytes, problem: UnicodeDecodeError) -> bool:
    """UTF-8 that breaks only at its very end, and has whole characters beyond ASCII before it, was cut off there."""
    return problem.reason == "unexpected end of data" and not content[: problem.start].isascii()


def _rows_of(text: str) -> Iterator[Sequence[Cell]]:
    """The rows of a CSV file. Raises UnreadableFile where a quoted cell never ends, or the last row is cut off."""
    narrowest: int | None = None
    width = 0
    try:
        for row in csv.reader(_lines(text), strict=True):
            if narrowest is not None and width and width < narrowest:
                narrowest = width  # the row before was short, and was not the last
            width = len(row)
            if narrowest is None and is_header(row):
                narrowest = width
            yield row
    except csv.Error as problem:
        raise UnreadableFile(f"a CSV file that is cut off or damaged ({problem})") from problem
    if narrowest is not None and width < narrowest and not text.endswith(("\n", "\r")):
        raise UnreadableFile(CUT_OFF)


def _lines(text: str) -> Iterator[str]:
    for line in io.StringIO(text, newline=""):
        if len(line) > LONGEST_LINE:
            raise UnreadableFile("a line of more than a million characters, which no list of Ofsted's has")
        yield line


def _whole(
    format_: Format, encoding: str | None, as_at: date | None, sheets: list[Sheet], passed_over: list[str]
) -> RegisterFile:
    if not sheets:
        raise UnreadableFile(f"{_article(format_)} in which no table has one of Ofsted's layouts")
    if not any(sheet.rows or sheet.refused for sheet in sheets):
        raise UnreadableFile(f"{_article(format_)} with a header row and nothing beneath it: it may be cut off")
    return RegisterFile(format_, encoding, first_day(sheets) or as_at, tuple(passed_over), tuple(sheets))


def _article(format_: Format) -> str:
    return {"csv": "a CSV file", "ods": "an ODS workbook", "xlsx": "an XLSX workbook"}[format_]
