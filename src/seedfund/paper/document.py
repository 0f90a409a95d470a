"""A PDF document as bytes: ReportLab's objects each on its own, those of the structure tree packed together.

A paper has hundreds of small elements; packed into streams (ISO 32000-1, 7.5.7) they cost a fifth of their size. The ID
comes from the paper alone, not from the environment. Must not know what the objects mean.
"""

import struct
import zlib
from collections.abc import Sequence
from typing import Any, Final

from reportlab.pdfbase import pdfdoc

from seedfund.paper.objects import LEVEL, root_of

_HEAD: Final = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_IN_A_STREAM: Final = 500
_PLAIN, _PACKED = 1, 2
_ROW: Final = struct.Struct(">BIH").pack


class Page(pdfdoc.PDFPage):
    """ReportLab's page with what a tagged one has: the key of its marks, and that links are met in the text's order."""

    def __init__(self, key: int | None, *, has_links: bool):
        super().__init__()
        self.__NoDefault__ = [*self.__NoDefault__, "StructParents", "Tabs"]
        self.StructParents = key
        self.Tabs = pdfdoc.PDFName("S") if has_links else None


class PaperDocument(pdfdoc.PDFDocument):
    """A document in the making; it is written once."""

    def __init__(self, *, language: str, identity: str):
        """`identity` are the 32 hexadecimal digits of the ID."""
        super().__init__(compression=1, invariant=1, lang=language)
        self._identity = identity
        self._packed: dict[int, bytes] = {}

    def number_of(self, thing: pdfdoc.PDFObject) -> int:
        """The number an object has in the file, which it joins with it."""
        name = self.Reference(thing).name  # type: ignore[no-untyped-call]  # the stubs leave it untyped
        number: int = self.idToObjectNumberAndVersion[name][0]
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

    def format(self) -> bytes:
        """The whole file; ReportLab asks for it when everything is there."""
        parts, at, places = [_HEAD], len(_HEAD), {}
        number = 0
        # Objects may join while others are written.
        while number < self.objectcounter:
            number += 1
            if number not in self._packed:
                places[number] = at
                parts.append(self._object(number))
                at += len(parts[-1])
        rows = {number: (_PLAIN, place, 0) for number, place in places.items()}
        for stream, kept in self._streams(number):
            rows[stream] = (_PLAIN, at, 0)
            rows |= {one: (_PACKED, stream, index) for index, one in enumerate(kept)}
            parts.append(self._stream(stream, kept))
            at += len(parts[-1])
        parts.append(self._table(rows, at))
        return b"".join(parts)

    def _object(self, number: int) -> bytes:
        thing = self.idToObject[self.numberToId[number]]
        code: bytes = pdfdoc.format(thing, self, toplevel=1)
        return b"%d 0 obj\n%b\nendobj\n" % (number, code.strip(b"\n"))

    def _streams(self, last: int) -> list[tuple[int, list[int]]]:
        """The number of each stream with those of the objects it holds."""
        numbers = sorted(self._packed)
        starts = range(0, len(numbers), _IN_A_STREAM)
        return [
            (stream, numbers[start : start + _IN_A_STREAM])
            for stream, start in enumerate(starts, start=last + 1)
        ]

    def _stream(self, stream: int, kept: Sequence[int]) -> bytes:
        heads, at = [], 0
        for number in kept:
            heads.append(b"%d %d" % (number, at))
            at += len(self._packed[number]) + 1
        head = b" ".join(heads) + b"\n"
        content = zlib.compress(head + b"\n".join([self._packed[number] for number in kept]), LEVEL)
        told = f"/Type/ObjStm/N {len(kept)}/First {len(head)}"
        return _written_stream(stream, content, told)

    def _table(self, rows: dict[int, tuple[int, int, int]], at: int) -> bytes:
        """Where every object is, as a stream of its own, and the end of the file."""
        own = max(rows) + 1
        rows[own] = (_PLAIN, at, 0)
        lines = [_ROW(0, 0, 0xFFFF), *[_ROW(*rows[number]) for number in range(1, own + 1)]]
        root, info = self.number_of(root_of(self)), self.number_of(self.info)
        told = (
            f"/Type/XRef/Size {own + 1}/W[1 4 2]/Root {root} 0 R/Info {info} 0 R"
            f"/ID[<{self._identity}> <{self._identity}>]"
        )
        table = _written_stream(own, zlib.compress(b"".join(lines), LEVEL), told)
        return b"%bstartxref\n%d\n%%%%EOF\n" % (table, at)


def _written_stream(number: int, content: bytes, told: str) -> bytes:
    head = f"{number} 0 obj\n<</Length {len(content)}/Filter/FlateDecode{told}>>\nstream\n".encode("ascii")
    return b"".join([head, content, b"\nendstream\nendobj\n"])
