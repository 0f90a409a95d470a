"""A whole PDF, object by object into a file; small objects of a kind packed together. Must not know papers.

ReportLab numbers the objects and says how each is written; it would keep the file in memory twice before it gives it
out, so that a long ledger's goes out from here.
"""

import struct
from collections.abc import Sequence
from typing import Any, BinaryIO, Final

from reportlab.pdfbase import pdfdoc

from seedfund.paper.streams import reference, root_of, stream, written

_FIRST: Final = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
"""The version, and bytes that tell a program which copies files that this is no text."""


_IN_A_STREAM: Final = 500
_ALONE, _PACKED = 1, 2
_ROW: Final = struct.Struct(">BIH").pack


class Document(pdfdoc.PDFDocument):
    """ReportLab's document with an ID that comes from the paper alone, not from the environment.

    The parts of a paper are hundreds of small objects: packed into streams (ISO 32000-1, 7.5.7) they take a fifth of
    the room.
    """

    def __init__(self, *, language: str, identity_mark: str):
        super().__init__(compression=1, invariant=1, lang=language)
        self._mark = identity_mark
        self._packed: dict[int, bytes] = {}

    def number_of(self, thing: pdfdoc.PDFObject) -> int:
        """The number an object has in the file, which it joins with it."""
        number: int = self.idToObjectNumberAndVersion[reference(self, thing).name][0]
        return number

    def reserve(self, count: int) -> int:
        """The first of so many numbers in a row, for objects that are packed later."""
        first: int = self.objectcounter + 1
        self.objectcounter += count
        return first

    def pack(self, first: int, codes: Sequence[str]) -> None:
        """Objects that are no streams, under numbers that were reserved, as the format writes them (ASCII)."""
        for number, code in enumerate(codes, start=first):
            self._packed[number] = code.encode("ascii")

    def set_bookmarks(self, bookmarks: Any) -> None:
        """A list of bookmarks in place of ReportLab's."""
        self.outline = self.Outlines = bookmarks

    def write(self, out: BinaryIO) -> None:
        """Write everything; a document is written once."""
        # The stubs leave half of a document out.
        own: Any = self
        own.info.invariant = own.invariant
        reference(self, root_of(self))
        reference(self, own.info)
        own.Outlines.prepare(self, None)
        if own.Outlines.ready < 0:
            root_of(self).Outlines = None
        at = _put(out, _FIRST)
        rows: dict[int, tuple[int, int, int]] = {}
        number = 0
        # An object may bring others when it is written, which come after it.
        while number < self.objectcounter:
            number += 1
            if number not in self._packed:
                rows[number] = (_ALONE, at, 0)
                at += _put_object(out, number, own.idToObject[own.numberToId[number]], self)
        for kept in self._streams():
            number += 1
            rows[number] = (_ALONE, at, 0)
            rows |= {one: (_PACKED, number, index) for index, one in enumerate(kept)}
            at += _put_object(out, number, self._stream(kept), self)
        rows[number + 1] = (_ALONE, at, 0)
        _put_object(out, number + 1, self._table(rows), self)
        _put(out, b"startxref\n%d\n%%%%EOF\n" % at)

    def _streams(self) -> list[list[int]]:
        """The numbers of the objects that each stream holds."""
        numbers = sorted(self._packed)
        return [numbers[start : start + _IN_A_STREAM] for start in range(0, len(numbers), _IN_A_STREAM)]

    def _stream(self, kept: Sequence[int]) -> pdfdoc.PDFObject:
        heads, at = [], 0
        for number in kept:
            heads.append(b"%d %d" % (number, at))
            at += len(self._packed[number]) + 1
        head = b" ".join(heads) + b"\n"
        content = head + b"\n".join([self._packed[number] for number in kept])
        return stream(content, also=b" /Type /ObjStm /N %d /First %d" % (len(kept), len(head)))

    def _table(self, rows: dict[int, tuple[int, int, int]]) -> pdfdoc.PDFObject:
        """Where every object is, and what the file begins with."""
        lines = [_ROW(0, 0, 0xFFFF), *[_ROW(*rows[number]) for number in range(1, len(rows) + 1)]]
        told = (
            f" /Type /XRef /Size {len(lines)} /W [1 4 2] /Root {self.number_of(root_of(self))} 0 R"
            f" /Info {self.number_of(self.info)} 0 R /ID [<{self._mark}> <{self._mark}>]"
        )
        return stream(b"".join(lines), also=told.encode("ascii"))


def _put_object(out: BinaryIO, number: int, thing: object, document: pdfdoc.PDFDocument) -> int:
    content = written(thing, document, is_whole=True)
    return _put(out, b"%d 0 obj\n%b\nendobj\n" % (number, content.rstrip(b"\n")))


def _put(out: BinaryIO, content: bytes) -> int:
    """Write bytes; how many they were."""
    out.write(content)
    return len(content)
