"""A whole PDF, object by object into a file. Must not know papers.

ReportLab numbers the objects and says how each is written; it would keep the file in memory twice before it gives it
out, so that a long ledger's goes out from here.
"""

from typing import Any, BinaryIO, Final

from reportlab.pdfbase import pdfdoc

from seedfund.paper.streams import reference, written

_FIRST: Final = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
"""The version, and bytes that tell a program which copies files that this is no text."""


class Document(pdfdoc.PDFDocument):
    """ReportLab's document with an ID that comes from the paper alone, not from the environment."""

    def __init__(self, *, language: str, identity_mark: str):
        super().__init__(compression=1, invariant=1, lang=language)
        self._mark = identity_mark.encode("ascii")

    def write(self, out: BinaryIO) -> None:
        """Write everything; a document is written once."""
        # The stubs leave half of a document out.
        own: Any = self
        own.info.invariant = own.invariant
        root, about = reference(self, own.Catalog), reference(self, own.info)
        own.Outlines.prepare(self, None)
        if own.Outlines.ready < 0:
            own.Catalog.Outlines = None
        places: list[int] = []
        at = _put(out, _FIRST)
        # An object may bring others when it is written, which come after it.
        while (number := len(places) + 1) in own.numberToId:
            places.append(at)
            content = written(own.idToObject[own.numberToId[number]], self, is_whole=True)
            at += _put(out, b"%d 0 obj\n%b\nendobj\n" % (number, content.rstrip(b"\n")))
        table = b"".join([b"%010d 00000 n \n" % place for place in places])
        _put(out, b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(places) + 1, table))
        parts = (len(places) + 1, written(root, self), written(about, self), self._mark, self._mark)
        _put(out, b"trailer\n<< /Size %d /Root %b /Info %b /ID [<%b> <%b>] >>\n" % parts)
        _put(out, b"startxref\n%d\n%%%%EOF\n" % at)


def _put(out: BinaryIO, content: bytes) -> int:
    """Write bytes; how many they were."""
    out.write(content)
    return len(content)
