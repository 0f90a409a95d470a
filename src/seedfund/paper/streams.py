"""Streams, pages and references as the format writes them: what every part of a PDF needs. Must not know papers.

ReportLab's own pages and streams pass through dictionaries of objects; a long ledger has thousands of each, so they are
written here as text.
"""

from collections.abc import Sequence
from typing import Any

from reportlab.pdfbase import pdfdoc


def stream(content: bytes) -> pdfdoc.PDFStream:
    """Bytes, compressed when the file is written."""
    return pdfdoc.PDFStream(content=content, filters=[pdfdoc.PDFZCompress])


def reference(document: pdfdoc.PDFDocument, thing: object) -> Any:
    """The indirect reference to an object, which joins the document with it."""
    return document.Reference(thing)  # type: ignore[no-untyped-call]  # the stubs leave it untyped


class Raw(pdfdoc.PDFObject):
    """A dictionary of which most is text already, and the rest are references by name, alone or in a list."""

    def __init__(self, text: str, **references: Any):
        self._text, self._references = text, references

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        """The dictionary as it is written."""
        parts = [b"<<", self._text.encode("ascii")]
        for name, value in self._references.items():
            several = [written(one, document) for one in (value if isinstance(value, list) else [value])]
            found = b"[%b]" % b" ".join(several) if isinstance(value, list) else several[0]
            parts.append(b"/%b %b" % (name.encode("ascii"), found))
        return b" ".join([*parts, b">>"])


class PlainStream(pdfdoc.PDFObject):
    """Bytes that stand in the file as they are; `also` is what its dictionary says besides."""

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
    """One page: its size in points, what it draws with, what it draws, and its links."""

    __RefOnly__ = 1
    """ReportLab's mark of what stands in a file by itself."""

    def __init__(
        self, size: tuple[int, int], *, parent: Any, resources: Any, contents: Any, links: Sequence[Any]
    ):
        self._size, self._links = size, links
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
            parts.append(b"/Annots [%b]" % b" ".join(written(link, document) for link in self._links))
        return b" ".join([*parts, b">>"])


def written(thing: Any, document: pdfdoc.PDFDocument, *, is_whole: bool = False) -> bytes:
    """An object as it stands in the file; `is_whole` where it stands by itself and not inside another."""
    result: bytes = pdfdoc.format(thing, document, toplevel=is_whole)
    return result
