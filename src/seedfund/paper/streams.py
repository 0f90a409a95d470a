"""Streams, pages and references as the format writes them: what every part of a PDF needs. Must not know papers.

ReportLab's own pages and streams pass through dictionaries of objects; a long ledger has thousands of each, so they are
written here as text.
"""

import zlib
from collections.abc import Sequence
from typing import Any, Final

from reportlab.pdfbase import pdfdoc

LEVEL: Final = 5
"""How hard streams are compressed: the next level takes twice the time and spares two bytes in a hundred."""


def packed(content: bytes) -> bytes:
    """Bytes, compressed."""
    return zlib.compress(content, LEVEL)


def stream(content: bytes, *, also: bytes = b"") -> "PackedStream":
    """Bytes as a stream, compressed; `also` is what its dictionary says besides."""
    return PackedStream(packed(content), also=also)


def as_text(value: str) -> str:
    """A text of any script as the format writes it."""
    if value.isascii() and value.isprintable():
        escaped = value.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        return f"({escaped})"
    return f"<FEFF{value.encode('utf-16-be').hex().upper()}>"


def root_of(document: Any) -> Any:
    """The root of a document, which the stubs do not know."""
    return document.Catalog


def set_root(document: Any, **entries: Any) -> None:
    """Entries of the root of a document; ReportLab writes only those it knows unless it is told."""
    root = root_of(document)
    for name, value in entries.items():
        setattr(root, name, value)
    known = set(root.__NoDefault__)
    root.__NoDefault__ = [*root.__NoDefault__, *(name for name in entries if name not in known)]


def reference(document: pdfdoc.PDFDocument, thing: object) -> Any:
    """The indirect reference to an object, which joins the document with it."""
    return document.Reference(thing)  # type: ignore[no-untyped-call]  # the stubs leave it untyped


class Raw(pdfdoc.PDFObject):
    """A dictionary of which most is text already, and the rest are references by name, alone or in a list.

    The text may be set until the file is written.
    """

    def __init__(self, text: str, **references: Any):
        self.text, self._references = text, references

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        """The dictionary as it is written."""
        parts = [b"<<", self.text.encode("ascii")]
        for name, value in self._references.items():
            several = [written(one, document) for one in (value if isinstance(value, list) else [value])]
            found = b"[%b]" % b" ".join(several) if isinstance(value, list) else several[0]
            parts.append(b"/%b %b" % (name.encode("ascii"), found))
        return b" ".join([*parts, b">>"])


class PlainStream(pdfdoc.PDFObject):
    """Bytes that stand in the file as they are; `also` is what its dictionary says besides."""

    __RefOnly__ = 1
    how = b""

    def __init__(self, content: bytes, *, also: bytes = b""):
        self._content, self._also = content, also

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        """The stream as it is written."""
        head = b"<< /Length %d%b%b >>" % (len(self._content), self.how, self._also)
        return b"%b\nstream\n%b\nendstream\n" % (head, self._content)


class PackedStream(PlainStream):
    """Bytes that are compressed already."""

    how = b" /Filter /FlateDecode"


class PageObject(pdfdoc.PDFObject):
    """One page: its size in points, what it draws with, what it draws, and its links.

    `key` leads from its marks to the parts of the paper they belong to, where it has any.
    """

    __RefOnly__ = 1
    """ReportLab's mark of what stands in a file by itself."""

    def __init__(
        self,
        size: tuple[int, int],
        *,
        parent: Any,
        resources: Any,
        contents: Any,
        links: Sequence[Any],
        key: int | None = None,
    ):
        self._size, self._links, self._key = size, links, key
        self._parent, self._resources, self._contents = parent, resources, contents

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        """The page as it is written."""
        parts = [
            b"<< /Type /Page /Parent %b" % written(reference(document, self._parent), document),
            b"/MediaBox [0 0 %d %d]" % self._size,
            b"/Resources %b" % written(self._resources, document),
            b"/Contents %b" % written(self._contents, document),
        ]
        if self._links:
            links = b" ".join(written(link, document) for link in self._links)
            # Whoever steps through the links meets them as the text names them.
            parts.append(b"/Annots [%b] /Tabs /S" % links)
        if self._key is not None:
            parts.append(b"/StructParents %d" % self._key)
        return b" ".join([*parts, b">>"])


def written(thing: Any, document: pdfdoc.PDFDocument, *, is_whole: bool = False) -> bytes:
    """An object as it stands in the file; `is_whole` where it stands by itself and not inside another."""
    result: bytes = pdfdoc.format(thing, document, toplevel=is_whole)
    return result
