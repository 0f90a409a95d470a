"""The words of a PDF: names, numbers, strings, arrays, dictionaries. Must not know files, pages or text."""

import re
from dataclasses import dataclass
from typing import Any, Final

_DEPTH_MOST: Final = 40
_SPACE: Final = rb"\x00\t\n\x0c\r "
_TOKEN: Final = re.compile(
    rb"(?:[" + _SPACE + rb"]|%[^\r\n]*)*(?:"
    rb"(?P<mark><<|>>|[\[\]{}])|/(?P<name>[^" + _SPACE + rb"()<>\[\]{}/%]*)|(?P<open>\()"
    rb"|<(?P<hex>[0-9A-Fa-f"
    + _SPACE
    + rb"]*)>|(?P<number>[+-]?(?:\d+\.?\d*|\.\d+))(?![^"
    + _SPACE
    + rb"()<>\[\]{}/%])"
    rb"|(?P<word>[^" + _SPACE + rb"()<>\[\]{}/%]+))"
)
_REFERENCE: Final = re.compile(rb"[" + _SPACE + rb"]{1,20}(\d{1,5})[" + _SPACE + rb"]{1,20}R(?![A-Za-z0-9])")
_ESCAPED: Final = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|\r|\n)|(.))", re.DOTALL)
_LETTERS: Final = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_PARENTHESES: Final = re.compile(rb"\\.|[()]", re.DOTALL)
_NAME_HEX: Final = re.compile(rb"#([0-9A-Fa-f]{2})")


class Unreadable(ValueError):
    """The file, or what was asked of it, cannot be read; the text says why, naming nothing of its content."""


class Name(str):
    """A name, without its slash."""

    __slots__ = ()


class Word(str):
    """An operator, or a word like `endobj`."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Ref:
    """A pointer at another object, by its number."""

    number: int


_END: Final = Word("")
_CLOSERS: Final = (Word(">>"), Word("]"))


class Tokens:
    """The values of a stretch of bytes, one after the other."""

    def __init__(self, data: bytes, at: int = 0):
        self._data, self.at = data, at

    def next(self, depth: int = 0) -> Any:
        """The next value; a `Word` for an operator or a closing mark, an empty one at the end.

        Raises:
            Unreadable: a string, array or dictionary is not closed, or they are nested too deep.
        """
        if depth > _DEPTH_MOST:
            raise Unreadable("its values are nested too deep")
        found = _TOKEN.match(self._data, self.at)
        if found is None:
            rest = self._data[self.at :].strip(b"\x00\t\n\x0c\r ")
            self.at = self.at + 1 if rest else len(self._data)
            return Word("?") if rest else _END
        self.at = found.end()
        return self._value(found, depth)

    def _value(self, found: re.Match[bytes], depth: int) -> Any:
        match found.lastgroup:
            case "name":
                return Name(_NAME_HEX.sub(_byte, found["name"]).decode("latin-1"))
            case "number":
                return self._number(found["number"])
            case "hex":
                digits = found["hex"].translate(None, _SPACE_BYTES)
                return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
            case "open":
                return self._string()
            case "mark":
                return self._collection(found["mark"], depth)
            case _:
                return _WORDS.get(found["word"], Word(found["word"].decode("latin-1")))

    def _number(self, digits: bytes) -> Any:
        if digits.isdigit() and (pointer := _REFERENCE.match(self._data, self.at)):
            self.at = pointer.end()
            return Ref(int(digits[:10]))
        return float(digits) if b"." in digits else int(digits[:20])

    def _collection(self, mark: bytes, depth: int) -> Any:
        if mark == b"[":
            return self._until("]", depth)
        if mark != b"<<":
            return Word(mark.decode("ascii"))
        values = self._until(">>", depth)
        return {
            key: value for key, value in zip(values[::2], values[1::2], strict=False) if isinstance(key, Name)
        }

    def _until(self, closer: str, depth: int) -> list[Any]:
        values: list[Any] = []
        while True:
            value = self.next(depth + 1)
            if isinstance(value, Word):
                if value == closer:
                    return values
                if value is _END or value in _CLOSERS:
                    raise Unreadable("a list in it is not closed")
            values.append(value)

    def _string(self) -> bytes:
        start, open_count = self.at, 1
        for found in _PARENTHESES.finditer(self._data, start):
            open_count += {b"(": 1, b")": -1}.get(found[0], 0)
            if not open_count:
                self.at = found.end()
                return _ESCAPED.sub(_unescaped, self._data[start : found.start()])
        raise Unreadable("a text in it is not closed")


_SPACE_BYTES: Final = b"\x00\t\n\x0c\r "
_WORDS: Final[dict[bytes, Any]] = {b"true": True, b"false": False, b"null": None}


def _byte(found: re.Match[bytes]) -> bytes:
    return bytes([int(found[1], 16)])


def _unescaped(found: re.Match[bytes]) -> bytes:
    octal, line, letter = found.groups()
    if octal:
        return bytes([int(octal, 8) & 0xFF])
    return b"" if line else _LETTERS.get(letter, letter)
