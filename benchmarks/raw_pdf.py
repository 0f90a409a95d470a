"""PDF bytes by hand, in a font that every reader has: what paper can cost at least.

Nothing is measured, broken, aligned, checked or embedded; a page is one compressed stream.
"""

import io
import zlib
from collections.abc import Sequence


def escaped(text: str) -> str:
    """A text inside the brackets of a PDF string."""
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def raw_pdf(pages: Sequence[str], *, size: tuple[int, int]) -> bytes:
    """A whole file of pages, each given by its drawing operators."""
    objects: list[bytes] = [b"", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for operators in pages:
        stream = zlib.compress(operators.encode("cp1252", "replace"))
        head = b"<< /Length %d /Filter /FlateDecode >>" % len(stream)
        objects.append(b"%b\nstream\n%b\nendstream" % (head, stream))
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (*size, len(objects))
        )
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    listed = " ".join(f"{number} 0 R" for number in kids).encode()
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(kids), listed)
    return _file(objects)


def _file(objects: Sequence[bytes]) -> bytes:
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()
