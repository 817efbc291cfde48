"""The completed form of a made-up visit, as a PDF of one page: plain enough to be written here, whole enough to open."""

FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R /Lang (en-GB) >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
LEFT, TOP, LEADING = 60, 780, 22  # points


def as_pdf(*lines: str) -> bytes:
    """A page with these lines; letters beyond Latin-1 become question marks."""
    said = b" T* ".join(b"(" + _escaped(line) + b") Tj" for line in lines)
    text = b"BT /F1 13 Tf %d TL %d %d Td " % (LEADING, LEFT, TOP) + said + b" ET"
    stream = b"<< /Length %d >>\nstream\n" % len(text) + text + b"\nendstream"
    return _file([CATALOGUE, PAGES, PAGE, stream, FONT])


def _escaped(line: str) -> bytes:
    return line.encode("latin-1", "replace").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _file(objects: list[bytes]) -> bytes:
    """The objects, and the table of where each begins."""
    content, begins = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        begins.append(len(content))
        content += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % offset for offset in begins)
    size = len(objects) + 1
    content_end = b"xref\n0 %d\n0000000000 65535 f \n" % size + table
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(content))
    return content + content_end + trailer
