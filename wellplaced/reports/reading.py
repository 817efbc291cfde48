"""What an uploaded file is, by its content and never by its name: a Word document, a PDF, or refused with what to do.

Of a Word document, which is a zip, only the directory and the start of its list of contents are read: nothing is
unpacked, so that a small file that unpacks to something huge does no harm here.
"""

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from django.core.exceptions import ValidationError

from wellplaced.reports.models import Document

PDF, ZIP = b"%PDF-", b"PK\x03\x04"
OLD_OFFICE, RICH_TEXT = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")  # how Office names what it protects with a password
CONTENTS, BODY, MACROS = "[Content_Types].xml", "word/document.xml", "vbaproject.bin"
PDF_TAIL = 1_024  # the end of a PDF stands within so many bytes of the file's end
ZIP_END, ZIP_END_SIZE, LONGEST_ZIP_COMMENT = b"PK\x05\x06", 22, 65_535
LARGEST_DIRECTORY = 1_000_000  # bytes; a long report has some hundred entries of about 100
START_OF_CONTENTS = 200_000  # bytes of the list of contents that are looked at
MOST_UNPACKED = 500_000_000  # bytes

SAVE_AGAIN = "Open it, save it again as a Word document (.docx) or a PDF, and upload that"
NEITHER = "This is neither a Word document (.docx) nor a PDF. Save the completed form as one of these, and upload that"
DAMAGED = f"This file is damaged or not complete. {SAVE_AGAIN}"
PROTECTED = "This Word document is protected with a password. Take the password off, save it, and upload it again"
WITH_MACROS = (
    "This Word document holds macros, which are small programs. Save it as a Word document (.docx) without macros or as "
    "a PDF, and upload that"
)


def kind_of(content: bytes, largest: int) -> Document.Kind:
    """The kind of a file of at most `largest` bytes. Raises ValidationError with what is wrong and what to do."""
    if not content:
        raise ValidationError("This file is empty. Choose another file")
    if len(content) > largest:
        raise ValidationError(too_large(largest))
    if content.startswith(PDF):
        _check_pdf(content)
        return Document.Kind.PDF
    if content.startswith(ZIP):
        _check_word(content)
        return Document.Kind.WORD
    raise ValidationError(_what_else(content))


def too_large(largest: int) -> str:
    """What is said of a file that is larger than allowed."""
    return (
        f"This file is larger than {largest // 1_000_000} MB. Save it with smaller pictures, or as a PDF, "
        "and upload it again"
    )


def _check_pdf(content: bytes) -> None:
    tail = content[-PDF_TAIL:]
    if b"%%EOF" not in tail or b"startxref" not in tail:
        raise ValidationError(DAMAGED)


def _check_word(content: bytes) -> None:
    if _size_of_directory(content) > LARGEST_DIRECTORY:
        raise ValidationError(DAMAGED)
    try:
        with ZipFile(BytesIO(content)) as package:
            _check_entries(package)
            _check_contents(package)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, struct.error) as problem:
        raise ValidationError(DAMAGED) from problem


def _size_of_directory(content: bytes) -> int:
    """How many bytes the zip says that its directory takes; beyond all limits where it does not say so plainly."""
    at = content.rfind(ZIP_END, max(0, len(content) - LONGEST_ZIP_COMMENT - ZIP_END_SIZE))
    if at < 0 or len(content) - at < ZIP_END_SIZE or b"PK\x06\x07" in content[max(0, at - 20) : at]:
        return LARGEST_DIRECTORY + 1
    return int(struct.unpack("<I", content[at + 12 : at + 16])[0])


def _check_entries(package: ZipFile) -> None:
    entries = package.infolist()
    names = {entry.filename for entry in entries}
    if not {CONTENTS, BODY} <= names:
        raise ValidationError(NEITHER)
    if any(entry.flag_bits & 1 for entry in entries):
        raise ValidationError(PROTECTED)
    if any(entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for entry in entries):  # as Office packs, and no other
        raise ValidationError(DAMAGED)
    if any(name.lower().endswith(MACROS) for name in names):
        raise ValidationError(WITH_MACROS)
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise ValidationError(f"This Word document unpacks to far more than a report holds. {SAVE_AGAIN}")


def _check_contents(package: ZipFile) -> None:
    """The list of contents says what the document is: macros may be allowed where none is there yet."""
    with package.open(CONTENTS) as listed:
        said = listed.read(START_OF_CONTENTS).replace(b"\0", b"").lower()  # in UTF-16, too
    if b"macroenabled" in said:
        raise ValidationError(WITH_MACROS)


def _what_else(content: bytes) -> str:
    if content.startswith(OLD_OFFICE):
        if ENCRYPTED_PACKAGE in content:
            return PROTECTED
        return (
            "This is a file of an old version of Office (.doc). Open it in Word, save it as a Word document (.docx), "
            "and upload that"
        )
    if content.startswith(RICH_TEXT):
        return f"This is a rich text file (.rtf). {SAVE_AGAIN}"
    return NEITHER
