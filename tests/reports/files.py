"""Files as officers upload them, and files as they should not: made here, of invented words."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

CONTENTS = (
    '<?xml version="1.0"?><Types><Override ContentType="application/vnd.openxmlformats-officedocument{}"/></Types>'
)
NEW_YEAR = (2026, 1, 1, 0, 0, 0)  # the same words are the same file whenever it is made
WORD_TYPE = ".wordprocessingml.document.main+xml"
MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"


def word(text: str = "Completed form", **parts: str | bytes) -> bytes:
    """A Word document; `parts` are further files in it, by name with __ for a slash and _dot_ for a dot."""
    return package(
        {
            "[Content_Types].xml": CONTENTS.format(WORD_TYPE),
            "word/document.xml": f"<w:document><w:t>{text}</w:t></w:document>",
            **{name.replace("__", "/").replace("_dot_", "."): part for name, part in parts.items()},
        }
    )


def package(parts: dict[str, str | bytes]) -> bytes:
    """A zip of these files, the same bytes each time."""
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as made:
        for name, part in parts.items():
            made.writestr(ZipInfo(name, NEW_YEAR), part, ZIP_DEFLATED)
    return held.getvalue()


def pdf(text: str = "Completed form") -> bytes:
    """As much of a PDF as tells that it is one."""
    return f"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >> % {text}\nendobj\nstartxref\n9\n%%EOF\n".encode()
