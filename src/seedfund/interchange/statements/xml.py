"""XML read as it comes, element by element. Must not know what the elements mean.

A document that declares a type (DTD) or entities is turned away before anything of it is used: what entities unpack to,
and what they fetch, never happens. Depth, elements and the length of a text are limited, so that no file can ask for
more than its own size.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from xml.parsers import expat

from seedfund.interchange.rules.statements import (
    STATEMENT_XML_BROKEN,
    STATEMENT_XML_DECLARES,
    STATEMENT_XML_TOO_MUCH,
)
from seedfund.interchange.statements.value import StatementUnreadable

DEPTH_MAX: Final = 40
ELEMENTS_MAX: Final = 3_000_000
TEXT_MAX: Final = 20_000
_SEPARATOR: Final = " "


@dataclass(slots=True, eq=False)
class Element:
    """An element: its name without namespace, attributes, text, children, and the line it begins at."""

    name: str
    line: int
    attributes: Mapping[str, str]
    text: str = ""
    children: list["Element"] = field(default_factory=list)

    def all(self, path: str) -> list["Element"]:
        """Every element at a path such as `Acct/Id/IBAN`."""
        found = [self]
        for name in path.split("/"):
            found = [child for element in found for child in element.children if child.name == name]
        return found

    def first(self, *paths: str) -> "Element | None":
        """The first element at the first of the paths that has one."""
        return next((element for path in paths for element in self.all(path)), None)

    def value(self, *paths: str) -> str:
        """The text of the first element at the first of the paths that has one; empty where there is none."""
        found = self.first(*paths)
        return "" if found is None else found.text


class Reader:
    """Builds elements and hands each one whose name is in `taken` over when it ends; those are then forgotten."""

    def __init__(self, taken: frozenset[str], take: Callable[[Element], None], root: Callable[[str], None]):
        self._taken, self._take, self._root = taken, take, root
        self._open: list[Element] = []
        self._texts: list[list[str]] = []
        self._count = 0
        self._parser: Any = expat.ParserCreate(namespace_separator=_SEPARATOR)
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._data
        self._parser.StartDoctypeDeclHandler = self._declares
        self._parser.EntityDeclHandler = self._declares
        self._parser.ExternalEntityRefHandler = self._declares
        self._parser.SkippedEntityHandler = self._declares

    def read(self, content: bytes) -> None:
        """Read a whole document.

        Raises:
            StatementUnreadable: it is no XML, declares a type or entities, or nests or counts beyond the limits.
        """
        try:
            self._parser.Parse(content, True)
        except expat.ExpatError as error:
            raise StatementUnreadable(STATEMENT_XML_BROKEN(line=error.lineno)) from None
        except (ValueError, LookupError):
            # An encoding that is declared and does not exist.
            raise StatementUnreadable(STATEMENT_XML_BROKEN(line=1)) from None

    def _line(self) -> int:
        return int(self._parser.CurrentLineNumber)

    def _declares(self, *_: Any) -> Any:
        raise StatementUnreadable(STATEMENT_XML_DECLARES(line=self._line()))

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._count += 1
        if self._count > ELEMENTS_MAX or len(self._open) == DEPTH_MAX:
            raise StatementUnreadable(STATEMENT_XML_TOO_MUCH(line=self._line()))
        namespace, _, local = name.rpartition(_SEPARATOR)
        element = Element(local, self._parser.CurrentLineNumber, attributes)
        if self._open:
            self._open[-1].children.append(element)
        else:
            self._root(namespace)
        self._open.append(element)
        self._texts.append([])

    def _data(self, text: str) -> None:
        if self._texts:
            self._texts[-1].append(text)

    def _end(self, _: str) -> None:
        element = self._open.pop()
        text = "".join(self._texts.pop()).strip()
        if len(text) > TEXT_MAX:
            raise StatementUnreadable(STATEMENT_XML_TOO_MUCH(line=element.line))
        element.text = text
        if element.name in self._taken:
            if self._open:
                self._open[-1].children.pop()
            self._take(element)
