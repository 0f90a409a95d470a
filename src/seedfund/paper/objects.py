"""Objects of a PDF as the format writes them: text and streams that are ready, under ReportLab's numbers.

Must not know what a paper says. A stream ends on a line of its own, which archives ask for (ISO 19005-3, 6.1.7.1) and
ReportLab's does not.
"""

import zlib
from typing import Any, Final

from reportlab.pdfbase import pdfdoc

LEVEL: Final = 5
"""How hard streams are compressed: the next level takes twice the time and spares two bytes in a hundred."""


class Ready(pdfdoc.PDFObject):
    """An object whose code is ready."""

    __RefOnly__ = 1

    def __init__(self, code: str | bytes = b""):
        self.code = code

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        """The code, as ReportLab asks for it."""
        return self.code if isinstance(self.code, bytes) else self.code.encode("ascii")


def stream(content: bytes, entries: str = "", *, is_packed: bool = False) -> Ready:
    """A stream, compressed; `is_packed` says that it is compressed already. `entries` stand in its dictionary."""
    return _stream(content if is_packed else zlib.compress(content, LEVEL), f"/Filter/FlateDecode{entries}")


def plain_stream(content: bytes, entries: str = "") -> Ready:
    """A stream that anybody can read in the file as it is."""
    return _stream(content, entries)


def _stream(content: bytes, entries: str) -> Ready:
    head = f"<</Length {len(content)}{entries}>>\nstream\n".encode("ascii")
    return Ready(b"".join([head, content, b"\nendstream"]))


def reference(document: pdfdoc.PDFDocument, thing: object) -> Any:
    """The indirect reference to an object, which joins the document with it."""
    return document.Reference(thing)  # type: ignore[no-untyped-call]  # the stubs leave it untyped


def root_of(document: Any) -> Any:
    """The root of a document, which the stubs do not know."""
    return document.Catalog


def set_root(document: Any, **entries: Any) -> None:
    """Entries of the root of a document; ReportLab writes only those it knows unless it is told."""
    catalog = root_of(document)
    for name, value in entries.items():
        setattr(catalog, name, value)
    known = set(catalog.__NoDefault__)
    catalog.__NoDefault__ = [*catalog.__NoDefault__, *(name for name in entries if name not in known)]


def text(value: str) -> str:
    """A text of any script as the format writes it."""
    if value.isascii() and value.isprintable():
        escaped = value.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        return f"({escaped})"
    return f"<FEFF{value.encode('utf-16-be').hex().upper()}>"
