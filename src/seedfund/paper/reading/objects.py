"""A PDF file as its objects: found by looking through it, so that a broken table of contents does not matter.

Where an object is there twice the later one holds, as an update appended to the file means it. Must not know text.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from seedfund.kernel.errors import Refused
from seedfund.paper.reading.tokens import Ref, Tokens, Unreadable, Word
from seedfund.paper.rules import PDF_CUT, PDF_NOT_ONE, PDF_TOO_LARGE

FILE_MOST: Final = 40 * 1024 * 1024
"""How many bytes a file may have."""
OPENED_MOST: Final = 48 * 1024 * 1024
"""How many bytes all its compressed parts may come to when they are opened."""
OBJECTS_MOST: Final = 100_000
_OBJECT: Final = re.compile(rb"(?<![0-9])(\d{1,9})[ \r\n\t]{1,20}\d{1,5}[ \r\n\t]{1,20}obj(?![A-Za-z])")
_TRAILER: Final = re.compile(rb"trailer[ \r\n\t]{0,20}(?=<<)")
_HEAD_WITHIN: Final = 1024
_END: Final = b"%%EOF"
_TREE_DEPTH: Final = 30


@dataclass(frozen=True, slots=True)
class Stream:
    """A dictionary with bytes, still as they are stored."""

    values: dict[str, Any]
    raw: bytes = field(repr=False)


class PdfSource:
    """A PDF while it is read. Values are read when they are asked for; what is asked for twice is read once."""

    def __init__(self, data: bytes, *, file: str = "PDF"):
        """Look a file through.

        Raises:
            Refused: it is no PDF, too large, or ends in the middle.
            Unreadable: it has too many objects, or is encrypted.
        """
        _require_pdf(data, file)
        self._data = data
        self._opened = 0
        self._known: dict[int, Any] = {}
        self._offsets: dict[int, int] = {}
        for count, found in enumerate(_OBJECT.finditer(data)):
            if count >= OBJECTS_MOST:
                raise Unreadable("it has too many objects")
            self._offsets[int(found[1])] = found.end()
        self._packed: dict[int, Any] = {}
        self._packed = self._unpacked()
        self.root = self._root()

    def get(self, value: Any) -> Any:
        """The value itself, or what it points at; None for a pointer at nothing.

        Raises:
            Unreadable: pointers lead in a circle, or a value is damaged.
        """
        for _ in range(_TREE_DEPTH):
            if not isinstance(value, Ref):
                return value
            value = self._object(value.number)
        raise Unreadable("its values point at each other in a circle")

    def table(self, value: Any) -> dict[str, Any]:
        """A dictionary, also that of a stream; an empty one where there is none."""
        found = self.get(value)
        if isinstance(found, Stream):
            return found.values
        return found if isinstance(found, dict) else {}

    def opened(self, stream: Stream) -> bytes:
        """The bytes of a stream, decompressed.

        Raises:
            Unreadable: it is stored in a form that is not read here, is damaged, or is too large when it is opened.
        """
        filters = self.get(stream.values.get("Filter"))
        names = [self.get(one) for one in filters] if isinstance(filters, list) else [filters]
        data = stream.raw
        for name in names:
            if name == "FlateDecode":
                data = self._inflated(data)
            elif name is not None:
                raise Unreadable("it is stored in a form that is not read here")
        return data

    def attachment(self, name: str) -> bytes | None:
        """The enclosed file of this name, or None.

        Raises:
            Unreadable: it is damaged, or too large when it is opened.
        """
        tree = self.table(self.root.get("Names")).get("EmbeddedFiles")
        for label, specification in self._leaves(tree):
            if label == name.encode("ascii"):
                files = self.table(self.table(specification).get("EF"))
                found = self.get(files.get("F"))
                return self.opened(found) if isinstance(found, Stream) else None
        return None

    def pages(self) -> Iterator[dict[str, Any]]:
        """Every page with what it inherits from the branches above it, in order.

        Raises:
            Unreadable: the tree of pages is damaged.
        """
        seen: set[int] = set()

        def below(value: Any, inherited: dict[str, Any], depth: int) -> Iterator[dict[str, Any]]:
            if isinstance(value, Ref):
                if value.number in seen or depth > _TREE_DEPTH:
                    raise Unreadable("its pages are listed in a circle")
                seen.add(value.number)
            node = self.table(value)
            page = inherited | node
            kids = self.get(node.get("Kids"))
            if not isinstance(kids, list):
                yield page
                return
            passed = {name: page[name] for name in ("Resources",) if name in page}
            for kid in kids:
                yield from below(kid, passed, depth + 1)

        if "Pages" not in self.root:
            raise Unreadable("it has no pages")
        yield from below(self.root["Pages"], {}, 0)

    def _leaves(self, tree: Any, depth: int = 0) -> Iterator[tuple[Any, Any]]:
        if depth > _TREE_DEPTH:
            raise Unreadable("its enclosed files are listed in a circle")
        node = self.table(tree)
        names = self.get(node.get("Names"))
        if isinstance(names, list):
            for label, value in zip(names[::2], names[1::2], strict=False):
                yield self.get(label), value
        kids = self.get(node.get("Kids"))
        for kid in kids[:100] if isinstance(kids, list) else ():
            yield from self._leaves(kid, depth + 1)

    def _object(self, number: int) -> Any:
        if number not in self._known:
            at = self._offsets.get(number)
            # An object that is met while it is read itself is nothing.
            self._known[number] = None
            self._known[number] = self._packed.get(number) if at is None else self._read(at)
        return self._known[number]

    def _read(self, at: int) -> Any:
        tokens = Tokens(self._data, at)
        value = tokens.next()
        if isinstance(value, Word):
            return None
        if not isinstance(value, dict):
            return value
        after = tokens.at
        word = tokens.next()
        if word != "stream" or not isinstance(word, Word):
            return value
        start = self._data.index(b"stream", after) + len(b"stream")
        start += 2 if self._data[start : start + 2] == b"\r\n" else 1
        return Stream(value, self._data[start : self._end(value, start)])

    def _end(self, values: dict[str, Any], start: int) -> int:
        length = self.get(values.get("Length"))
        if isinstance(length, int) and 0 <= length <= len(self._data) - start:
            told = start + length
            if self._data[told : told + 20].lstrip(b"\r\n ").startswith(b"endstream"):
                return told
        found = self._data.find(b"endstream", start)
        if found < 0:
            raise Unreadable("a part of it is not closed")
        return found

    def _inflated(self, data: bytes) -> bytes:
        room = OPENED_MOST - self._opened
        machine = zlib.decompressobj()
        try:
            found = machine.decompress(data, max(room, 1))
        except zlib.error:
            raise Unreadable("a compressed part of it is damaged") from None
        self._opened += len(found)
        if machine.unconsumed_tail or self._opened >= OPENED_MOST:
            raise Unreadable("its compressed parts are too large when they are opened")
        return found

    def _unpacked(self) -> dict[int, Any]:
        """The objects that stand packed inside others, as other programs write them."""
        result: dict[int, Any] = {}
        for number in list(self._offsets):
            at = self._offsets[number]
            if b"/ObjStm" not in self._data[at : at + 400]:
                continue
            packed = self._object(number)
            if isinstance(packed, Stream) and packed.values.get("Type") == "ObjStm":
                result |= self._of_one(packed)
        return result

    def _of_one(self, packed: Stream) -> dict[int, Any]:
        data = self.opened(packed)
        count, first = self.get(packed.values.get("N")), self.get(packed.values.get("First"))
        if not isinstance(count, int) or not isinstance(first, int) or not 0 <= count <= OBJECTS_MOST:
            raise Unreadable("a packed part of it is damaged")
        heads = Tokens(data)
        places = [heads.next() for _ in range(2 * count)]
        if not all(isinstance(place, int) for place in places):
            raise Unreadable("a packed part of it is damaged")
        pairs = zip(places[::2], places[1::2], strict=True)
        return {number: Tokens(data, first + place).next() for number, place in pairs}

    def _root(self) -> dict[str, Any]:
        trailers = [Tokens(self._data, found.end()).next() for found in _TRAILER.finditer(self._data)]
        tables = [one for one in trailers if isinstance(one, dict)]
        tables += [self.table(Ref(number)) for number in self._cross_references()]
        if any("Encrypt" in one for one in tables):
            raise Unreadable("it is locked with a password or certificate")
        for one in reversed(tables):
            if root := self.table(one.get("Root")):
                return root
        raise Unreadable("it has no beginning")

    def _cross_references(self) -> list[int]:
        return [number for number, at in self._offsets.items() if b"/XRef" in self._data[at : at + 400]]


def _require_pdf(data: bytes, file: str) -> None:
    if len(data) > FILE_MOST:
        raise Refused([PDF_TOO_LARGE(file=file, most=FILE_MOST // (1024 * 1024))])
    if b"%PDF-" not in data[:_HEAD_WITHIN]:
        raise Refused([PDF_NOT_ONE(file=file)])
    if _END not in data[-_HEAD_WITHIN:]:
        raise Refused([PDF_CUT(file=file)])
