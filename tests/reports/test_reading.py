"""What an uploaded file is: told by its content, refused with what to do."""

from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_LZMA, ZipFile

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from tests.reports.files import CONTENTS, MACRO_TYPE, WORD_TYPE, package, pdf, word
from wellplaced.reports.models import Document
from wellplaced.reports.reading import OLD_OFFICE, kind_of

LARGEST = 1_000_000


def test_a_word_document_and_a_pdf_are_told_by_their_content() -> None:
    assert kind_of(word(), LARGEST) == Document.Kind.WORD
    assert kind_of(pdf(), LARGEST) == Document.Kind.PDF


def encrypted_entry() -> bytes:
    """The flag in the zip's directory that says that an entry is encrypted."""
    made = bytearray(word())
    at = made.rfind(b"PK\x01\x02")
    made[at + 8] |= 1
    return bytes(made)


def huge_when_unpacked() -> bytes:
    """The directory says that a part takes 4 GB: nothing is unpacked to find out."""
    made = bytearray(word())
    at = made.rfind(b"PK\x01\x02")
    made[at + 24 : at + 28] = b"\xfe\xff\xff\xff"
    return bytes(made)


def directory_of_a_gigabyte() -> bytes:
    made = bytearray(word())
    at = made.rfind(b"PK\x05\x06")
    made[at + 12 : at + 16] = (1_000_000_000).to_bytes(4, "little")
    return bytes(made)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b"x" * (LARGEST + 1), "larger than 1 MB"),
        (b"Dear colleague, the form is attached", "neither a Word document"),
        (b"MZ\x90\x00 a program", "neither a Word document"),
        (b"<html><script>alert(1)</script></html>", "neither a Word document"),
        (b"{\\rtf1 words}", "rich text"),
        (OLD_OFFICE + b"\0" * 600, "old version of Office"),
        (OLD_OFFICE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (pdf()[:40], "damaged"),
        (word()[:-30], "damaged"),
        (b"PK\x03\x04" + b"\0" * 100, "damaged"),
        (package({"mimetype": "application/vnd.oasis.opendocument.text"}), "neither a Word document"),
        (package({"[Content_Types].xml": "", "xl/workbook.xml": ""}), "neither a Word document"),
        (word(word__vbaProject_dot_bin=b"\x01"), "macros"),
        (package({"[Content_Types].xml": CONTENTS.format(MACRO_TYPE), "word/document.xml": ""}), "macros"),
        (encrypted_entry(), "password"),
        (huge_when_unpacked(), "far more"),
        (directory_of_a_gigabyte(), "damaged"),
    ],
)
def test_anything_else_is_refused_with_what_to_do(content: bytes, told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        kind_of(content, LARGEST)


def test_a_list_of_contents_that_unpacks_to_gigabytes_is_looked_at_only_at_its_start() -> None:
    contents = CONTENTS.format(WORD_TYPE) + " " * 30_000_000
    assert kind_of(package({"[Content_Types].xml": contents, "word/document.xml": ""}), LARGEST) == Document.Kind.WORD


@given(st.binary(max_size=400), st.sampled_from([b"", b"%PDF-", b"PK\x03\x04", OLD_OFFICE]), st.integers(0, 600))
def test_whatever_the_bytes_the_answer_is_a_kind_or_a_reason(content: bytes, start: bytes, cut: int) -> None:
    made = bytearray(word())
    for tried in (start + content, bytes(made[:cut] + content[:2] + made[cut + 2 :])):
        try:
            assert kind_of(tried, LARGEST) in Document.Kind
        except ValidationError as refusal:
            assert refusal.messages[0].endswith(("that", "again", "file", "upload"))  # noqa: PT017 - either answer is right


@pytest.mark.parametrize("method", [ZIP_BZIP2, ZIP_LZMA])
def test_a_word_document_is_packed_as_office_packs_and_no_other_way(method: int) -> None:
    """Other ways unpack without a bound, and fail in ways of their own."""
    held = BytesIO()
    with ZipFile(held, "w", method) as made:
        made.writestr("[Content_Types].xml", CONTENTS.format(WORD_TYPE))
        made.writestr("word/document.xml", "<w:document/>")
    damaged = bytearray(held.getvalue())
    damaged[60:70] = b"\xff" * 10
    for content in (held.getvalue(), bytes(damaged)):
        with pytest.raises(ValidationError, match="damaged or not complete"):
            kind_of(content, LARGEST)


def test_macros_are_found_in_a_list_of_contents_in_utf_16() -> None:
    listed = CONTENTS.format("").replace("application/vnd.openxmlformats-officedocument", MACRO_TYPE)
    with pytest.raises(ValidationError, match="macros"):
        kind_of(package({"[Content_Types].xml": listed.encode("utf-16"), "word/document.xml": "<w/>"}), LARGEST)
