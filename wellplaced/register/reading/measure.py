"""How much a workbook unpacks to, measured before anything opens it: a small file can hold gigabytes, or endless cells.

ODS repeats a cell or a row by a count, and XLSX places a cell anywhere and lets many cells share one text; a reader that
lays the grid out whole would take all the memory, and one that meets broken XML may never end. So every part is unpacked
in small pieces and parsed, and its cells and their texts are counted as the reader would lay them out (`extents.py`).
"""

import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from xml.parsers import expat  # only counts: it refuses a document type, and builds nothing
from zipfile import BadZipFile, ZipFile, ZipInfo

from wellplaced.register.reading.extents import Extent, OdsExtent, SharedTexts, XlsxExtent
from wellplaced.register.reading.refusals import UnreadableFile

MOST_BYTES = 400_000_000  # Ofsted's workbook of 2025 unpacks to 75 MB
MOST_PARTS = 2_000
MOST_TIMES = 1_000  # how many times larger than packed; the workbook of 2025: 24
MOST_CELLS = 6_000_000  # of 32 bytes each; the workbook of 2025 has 0.7 million
MOST_TEXT = 400_000_000  # bytes of all the cells' texts, each as often as it is repeated
PIECE = 1 << 20
XML = {".xml", ".rels"}
DAMAGED = "a workbook that is cut off or damaged"


def check(archive: ZipFile, packed_size: int) -> None:
    """Raise UnreadableFile where the workbook is broken, or would unpack without measure."""
    parts = sorted(archive.infolist(), key=lambda part: not _holds_texts(part.filename))  # shared texts before sheets
    if len(parts) > MOST_PARTS:
        raise UnreadableFile(f"a workbook of {len(parts)} parts, more than {MOST_PARTS}")
    declared = sum(part.file_size for part in parts)
    if declared > MOST_BYTES or declared > packed_size * MOST_TIMES:
        raise _without_measure(declared)
    unpacked = cells = text = 0
    texts: list[int] = []
    for part in parts:
        extent = _extent(part.filename, texts)
        for piece in _parsed(archive, part, extent):
            unpacked += len(piece)
            if unpacked > MOST_BYTES:
                raise _without_measure(unpacked)
            if cells + extent.cells > MOST_CELLS:
                raise UnreadableFile(f"a workbook that unfolds to more than {MOST_CELLS:,} cells")
            if text + extent.text > MOST_TEXT:
                raise _without_measure(text + extent.text)
        cells += extent.cells
        text += extent.text


def _without_measure(size: int) -> UnreadableFile:
    return UnreadableFile(f"a workbook that unpacks to {size / 1e6:,.0f} MB or more, out of all measure")


def _parsed(archive: ZipFile, part: ZipInfo, extent: Extent) -> Iterator[bytes]:
    """The pieces of a part, each once the extent has counted it; parts that are not XML are only unpacked."""
    parser = _parser(extent) if PurePosixPath(part.filename.lower()).suffix in XML and part.file_size else None
    try:
        for piece in _pieces(archive, part):
            if parser:
                parser.Parse(piece, False)
            yield piece
        if parser:
            parser.Parse(b"", True)
    except expat.ExpatError as problem:
        raise UnreadableFile(f"{DAMAGED} ({part.filename}: {problem})") from problem


def _parser(extent: Extent) -> expat.XMLParserType:
    parser = expat.ParserCreate("utf-8")  # whatever it declares: workbooks are UTF-8
    extent.parser = parser
    parser.StartElementHandler = extent.start
    parser.EndElementHandler = extent.end
    parser.StartDoctypeDeclHandler = _refuse_document_type
    return parser


def _refuse_document_type(*_declared: object) -> None:
    raise UnreadableFile("a workbook with a document type of its own, which no spreadsheet has")


def _pieces(archive: ZipFile, part: ZipInfo) -> Iterator[bytes]:
    try:
        with archive.open(part) as stream:
            while piece := stream.read(PIECE):
                yield piece
    except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as problem:
        raise UnreadableFile(DAMAGED) from problem


def _holds_texts(name: str) -> bool:
    return name.lower().endswith("sharedstrings.xml")


def _extent(name: str, texts: list[int]) -> Extent:
    """Any part may be a sheet of an XLSX workbook: its name does not tell."""
    if name == "content.xml":
        return OdsExtent()
    return SharedTexts(texts=texts) if _holds_texts(name) else XlsxExtent(texts=texts)
